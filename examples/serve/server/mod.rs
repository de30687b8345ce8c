//! The server: one world in step with the clock, and the three interfaces in front of it.

mod errors;
mod live;

pub use live::Live;

use http_body_util::{BodyExt, Full, LengthLimitError, Limited};
use hyper::body::{Body, Bytes, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use std::rc::Rc;
use tokio::net::TcpListener;
use whiskscope::cluster::{BODY_BYTES_MAX, PAYLOAD_BYTES_MAX};

/// Which system a client thinks that it talks to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Api {
    OpenWhisk,
    CouchDb,
    Elasticsearch,
}

impl Api {
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

/// Serves an interface to any number of clients, until the task is dropped.
pub async fn serve(live: Rc<Live>, api: Api, listener: TcpListener) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many open files, perhaps: others may end meanwhile.
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
            continue;
        };
        let live = Rc::clone(&live);
        tokio::task::spawn_local(async move {
            let service = service_fn(move |request| answer(Rc::clone(&live), api, request));
            // A client that breaks off is no news.
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
    }
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
    let (head, body) = request.into_parts();
    let whole = |response: Response<Vec<u8>>| response.map(|body| Full::new(Bytes::from(body)));
    // A length that is told beforehand is enough to refuse it.
    if body.size_hint().lower() > api.body_max() as u64 {
        return Ok(whole(errors::too_large(api, &live.transaction())));
    }
    match Limited::new(body, api.body_max()).collect().await {
        Ok(body) => {
            let request = Request::from_parts(head, body.to_bytes().to_vec());
            live.ask(api, request).await.map(whole).ok_or(Broken)
        }
        Err(error) if error.is::<LengthLimitError>() => Ok(whole(errors::too_large(api, &live.transaction()))),
        Err(_) => Err(Broken),
    }
}
