//! The words about entities: requests for them, and what becomes of those.

use super::super::Language;
use super::super::wording::{Wording, put};
use super::values::http_status;
use crate::cluster::place::ControllerId;
use crate::cluster::step::StepKind;
use crate::cluster::{Collection, Verb};

/// What one types for it.
pub const fn command(verb: Verb, collection: Collection) -> &'static str {
    match (verb, collection) {
        (Verb::List, Collection::Actions) => "wsk action list",
        (Verb::List, Collection::Packages) => "wsk package list",
        (Verb::List, Collection::Triggers) => "wsk trigger list",
        (Verb::List, Collection::Rules) => "wsk rule list",
        (Verb::Get, Collection::Actions) => "wsk action get",
        (Verb::Get, Collection::Packages) => "wsk package get",
        (Verb::Get, Collection::Triggers) => "wsk trigger get",
        (Verb::Get, Collection::Rules) => "wsk rule get",
        (Verb::Create, Collection::Actions) => "wsk action create",
        (Verb::Create, Collection::Packages) => "wsk package create",
        (Verb::Create, Collection::Triggers) => "wsk trigger create",
        (Verb::Create, Collection::Rules) => "wsk rule create",
        (Verb::Update, Collection::Actions) => "wsk action update",
        (Verb::Update, Collection::Packages) => "wsk package update",
        (Verb::Update, Collection::Triggers) => "wsk trigger update",
        (Verb::Update, Collection::Rules) => "wsk rule update",
        (Verb::Delete, Collection::Actions) => "wsk action delete",
        (Verb::Delete, Collection::Packages) => "wsk package delete",
        (Verb::Delete, Collection::Triggers) => "wsk trigger delete",
        (Verb::Delete, Collection::Rules) => "wsk rule delete",
        (Verb::Enable, _) => "wsk rule enable",
        (Verb::Disable, _) => "wsk rule disable",
    }
}

const fn noun(language: Language, collection: Collection) -> &'static str {
    match collection {
        Collection::Actions => language.pick("an action", "action"),
        Collection::Packages => language.pick("a package", "package"),
        Collection::Triggers => language.pick("a trigger", "trigger"),
        Collection::Rules => language.pick("a rule", "规则"),
    }
}

const fn nouns(language: Language, collection: Collection) -> &'static str {
    match collection {
        Collection::Actions => language.pick("actions", "action"),
        Collection::Packages => language.pick("packages", "package"),
        Collection::Triggers => language.pick("triggers", "trigger"),
        Collection::Rules => language.pick("rules", "规则"),
    }
}

/// The end of `wsk asks controller 0 …`.
pub(super) fn wish_in_english(verb: Verb, collection: Collection, to: &mut Wording) {
    let (one, many) = (noun(Language::English, collection), nouns(Language::English, collection));
    match verb {
        Verb::List => put!(to, "for the list of ", many, "."),
        Verb::Get => put!(to, "for ", one, "."),
        Verb::Create => put!(to, "to create ", one, "."),
        Verb::Update => put!(to, "to update ", one, ", or to create it if there is none."),
        Verb::Delete => put!(to, "to delete ", one, "."),
        Verb::Enable => put!(to, "to enable ", one, "."),
        Verb::Disable => put!(to, "to disable ", one, "."),
    }
}

/// The end of a sentence that began with controller and client.
pub(super) fn wish_in_chinese(verb: Verb, collection: Collection, to: &mut Wording) {
    let (one, many) = (noun(Language::Chinese, collection), nouns(Language::Chinese, collection));
    match verb {
        Verb::List => put!(to, "列出", many, "。"),
        Verb::Get => put!(to, "读取一个", one, "。"),
        Verb::Create => put!(to, "新建一个", one, "。"),
        Verb::Update => put!(to, "更新一个", one, "，没有就新建。"),
        Verb::Delete => put!(to, "删除一个", one, "。"),
        Verb::Enable => put!(to, "启用一个", one, "。"),
        Verb::Disable => put!(to, "停用一个", one, "。"),
    }
}

pub(super) fn sentence(language: Language, kind: &StepKind, to: &mut Wording) {
    let is_english = matches!(language, Language::English);
    match *kind {
        StepKind::EntityWritten { controller: ControllerId(c), collection } => {
            let one = noun(language, collection);
            if is_english {
                put!(to, "Controller ", c, " writes ", one, " to the entity database. ");
                put!(to, "Entities are in CouchDB, whichever store activation records go to.");
            } else {
                put!(to, "控制器 ", c, " 把一个", one, "写入实体数据库。无论激活记录存到哪里，实体都在 CouchDB 里。");
            }
        }
        StepKind::EntityDeleted { controller: ControllerId(c), collection } => {
            let one = noun(language, collection);
            if is_english {
                put!(to, "Controller ", c, " deletes ", one, ". Records of activations stay.");
            } else {
                put!(to, "控制器 ", c, " 删除了一个", one, "。已有的激活记录都还在。");
            }
        }
        StepKind::EntityRefused { controller: ControllerId(c), collection, status } => {
            let one = noun(language, collection);
            if is_english {
                put!(to, "Controller ", c, " refuses a request for ", one, ". The answer is ", status);
            } else {
                put!(to, "控制器 ", c, " 拒绝了针对一个", one, "的请求，返回 ", status);
            }
            let meaning = http_status(language, status);
            if !meaning.is_empty() {
                put!(to, language.pick(": ", "："), meaning);
            }
            put!(to, language.pick(".", "。"));
        }
        StepKind::RuleSet { controller: ControllerId(c), active } => {
            if is_english {
                put!(to, "Controller ", c, if active { " enables" } else { " disables" }, " the rule: its trigger notes the state.");
            } else {
                put!(to, "控制器 ", c, if active { " 启用" } else { " 停用" }, "这条规则：状态记在它的 trigger 里。");
            }
        }
        _ => {}
    }
}
