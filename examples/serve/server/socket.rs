//! A connection on which hyper's own refusals are said in the words of the system that is asked.
//!
//! hyper answers what is no HTTP request by itself, with a status and nothing else. Those answers are known by what they lack, and
//! [`malformed::refused`] stands in their place.

use super::{Api, malformed};
use hyper::Response;
use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::Sleep;

/// How much is kept of what comes, to say what is wrong with it.
const HEARD_MAX: usize = 8_192;
/// What a client still sends after it was refused is passed over, this long and this much, so that it reads the refusal.
const LINGER: Duration = Duration::from_secs(2);
const LINGER_BYTES: usize = 4_194_304;

pub struct Socket {
    stream: TcpStream,
    api: Api,
    /// The beginning of what has come since the last answer.
    heard: Vec<u8>,
    has_spoken: bool,
    /// What is still to be written in the place of hyper's own words.
    due: Vec<u8>,
    written: usize,
    has_refused: bool,
    lingers: Option<Pin<Box<Sleep>>>,
    passed_over: usize,
}

impl Socket {
    pub fn new(stream: TcpStream, api: Api) -> Self {
        let (heard, due) = (Vec::new(), Vec::new());
        Self { stream, api, heard, has_spoken: false, due, written: 0, has_refused: false, lingers: None, passed_over: 0 }
    }

    fn write_due(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while let Some(rest) = self.due.get(self.written..).filter(|rest| !rest.is_empty()) {
            self.written += ready!(Pin::new(&mut self.stream).poll_write(context, rest))?;
        }
        (self.due, self.written) = (Vec::new(), 0);
        Poll::Ready(Ok(()))
    }
}

/// The status of an answer that hyper has made by itself: no answer of a system's is a refusal without a type or a body.
fn own_words(buffer: &[u8]) -> Option<u16> {
    let text = std::str::from_utf8(buffer).ok().filter(|text| text.ends_with("\r\n\r\n"))?.to_ascii_lowercase();
    let status = text.strip_prefix("http/1.1 ")?.get(..3)?.parse().ok()?;
    let is_own = matches!(status, 400 | 414 | 431) && text.contains("\r\ncontent-length: 0\r\n") && !text.contains("\r\ncontent-type:");
    is_own.then_some(status)
}

fn written(response: &Response<Vec<u8>>) -> Vec<u8> {
    let status = response.status();
    let mut text = format!("HTTP/1.1 {} {}\r\n", status.as_u16(), status.canonical_reason().unwrap_or_default());
    for (name, value) in response.headers().iter().filter(|(name, _)| !matches!(name.as_str(), "content-length" | "connection")) {
        text += &format!("{name}: {}\r\n", String::from_utf8_lossy(value.as_bytes()));
    }
    text += &format!("content-length: {}\r\nconnection: close\r\n\r\n", response.body().len());
    [text.as_bytes(), response.body().as_slice()].concat()
}

impl AsyncRead for Socket {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        let before = buffer.filled().len();
        ready!(Pin::new(&mut this.stream).poll_read(context, buffer))?;
        if std::mem::take(&mut this.has_spoken) {
            this.heard.clear();
        }
        let room = HEARD_MAX.saturating_sub(this.heard.len());
        this.heard.extend(buffer.filled().iter().skip(before).take(room));
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Socket {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &[u8]) -> Poll<io::Result<usize>> {
        let this = self.get_mut();
        ready!(this.write_due(context))?;
        this.has_spoken = true;
        let Some(status) = own_words(buffer) else { return Pin::new(&mut this.stream).poll_write(context, buffer) };
        this.due = written(&malformed::refused(this.api, status, &this.heard));
        this.has_refused = true;
        if let Poll::Ready(Err(error)) = this.write_due(context) {
            return Poll::Ready(Err(error));
        }
        Poll::Ready(Ok(buffer.len()))
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.write_due(context))?;
        Pin::new(&mut this.stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(this.write_due(context))?;
        if this.lingers.is_none() {
            ready!(Pin::new(&mut this.stream).poll_shutdown(context))?;
            this.lingers = Some(Box::pin(tokio::time::sleep(LINGER)));
        }
        // A connection that is closed while more comes is reset, and a refusal under way is lost with it.
        let mut passed_over = [0; 4_096];
        while this.has_refused && this.passed_over < LINGER_BYTES {
            if this.lingers.as_mut().is_some_and(|lingers| lingers.as_mut().poll(context).is_ready()) {
                break;
            }
            let mut buffer = ReadBuf::new(&mut passed_over);
            match Pin::new(&mut this.stream).poll_read(context, &mut buffer) {
                Poll::Pending => return Poll::Pending,
                Poll::Ready(Ok(())) if !buffer.filled().is_empty() => this.passed_over += buffer.filled().len(),
                Poll::Ready(_) => break,
            }
        }
        Poll::Ready(Ok(()))
    }
}
