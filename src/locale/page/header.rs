use super::super::Language;
use super::super::wording::{Wording, compose, put};
use super::super::words::words;
use crate::cluster::place::{Process, StoreKind};

words! {
    /// The head of the page: what it is, the switch, and how the page looks.
    Header {
        DocumentTitle: "WhiskScope — Where did my activation record go?", "WhiskScope——我的激活记录去哪儿了？";
        Name: "WhiskScope", "WhiskScope";
        Tagline: "Where did my activation record go?", "我的激活记录去哪儿了？";
        SkipToLesson: "Skip to the lesson", "跳到课程";
        ActivationStore: "Activation store", "激活存储";
        CouchDb: "CouchDB", "CouchDB";
        Elasticsearch: "Elasticsearch", "Elasticsearch";
        /// What the switch does, for those who ask.
        SwitchHint: "What if every process had been bound to the other store from the start? Same seed, same commands.",
            "假如所有进程从一开始就绑定另一个存储，会怎样？种子不变，命令不变。";
        Language: "Language", "语言";
        Theme: "Theme", "主题";
        Light: "light", "浅色";
        Dark: "dark", "深色";
        System: "system", "跟随系统";
        Glossary: "Glossary", "术语表";
        Simplifications: "How is this simplified?", "做了哪些简化？";
        ModelParameters: "Model parameters", "模型参数";
        Close: "Close", "关闭";
        Copy: "Copy", "复制";
        Copied: "Copied", "已复制";
        CopyFailed: "Could not copy. Select the text instead.", "复制失败，请手动选择文本。";
        CopyId: "Copy the id", "复制 ID";
        More: "More", "更多";
    }
}

/// Who is bound to what, while no single store can be checked in the switch:
/// `Controller 0 is bound to Elasticsearch; invoker 0 and invoker 1 are bound to CouchDB.`
pub fn bindings_differ(language: Language, bindings: &[(Process, StoreKind)]) -> String {
    let mut wording = Wording::new(language);
    let mut first = true;
    for store in StoreKind::BINDINGS {
        let bound: Vec<Process> = bindings.iter().filter(|(_, to)| *to == store).map(|(process, _)| *process).collect();
        let Some((last, others)) = bound.split_last() else { continue };
        if !first {
            put!(&mut wording, language.pick("; ", "；"));
        }
        first = false;
        for (place, process) in others.iter().enumerate() {
            if place > 0 {
                put!(&mut wording, language.pick(", ", "、"));
            }
            put!(&mut wording, *process);
        }
        if !others.is_empty() {
            put!(&mut wording, language.pick(" and ", "和"));
        }
        let verb = language.pick(if others.is_empty() { " is bound to " } else { " are bound to " }, "绑定到");
        put!(&mut wording, *last, verb, store);
    }
    put!(&mut wording, language.pick(".", "。"));
    wording.finish()
}

/// `Invoker 0 is bound to CouchDB`, for a node's own label.
pub fn bound_to(language: Language, process: Process, store: StoreKind) -> String {
    compose!(language, [process, " is bound to ", store], [process, "绑定到", store])
}
