//! Entities in OpenWhisk's API: what is written, read, run and refused.
#![cfg(not(target_arch = "wasm32"))]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at what should not be"
)]

#[cfg(test)]
mod support;

use serde_json::{Value, json};
use support::openwhisk::*;
use support::*;
use whiskscope::activation::{Action, Namespace};
use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::{Act, Configuration};

#[test]
fn a_created_action_runs_and_its_versions_stand_in_the_records() {
    let create = act("PUT", "actions/mine?overwrite=false", CODE);
    let update = act("PUT", "actions/mine?overwrite=true", r#"{"limits":{"memory":128}}"#);
    let run = act("POST", "actions/mine?blocking=true", "{}");
    let delete = act("DELETE", "actions/mine", "");
    for store in StoreKind::ALL {
        let list = act("GET", "activations?name=mine", "");
        let acts = [
            create.clone(),
            run.clone(),
            update.clone(),
            run.clone(),
            delete.clone(),
            run.clone(),
            create.clone(),
            run.clone(),
            list.clone(),
            list,
        ];
        let answers = told(bound_to(store), &acts);
        let status: Vec<u16> = answers.iter().map(|answer| answer.status().as_u16()).collect();
        assert_eq!(status, [200, 200, 200, 200, 200, 404, 200, 200, 200, 200], "{store:?}");
        let bodies: Vec<Value> = answers.iter().map(json_of).collect();
        let versions = |place: usize| bodies[place]["version"].as_str().unwrap().to_owned();
        assert_eq!([0, 1, 2, 3, 4, 6, 7].map(versions), ["0.0.1", "0.0.1", "0.0.2", "0.0.2", "0.0.2", "0.0.1", "0.0.1"]);
        assert_eq!(bodies[0]["exec"], json!({"kind": "nodejs:20", "code": "function main() {}", "binary": false}));
        assert_eq!(bodies[2]["limits"], json!({"timeout": 60_000, "memory": 128, "logs": 10, "concurrency": 1}));
        assert_eq!(bodies[5]["error"], "The requested resource does not exist.");
        assert_eq!(answers[1].headers()["x-openwhisk-activation-id"].to_str().unwrap(), bodies[1]["activationId"].as_str().unwrap());
        // The last list is complete in either store: newest first.
        let listed: Vec<&str> = bodies[9].as_array().unwrap().iter().map(|row| row["version"].as_str().unwrap()).collect();
        assert_eq!(listed, ["0.0.1", "0.0.2", "0.0.1"], "{store:?}");
    }
}

#[test]
fn actions_are_refused_in_the_controllers_words() {
    let memory = r#"{"exec":{"kind":"nodejs:20","code":""},"limits":{"memory":64}}"#;
    let cycle = r#"{"exec":{"kind":"sequence","components":["/_/seq"]}}"#;
    let lost = r#"{"exec":{"kind":"sequence","components":["/_/nobody"]}}"#;
    let good = r#"{"exec":{"kind":"sequence","components":["/_/hello","/_/hello"]}}"#;
    let empty = r#"{"exec":{"kind":"sequence","components":[]}}"#;
    let long = json!({"exec": {"kind": "sequence", "components": vec!["/_/hello"; 51]}}).to_string();
    let answers = asked(&[
        ("PUT", "actions/hello", CODE),
        ("PUT", "actions/new", "{}"),
        ("PUT", "actions/new", memory),
        ("PUT", "actions/nopack/new", CODE),
        ("PUT", "actions/seq", cycle),
        ("PUT", "actions/seq", lost),
        ("PUT", "actions/seq", empty),
        ("PUT", "actions/seq", &long),
        ("PUT", "actions/seq", good),
        ("POST", "actions/seq?blocking=true&result=true", ""),
        ("PUT", "triggers/hello", "{}"),
        ("GET", "actions/nobody", ""),
        ("GET", "triggers/hello", ""),
        ("POST", "actions/nobody", ""),
        ("POST", "triggers/nobody", ""),
    ]);
    let error = |place: usize| (answers[place].0, answers[place].1["error"].as_str().unwrap_or_default());
    assert_eq!(error(0), (409, "resource already exists"));
    assert_eq!(error(1), (400, "exec undefined"));
    assert_eq!(error(2), (400, "memory size 64 MB below allowed threshold of 128 MB"));
    assert_eq!(error(3), (404, "The requested resource does not exist."));
    assert_eq!(error(4), (400, "Sequence may not refer to itself."));
    assert_eq!(error(5), (400, "Sequence component does not exist."));
    assert_eq!(error(6), (400, "No component specified for the sequence."));
    assert_eq!(error(7), (400, "Too many actions in the sequence."));
    assert_eq!((answers[8].0, &answers[8].1["exec"]["components"]), (200, &json!(["/guest/hello", "/guest/hello"])));
    assert_eq!(answers[9].0, 200);
    let other = "Resource by this name exists but is not in this collection.";
    assert_eq!((error(10), error(12)), ((409, other), (409, other)));
    assert_eq!([11, 13, 14].map(|place| answers[place].0), [404; 3]);
}

#[test]
fn packages_hold_actions_and_are_bound() {
    let answers = asked(&[
        ("PUT", "packages/p", r#"{"parameters":[{"key":"a","value":1}]}"#),
        ("PUT", "actions/p/x", CODE),
        ("PUT", "packages/b", r#"{"binding":{"namespace":"_","name":"p"}}"#),
        ("POST", "actions/b/x?blocking=true", ""),
        ("GET", "packages/b", ""),
        ("GET", "actions/b/x?code=false", ""),
        ("PUT", "actions/b/y", CODE),
        ("PUT", "packages/c", r#"{"binding":{"namespace":"_","name":"b"}}"#),
        ("PUT", "packages/c", r#"{"binding":{"namespace":"_","name":"no"}}"#),
        ("PUT", "packages/p?overwrite=true", r#"{"binding":{"namespace":"_","name":"b"}}"#),
        ("PUT", "packages/default", "{}"),
        ("DELETE", "packages/p", ""),
        ("GET", "actions/b/", ""),
        ("GET", "packages", ""),
        ("GET", "packages?count=true", ""),
        ("DELETE", "packages/b", ""),
        ("DELETE", "packages/p?force=true", ""),
        ("POST", "actions/p/x", ""),
    ]);
    let error = |place: usize| (answers[place].0, answers[place].1["error"].as_str().unwrap_or_default());
    let annotations = answers[3].1["annotations"].as_array().unwrap();
    assert!(annotations.contains(&json!({"key": "binding", "value": "guest/b"})), "{annotations:?}");
    assert!(annotations.contains(&json!({"key": "path", "value": "guest/p/x"})));
    assert_eq!(answers[4].1["actions"][0]["name"], "x");
    assert_eq!(answers[5].1["exec"], json!({"kind": "nodejs:20", "binary": false}));
    assert_eq!(answers[5].1["parameters"], json!([{"key": "a", "value": 1}]));
    assert_eq!(error(6), (400, "Operation not permitted on package binding."));
    assert_eq!(error(7), (400, "Cannot bind to another package binding."));
    assert_eq!(error(8), (400, "Binding references a package that does not exist."));
    assert_eq!(error(9), (409, "Resource is a package and cannot be converted into a binding."));
    assert_eq!(error(10), (400, "Package name 'default' is reserved."));
    assert_eq!(error(11), (409, "Package not empty (contains 1 entity). Set force param or delete package contents."));
    assert_eq!(answers[12].1[0]["namespace"], "guest/p");
    assert_eq!(answers[13].1[0]["binding"], json!({"namespace": "guest", "name": "p"}));
    assert_eq!(answers[14].1, json!({"packages": 2}));
    assert_eq!([15, 16, 17].map(|place| answers[place].0), [200, 200, 404]);
}

#[test]
fn rules_tie_triggers_to_actions() {
    let answers = asked(&[
        ("PUT", "triggers/t", "{}"),
        ("POST", "triggers/t", ""),
        ("PUT", "rules/r", r#"{"trigger":"/_/t","action":"/_/nobody"}"#),
        ("PUT", "rules/r", r#"{"trigger":"/_/no","action":"/_/hello"}"#),
        ("PUT", "rules/r", r#"{"trigger":"/_/t"}"#),
        ("PUT", "rules/r", r#"{"trigger":"/_/t","action":"/_/hello"}"#),
        ("POST", "triggers/t", "{}"),
        ("POST", "rules/r", r#"{"status":"inactive"}"#),
        ("POST", "triggers/t", ""),
        ("GET", "rules/r", ""),
        ("POST", "rules/r", r#"{"status":"active"}"#),
        ("GET", "triggers/t", ""),
        ("GET", "rules", ""),
        ("DELETE", "triggers/t", ""),
        ("POST", "rules/r", r#"{"status":"active"}"#),
        ("DELETE", "rules/r", ""),
        ("GET", "rules/r", ""),
        ("PUT", "triggers/f", r#"{"annotations":[{"key":"feed","value":7}]}"#),
    ]);
    let error = |place: usize| (answers[place].0, answers[place].1["error"].as_str().unwrap_or_default());
    assert_eq!([1, 6, 8].map(|place| answers[place].0), [204, 202, 204]);
    assert_eq!(error(2), (400, "action /guest/nobody does not exist"));
    assert_eq!(error(3), (400, "trigger /guest/no does not exist"));
    assert_eq!(error(4), (400, "rule requires a valid trigger and a valid action"));
    assert_eq!((answers[5].0, &answers[5].1["status"]), (200, &json!("active")));
    assert_eq!(answers[9].1["status"], "inactive");
    assert_eq!(answers[9].1["action"], json!({"path": "guest", "name": "hello"}));
    assert_eq!(answers[11].1["rules"]["guest/r"]["status"], "active");
    assert_eq!(answers[12].1[0]["name"], "r");
    assert_eq!(error(14), (404, "Only rules with existing triggers can be activated"));
    assert_eq!([15, 16].map(|place| answers[place].0), [200, 404]);
    assert_eq!(answers[15].1["status"], "inactive");
    assert_eq!(error(17), (400, "Feed name is not valid"));
}

#[test]
fn what_is_anothers_is_forbidden_whether_or_not_it_is_there() {
    let other = |what: &str| (403, format!("The supplied authentication is not authorized to access '{what}'."));
    let answers = asked_in(&[
        ("POST", "nobody/actions/hello", ""),
        ("POST", "whisk.system/actions/nothing", ""),
        ("POST", "whisk.system/actions/utils/echo", ""),
        ("GET", "whisk.system/actions/utils/echo", ""),
        ("DELETE", "nobody/actions/x", ""),
        ("DELETE", "nobody/actions/p/x", ""),
        ("POST", "nobody/triggers/x", ""),
        ("PUT", "_/packages/utils", r#"{"binding":{"namespace":"whisk.system","name":"utils"}}"#),
        ("PUT", "_/rules/r", r#"{"trigger":"/nobody/t","action":"/_/hello"}"#),
        ("GET", "nobody/packages/p", ""),
    ]);
    let wanted = [
        "nobody/hello",
        "whisk.system/nothing",
        "whisk.system/utils",
        "whisk.system/utils",
        "nobody/x",
        "nobody/p/x",
        "nobody/x",
        "whisk.system/utils",
        "nobody/t",
        "nobody/p",
    ];
    for (answer, wanted) in answers.iter().zip(wanted) {
        assert_eq!((answer.0, answer.1["error"].as_str().unwrap().to_owned()), other(wanted));
    }
}

#[test]
fn shared_packages_of_others_are_open_and_the_rest_of_theirs_is_not() {
    let mut configuration = Configuration::default();
    let hello = configuration.actions[0].clone();
    configuration.namespaces.push(Namespace::new("team"));
    configuration.actions.push(Action { namespace: "team".to_owned(), package: "open".to_owned(), ..hello.clone() });
    configuration.actions.push(Action { namespace: "team".to_owned(), ..hello });
    let acts = [("POST", "team/actions/open/hello"), ("POST", "team/actions/hello"), ("GET", "team/packages/open")];
    let acts: Vec<Act> = acts.into_iter().map(|(method, path)| act_in(method, path, "")).collect();
    let status: Vec<u16> = told(configuration, &acts).iter().map(|answer| answer.status().as_u16()).collect();
    assert_eq!(status, [202, 403, 200]);
}

#[test]
fn names_of_other_collections_are_conflicts() {
    let answers = asked(&[
        ("PUT", "triggers/t", "{}"),
        ("PUT", "packages/p", "{}"),
        ("POST", "actions/t", ""),
        ("POST", "actions/p", ""),
        ("POST", "actions/hello/x", ""),
        ("DELETE", "actions/t", ""),
        ("DELETE", "actions/hello/x", ""),
        ("POST", "triggers/hello", ""),
        ("POST", "triggers/p", ""),
        ("GET", "actions/hello/", ""),
        ("GET", "packages/hello", ""),
        ("PUT", "packages/b", r#"{"binding":{"namespace":"_","name":"hello"}}"#),
        ("PUT", "rules/r", r#"{"trigger":"/_/hello","action":"/_/t"}"#),
        ("PUT", "rules/r", r#"{"trigger":"/_/t","action":"/_/p"}"#),
        ("PUT", "rules/r", r#"{"trigger":"/_/t","action":"/_/hello/x"}"#),
        ("GET", "packages/nothing", ""),
        ("POST", "actions/no/x", ""),
        ("DELETE", "actions/no/x", ""),
    ]);
    let error = |place: usize| (answers[place].0, answers[place].1["error"].as_str().unwrap_or_default());
    for place in (2..=10).chain([14]) {
        assert_eq!(error(place), (409, "Resource by this name exists but is not in this collection."), "{place}");
    }
    assert_eq!(error(11), (409, "Cannot bind to a resource that is not a package."));
    // The names of the classes are the real ones.
    let class = |found: &str, expected: &str| {
        let home = "class org.apache.openwhisk.core.entity";
        format!("document type {home}.{found} did not match expected type {home}.{expected}.")
    };
    assert_eq!(error(12), (400, class("WhiskAction", "WhiskTrigger").as_str()));
    assert_eq!(error(13), (400, class("WhiskPackage", "WhiskActionMetaData").as_str()));
    assert_eq!(error(15), (404, "The requested resource 'guest/nothing' does not exist."));
    assert_eq!([error(16), error(17)], [(404, "The requested resource does not exist."); 2]);
}

#[test]
fn a_binding_is_shown_as_itself_and_takes_no_writing_through_it() {
    let answers = asked(&[
        ("PUT", "packages/p", r#"{"parameters":[{"key":"a","value":1},{"key":"b","value":2}]}"#),
        ("PUT", "actions/p/x", CODE),
        ("PUT", "packages/b", r#"{"binding":{"namespace":"_","name":"p"},"parameters":[{"key":"b","value":3}]}"#),
        ("GET", "packages/b", ""),
        ("DELETE", "actions/b/x", ""),
        ("DELETE", "packages/p?force=true", ""),
        ("GET", "packages/b", ""),
        ("POST", "actions/b/x", ""),
    ]);
    let shown = &answers[3].1;
    assert_eq!((&shown["name"], &shown["binding"]), (&json!("b"), &json!({"name": "p", "namespace": "guest"})));
    assert_eq!(shown["parameters"], json!([{"key": "a", "value": 1}, {"key": "b", "value": 3}]));
    assert_eq!(shown["annotations"], json!([{"key": "binding", "value": {"name": "p", "namespace": "guest"}}]));
    assert_eq!((&shown["version"], &shown["updated"]), (&answers[2].1["version"], &answers[2].1["updated"]));
    assert_eq!(shown["actions"][0]["name"], "x");
    assert_eq!((answers[4].0, &answers[4].1["error"]), (400, &json!("Operation not permitted on package binding.")));
    assert_eq!([6, 7].map(|place| answers[place].0), [404; 2]);
}
