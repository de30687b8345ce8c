use super::super::words::words;

words! {
    /// The keyboard shortcuts: the list's own words, then what each key does.
    Shortcut {
        Title: "Keyboard shortcuts", "键盘快捷键";
        Enabled: "Keyboard shortcuts on", "启用键盘快捷键";
        NeverInInputs: "They never act while you type in a field.", "在输入框里打字时不会触发。";
        Anywhere: "Anywhere on the page", "页面任意位置";
        OnSlider: "On the time slider", "时间滑块上";
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
        Get: "get the selected activation", "读取选中的激活";
        Undo: "undo the last command", "撤销上一条命令";
        ThisList: "this list", "显示本列表";
        CloseTop: "close what is open", "关闭打开的面板";
    }
}

impl Shortcut {
    /// Each shortcut with its keys, as the list shows them. Keys bear the names that are printed on them.
    pub const KEYS: [(&'static [&'static str], Self); 12] = [
        (&["Space"], Self::PlayPause),
        (&["←"], Self::PreviousStep),
        (&["→"], Self::NextStep),
        (&["Shift+←"], Self::PreviousBeat),
        (&["Shift+→"], Self::NextBeat),
        (&["s"], Self::SwitchStore),
        (&["i"], Self::Invoke),
        (&["l"], Self::List),
        (&["g"], Self::Get),
        (&["u"], Self::Undo),
        (&["?"], Self::ThisList),
        (&["Esc"], Self::CloseTop),
    ];

    /// What keys do while the time slider has the focus. Elsewhere most of them scroll the page, and stay with that.
    pub const SLIDER_KEYS: [(&'static [&'static str], Self); 6] = [
        (&["←", "↓"], Self::PreviousStep),
        (&["→", "↑"], Self::NextStep),
        (&["PageUp"], Self::PreviousBeat),
        (&["PageDown"], Self::NextBeat),
        (&["Home"], Self::ToStart),
        (&["End"], Self::ToHorizon),
    ];
}
