//! Bodies of searches in Elasticsearch.
#![no_main]

use http::Request;
use libfuzzer_sys::fuzz_target;
use whiskscope::cluster::World;
use whiskscope::cluster::place::StoreKind;
use whiskscope_fuzz::{ask_store, world};

thread_local! {
    static WORLD: World = world(StoreKind::Elasticsearch);
}

fuzz_target!(|bytes: &[u8]| {
    if bytes.len() > 4_096 {
        return;
    }
    let request = Request::post("/openwhisk-*/_search").header("content-type", "application/json").body(bytes.to_vec());
    if let Ok(request) = request {
        WORLD.with(|world| ask_store(world, StoreKind::Elasticsearch, &request));
    }
});
