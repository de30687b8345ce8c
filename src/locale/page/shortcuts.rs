use super::super::words::words;

words! {
    /// The keyboard shortcuts: the list's own words, then what each key does.
    Shortcut {
        Title: "Keyboard shortcuts", "键盘快捷键";
        Enabled: "Keyboard shortcuts on", "启用键盘快捷键";
        NeverInInputs: "They never act while you type in a field.", "在输入框里打字时不会触发。";
        PlayPause: "play or pause", "播放或暂停";
        PreviousStep: "previous step", "上一步";
        NextStep: "next step", "下一步";
        PreviousBeat: "previous beat", "上一节";
        NextBeat: "next beat", "下一节";
        ToStart: "to the start", "回到起点";
        ToHorizon: "to the horizon", "跳到终点";
        SwitchStore: "switch the store", "切换存储";
        Invoke: "invoke an action", "调用 action";
        List: "send wsk activation list", "发送 wsk activation list";
        Undo: "undo the last command", "撤销上一条命令";
        ThisList: "this list", "显示本列表";
        CloseTop: "close what is open", "关闭打开的面板";
    }
}

impl Shortcut {
    /// Each shortcut with its keys, as the list shows them. Keys bear the names that are printed on them.
    pub const KEYS: [(&'static [&'static str], Self); 13] = [
        (&["Space"], Self::PlayPause),
        (&["←"], Self::PreviousStep),
        (&["→"], Self::NextStep),
        (&["Shift+←", "PageUp"], Self::PreviousBeat),
        (&["Shift+→", "PageDown"], Self::NextBeat),
        (&["Home"], Self::ToStart),
        (&["End"], Self::ToHorizon),
        (&["s"], Self::SwitchStore),
        (&["i"], Self::Invoke),
        (&["l"], Self::List),
        (&["u"], Self::Undo),
        (&["?"], Self::ThisList),
        (&["Esc"], Self::CloseTop),
    ];
}
