use super::short;

/// Where a value is: a name or a number within another path. Steps are borrowed, so that a path costs nothing until it is written.
#[derive(Clone, Copy, Debug)]
pub struct Path<'a> {
    within: Option<&'a Path<'a>>,
    step: Step<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Step<'a> {
    Field(&'a str),
    Item(usize),
}

impl<'a> Path<'a> {
    /// The value as a whole, which paths do not name.
    pub const WHOLE: Path<'static> = Path::named("");

    /// A path that begins with this name.
    pub const fn named(name: &'a str) -> Self {
        Self { within: None, step: Step::Field(name) }
    }

    pub const fn field(&'a self, name: &'a str) -> Self {
        Self { within: Some(self), step: Step::Field(name) }
    }

    pub const fn item(&'a self, place: usize) -> Self {
        Self { within: Some(self), step: Step::Item(place) }
    }

    /// Such as `beats[2].text.zh`; empty for the whole.
    pub fn written(&self) -> String {
        let mut path = self.within.map_or_else(String::new, Path::written);
        match self.step {
            Step::Field(name) => {
                if !path.is_empty() {
                    path.push('.');
                }
                path.push_str(short(name));
            }
            Step::Item(place) => path.push_str(&format!("[{place}]")),
        }
        path
    }
}
