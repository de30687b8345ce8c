//! What clients ask of the stores themselves, whichever it is.

use super::{Effects, Setting, StoreTimer, Stores, ViewState};
use crate::activation::Library;
use crate::chance::Identity;
use crate::cluster::place::StoreKind;
use crate::cluster::step::DesignDocument;
use crate::time::Instant;
use ::http::Request;

pub use super::couchdb_api::Served;

/// Whose exchange a request is and when, and what there is to look things up in.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    pub setting: &'a Setting<'a>,
    pub library: Library<'a>,
    pub identity: Identity,
    pub now: Instant,
    /// The request has waited for its view already, and is served from the index as it is.
    pub has_waited: bool,
}

impl Stores {
    /// Serves a request to a store's own interface.
    ///
    /// The page's wasm is cut here: what only this function comes to is a part of its own (`xtask/src/split/`).
    #[inline(never)]
    pub fn serve_interface(&mut self, store: StoreKind, context: Context<'_>, request: &Request<Vec<u8>>, effects: &mut Effects) -> Served {
        match store {
            StoreKind::CouchDb => self.couchdb.serve(context, request, effects),
            StoreKind::Elasticsearch | StoreKind::Noop => {
                let Context { setting, library, now, .. } = context;
                Served::Answer(self.elasticsearch.serve(setting, library, request, now, effects))
            }
        }
    }

    /// The sequence of the newest write that a view can be brought up to.
    pub fn sequence(&self) -> u64 {
        self.couchdb.update_sequence()
    }

    /// How far a view's index is built; nothing while it is being updated.
    pub fn built(&self, view: DesignDocument) -> Option<u64> {
        self.couchdb.views().iter().find(|it| it.view == view && !it.is_updating()).map(ViewState::sequence)
    }
}

impl StoreTimer {
    /// The view whose update ends with it.
    pub(in crate::cluster) const fn view(self) -> Option<DesignDocument> {
        match self {
            Self::ViewUpdate(view) => Some(view),
            Self::Refresh(_) => None,
        }
    }
}
