//! The server: one world in step with the clock, and the three interfaces in front of it.

mod body;
mod errors;
mod live;
mod malformed;
mod socket;

pub use live::Live;

use body::Failed;
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1::Builder;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use socket::Socket;
use std::net::SocketAddr;
use std::pin::pin;
use std::rc::Rc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use whiskscope::cluster::{BODY_BYTES_MAX, PAYLOAD_BYTES_MAX};

/// How long a client may take for the head of a request, or be silent between two.
const HEAD_WAIT: Duration = Duration::from_secs(300);
/// How long those who wait for an answer are still served after the end.
const GRACE: Duration = Duration::from_secs(1);

/// Which system a client thinks that it talks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    OpenWhisk,
    CouchDb,
    Elasticsearch,
}

impl Api {
    pub const ALL: [Self; 3] = [Self::OpenWhisk, Self::CouchDb, Self::Elasticsearch];

    pub const fn name(self) -> &'static str {
        match self {
            Self::OpenWhisk => "OpenWhisk",
            Self::CouchDb => "CouchDB",
            Self::Elasticsearch => "Elasticsearch",
        }
    }

    /// The longest body that is read. OpenWhisk says itself what is too long for it, up to eight times that.
    const fn body_max(self) -> usize {
        match self {
            Self::OpenWhisk => PAYLOAD_BYTES_MAX as usize * 8,
            Self::CouchDb | Self::Elasticsearch => BODY_BYTES_MAX as usize,
        }
    }
}

/// Listens on an address.
pub async fn bind(address: SocketAddr) -> Result<TcpListener, String> {
    TcpListener::bind(address).await.map_err(|error| format!("cannot listen on {address}: {error}"))
}

/// Serves an interface to any number of clients until `stop` says so; those who wait for an answer then have it soon, or never.
pub async fn serve(live: Rc<Live>, api: Api, listener: TcpListener, stop: watch::Receiver<bool>) {
    let mut clients = JoinSet::new();
    let mut over = stop.clone();
    loop {
        tokio::select! {
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    clients.spawn_local(client(Rc::clone(&live), api, stream, stop.clone()));
                }
                // Too many open files, perhaps: others may end meanwhile.
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            },
            Some(_) = clients.join_next() => {}
            _ = over.wait_for(|is_over| *is_over) => break,
        }
    }
    drop(listener);
    let _ = tokio::time::timeout(GRACE, async { while clients.join_next().await.is_some() {} }).await;
}

/// Serves one connection.
async fn client(live: Rc<Live>, api: Api, stream: TcpStream, mut stop: watch::Receiver<bool>) {
    let service = service_fn(move |request| answer(Rc::clone(&live), api, request));
    let mut builder = Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD_WAIT);
    // Elasticsearch writes the names of headers small, and sends no date.
    builder.title_case_headers(api != Api::Elasticsearch).auto_date_header(api != Api::Elasticsearch);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(Socket::new(stream, api)), service));
    tokio::select! {
        // A client that breaks off is no news.
        _ = connection.as_mut() => return,
        _ = stop.wait_for(|is_over| *is_over) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// No answer comes, and the connection is broken: what the simulated client would see.
#[derive(Debug)]
struct Broken;

impl std::fmt::Display for Broken {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("no answer comes")
    }
}

impl std::error::Error for Broken {}

async fn answer(live: Rc<Live>, api: Api, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Broken> {
    let (mut head, body) = request.into_parts();
    let whole = |response: Response<Vec<u8>>| response.map(|body| Full::new(Bytes::from(body)));
    if let Some(refused) = malformed::head(api, &head) {
        return Ok(whole(refused));
    }
    match body::read(api, &mut head, body, &live.transaction()).await {
        Ok(body) => live.ask(api, Request::from_parts(head, body)).await.map(whole).ok_or(Broken),
        Err(Failed::Refused(response)) => Ok(whole(*response)),
        Err(Failed::Gone) => Err(Broken),
    }
}
