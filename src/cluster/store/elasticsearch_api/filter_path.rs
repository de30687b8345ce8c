//! `filter_path`: answers cut down to some of their fields.

use super::analysis::wildcard;
use super::json::Json;

/// What is left of an answer. Patterns are divided by commas and their names by dots; `*` stands for letters of a name, `**` for any
/// names, and a pattern that begins with `-` takes away.
pub fn filter(json: Json, patterns: &str) -> Json {
    let patterns = |minus: bool| -> Vec<Vec<&str>> {
        let list = patterns.split(',').filter(|pattern| !pattern.is_empty() && pattern.starts_with('-') == minus);
        // Any names twice over are any names.
        let names = list.map(|pattern| {
            let mut names: Vec<&str> = pattern.trim_start_matches('-').split('.').collect();
            names.dedup_by(|one, other| *one == "**" && *other == "**");
            names
        });
        names.collect()
    };
    let (wanted, unwanted) = (patterns(false), patterns(true));
    let kept = if wanted.is_empty() { Some(json) } else { keep(json, &slices(&wanted)) };
    let kept = kept.unwrap_or(Json::Object(Vec::new()));
    if unwanted.is_empty() { kept } else { take_away(kept, &slices(&unwanted)) }
}

fn slices<'a>(patterns: &'a [Vec<&'a str>]) -> Vec<&'a [&'a str]> {
    patterns.iter().map(Vec::as_slice).collect()
}

/// What the patterns say of what is below a field: the rests of those that its name agrees with.
fn below<'a>(name: &str, patterns: &[&'a [&'a str]]) -> Vec<&'a [&'a str]> {
    let mut rests: Vec<&[&str]> = Vec::new();
    let mut add = |rest| {
        if !rests.contains(&rest) {
            rests.push(rest);
        }
    };
    for pattern in patterns {
        match pattern {
            ["**", rest @ ..] => {
                add(*pattern);
                below(name, &[rest]).into_iter().for_each(&mut add);
            }
            [first, rest @ ..] if wildcard(first, name) => add(rest),
            _ => {}
        }
    }
    rests
}

fn keep(json: Json, patterns: &[&[&str]]) -> Option<Json> {
    if patterns.iter().any(|pattern| matches!(pattern, [] | ["**"])) {
        return Some(json);
    }
    match json {
        Json::Object(fields) => {
            let kept = fields.into_iter().filter_map(|(name, value)| {
                let rests = below(&name, patterns);
                if rests.is_empty() { None } else { Some((name, keep(value, &rests)?)) }
            });
            let kept: Vec<(String, Json)> = kept.collect();
            (!kept.is_empty()).then_some(Json::Object(kept))
        }
        Json::List(items) => {
            let kept: Vec<Json> = items.into_iter().filter_map(|item| keep(item, patterns)).collect();
            (!kept.is_empty()).then_some(Json::List(kept))
        }
        _ => None,
    }
}

fn take_away(json: Json, patterns: &[&[&str]]) -> Json {
    match json {
        Json::Object(fields) => {
            let kept = fields.into_iter().filter_map(|(name, value)| {
                let rests = below(&name, patterns);
                let is_gone = rests.iter().any(|rest| matches!(rest, [] | ["**"]));
                (!is_gone).then(|| (name, take_away(value, &rests)))
            });
            Json::Object(kept.collect())
        }
        Json::List(items) => Json::List(items.into_iter().map(|item| take_away(item, patterns)).collect()),
        leaf => leaf,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn answers_are_cut_down() {
        let answer = json!({ "took": 1, "hits": { "total": 2, "hits": [{ "_id": "1", "_source": { "a": 1 } }, { "_id": "2" }] } });
        let check = |patterns: &str, expected: serde_json::Value| {
            let filtered = filter((&answer).into(), patterns);
            assert_eq!(serde_json::from_str::<serde_json::Value>(&filtered.write(false)).unwrap(), expected, "{patterns}");
        };
        check("took", json!({ "took": 1 }));
        check("hits.hits._id", json!({ "hits": { "hits": [{ "_id": "1" }, { "_id": "2" }] } }));
        check("hits.t*,to*", json!({ "took": 1, "hits": { "total": 2 } }));
        check("**._source", json!({ "hits": { "hits": [{ "_source": { "a": 1 } }] } }));
        check("-hits", json!({ "took": 1 }));
        check("hits,-hits.hits", json!({ "hits": { "total": 2 } }));
        check("nothing", json!({}));
    }
}
