//! What a command of the run has printed by the world's instant.

use super::{Line, Out, Shown, verbose};
use crate::cluster::{PROGRAM_REQUESTS_MAX, World};

/// All that the tool has printed since the command of this number was given.
pub(crate) fn screen(world: &World, command: u32, line: &Line) -> Out {
    let mut out = Out::default();
    (line.command.begin)(line, &mut out);
    let mut answers = Vec::new();
    let mut sent = 0;
    for exchange in world.exchanges_of(command) {
        sent += 1;
        if line.is_verbose() {
            verbose::sent(world, line, exchange, &mut out);
        }
        if exchange.answered.is_none() || exchange.abandoned {
            continue;
        }
        answers.push(exchange);
        if line.is_verbose() {
            verbose::received(world, exchange, &mut out);
        }
        (line.command.print)(&Shown { world, line, answers: &answers, exchange }, &mut out);
    }
    if world.was_interrupted(command) {
        match line.path.as_str() {
            // It is the one command that takes notice (CLI `commands/activation.go:330-336`).
            "activation poll" => {
                out.out("Poll terminated\n");
                out.exit_code = 1;
            }
            _ => out.exit_code = INTERRUPTED,
        }
    } else if sent >= PROGRAM_REQUESTS_MAX && world.ended(command).is_some() {
        out.err(format!("WhiskScope ends a command after {PROGRAM_REQUESTS_MAX} requests. The real tool goes on.\n"));
        out.exit_code = 1;
    }
    out
}

/// What a shell says of a process that Ctrl-C ended.
pub(crate) const INTERRUPTED: u8 = 130;
