//! What clients ask of the stores themselves, whichever it is.

use super::{Effects, Setting, StoreTimer, Stores, ViewState};
use crate::activation::Library;
use crate::chance::Identity;
use crate::cluster::place::StoreKind;
use crate::cluster::step::DesignDocument;
use crate::time::Instant;
use ::http::{Request, Response, StatusCode};

pub use super::couchdb_api::Served;

/// Whether this build has the stores' own interfaces. The page is built without them until it has a terminal that speaks to them: they would
/// be two fifths of what it fetches, and nobody could come to them. No line of a lesson is read as such a request there.
pub const HAS_STORE_INTERFACES: bool = cfg!(not(target_arch = "wasm32"));

impl Stores {
    /// Serves a request to a store's own interface. One that has waited for its view is served from the index as it is.
    #[allow(clippy::too_many_arguments, reason = "each is the request's own")]
    pub fn serve(
        &mut self,
        store: StoreKind,
        setting: &Setting<'_>,
        library: Library<'_>,
        request: &Request<Vec<u8>>,
        identity: Identity,
        now: Instant,
        has_waited: bool,
        effects: &mut Effects,
    ) -> Served {
        if !HAS_STORE_INTERFACES {
            let mut absent = Response::new(Vec::new());
            *absent.status_mut() = StatusCode::NOT_IMPLEMENTED;
            return Served::Answer(absent);
        }
        match store {
            StoreKind::CouchDb if has_waited => self.couchdb.serve_as_built(setting, library, request, identity, now, effects),
            StoreKind::CouchDb => self.couchdb.serve(setting, library, request, identity, now, effects),
            StoreKind::Elasticsearch | StoreKind::Noop => Served::Answer(self.elasticsearch.serve(setting, library, request, now, effects)),
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
