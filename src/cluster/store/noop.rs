//! The store that keeps nothing (`core/database/memory/NoopActivationStore.scala`): part of its process, so nothing travels to it.

use super::{ActivationStore, Effects, IndexMissing, ListQuery, Setting, StoreTimer, Summary, Visibility, Write};
use crate::activation::{ActivationId, NamespaceId, Record};
use crate::chance::Identity;
use crate::time::{Instant, Span};
use serde::Serialize;

/// Holds no record and lists none. Its get makes one up for any id, which is no record: the controller's side of the cluster has that.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub struct Noop;

impl ActivationStore for Noop {
    fn write_time(&self, _: &Setting<'_>, _: Identity, _: &[Write]) -> Span {
        Span::ZERO
    }

    fn read_time(&self, _: &Setting<'_>, _: Identity) -> Span {
        Span::ZERO
    }

    fn timeout(&self, _: &Setting<'_>) -> Span {
        Span::ZERO
    }

    fn drop_data(&mut self, _: &mut Effects) {}

    fn write(&mut self, _: &Setting<'_>, _: &[Write], _: Instant, _: &mut Effects) {}

    fn get(&self, _: NamespaceId, _: ActivationId) -> Result<Option<Record>, IndexMissing> {
        Ok(None)
    }

    fn list(&self, _: &Setting<'_>, _: ListQuery) -> Result<(Vec<Summary>, u32), IndexMissing> {
        Ok((Vec::new(), 0))
    }

    fn count(&self, _: &Setting<'_>, _: ListQuery) -> Result<u64, IndexMissing> {
        Ok(0)
    }

    fn queried(&mut self, _: &Setting<'_>, _: ListQuery, _: Identity, _: Instant, _: &mut Effects) {}

    fn timer(&mut self, _: &Setting<'_>, _: StoreTimer, _: Instant, _: &mut Effects) {}

    fn get_visibility(&self, _: NamespaceId, _: ActivationId) -> Visibility {
        Visibility::Absent
    }

    fn list_gap(&self, _: NamespaceId, _: ActivationId) -> Visibility {
        Visibility::Absent
    }

    fn holds(&self) -> u64 {
        0
    }
}
