/// What an open question keeps from view, because it would answer it. A lesson's beat names these parts.
///
/// What is covered is replaced, in the picture and in the accessibility tree alike. By default nothing is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    pub cli: bool,
    pub couchdb: bool,
    pub elasticsearch: bool,
    pub verdict: bool,
    pub links: bool,
    pub inspector: bool,
    pub switch: bool,
}

impl Covered {
    pub const NOTHING: Self =
        Self { cli: false, couchdb: false, elasticsearch: false, verdict: false, links: false, inspector: false, switch: false };

    /// Whether anything is. The list of steps tells the whole story, so it is covered as soon as any part of it is.
    pub fn anything(self) -> bool {
        self != Self::NOTHING
    }
}
