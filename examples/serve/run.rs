//! From the options to the end.

use crate::options::Options;
use crate::server::{Api, Live, bind, serve};
use std::rc::Rc;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// Serves until Ctrl-C, and tells what there is to know, line by line.
pub fn until_interrupted(options: &Options, tell: impl Fn(String)) -> Result<(), String> {
    let live = Live::new(&options.run()?, options.speed)?;
    // A file that cannot be written is better known now than in the end.
    record(options, &live)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(|error| error.to_string())?;
    tokio::task::LocalSet::new().block_on(&runtime, serve_all(options, Rc::clone(&live), &tell))?;
    record(options, &live)?;
    if let Some(file) = &options.record {
        let run = live.recorded();
        tell(format!("{} commands are in {file}", run.commands.len()));
        if let Err(error) = run.check() {
            tell(format!("they are more than a run may have, so that it cannot be played again: {error}"));
        }
    }
    Ok(())
}

async fn serve_all(options: &Options, live: Rc<Live>, tell: &impl Fn(String)) -> Result<(), String> {
    let (stop, stopped) = watch::channel(false);
    let mut servers = JoinSet::new();
    for api in Api::ALL {
        let listener = bind(options.address(api)).await?;
        let bound = listener.local_addr().map_err(|error| error.to_string())?;
        tell(format!("{} on http://{bound}", api.name()));
        servers.spawn_local(serve(Rc::clone(&live), api, listener, stopped.clone()));
    }
    tell(format!("The cluster has booted: it is {:.1} s old. Ctrl-C ends it.", live.age_secs()));
    tokio::select! {
        () = live.drive() => {}
        ended = tokio::signal::ctrl_c() => ended.map_err(|error| error.to_string())?,
    }
    let _ = stop.send(true);
    // The world plays on for those who still wait.
    tokio::select! {
        () = live.drive() => {}
        () = async { while servers.join_next().await.is_some() {} } => {}
    }
    Ok(())
}

fn record(options: &Options, live: &Live) -> Result<(), String> {
    let Some(file) = &options.record else { return Ok(()) };
    let text = serde_json::to_string(&live.recorded()).map_err(|error| error.to_string())?;
    std::fs::write(file, text + "\n").map_err(|error| format!("{file}: {error}"))
}
