//! Takes a picture of the built page: `cargo run -p page-tests --bin shoot -- --help`.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use page_tests::{Find, Problem, Setup, Site};

const HELP: &str = "\
shoot [OPTIONS] OUT.png        a picture of the page in dist/, from its top to its end

  --url-query '?lang=zh'   what follows the page's address
  --url ADDRESS            another page, such as the one `cargo xtask serve` serves
  --width 360 --height 740 the window, in CSS pixels (default: 1280 720); --scale 2 for twice the pixels
  --viewport               only what the window shows
  --touch --dark --reduced-motion --lang zh-CN
  --click NAME             clicks the control of that accessible name; may be repeated, in order
  --press KEYS             writes KEYS where the focus is; in order with --click
  --wait MS                waits that long before the picture (default: 500), after the clicks
  --tree                   prints the accessibility tree as well
";

enum Act {
    Click(String),
    Press(String),
}

struct Shot {
    setup: Setup,
    size_px: (u32, u32),
    query: String,
    address: Option<String>,
    acts: Vec<Act>,
    wait: Duration,
    is_whole: bool,
    has_tree: bool,
    to: Option<PathBuf>,
}

fn main() -> ExitCode {
    let outcome = match read(std::env::args().skip(1)) {
        Ok(Some(shot)) => tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Problem::from)
            .and_then(|runtime| runtime.block_on(take(shot))),
        Ok(None) => {
            print!("{HELP}");
            Ok(())
        }
        Err(problem) => Err(problem),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn read(mut arguments: impl Iterator<Item = String>) -> Result<Option<Shot>, Problem> {
    let mut shot = Shot {
        setup: Setup::wide(),
        size_px: (1280, 720),
        query: String::new(),
        address: None,
        acts: Vec::new(),
        wait: Duration::from_millis(500),
        is_whole: true,
        has_tree: false,
        to: None,
    };
    while let Some(argument) = arguments.next() {
        let mut value = || arguments.next().ok_or_else(|| Problem::new(format!("{argument} needs a value")));
        match argument.as_str() {
            "--help" => return Ok(None),
            "--url-query" => shot.query = value()?,
            "--url" => shot.address = Some(value()?),
            "--width" => shot.size_px.0 = value()?.parse()?,
            "--height" => shot.size_px.1 = value()?.parse()?,
            "--scale" => shot.setup = shot.setup.pixel_ratio(value()?.parse()?),
            "--viewport" => shot.is_whole = false,
            "--touch" => shot.setup = shot.setup.touch(),
            "--dark" => shot.setup = shot.setup.dark(),
            "--reduced-motion" => shot.setup = shot.setup.reduced_motion(),
            "--lang" => shot.setup = shot.setup.language(&value()?),
            "--click" => shot.acts.push(Act::Click(value()?)),
            "--press" => shot.acts.push(Act::Press(value()?)),
            "--wait" => shot.wait = Duration::from_millis(value()?.parse()?),
            "--tree" => shot.has_tree = true,
            out if !out.starts_with('-') && shot.to.is_none() => shot.to = Some(PathBuf::from(out)),
            unknown => return Err(Problem::new(format!("`{unknown}` is not understood; --help lists the options"))),
        }
    }
    Ok(Some(shot))
}

async fn take(shot: Shot) -> Result<(), Problem> {
    let to = shot.to.ok_or_else(|| Problem::new("where the picture goes is missing; --help lists the options"))?;
    let setup = shot.setup.window(shot.size_px.0, shot.size_px.1);
    let page = match shot.address {
        Some(address) => setup.open_address(Site::new(PathBuf::from("."), "/")?, &address).await?,
        None => setup.open(&shot.query).await?,
    };
    for act in shot.acts {
        match act {
            Act::Click(name) => page.control(&name).await?.click().await?,
            Act::Press(keys) => page.press(&keys).await?,
        }
    }
    tokio::time::sleep(shot.wait).await;
    if shot.is_whole {
        page.screenshot_whole(&to).await?
    } else {
        page.screenshot(&to).await?
    }
    if shot.has_tree {
        println!("{}", page.accessibility_tree().await?);
    }
    for report in page.reports().await? {
        eprintln!("{report}");
    }
    Ok(())
}
