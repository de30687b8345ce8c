/// The parts of the page that are replaced by “Predict first” while a question is open, because they would answer it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    pub cli: bool,
    pub couchdb: bool,
    pub elasticsearch: bool,
    pub verdict: bool,
    /// What travels on the stage, and what its stores hold.
    pub links: bool,
    pub inspector: bool,
    pub switch: bool,
    /// The steps and the sentence under the stage.
    pub steps: bool,
}
