use super::Language;

/// A fixed text of the page, as a variant of an enum.
pub trait Word: Copy + 'static {
    /// Every variant, in the order of its enum.
    const ALL: &'static [Self];

    fn text(self, language: Language) -> &'static str;
}

/// An enum of fixed texts. Each variant takes its English and its Chinese text, in this order; with one missing nothing compiles.
macro_rules! words {
    ($($(#[$about:meta])* $name:ident { $($(#[$hint:meta])* $word:ident: $english:literal, $chinese:literal;)+ })+) => {$(
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name { $($(#[$hint])* $word),+ }

        impl $crate::locale::Word for $name {
            const ALL: &'static [Self] = &[$(Self::$word),+];

            fn text(self, language: $crate::locale::Language) -> &'static str {
                match language {
                    $crate::locale::Language::English => match self { $(Self::$word => $english),+ },
                    $crate::locale::Language::Chinese => match self { $(Self::$word => $chinese),+ },
                }
            }
        }
    )+};
}

pub(crate) use words;
