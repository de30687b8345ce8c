//! The sentences of what clients ask of stores themselves, and of their end, in both languages.

use super::super::wording::{Wording, put};
use super::values::store_name;
use crate::cluster::step::{NoAnswer, StepKind};

pub(super) fn english(kind: &StepKind, to: &mut Wording) {
    use StepKind as K;
    match *kind {
        K::StoreAsked { store } => put!(to, "curl asks ", store_name(store), " directly. OpenWhisk has no part in this."),
        K::StoreServed { store, status } => put!(to, store_name(store), " answers curl with ", status, "."),
        K::StoreAnswerReceived { store, status } => put!(to, "curl receives ", status, " from ", store_name(store), "."),
        K::StoreUnanswered { store, why: NoAnswer::Refused } => {
            put!(to, "Nothing listens where ", store_name(store), " should: the connection of curl is refused.");
        }
        K::StoreUnanswered { store, why: NoAnswer::TimedOut } => {
            put!(to, "curl hears nothing of ", store_name(store), " and gives up. Whether its request arrived it cannot tell.");
        }
        K::ClientInterrupted => put!(to, "Ctrl-C: the tool ends. What it has asked for goes on, and is answered to nobody."),
        K::StoreUnanswered { store, .. } => put!(to, store_name(store), " stopped while curl waited: the connection breaks."),
        _ => {}
    }
}

pub(super) fn chinese(kind: &StepKind, to: &mut Wording) {
    use StepKind as K;
    match *kind {
        K::StoreAsked { store } => put!(to, "curl 直接询问 ", store_name(store), "。这与 OpenWhisk 无关。"),
        K::StoreServed { store, status } => put!(to, store_name(store), " 向 curl 返回 ", status, "。"),
        K::StoreAnswerReceived { store, status } => put!(to, "curl 收到 ", store_name(store), " 返回的 ", status, "。"),
        K::StoreUnanswered { store, why: NoAnswer::Refused } => put!(to, store_name(store), " 没有在监听，curl 的连接被拒绝。"),
        K::StoreUnanswered { store, why: NoAnswer::TimedOut } => {
            put!(to, "curl 一直等不到 ", store_name(store), " 的应答，放弃了。请求是否送达，它无从得知。");
        }
        K::ClientInterrupted => put!(to, "Ctrl-C：命令结束。已发出的请求照常处理，只是结果没有人收。"),
        K::StoreUnanswered { store, .. } => put!(to, "curl 还在等待，", store_name(store), " 就停了，连接中断。"),
        _ => {}
    }
}
