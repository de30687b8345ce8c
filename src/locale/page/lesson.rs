use super::super::Language;
use super::super::wording::compose;
use super::super::words::words;

words! {
    /// The lesson: one idea a beat, and a question before the reveal.
    LessonPanel {
        Region: "Lesson", "课程";
        Choice: "Choose a lesson", "选择课程";
        /// The titles of the lessons that come with the page, for before they are loaded.
        OnlyDesignDocs: "Only design docs", "库里只有设计文档";
        ListTwice: "List twice", "list 要查两次";
        Question: "Question", "问题";
        CheckAnswer: "Check answer", "核对答案";
        ShowMe: "Show me", "演示一遍";
        Next: "Next", "下一节";
        Previous: "Previous", "上一节";
        ChooseFirst: "Choose an answer first.", "请先选一个答案。";
        /// Stands in place of everything that would answer the open question.
        PredictFirst: "Predict first", "先预测";
        PredictFirstHint: "Answer the question to see this, or skip it with “Show me”.", "答完问题就能看到，也可以点“演示一遍”跳过。";
        Correct: "Right.", "答对了。";
        Incorrect: "Not quite.", "不太对。";
        TheAnswer: "What happens", "实际情况";
        Evidence: "Evidence", "依据";
        OpensElsewhere: "opens another site", "将打开其他网站";
        LeftPath: "You left the lesson’s path: this run has commands of your own.", "你已离开课程路线：这次运行里有你自己的命令。";
        BackToLesson: "Back to the lesson’s run", "回到课程的运行";
        End: "The end of the lesson. The cluster is yours: invoke, list, switch the store.", "课程到此结束。集群归你了：调用、列出、切换存储都行。";
    }
}

/// `Lesson 1 · Beat 2 of 5`. Both count from 1.
pub fn lesson_place(language: Language, lesson: u32, beat: u32, beats: u32) -> String {
    compose!(language, ["Lesson ", lesson, " · Beat ", beat, " of ", beats], ["第 ", lesson, " 课 · 第 ", beat, " 节，共 ", beats, " 节"])
}

/// `Beat 2 of 5: The CLI sees it`, which the status region says when a beat begins.
pub fn beat_place(language: Language, beat: u32, beats: u32, title: &str) -> String {
    compose!(language, ["Beat ", beat, " of ", beats, ": ", title], ["第 ", beat, " 节，共 ", beats, " 节：", title])
}

/// What a beat brings out: `Look at: What CouchDB holds, Controller 0`.
pub fn look_at(language: Language, names: &[String]) -> String {
    let names = names.join(language.pick(", ", "、"));
    compose!(language, ["Look at: ", &names], ["请看：", &names])
}

/// The record of what a lesson's label stands for: `the record of hello`.
pub fn record_of(language: Language, label: &str) -> String {
    compose!(language, ["the record of ", label], [label, " 的记录"])
}
