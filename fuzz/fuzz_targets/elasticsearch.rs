//! Requests to Elasticsearch itself.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whiskscope::cluster::World;
use whiskscope::cluster::place::StoreKind;
use whiskscope_fuzz::{ADMIN, ask_store, request, world};

thread_local! {
    static WORLD: World = world(StoreKind::Elasticsearch);
}

fuzz_target!(|bytes: &[u8]| {
    if let Some(request) = request(bytes, ADMIN) {
        WORLD.with(|world| ask_store(world, StoreKind::Elasticsearch, &request));
    }
});
