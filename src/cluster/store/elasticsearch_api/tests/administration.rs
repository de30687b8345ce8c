//! Tables, health, mappings, settings, and indexes made and deleted.

use super::*;
use crate::cluster::step::StepKind;
use serde_json::json;

#[test]
fn tables_are_exact() {
    let mut site = Site::full();
    site.text("PUT", "/a/_doc/1", "{}");
    let uuids: Vec<String> = ["a", "openwhisk-guest", "openwhisk-team"]
        .map(|name| site.json("GET", &format!("/{name}"), "").1[name]["settings"]["index"]["uuid"].as_str().unwrap().to_owned())
        .to_vec();
    let (_, text) = site.text("GET", "/_cat/indices?v", "");
    let expected = format!(
        "health status index           uuid                   pri rep docs.count docs.deleted store.size pri.store.size\n\
         yellow open   a               {} 5   1          0            0      1.1kb          1.1kb\n\
         yellow open   openwhisk-guest {} 5   1          8            0      5.4kb          5.4kb\n\
         yellow open   openwhisk-team  {} 5   1          1            0      1.6kb          1.6kb\n",
        uuids[0], uuids[1], uuids[2]
    );
    // The columns of shards are right-aligned: as wide as their names.
    let expected = expected.replace(" 5   1 ", "   5   1 ");
    assert_eq!(text, expected);
    assert_eq!(site.text("GET", "/_cat/indices/openwhisk-t*?h=index,docs.count", "").1, "openwhisk-team 1\n");
    assert_eq!(
        site.text("GET", "/_cat/indices?h=i,dc&v&s=docs.count:desc", "").1,
        "i               dc\nopenwhisk-guest  8\nopenwhisk-team   1\na                0\n"
    );
    assert_eq!(site.text("GET", "/_cat/indices/a?h=s*,creation.date.string&bytes=b", "").1, "open 1150 2024-12-26T08:00:02.000Z\n");
    assert_eq!(
        site.json("GET", "/_cat/indices?format=json&h=index,health&s=index:desc", "").1[0],
        json!({ "index": "openwhisk-team", "health": "yellow" })
    );
    assert_eq!(site.text("GET", "/_cat/indices?health=green", "").1, "");
    // Five empty shards and the sources.
    let records = [HELLO, FAILED, WORLD, COMPONENT, PAIR, TICK, GONE, UNSTARTED].map(|number| site.record(number));
    let library = Library { catalogue: &site.catalogue, appendices: &site.appendices };
    let bytes: usize = records.iter().map(|record| crate::activation::elasticsearch_source(record, library).to_string().len()).sum();
    assert_eq!(site.text("GET", "/_cat/indices/openwhisk-guest?h=ss&bytes=b", "").1, format!("{}\n", 1_150 + bytes));
    assert_eq!(
        site.text("GET", "/_cat/health?v", "").1,
        "epoch      timestamp cluster   status node.total node.data shards pri relo init unassign pending_tasks max_task_wait_time active_shards_percent\n\
         1735200002 08:00:02  openwhisk yellow          1         1     15  15    0    0       15             0                  -                 50.0%\n"
    );
    assert_eq!(site.text("GET", "/_cat/health?h=status,shards", "").1, "yellow 15\n");
    assert_eq!(site.text("GET", "/_cat/count", "").1, "1735200002 08:00:02 9\n");
    let kind = site.send("GET", "/_cat/count", "", None).headers()["content-type"].clone();
    assert_eq!(kind, "text/plain; charset=UTF-8");
}

#[test]
fn health_is_that_of_one_node() {
    let mut site = Site::new();
    assert_eq!(site.json("GET", "/_cluster/health", "").1["status"], "green");
    let mut site2 = Site::full();
    let (status, health) = site2.json("GET", "/_cluster/health", "");
    assert_eq!(
        (status, health),
        (
            200,
            json!({ "cluster_name": "openwhisk", "status": "yellow", "timed_out": false, "number_of_nodes": 1, "number_of_data_nodes": 1,
                "active_primary_shards": 10, "active_shards": 10, "relocating_shards": 0, "initializing_shards": 0, "unassigned_shards": 10,
                "delayed_unassigned_shards": 0, "number_of_pending_tasks": 0, "number_of_in_flight_fetch": 0,
                "task_max_waiting_in_queue_millis": 0, "active_shards_percent_as_number": 50.0 })
        )
    );
    assert_eq!(site2.json("GET", "/_cluster/health/openwhisk-team", "").1["active_shards"], 5);
    let (status, health) = site2.json("GET", "/_cluster/health?wait_for_status=green", "");
    assert_eq!((status, &health["timed_out"]), (408, &json!(true)));
    assert_eq!(site2.text("GET", "/_cluster/health?wait_for_status=yellow", "").0, 200);
    assert_eq!(site2.json("GET", "/_cluster/health/nothing", "").1["status"], "red");
}

#[test]
fn the_mapping_is_what_6_7_makes_of_records() {
    let mut site = Site::new();
    let [hello, component, pair] = [HELLO, COMPONENT, PAIR].map(|number| site.record(number));
    site.write(&[hello]);
    let text = json!({ "type": "text", "fields": { "keyword": { "type": "keyword", "ignore_above": 256 } } });
    let long = json!({ "type": "long" });
    let boolean = json!({ "type": "boolean" });
    let limits = json!({ "properties": { "concurrency": long, "logs": long, "memory": long, "timeout": long } });
    let mut expected = json!({
        "@timestamp": { "type": "date" }, "activationId": text, "duration": long, "end": long, "entityType": text, "logs": text, "name": text,
        "namespace": text, "path": text, "publish": boolean, "start": long, "subject": text, "updated": long, "version": text,
        "response": { "properties": { "result": text, "size": long, "statusCode": long } },
        "annotations": { "properties": { "initTime": long, "kind": text, "limits": limits, "path": text, "timeout": boolean, "waitTime": long } },
    });
    let whole = |properties: &Value| json!({ "openwhisk-guest": { "mappings": { "_doc": { "properties": properties } } } });
    assert_eq!(site.json("GET", "/openwhisk-guest/_mapping", "").1, whole(&expected));
    // Fields come with the first document that has them.
    site.write(&[component, pair]);
    expected["cause"] = text.clone();
    expected["annotations"]["properties"]["binding"] = text.clone();
    expected["annotations"]["properties"]["causedBy"] = text.clone();
    expected["annotations"]["properties"]["topmost"] = boolean;
    assert_eq!(site.json("GET", "/openwhisk-guest/_mapping", "").1, whole(&expected));
    assert_eq!(site.json("GET", "/_mapping/_doc", "").1, whole(&expected));
    let (_, typeless) = site.json("GET", "/openwhisk-guest/_mapping?include_type_name=false", "");
    assert_eq!(typeless["openwhisk-guest"]["mappings"]["properties"], expected);
    // What was written by hand adds to it, and stays when it goes.
    site.text(
        "PUT",
        "/openwhisk-guest/_doc/1",
        r#"{"tags":[{"at":"2024/12/26","n":[1.5]},null],"a.b":true,"day":"2024-12-26","no":"2024","empty":[]}"#,
    );
    site.text("DELETE", "/openwhisk-guest/_doc/1", "");
    let (_, mapping) = site.json("GET", "/openwhisk-guest/_mapping", "");
    let properties = &mapping["openwhisk-guest"]["mappings"]["_doc"]["properties"];
    let at = json!({ "type": "date", "format": "yyyy/MM/dd HH:mm:ss||yyyy/MM/dd||epoch_millis" });
    assert_eq!(properties["tags"], json!({ "properties": { "at": at, "n": { "type": "float" } } }));
    assert_eq!(
        (&properties["a"], &properties["day"]["type"], &properties["no"]["type"]),
        (&json!({ "properties": { "b": { "type": "boolean" } } }), &json!("date"), &json!("text"))
    );
    assert_eq!(properties.get("empty"), None);
}

#[test]
fn an_index_tells_all_of_itself() {
    let mut site = Site::new();
    assert_eq!(site.text("HEAD", "/openwhisk-guest", ""), (404, String::new()));
    let (_, made) = site.json("PUT", "/openwhisk-guest", "");
    assert_eq!(made, json!({ "acknowledged": true, "shards_acknowledged": true, "index": "openwhisk-guest" }));
    // The step and the clock of the first write of a record.
    assert_eq!(site.effects.steps, [(None, StepKind::IndexCreated { namespace: NamespaceId(0) })]);
    assert_eq!(site.effects.timers, [(StoreTimer::Refresh(NamespaceId(0)), Instant::from_millis(2_000))]);
    let (_, mut info) = site.json("GET", "/openwhisk-guest", "");
    let uuid = info["openwhisk-guest"]["settings"]["index"]["uuid"].take();
    assert_eq!(uuid.as_str().unwrap().len(), 22);
    let index = json!({ "creation_date": "1735200001000", "number_of_shards": "5", "number_of_replicas": "1", "uuid": null,
        "version": { "created": "6070299" }, "provided_name": "openwhisk-guest" });
    assert_eq!(info, json!({ "openwhisk-guest": { "aliases": {}, "mappings": {}, "settings": { "index": index } } }));
    let record = site.record(HELLO);
    site.write(&[record]);
    assert_eq!(site.text("HEAD", "/openwhisk-guest", "").0, 200);
    site.effects.steps.clear();
    assert_eq!(site.json("DELETE", "/openwhisk-*", ""), (200, json!({ "acknowledged": true })));
    assert_eq!(site.effects.steps.len(), 1);
    assert_eq!((site.text("HEAD", "/openwhisk-guest", "").0, site.store.holds()), (404, 0));
    // The clock of the index that was is not that of the next one.
    site.now = Instant::from_millis(1_500);
    site.text("PUT", "/openwhisk-guest/_doc/1", "{}");
    site.advance(Instant::from_millis(2_000));
    assert_eq!(site.json("GET", "/_count", "").1["count"], 0);
    site.advance(Instant::from_millis(2_500));
    assert_eq!(site.json("GET", "/_count", "").1["count"], 1);
}

#[test]
fn the_refresh_interval_can_be_changed() {
    for (name, write) in [("openwhisk-guest", "PUT"), ("mine", "PUT")] {
        let mut site = Site::new();
        let at = |millis| Instant::from_millis(millis);
        let count = |site: &mut Site| site.json("GET", "/_count", "").1["count"].clone();
        site.text("PUT", &format!("/{name}"), "");
        let settings = format!("/{name}/_settings");
        assert_eq!(site.json("PUT", &settings, r#"{"index":{"refresh_interval":"5s"}}"#), (200, json!({ "acknowledged": true })));
        let (_, told) = site.json("GET", &format!("{settings}/index.refresh*"), "");
        assert_eq!(told, json!({ name: { "settings": { "index": { "refresh_interval": "5s" } } } }));
        site.text(write, &format!("/{name}/_doc/1"), "{}");
        site.advance(at(5_999));
        assert_eq!(count(&mut site), 0, "{name}");
        site.advance(at(6_000));
        assert_eq!(count(&mut site), 1, "{name}");
        // Never, until somebody asks for it.
        assert_eq!(site.text("PUT", &settings, r#"{"index.refresh_interval":-1}"#).0, 200);
        site.text(write, &format!("/{name}/_doc/2"), "{}");
        site.advance(at(600_000));
        assert_eq!(count(&mut site), 1, "{name}");
        let (_, answer) = site.json("POST", &format!("/{name}/_refresh"), "");
        assert_eq!(answer, json!({ "_shards": { "total": 10, "successful": 5, "failed": 0 } }));
        assert_eq!(count(&mut site), 2, "{name}");
        // And as it was by itself.
        site.text("PUT", &settings, r#"{"refresh_interval":null}"#);
        site.text(write, &format!("/{name}/_doc/3"), "{}");
        site.advance(at(600_999));
        assert_eq!(count(&mut site), 2, "{name}");
        site.advance(at(601_000));
        assert_eq!(count(&mut site), 3, "{name}");
    }
}

#[test]
fn a_refresh_tells_of_the_records_that_searches_see_now() {
    let mut site = Site::new();
    let record = site.record(HELLO);
    site.write(&[record]);
    site.effects.steps.clear();
    site.text("POST", "/_refresh", "");
    let namespace = NamespaceId(0);
    assert_eq!(
        site.effects.steps,
        [(Some(1), StepKind::RecordSearchable { namespace }), (None, StepKind::IndexRefreshed { namespace, records: 1 })]
    );
    assert_eq!(site.found(r#"{"match_all":{}}"#), [HELLO]);
    site.effects.steps.clear();
    site.text("POST", "/_refresh", "");
    assert_eq!(site.effects.steps, []);
}

#[test]
fn nothing_is_left_in_the_written_form_of_a_store_that_nobody_asked() {
    let mut site = Site::full();
    let before = serde_json::to_string(&site.store).unwrap();
    assert!(!before.contains("by_hand") && !before.contains("others") && !before.contains("created"), "{before}");
    for target in ["/", "/_search", "/_cat/indices", "/_mapping", "/openwhisk-guest", "/nothing/_doc/1"] {
        site.text("GET", target, "");
    }
    site.text("POST", "/_refresh", "");
    assert_eq!(serde_json::to_string(&site.store).unwrap(), before);
    site.text("PUT", "/openwhisk-guest/_doc/guest%2F00000000000000000000000000000001", "{}");
    assert_ne!(serde_json::to_string(&site.store).unwrap(), before);
}
