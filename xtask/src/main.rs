//! The project's commands: `cargo xtask help` lists them.
//!
//! Each one does all the set-up that it needs, so that a fresh machine with rustup's cargo is enough. This crate never
//! links the simulated cluster, or every command would wait for that to compile; what needs it is a binary of its own
//! that we start (see `replay`).

mod alike;
mod audit;
mod browser;
mod build;
mod csp;
mod esbuild;
mod finish_page;
mod npm;
mod problem;
mod process;
mod profile;
mod replay;
mod repository;
mod serve;
mod split;
mod styles;
mod test;
mod tools;
mod wasm_opt;
mod weight;

use std::process::ExitCode;

use problem::Problem;

const HELP: &str = "\
cargo xtask COMMAND

  serve [ARGS]     set up, build and serve the page, again at every change; ARGS go to `trunk serve` (--port 9000, --open)
  build            set up, build the release page into dist/ and report what a visitor downloads
  weigh            build the page for size (z, s) and for speed (3), and compare the weights
  profile          write down which functions opening the page needs: the build puts all others into a part that is fetched later
  test             set up and run everything: format, lints, native tests, tests in a browser, tests of the built page
  audit            look for accessibility defects in dist/ with axe-core (installed by npm)
  replay FILE …    replay a lesson without a browser; `cargo xtask replay --help` says more
  finish-page      what Trunk runs at the end of a build: wasm-opt, the split in two, esbuild and the Content-Security-Policy
  help             this text

Environment
  WHISKSCOPE_TOOLS      where Trunk, wasm-bindgen, wasm-opt and esbuild are installed (default: whiskscope/tools in the user's cache)
  CHROMIUM, CHROMEDRIVER  the browser and its driver for the tests (default: found on PATH, or installed on Debian as root)
";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let command = arguments.next();
    let rest: Vec<String> = arguments.collect();

    let outcome = match command.as_deref() {
        Some("serve") => serve::serve(&rest),
        Some("build") => no_arguments("build", &rest).and_then(|()| build::build()).map(|()| ExitCode::SUCCESS),
        Some("weigh") => no_arguments("weigh", &rest).and_then(|()| build::weigh()).map(|()| ExitCode::SUCCESS),
        Some("profile") => no_arguments("profile", &rest).and_then(|()| profile::profile()).map(|()| ExitCode::SUCCESS),
        Some("test") => no_arguments("test", &rest).and_then(|()| test::test()).map(|()| ExitCode::SUCCESS),
        Some("audit") => no_arguments("audit", &rest).and_then(|()| audit::audit()).map(|()| ExitCode::SUCCESS),
        Some("replay") => replay::replay(&rest),
        Some("finish-page") => no_arguments("finish-page", &rest).and_then(|()| finish_page::finish_page()).map(|()| ExitCode::SUCCESS),
        // The check of the evidence table against a clone of apache/openwhisk (`evidence PATH`) belongs here.
        Some("help" | "--help" | "-h") => {
            print!("{HELP}");
            Ok(ExitCode::SUCCESS)
        }
        Some(unknown) => Err(usage(format!("there is no command `{unknown}`"))),
        None => Err(usage("a command is missing".to_owned())),
    };

    outcome.unwrap_or_else(|problem| {
        eprintln!("{problem}");
        problem.exit_code()
    })
}

fn usage(what: String) -> Problem {
    Problem::usage(what).help("`cargo xtask help` lists the commands")
}

fn no_arguments(command: &str, rest: &[String]) -> Result<(), Problem> {
    match rest.first() {
        None => Ok(()),
        Some(unexpected) => Err(usage(format!("`{command}` takes no arguments, and was given `{unexpected}`"))),
    }
}
