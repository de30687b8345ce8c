//! The body of a request.

use super::{Api, errors};
use flate2::read::MultiGzDecoder;
use http_body_util::{BodyExt, Limited};
use hyper::Response;
use hyper::body::{Body, Incoming};
use hyper::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderValue};
use hyper::http::request::Parts;
use std::io::Read;
use std::time::Duration;

/// How long a client may take for its body.
const WAIT: Duration = Duration::from_secs(60);
/// How much of a body that is too long is passed over, so that its sender reads the answer.
const PASSED_OVER_MAX: usize = 67_108_864;

/// Why there is no body.
pub enum Failed {
    /// The client is told.
    Refused(Box<Response<Vec<u8>>>),
    /// It is gone, or too slow.
    Gone,
}

impl From<Response<Vec<u8>>> for Failed {
    fn from(response: Response<Vec<u8>>) -> Self {
        Self::Refused(Box::new(response))
    }
}

/// Reads a body, and unpacks it where the system that is asked would.
pub async fn read(api: Api, head: &mut Parts, body: Incoming, transaction: &str) -> Result<Vec<u8>, Failed> {
    // A length that is told beforehand is enough to refuse it.
    if body.size_hint().lower() > api.body_max() as u64 {
        pass_over(body);
        return Err(errors::too_large(api, transaction).into());
    }
    let mut bytes = Vec::new();
    let mut body = body;
    let over = tokio::time::Instant::now() + WAIT;
    while let Some(frame) = tokio::time::timeout_at(over, body.frame()).await.map_err(|_| Failed::Gone)? {
        let frame = frame.map_err(|error| {
            let is_gone = error.is_incomplete_message() || error.is_closed();
            if is_gone { Failed::Gone } else { errors::unreadable(api, "the body is not in chunks", transaction).into() }
        })?;
        let Ok(data) = frame.into_data() else { continue };
        bytes.extend_from_slice(&data);
        if bytes.len() > api.body_max() {
            pass_over(body);
            return Err(errors::too_large(api, transaction).into());
        }
    }
    let is_packed = head.headers.get(CONTENT_ENCODING).is_some_and(|value| value == "gzip");
    // Pekko HTTP unpacks nothing unless its routes say so, and OpenWhisk's do not.
    if !is_packed || api == Api::OpenWhisk {
        return Ok(bytes);
    }
    let bytes = unpacked(&bytes, api.body_max()).map_err(|_| errors::unreadable(api, "the body is no gzip", transaction))?;
    if bytes.len() > api.body_max() {
        return Err(errors::too_large(api, transaction).into());
    }
    head.headers.remove(CONTENT_ENCODING);
    head.headers.insert(CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    Ok(bytes)
}

/// A connection that is closed while more comes is reset, and the answer is lost with it.
fn pass_over(body: Incoming) {
    tokio::task::spawn_local(async move {
        let _ = tokio::time::timeout(WAIT, Limited::new(body, PASSED_OVER_MAX).collect()).await;
    });
}

/// What was packed, up to one byte over a length.
fn unpacked(bytes: &[u8], length_max: usize) -> std::io::Result<Vec<u8>> {
    let mut unpacked = Vec::new();
    MultiGzDecoder::new(bytes).take(length_max as u64 + 1).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}
