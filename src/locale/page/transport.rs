use super::super::Language;
use super::super::steps::request_name;
use super::super::wording::compose;
use super::super::words::words;
use crate::cluster::step::RequestKind;
use crate::time::{Instant, Span};

words! {
    /// Moving through time, and acting on the cluster.
    Transport {
        Region: "Transport", "播放控制";
        Play: "Play", "播放";
        Pause: "Pause", "暂停";
        StepBack: "Step back", "上一步";
        StepForward: "Step forward", "下一步";
        Time: "Time", "时间";
        SimulatedTime: "Simulated time", "模拟时间";
        Pace: "Pace", "节奏";
        Story: "Story", "叙事";
        StoryHint: "Every message stays on its link long enough to be seen. The clock still shows simulated time.",
            "每条消息在连线上停留足够久，看得清楚。时钟显示的始终是模拟时间。";
        Clock: "Clock", "时钟";
        ClockHint: "Simulated time runs at a fixed multiple of real time.", "模拟时间按固定倍数对应真实时间。";
        Speed: "Speed", "速度";
        Rate: "Pace and speed", "节奏与速度";
        Invoke: "Invoke", "调用";
        List: "List", "列出";
        ListHint: "Send wsk activation list", "发送 wsk activation list";
        Get: "Get", "读取";
        GetHint: "Send wsk activation get for the selected activation", "对选中的激活发送 wsk activation get";
        GetNeedsSelection: "Select an activation first.", "请先选中一次激活。";
        Undo: "Undo", "撤销";
        UndoHint: "Back to the run before your last command", "回到上一条命令之前的运行";
        Beat: "beat", "节";
        Start: "start", "起点";
        Horizon: "horizon", "终点";
        Playing: "Playing", "正在播放";
        Paused: "Paused", "已暂停";
        AtHorizon: "The run ends here. Step forward makes it an hour longer, up to a day.", "运行到此为止。点“下一步”可以延长一小时，最多一天。";
        CommandForks: "You are in the past: a command here starts a new run, without what came later. Undo brings the old run back.",
            "你正处在过去：此处发命令会开始一次新的运行，之后的内容不再发生。“撤销”可以找回旧的运行。";
        CommandSent: "Command sent", "命令已发出";
    }
}

/// A speed at either pace: `0.25×`, `1×`, `100×`. In thousandths, so that no value is a fraction.
pub fn speed(thousandths: u32) -> String {
    let (whole, rest) = (thousandths / 1_000, thousandths % 1_000);
    let mut text = whole.to_string();
    if rest > 0 {
        // A thousand more makes the leading zeros show; its own digit is left out.
        let digits = (1_000 + rest).to_string();
        text.push('.');
        text.push_str(digits.trim_start_matches('1').trim_end_matches('0'));
    }
    text.push('×');
    text
}

/// What the slider says of itself: the time and what happens at it.
pub fn time_value(language: Language, at: Instant, sentence: &str) -> String {
    compose!(language, [at, ". ", sentence], [at, "。", sentence])
}

/// What the status region says of a command's answer: `wsk activation list: 200, after 24 ms`.
pub fn command_answered(language: Language, request: RequestKind, status: u16, took: Span) -> String {
    let request = request_name(language, request);
    compose!(language, [request, ": ", status, ", after ", took], [request, "：", status, "，用时 ", took])
}

/// What the transport says of a run that was at its end and goes on: `The run goes on. It ends at 7200.000 s now.`
pub fn goes_on(language: Language, until: Instant) -> String {
    compose!(language, ["The run goes on. It ends at ", until, " now."], ["运行继续，现在的终点是 ", until, "。"])
}

/// What a compressed wait says about itself at story pace: `57 s pass`.
pub fn waits(language: Language, really: Span) -> String {
    compose!(language, [really, " pass"], ["实际过了 ", really])
}

/// How long a message is under way: `4 ms on its way`.
pub fn under_way(language: Language, under_way: Span) -> String {
    compose!(language, [under_way, " on its way"], ["在途 ", under_way])
}
