use super::super::Language;
use super::super::wording::compose;
use super::super::words::words;
use crate::time::Instant;

words! {
    /// The list of steps.
    StepList {
        Region: "Steps", "步骤";
        Which: "Which steps", "列出哪些步骤";
        StoryOnly: "Story steps", "只看主线";
        ShowDetail: "Show details", "显示细节";
        ShowAll: "Show all steps", "显示全部步骤";
        OfSelection: "Only the selected activation", "只看选中的激活";
        Step: "Step", "步骤";
        Time: "Time", "时间";
        None: "No steps yet.", "还没有步骤。";
        Earlier: "Earlier steps", "更早的步骤";
        Later: "Later steps", "更晚的步骤";
    }

    /// Why a step button cannot move.
    Moment {
        FirstStep: "This is the first step.", "这是第一步。";
        /// Of what is selected: the run may go on.
        LastStep: "Nothing more happens to what is selected.", "选中的部分不再有事发生。";
        HeldByQuestion: "The run waits for your answer.", "先回答问题，运行才会继续。";
    }
}

/// What step forward says over a quiet run: `Nothing happens before 12.000 s.`
pub fn nothing_before(language: Language, until: Instant) -> String {
    compose!(language, ["Nothing happens before ", until, "."], [until, " 之前没有事情发生。"])
}

/// The place of a row: `step 12 of 340`. Both count from 1.
pub fn step_position(language: Language, place: u64, of: u64) -> String {
    compose!(language, ["step ", place, " of ", of], ["第 ", place, " 步，共 ", of, " 步"])
}
