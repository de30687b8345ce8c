//! `-p`, `-P`, `-a`, `-A`, `-F` and `-T`: cut out of a line before anything else of it is read (CLI `commands/commands.go:106-226`).

use crate::shell::Printed;
use serde_json::Value;
use std::collections::BTreeMap;

/// What was cut out, each as it came: a key and its value.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Pairs {
    pub parameters: Vec<(String, Value)>,
    pub annotations: Vec<(String, Value)>,
    pub feed: Vec<(String, Value)>,
    pub trigger: Vec<(String, Value)>,
    /// The parameters as text, for the digits of numbers: they go as they were typed.
    texts: Vec<(String, String)>,
}

impl Pairs {
    /// The parameters as one object, in order of their keys, as it goes over the wire. Of equal keys the last wins.
    pub fn payload(&self) -> String {
        let texts: BTreeMap<&str, &str> = self.texts.iter().map(|(key, text)| (key.as_str(), text.as_str())).collect();
        let fields: Vec<String> = texts.iter().map(|(key, text)| format!("{}:{text}", Value::from(*key))).collect();
        format!("{{{}}}", fields.join(","))
    }
}

/// What each flag is, in the order in which the tool looks.
const CUT: [(&str, &str, Cut); 6] = [
    ("-P", "--param-file", Cut::ParameterFile),
    ("-A", "--annotation-file", Cut::AnnotationFile),
    ("-p", "--param", Cut::Parameter),
    ("-a", "--annotation", Cut::Annotation),
    ("-F", "--feed-param", Cut::Feed),
    ("-T", "--trigger-param", Cut::Trigger),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Cut {
    ParameterFile,
    AnnotationFile,
    Parameter,
    Annotation,
    Feed,
    Trigger,
}

impl Cut {
    const fn what(self) -> &'static str {
        match self {
            Self::ParameterFile | Self::Parameter => "The parameter arguments are invalid: ",
            Self::AnnotationFile | Self::Annotation => "The annotation arguments are invalid: ",
            Self::Feed | Self::Trigger => "",
        }
    }
}

/// Takes them out of the words behind the program's name.
pub(super) fn cut(words: &[String]) -> Result<(Vec<String>, Pairs), Printed> {
    let mut pairs = Pairs::default();
    let mut rest = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let Some((.., cut)) = CUT.iter().find(|(short, long, _)| word == short || word == long) else {
            rest.push(word.clone());
            continue;
        };
        let failed = |why: String| Printed::usage_error(1, &format!("Failed to parse arguments: {}{why}", cut.what()));
        if matches!(cut, Cut::ParameterFile | Cut::AnnotationFile) {
            let file = words.next().ok_or_else(|| failed(format!("An argument must be provided for '{word}'")))?;
            // There are no files here.
            let text = format!("Failed to parse arguments: File '{file}' is not a valid file or it does not exist");
            return Err(Printed::usage_error(2, &text));
        }
        let missing = || failed(format!("Arguments for '{word}' must be a key/value pair"));
        let (key, value) = words.next().zip(words.next()).ok_or_else(missing)?;
        let text = value.trim();
        let value = serde_json::from_str(value).unwrap_or_else(|_| Value::String(value.clone()));
        if matches!(cut, Cut::Parameter) {
            // Numbers within arrays and objects are written anew.
            let text = if value.is_number() { text.to_owned() } else { value.to_string() };
            pairs.texts.push((key.clone(), text));
        }
        let list = match cut {
            Cut::Annotation | Cut::AnnotationFile => &mut pairs.annotations,
            Cut::Feed => &mut pairs.feed,
            Cut::Trigger => &mut pairs.trigger,
            Cut::Parameter | Cut::ParameterFile => &mut pairs.parameters,
        };
        list.push((key.clone(), value));
    }
    Ok((rest, pairs))
}
