use crate::lesson::Part;

/// The parts of the page that are replaced by “Predict first” while a question is open, because they would answer it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Covered {
    /// The CLI's witness, the newest answer included.
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

impl Covered {
    /// What a question covers.
    pub fn by(parts: &[Part]) -> Self {
        let mut covered = Self::default();
        for part in parts {
            *match part {
                Part::WitnessCli => &mut covered.cli,
                Part::WitnessCouchDb => &mut covered.couchdb,
                Part::WitnessElasticsearch => &mut covered.elasticsearch,
                Part::Verdict => &mut covered.verdict,
                Part::Links => &mut covered.links,
                Part::Inspector => &mut covered.inspector,
                Part::Switch => &mut covered.switch,
                Part::Steps => &mut covered.steps,
            } = true;
        }
        covered
    }

    /// Whether what requests come to is covered: the answer as the stage tells it, and what a list or a get would find if it asked now.
    ///
    /// Both follow from what the stores hold and how they are read: a list without rows, a 404 and a view that is behind each point at one
    /// store. So they are covered together with anything that says what the stores hold. The answer that the CLI's witness prints is not
    /// among them: a question may start from it, and then the lesson leaves that witness open.
    pub const fn answers(&self) -> bool {
        self.cli || self.couchdb || self.elasticsearch || self.verdict || self.links
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_covers_what_it_names() {
        assert_eq!(Covered::by(&[]), Covered::default());
        assert!(Covered::by(&[Part::Links]).links && !Covered::by(&[Part::Links]).cli);
        let all = Covered::by(&[
            Part::WitnessCli,
            Part::WitnessCouchDb,
            Part::WitnessElasticsearch,
            Part::Verdict,
            Part::Links,
            Part::Inspector,
            Part::Switch,
            Part::Steps,
        ]);
        let Covered { cli, couchdb, elasticsearch, verdict, links, inspector, switch, steps } = all;
        assert_eq!([cli, couchdb, elasticsearch, verdict, links, inspector, switch, steps], [true; 8]);
    }

    #[test]
    fn what_requests_come_to_is_covered_with_what_the_stores_hold() {
        for part in [Part::WitnessCli, Part::WitnessCouchDb, Part::WitnessElasticsearch, Part::Verdict, Part::Links] {
            assert!(Covered::by(&[part]).answers(), "{part:?}");
        }
        assert!(!Covered::by(&[Part::Inspector, Part::Switch, Part::Steps]).answers());
    }
}
