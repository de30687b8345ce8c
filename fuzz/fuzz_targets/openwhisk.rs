//! Requests to OpenWhisk's API.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whiskscope::cluster::World;
use whiskscope::cluster::place::StoreKind;
use whiskscope_fuzz::{ask_openwhisk, key, request, world};

thread_local! {
    static WORLD: World = world(StoreKind::CouchDb);
}

fuzz_target!(|bytes: &[u8]| {
    if let Some(request) = request(bytes, &key()) {
        WORLD.with(|world| ask_openwhisk(world, &request));
    }
});
