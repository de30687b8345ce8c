//! The simulated cluster on real sockets: OpenWhisk, CouchDB and Elasticsearch over HTTP on loopback, in step with the clock.
//!
//! `cargo run --release --example serve -- --help` lists the options.

#[cfg(not(target_arch = "wasm32"))]
mod options;
#[cfg(not(target_arch = "wasm32"))]
mod run;
#[cfg(not(target_arch = "wasm32"))]
mod server;

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() -> std::process::ExitCode {
    match whole() {
        Ok(()) => std::process::ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("serve: {error}");
            std::process::ExitCode::FAILURE
        }
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn whole() -> Result<(), String> {
    let arguments = std::env::args_os().skip(1).map(|argument| argument.to_string_lossy().into_owned());
    let Some(options) = options::Options::read(arguments)? else {
        println!("{}", options::USAGE);
        return Ok(());
    };
    run::until_interrupted(&options, |line| println!("{line}"))
}
