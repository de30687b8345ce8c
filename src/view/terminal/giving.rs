//! What becomes of a line: a command of the run, or something that the terminal says by itself.

use super::{Remark, Shell};
use crate::cluster::{Act, CommandId};
use crate::locale::page::{Message, Terminal as Words, Transport};
use crate::player::Said;
use crate::shell::{LINE_BYTES_MAX, Typed, typed};
use crate::view::controls::NAMESPACE;
use crate::view::{fetching, memory};
use wasm_bindgen_futures::spawn_local;

/// Runs the line in the field. Where it cannot be run now it stays there, and the page says why.
pub fn run(shell: Shell) {
    let line = shell.line();
    let page = shell.controls.page;
    if line.len() > LINE_BYTES_MAX {
        return shell.remark(Remark::TooLong { bytes: line.len() });
    }
    if let Some(why) = is_kept_back(shell) {
        return shell.say(why);
    }
    match page.with_world_untracked(|world| typed(world, NAMESPACE, &line)) {
        Typed::Nothing => {}
        Typed::Act(act @ Act::Ask { .. }) => {
            // What answers for it is a part of the program that is fetched on demand.
            shell.say(Words::Fetching);
            spawn_local(async move {
                match fetching::store_interfaces().await {
                    Ok(()) => give(shell, act, line),
                    Err(_) => shell.say(Words::Unfetched),
                }
            });
        }
        Typed::Act(act) => give(shell, act, line),
        Typed::Printed(printed) => {
            let first = [&printed.stderr, &printed.stdout].into_iter().find_map(|text| text.lines().next()).unwrap_or_default().to_owned();
            taken(shell, &line);
            aside(shell, line, Said::Printed(printed));
            page.announce(first);
        }
        Typed::Help => {
            taken(shell, &line);
            aside(shell, line, Said::Help);
            shell.announce(Words::HelpShown);
        }
        Typed::Clear => {
            taken(shell, &line);
            clear(shell, line);
        }
    }
}

/// Why no command can be given now.
fn is_kept_back(shell: Shell) -> Option<Words> {
    if shell.controls.covered.get_untracked().answers() {
        return Some(Words::Held);
    }
    shell.shown.with_untracked(|shown| shown.running.map(|_| Words::Waits))
}

fn give(shell: Shell, act: Act, line: String) {
    // It may have been waited for.
    if let Some(why) = is_kept_back(shell) {
        return shell.say(why);
    }
    let page = shell.controls.page;
    let said = page.language.get_untracked().say(Transport::CommandSent).to_owned();
    match shell.controls.give_typed(act, Some(line.clone()), said) {
        Ok(()) => taken(shell, &line),
        Err(reason) => page.notify(Message::Refused(reason)),
    }
}

/// Ctrl-C: what the command started ends at this instant of the run.
pub fn interrupt(shell: Shell, command: CommandId) {
    let page = shell.controls.page;
    shell.forget();
    let said = page.language.get_untracked().say(Words::Stopped).to_owned();
    if let Err(reason) = shell.controls.give(Act::Interrupt { command }, said) {
        page.notify(Message::Refused(reason));
    }
}

/// Hides what is on the screen up to now.
pub fn clear(shell: Shell, line: String) {
    aside(shell, line, Said::Clear);
    shell.announce(Words::Cleared);
}

fn aside(shell: Shell, line: String, said: Said) {
    let page = shell.controls.page;
    let (at, given) = page.with_world_untracked(|world| {
        let now = world.now();
        (now, world.setup().commands.iter().filter(|command| command.at <= now).count())
    });
    page.update_asides(|asides| asides.add(at, given, line, said));
}

/// The line has been run: it goes from the field into the history.
fn taken(shell: Shell, line: &str) {
    shell.forget();
    shell.follows.set_value(true);
    shell.history.update_value(|history| {
        history.add(line);
        memory::keep_commands(history.lines());
    });
    // Unless another has been typed meanwhile.
    if shell.line() == line {
        shell.put_whole("");
    }
}
