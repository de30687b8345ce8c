//! The simulated cluster on real sockets: OpenWhisk, CouchDB and Elasticsearch over HTTP on loopback, in step with the clock.
//!
//! `cargo run --release --example serve -- [--store couchdb|elasticsearch] [--lesson FILE] [--openwhisk ADDRESS] [--couchdb ADDRESS]
//! [--elasticsearch ADDRESS] [--speed N]`

#[cfg(not(target_arch = "wasm32"))]
mod options;
#[cfg(not(target_arch = "wasm32"))]
mod server;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    match run() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("serve: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn run() -> Result<(), String> {
    use server::{Api, Live, bind, serve};
    let options = options::Options::read(std::env::args().skip(1))?;
    let Some(options) = options else {
        println!("{}", options::USAGE);
        return Ok(());
    };
    let live = Live::new(&options.run()?, options.speed)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    let local = tokio::task::LocalSet::new();
    local.block_on(&runtime, async move {
        for (api, address) in
            [(Api::OpenWhisk, options.openwhisk), (Api::CouchDb, options.couchdb), (Api::Elasticsearch, options.elasticsearch)]
        {
            let listener = bind(address).await?;
            let bound = listener.local_addr().map_err(|error| error.to_string())?;
            println!("{} on http://{bound}", api.name());
            tokio::task::spawn_local(serve(std::rc::Rc::clone(&live), api, listener));
        }
        println!("The cluster has booted: it is {:.1} s old. Ctrl-C ends it.", live.age_secs());
        tokio::select! {
            () = live.drive() => Ok(()),
            ended = tokio::signal::ctrl_c() => ended.map_err(|error| error.to_string()),
        }
    })
}
