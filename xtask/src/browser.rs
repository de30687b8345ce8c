//! Chromium and its driver, for the tests.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::problem::Problem;
use crate::process::{self, find_on_path, is_executable, say};

const CHROMIUM_NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];
const CHROMEDRIVER_NAMES: [&str; 1] = ["chromedriver"];

/// The last one gives the page's Chinese a font, so that a screenshot shows it.
const DEBIAN_PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-wqy-zenhei"];

pub struct Browser {
    pub chromium: PathBuf,
    pub chromedriver: PathBuf,
}

impl Browser {
    /// From CHROMIUM and CHROMEDRIVER, else from PATH, else installed where we can.
    pub fn ready() -> Result<Browser, Problem> {
        if let Some(browser) = Browser::find()? {
            return Ok(browser);
        }
        install()?;
        Browser::find()?.ok_or_else(missing)
    }

    fn find() -> Result<Option<Browser>, Problem> {
        let chromium = named_or_on_path("CHROMIUM", &CHROMIUM_NAMES)?;
        let chromedriver = named_or_on_path("CHROMEDRIVER", &CHROMEDRIVER_NAMES)?;
        Ok(chromium.zip(chromedriver).map(|(chromium, chromedriver)| Browser { chromium, chromedriver }))
    }
}

fn named_or_on_path(variable: &str, names: &[&str]) -> Result<Option<PathBuf>, Problem> {
    let Some(named) = std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from) else {
        return Ok(names.iter().find_map(|name| find_on_path(name)));
    };
    if is_executable(&named) {
        return Ok(Some(named));
    }
    Err(Problem::new(format!("{variable} names {}, which cannot be run", named.display())).help("name an executable, or unset it"))
}

fn install() -> Result<(), Problem> {
    let is_debian = Path::new("/etc/debian_version").exists() && find_on_path("apt-get").is_some();
    let is_root = process::answer(Command::new("id").arg("-u")).is_some_and(|id| id == "0");
    if !is_debian || !is_root {
        return Err(missing());
    }
    say("Installing Chromium and its driver by apt-get");
    let apt = |arguments: &[&str]| {
        process::run(Command::new("apt-get").env("DEBIAN_FRONTEND", "noninteractive").args(arguments)).map_err(|problem| problem.help(HELP))
    };
    apt(&["update", "--quiet"])?;
    apt(&[&["install", "--yes", "--quiet", "--no-install-recommends"], DEBIAN_PACKAGES.as_slice()].concat())
}

const HELP: &str = "on Debian: `sudo apt-get install chromium chromium-driver`; elsewhere put Chromium or Chrome and the chromedriver of \
                    the same version on PATH, or name them in CHROMIUM and CHROMEDRIVER";

fn missing() -> Problem {
    Problem::new("the tests drive a browser, and Chromium or its driver (chromedriver) was not found").help(HELP)
}
