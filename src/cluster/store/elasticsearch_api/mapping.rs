//! The mapping that 6.7 makes by itself from the documents that it is given: OpenWhisk sends none.

use super::failure::Exception;
use super::json::Json;
use super::{dates, numbers};
use crate::activation::{Library, Logs, Origin, Particulars, Record, elasticsearch_source};
use crate::cluster::store::Index;
use crate::cluster::store::by_hand::Standing;
use crate::cluster::store::elasticsearch::View;
use ::http::StatusCode;
use serde_json::Value;
use std::collections::BTreeMap;

/// What a field is taken for, from its first value on (`DocumentParser.java`, `createBuilderFromDynamicValue`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A text, with a keyword of the same value below it.
    Text,
    /// The `.keyword` of a text: exact, and none if the text is longer than [`IGNORE_ABOVE`].
    Keyword,
    Long,
    Float,
    Boolean,
    Date,
    /// A date that was first written with slashes.
    SlashedDate,
}

/// The longest text, in UTF-16 units, that has a keyword.
pub const IGNORE_ABOVE: usize = 256;

/// `index.mapping.total_fields.limit` and `index.mapping.depth.limit`.
const FIELDS_MAX: usize = 1_000;
const DEPTH_MAX: usize = 20;

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Keyword => "keyword",
            Self::Long => "long",
            Self::Float => "float",
            Self::Boolean => "boolean",
            Self::Date | Self::SlashedDate => "date",
        }
    }

    fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Bool(_) => Self::Boolean,
            Value::Number(number) if number.is_f64() => Self::Float,
            Value::Number(_) => Self::Long,
            // Whatever can be read as a number is no date.
            Value::String(text) if numbers::is_real(text) => Self::Text,
            Value::String(text) if dates::iso(text).is_some() => Self::Date,
            Value::String(text) if dates::slashed(text).is_some() => Self::SlashedDate,
            Value::String(_) => Self::Text,
            _ => return None,
        })
    }

    fn json(self) -> Json {
        let mut json = Json::object([("type", self.name().into())]);
        match self {
            Self::Text => {
                let keyword = Json::object([("type", "keyword".into()), ("ignore_above", (IGNORE_ABOVE as u64).into())]);
                json.put("fields", Json::object([("keyword", keyword)]));
            }
            Self::SlashedDate => json.put("format", "yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis"),
            _ => {}
        }
        json
    }

    /// Why a value cannot be of this kind, in the words of its mapper. Numbers are taken from texts, and texts from anything.
    fn refuses(self, value: &Value) -> Option<Exception> {
        let bad = |kind, reason: String| Some(Exception::new(StatusCode::BAD_REQUEST, kind, reason));
        let text = match value {
            Value::String(text) => text.as_str(),
            other => &other.to_string(),
        };
        match self {
            Self::Long | Self::Float if !numbers::is_real(text) => bad("number_format_exception", format!("For input string: \"{text}\"")),
            Self::Boolean if !matches!(text, "true" | "false" | "") => {
                bad("illegal_argument_exception", format!("Failed to parse value [{text}] as only [true] or [false] are allowed."))
            }
            Self::Date | Self::SlashedDate if dates::value(text).is_none() => {
                bad("illegal_argument_exception", format!("Invalid format: \"{text}\""))
            }
            _ => None,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
enum Field {
    Leaf(Kind),
    Object(BTreeMap<String, Field>),
}

/// The fields of an index.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mapping {
    properties: BTreeMap<String, Field>,
}

/// What tells apart the records whose documents have other fields than one another.
type Shape = (u16, [bool; 9], u8);

fn shape(record: &Record, library: Library<'_>) -> Shape {
    let appendix = record.appendix.and_then(|place| library.appendices.get(place.place()));
    let end = appendix.and_then(|appendix| match &appendix.particulars {
        Particulars::Sequence(end) => Some(end),
        _ => None,
    });
    let has = [
        record.init_ms.is_some(),
        record.binding.is_some(),
        record.timed_out,
        record.logs == Logs::None,
        appendix.is_some_and(|appendix| appendix.cause.is_some()),
        end.is_some_and(|end| end.memory_mb.is_some()),
        end.is_some_and(|end| end.components.is_empty()),
        end.is_some_and(|end| end.failure.is_some()),
        end.is_some_and(|end| end.last.is_some_and(|last| last.origin == Origin::Run)),
    ];
    let origin = match record.origin {
        Origin::Run => 0,
        Origin::ActionGone | Origin::ActionUnread => 1,
        Origin::ContainerFailed => 2,
        Origin::Sequence { .. } => 3,
        Origin::Trigger => 4,
    };
    (record.action.0, has, origin)
}

/// About how long the sources of all documents of an index are, in bytes. Records of the same shape count as long as the first of them.
pub fn source_bytes(view: View<'_>, library: Library<'_>) -> u64 {
    let mut known: Vec<(Shape, u64)> = Vec::new();
    let length = |source: &Value| source.to_string().len() as u64;
    let records = view.records().into_iter().flat_map(Index::searchable_documents).map(|document| {
        let shape = shape(&document.record, library);
        let found = known.iter().find(|(known, _)| *known == shape).map(|(_, length)| *length);
        found.unwrap_or_else(|| {
            let length = length(&elasticsearch_source(&document.record, library));
            known.push((shape, length));
            length
        })
    });
    let records: u64 = records.sum();
    let written = view.by_hand().documents.values().map(|entry| match &entry.searchable {
        Standing::Written(document) => length(&document.source),
        _ => 0,
    });
    records + written.sum::<u64>()
}

impl Mapping {
    /// The mapping of an index: of all that was ever written to it, since fields stay when documents go.
    pub fn of(view: View<'_>, library: Library<'_>) -> Self {
        let mut mapping = Self::default();
        let mut seen: Vec<Shape> = Vec::new();
        for document in view.records().into_iter().flat_map(|index| index.documents().written_from(0)) {
            let shape = shape(&document.record, library);
            if !seen.contains(&shape) {
                seen.push(shape);
                mapping.add(&elasticsearch_source(&document.record, library));
            }
        }
        for source in &view.by_hand().shapes {
            mapping.add(source);
        }
        mapping
    }

    pub fn is_empty(&self) -> bool {
        self.properties.is_empty()
    }

    /// Takes up the fields of a document that are new.
    pub fn add(&mut self, source: &Value) {
        if let Value::Object(fields) = source {
            fields.iter().for_each(|(name, value)| add(&mut self.properties, name, value));
        }
    }

    /// What a field is: `path.keyword` too.
    pub fn kind(&self, field: &str) -> Option<Kind> {
        match self.field(field) {
            Some(Field::Leaf(kind)) => Some(*kind),
            Some(Field::Object(_)) => None,
            None => {
                let text = field.strip_suffix(".keyword")?;
                matches!(self.field(text), Some(Field::Leaf(Kind::Text))).then_some(Kind::Keyword)
            }
        }
    }

    /// Whether it is a field, or an object that has some.
    pub fn knows(&self, field: &str) -> bool {
        self.field(field).is_some() || self.kind(field).is_some()
    }

    fn field(&self, field: &str) -> Option<&Field> {
        let mut properties = &self.properties;
        let mut names = field.split('.').peekable();
        while let Some(name) = names.next() {
            let found = properties.get(name)?;
            if names.peek().is_none() {
                return Some(found);
            }
            let Field::Object(inner) = found else { return None };
            properties = inner;
        }
        None
    }

    /// Every field by its whole name, keywords too.
    pub fn fields(&self) -> Vec<(String, Kind)> {
        let mut list = Vec::new();
        list_fields(&self.properties, "", &mut list);
        list
    }

    /// Why a document does not fit, if it does not (`FieldMapper.java`, `ObjectMapper.java`).
    pub fn check(&self, index: &str, source: &Value) -> Result<(), Exception> {
        let Value::Object(fields) = source else { return Ok(()) };
        // A document may contradict itself too: each field is held against what the ones before it made.
        let mut grown = self.clone();
        for (name, value) in fields {
            check(&grown.properties, "", name, value)?;
            add(&mut grown.properties, name, value);
        }
        if grown.fields().len() > FIELDS_MAX {
            return Err(Exception::illegal_argument(format!("Limit of total fields [{FIELDS_MAX}] in index [{index}] has been exceeded")));
        }
        Ok(())
    }

    pub fn json(&self) -> Json {
        if self.is_empty() { Json::object([]) } else { Json::object([("properties", properties(&self.properties))]) }
    }
}

fn add(properties: &mut BTreeMap<String, Field>, name: &str, value: &Value) {
    if let Some((head, rest)) = name.split_once('.').filter(|(head, rest)| !head.is_empty() && !rest.is_empty()) {
        let field = properties.entry(head.to_owned()).or_insert_with(|| Field::Object(BTreeMap::new()));
        if let Field::Object(inner) = field {
            add(inner, rest, value);
        }
        return;
    }
    match value {
        Value::Null => {}
        Value::Array(items) => items.iter().for_each(|item| add(properties, name, item)),
        Value::Object(fields) => {
            let field = properties.entry(name.to_owned()).or_insert_with(|| Field::Object(BTreeMap::new()));
            if let Field::Object(inner) = field {
                fields.iter().for_each(|(name, value)| add(inner, name, value));
            }
        }
        leaf => {
            if let Some(kind) = Kind::of(leaf) {
                properties.entry(name.to_owned()).or_insert(Field::Leaf(kind));
            }
        }
    }
}

fn list_fields(properties: &BTreeMap<String, Field>, before: &str, list: &mut Vec<(String, Kind)>) {
    for (name, field) in properties {
        let name = format!("{before}{name}");
        match field {
            Field::Object(inner) => list_fields(inner, &format!("{name}."), list),
            Field::Leaf(kind) => {
                if *kind == Kind::Text {
                    list.push((format!("{name}.keyword"), Kind::Keyword));
                }
                list.push((name, *kind));
            }
        }
    }
}

fn properties(fields: &BTreeMap<String, Field>) -> Json {
    let list = fields.iter().map(|(name, field)| {
        let json = match field {
            Field::Leaf(kind) => kind.json(),
            Field::Object(inner) if inner.is_empty() => Json::object([("type", "object".into())]),
            Field::Object(inner) => Json::object([("properties", properties(inner))]),
        };
        (name.clone(), json)
    });
    Json::Object(list.collect())
}

fn check(properties: &BTreeMap<String, Field>, before: &str, name: &str, value: &Value) -> Result<(), Exception> {
    let refused = |reason: String| Exception::new(StatusCode::BAD_REQUEST, "mapper_parsing_exception", reason);
    if before.matches('.').count() + name.matches('.').count() >= DEPTH_MAX {
        let reason = format!("Limit of mapping depth [{DEPTH_MAX}] has been exceeded due to object field [{before}]");
        return Err(Exception::illegal_argument(reason));
    }
    if name.split('.').any(str::is_empty) {
        let reason = "object field starting or ending with a [.] makes object resolution ambiguous";
        let cause = Exception::illegal_argument(format!("{reason}: [{name}]"));
        return Err(refused("failed to parse".to_owned()).caused_by(cause));
    }
    if let Some((head, rest)) = name.split_once('.') {
        return match properties.get(head) {
            Some(Field::Object(inner)) => check(inner, &format!("{before}{head}."), rest, value),
            Some(Field::Leaf(kind)) => {
                let whole = format!("{before}{head}");
                let reason = format!(
                    "Could not dynamically add mapping for field [{name}]. Existing mapping for [{whole}] must be of type object but found [{}].",
                    kind.name()
                );
                Err(refused(reason))
            }
            None => Ok(()),
        };
    }
    let whole = format!("{before}{name}");
    match (properties.get(name), value) {
        (None, Value::Object(fields)) => {
            let none = BTreeMap::new();
            fields.iter().try_for_each(|(name, value)| check(&none, &format!("{whole}."), name, value))
        }
        (None, _) | (_, Value::Null) => Ok(()),
        (Some(_), Value::Array(items)) => items.iter().try_for_each(|item| check(properties, before, name, item)),
        (Some(Field::Object(inner)), Value::Object(fields)) => {
            fields.iter().try_for_each(|(name, value)| check(inner, &format!("{whole}."), name, value))
        }
        (Some(Field::Object(_)), _) => {
            Err(refused(format!("object mapping for [{whole}] tried to parse field [{name}] as object, but found a concrete value")))
        }
        (Some(Field::Leaf(kind)), Value::Object(_)) => {
            let cause = Exception::new(StatusCode::INTERNAL_SERVER_ERROR, "illegal_state_exception", "Can't get text on a START_OBJECT");
            Err(refused(format!("failed to parse field [{whole}] of type [{}]", kind.name())).caused_by(cause))
        }
        (Some(Field::Leaf(kind)), leaf) => match kind.refuses(leaf) {
            Some(cause) => Err(refused(format!("failed to parse field [{whole}] of type [{}]", kind.name())).caused_by(cause)),
            None => Ok(()),
        },
    }
}
