//! What a tool sends for a line, with what the line alone says.

use super::terminal::payload;
use crate::cluster::{Act, Exchange, World};
use crate::http;
use ::http::header::CONTENT_TYPE;
use ::http::{HeaderValue, Request};

/// The whole request of an exchange. The cluster's actions take no arguments, so an act has none: those of a call are in the line that was
/// typed, and are sent along.
pub fn request(world: &World, exchange: &Exchange) -> Option<Request<Vec<u8>>> {
    let request = http::request(world, exchange)?;
    let takes_arguments = matches!(world.act_of(exchange), Some(Act::Invoke { .. } | Act::FireTrigger { .. }));
    let command = world.setup().commands.get(exchange.command as usize).filter(|_| takes_arguments);
    let arguments = command.and_then(|command| payload(command.line.as_deref()?, &command.namespace));
    let Some(arguments) = arguments else { return Some(request) };
    let (mut parts, _) = request.into_parts();
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Some(Request::from_parts(parts, arguments.into_bytes()))
}
