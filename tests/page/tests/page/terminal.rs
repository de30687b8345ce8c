//! The terminal under the CLI's witness.

use page_tests::fantoccini::key::Key;
use page_tests::{Find, Page, Part, Problem, Setup, TestResult, json};

use crate::support::{LATE, UNCOVERED, choose, moment, open, open_wide, quoted, region_says, region_text, runs, text, wait_long};

const LOG: &str = "document.querySelector('[role=log]')";
/// While *only-design-docs* asks its question: the CLI's witness is open, and what requests come to is covered.
const ASKED: &str = "?lesson=only-design-docs&t=14000";

async fn field(page: &Page) -> Result<Part<'_>, Problem> {
    page.find(&["textbox"], Some("Command")).await
}

/// Types a line and runs it with Enter.
async fn run(page: &Page, line: &str) -> TestResult {
    let field = field(page).await?;
    field.focus().await?;
    field.press(line).await?;
    page.press(&Key::Enter.to_string()).await
}

async fn value(page: &Page) -> Result<String, Problem> {
    Ok(field(page).await?.property("value").await?.unwrap_or_default())
}

async fn screen(page: &Page) -> Result<String, Problem> {
    Ok(text(&page.script(&format!("return {LOG}.innerText")).await?))
}

async fn screen_says(page: &Page, said: &str) -> TestResult {
    let script = format!("return {LOG}.innerText.includes({})", quoted(said));
    match wait_long(page, "", &script).await {
        Ok(()) => Ok(()),
        Err(_) => Err(Problem::new(format!("the screen was to say “{said}”, and says:\n{}", screen(page).await?))),
    }
}

/// The newest row of the screen.
async fn newest(page: &Page) -> Result<String, Problem> {
    Ok(text(&page.script(&format!("return [...{LOG}.querySelectorAll('.shell-row')].at(-1).innerText")).await?))
}

async fn rests(page: &Page) -> TestResult {
    wait_long(page, "it rests", "return document.querySelector('[aria-label=Play]')").await
}

#[tokio::test]
async fn a_list_that_is_typed_shows_its_table_when_the_answer_arrives() -> TestResult {
    let page = open_wide(LATE).await?;
    let before = moment(&page).await?;
    run(&page, "wsk activation list").await?;
    page.wait_until("time passes", &format!("return document.querySelector('input[type=range]').ariaValueText !== {}", quoted(&before)))
        .await?;
    assert_eq!(value(&page).await?, "", "the line stays in the field");
    let has_table = format!("return [...{LOG}.querySelectorAll('.shell-row')].at(-1).innerText.includes('Activation ID')");
    wait_long(&page, "the table is on the screen", &has_table).await?;
    assert!(newest(&page).await?.starts_with("$ wsk activation list"));
    assert!(
        page.script(&format!("return {LOG}.scrollTop + {LOG}.clientHeight + 12 >= {LOG}.scrollHeight")).await? == true,
        "not at its end"
    );
    rests(&page).await?;
    page.status().await?.wait_for_text("wsk activation list: 200, after").await?;
    assert_eq!(page.script("return document.querySelectorAll('[role=status], [aria-live]:not([aria-live=off])').length").await?, 1);
    page.button("Undo").await?;
    page.no_reports().await
}

#[tokio::test]
async fn while_a_command_runs_the_prompt_waits_and_ctrl_c_ends_it() -> TestResult {
    let page = open_wide(LATE).await?;
    run(&page, "wsk action invoke slow --blocking").await?;
    page.region("Terminal").await?.button("Stop").await?;
    page.button("Pause").await?.click().await?;
    run(&page, "wsk activation list").await?;
    region_says(&page, "Terminal", "A command is still running.").await?;
    assert_eq!(value(&page).await?, "wsk activation list", "what was typed is gone");
    field(&page).await?.focus().await?;
    page.press(&format!("{}c{}", Key::Control, Key::Null)).await?;
    screen_says(&page, "^C").await?;
    page.wait_until("nothing runs", "return ![...document.querySelectorAll('.shell button')].some(it => it.innerText === 'Stop')").await?;
    assert_eq!(value(&page).await?, "wsk activation list");
    page.press(&Key::Enter.to_string()).await?;
    let has_table = format!("return [...{LOG}.querySelectorAll('.shell-row')].at(-1).innerText.includes('Activation ID')");
    wait_long(&page, "the line that waited has run", &has_table).await?;
    page.no_reports().await
}

#[tokio::test]
async fn stop_ends_a_command_as_ctrl_c_does() -> TestResult {
    let page = open_wide(LATE).await?;
    run(&page, "wsk action invoke slow --blocking").await?;
    page.region("Terminal").await?.button("Stop").await?.click().await?;
    screen_says(&page, "^C").await?;
    page.no_reports().await
}

#[tokio::test]
async fn lines_come_back_after_forks_and_reloads() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    run(&page, "help").await?;
    run(&page, "wsk activation list --limit 2").await?;
    page.button("Undo").await?.click().await?;
    for is_reloaded in [false, true] {
        if is_reloaded {
            page.client().refresh().await?;
            runs(&page).await?;
        }
        let field = field(&page).await?;
        field.focus().await?;
        field.press("half").await?;
        for (key, expected) in [
            (Key::Up, "wsk activation list --limit 2"),
            (Key::Up, "help"),
            (Key::Up, "help"),
            (Key::Down, "wsk activation list --limit 2"),
            (Key::Down, "half"),
        ] {
            page.press(&key.to_string()).await?;
            assert_eq!(value(&page).await?, expected, "{key:?}, reloaded: {is_reloaded}");
        }
    }
    page.no_reports().await
}

#[tokio::test]
async fn the_keyboard_gets_in_and_out() -> TestResult {
    let page = open_wide(LATE).await?;
    let field = field(&page).await?;
    field.focus().await?;
    // With nothing to complete Tab is what it is everywhere.
    page.press(&Key::Tab.to_string()).await?;
    assert!(page.button("Run").await?.has_focus().await?);
    page.press(&format!("{}{}{}", Key::Shift, Key::Tab, Key::Null)).await?;
    assert!(field.has_focus().await?);
    page.press("no-such-word").await?;
    page.press(&Key::Tab.to_string()).await?;
    assert!(field.has_focus().await?, "Tab left the field");
    page.press(&Key::Escape.to_string()).await?;
    page.press(&Key::Tab.to_string()).await?;
    assert!(!field.has_focus().await?, "Escape and Tab did not leave the field");
    assert_eq!(value(&page).await?, "no-such-word");
    // Letters are text there, and no shortcuts.
    field.focus().await?;
    let before = moment(&page).await?;
    page.press("lgus i").await?;
    assert_eq!((moment(&page).await?, value(&page).await?), (before, "no-such-wordlgus i".to_owned()));
    page.no_reports().await
}

#[tokio::test]
async fn the_screen_is_copied_as_plain_text() -> TestResult {
    let page = open_wide(LATE).await?;
    let permissions = json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] });
    page.cdp("Browser.grantPermissions", permissions).await?;
    run(&page, "wsk nonsense").await?;
    page.region("Terminal").await?.button("Copy").await?.click().await?;
    page.status().await?.wait_for_text("Copied").await?;
    let read = "const done = arguments[arguments.length - 1]; navigator.clipboard.readText().then(done, error => done(String(error)))";
    let copied = text(&page.client().execute_async(read, Vec::new()).await?);
    assert!(copied.contains("Activation ID") && copied.contains("$ wsk nonsense\n") && copied.ends_with('\n'), "{copied}");
    page.no_reports().await
}

#[tokio::test]
async fn in_the_past_the_command_stays_and_what_it_has_not_printed_is_hidden() -> TestResult {
    let page = open_wide(LATE).await?;
    run(&page, "wsk activation list --limit 1").await?;
    rests(&page).await?;
    assert!(newest(&page).await?.contains("Activation ID"));
    let mut seen = newest(&page).await?;
    for _ in 0..40 {
        page.button("Step back").await?.click().await?;
        seen = newest(&page).await?;
        if !seen.contains("Activation ID") {
            break;
        }
    }
    assert!(seen.starts_with("$ wsk activation list --limit 1") && seen.contains("running"), "{seen}");
    // Before it was given it is not there; later it is again.
    page.slider("Time").await?.focus().await?;
    page.press(&Key::Home.to_string()).await?;
    page.wait_until("the screen is empty", &format!("return !{LOG}.innerText.includes('--limit 1')")).await?;
    page.press(&Key::End.to_string()).await?;
    screen_says(&page, "--limit 1").await?;
    page.no_reports().await
}

#[tokio::test]
async fn a_command_that_is_typed_in_the_past_begins_a_new_run() -> TestResult {
    let page = open_wide(UNCOVERED).await?;
    run(&page, "wsk activation list").await?;
    page.wait_until("it says so", "return document.body.innerText.includes('You left the lesson’s path')").await?;
    page.button("Undo").await?.click().await?;
    crate::support::moment_begins(&page, "15.500 s").await?;
    page.wait_until("the path is found again", "return !document.body.innerText.includes('You left the lesson’s path')").await
}

#[tokio::test]
async fn help_takes_no_time_and_belongs_to_its_instant() -> TestResult {
    let page = open_wide(LATE).await?;
    let before = moment(&page).await?;
    run(&page, "help").await?;
    screen_says(&page, "Times are UTC").await?;
    assert!(screen(&page).await?.contains("no colours"));
    assert_eq!(moment(&page).await?, before);
    page.button("Step back").await?.click().await?;
    page.wait_until("it is hidden before", &format!("return !{LOG}.innerText.includes('Times are UTC')")).await?;
    page.button("Step forward").await?.click().await?;
    page.slider("Time").await?.focus().await?;
    page.press(&Key::End.to_string()).await?;
    screen_says(&page, "Times are UTC").await?;
    choose(&page, "Language", "中文").await?;
    screen_says(&page, "时间均为 UTC").await?;
    page.no_reports().await
}

#[tokio::test]
async fn a_cleared_screen_is_shown_again() -> TestResult {
    let page = open_wide(LATE).await?;
    screen_says(&page, "Activation ID").await?;
    let is_empty = format!("return {LOG}.querySelectorAll('.shell-row').length === 0");
    run(&page, "clear").await?;
    page.wait_until("it is empty", &is_empty).await?;
    page.region("Terminal").await?.button("Show again").await?.click().await?;
    screen_says(&page, "Activation ID").await?;
    field(&page).await?.focus().await?;
    page.press(&format!("{}l{}", Key::Control, Key::Null)).await?;
    page.wait_until("it is empty again", &is_empty).await?;
    page.region("Terminal").await?.button("Show again").await?.click().await?;
    page.region("Terminal").await?.button("Clear").await?.click().await?;
    page.wait_until("it is empty a third time", &is_empty).await?;
    run(&page, "wsk nonsense").await?;
    screen_says(&page, "$ wsk nonsense").await?;
    page.no_reports().await
}

#[tokio::test]
async fn nothing_that_is_typed_becomes_markup_and_slips_are_told() -> TestResult {
    let page = open_wide(LATE).await?;
    for line in
        ["<img src=x onerror=\"window.hit=1\">", "wsk 'activation list", "wsk --<b>bold</b>", "curl \"", "wsk activation list; rm -rf /"]
    {
        run(&page, line).await?;
        screen_says(&page, &format!("$ {line}")).await?;
        assert!(
            page.script(&format!("return [...{LOG}.querySelectorAll('.shell-row')].at(-1).querySelector('.shell-error') !== null")).await?
                == true
        );
    }
    assert_eq!(page.script(&format!("return window.hit === undefined && !{LOG}.querySelector('img, b')")).await?, true);
    page.no_reports().await
}

#[tokio::test]
async fn a_line_that_is_too_long_stays_and_of_several_the_first_is_taken() -> TestResult {
    let page = open_wide(LATE).await?;
    field(&page).await?.focus().await?;
    let paste = "
        const data = new DataTransfer();
        data.setData('text/plain', TEXT);
        const event = new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true });
        const isTaken = !document.activeElement.dispatchEvent(event);
        if (!isTaken) document.activeElement.value += TEXT;
        return isTaken";
    assert_eq!(page.script(&paste.replace("TEXT", "'wsk '.repeat(250000)")).await?, false, "one line is the browser's to paste");
    page.press(&Key::Enter.to_string()).await?;
    region_says(&page, "Terminal", "bytes, and a command may have").await?;
    assert_eq!(value(&page).await?.len(), 1_000_000);
    page.script("document.activeElement.value = 'wsk  list'; document.activeElement.setSelectionRange(4, 4)").await?;
    let lines = paste.replace("TEXT", "'activation\\nwsk action list\\r\\n\\nhelp\\n'");
    assert_eq!(page.script(&lines).await?, true);
    assert_eq!(value(&page).await?, "wsk activation list");
    region_says(&page, "Terminal", "3 lines were pasted: the first is taken.").await?;
    page.no_reports().await
}

#[tokio::test]
async fn an_open_question_keeps_typing_back_and_the_screen_names_no_store() -> TestResult {
    for store in ["couchdb", "elasticsearch"] {
        let page = open_wide(&format!("{ASKED}&store={store}")).await?;
        screen_says(&page, "$ ").await?;
        region_says(&page, "Terminal", "Answer the question first").await?;
        let before = (moment(&page).await?, region_text(&page, "Terminal").await?);
        run(&page, "wsk activation list").await?;
        page.region("Terminal").await?.button("Run").await?.click().await?;
        assert_eq!(value(&page).await?, "");
        assert_eq!((moment(&page).await?, region_text(&page, "Terminal").await?), before);
        let said = before.1.to_lowercase();
        for telling in ["couchdb", "elasticsearch", "openwhisk-", "whisk_local", "_design", "5984", "9200"] {
            assert!(!said.contains(telling), "“{telling}” is there before the reveal:\n{said}");
        }
    }
    Ok(())
}

#[tokio::test]
async fn after_the_answer_the_terminal_is_open() -> TestResult {
    let page = open_wide(ASKED).await?;
    region_says(&page, "Terminal", "Answer the question first").await?;
    page.button("Show me").await?.click().await?;
    wait_long(&page, "typing is free", "return document.querySelector('#shell-field')?.readOnly === false").await?;
    assert!(!region_text(&page, "Terminal").await?.contains("Answer the question first"));
    page.no_reports().await
}

#[tokio::test]
async fn in_chinese_the_page_speaks_chinese_and_the_tools_do_not() -> TestResult {
    let page = open_wide(&format!("{LATE}&lang=zh")).await?;
    let region = page.region("终端").await?;
    for name in ["运行", "复制", "清屏"] {
        region.button(name).await?;
    }
    let field = page.find(&["textbox"], Some("命令")).await?;
    field.focus().await?;
    field.press("help").await?;
    page.press(&Key::Enter.to_string()).await?;
    screen_says(&page, "没有颜色").await?;
    screen_says(&page, "Activation ID").await?;
    page.no_reports().await
}

#[tokio::test]
async fn on_a_phone_nothing_is_wider_than_the_page_and_all_can_be_touched() -> TestResult {
    let page = open(Setup::narrow(), LATE).await?;
    run(&page, "wsk nonsense").await?;
    screen_says(&page, "$ wsk nonsense").await?;
    assert_eq!(page.script("return document.documentElement.scrollWidth").await?, 360);
    let small = "
        const parts = [...document.querySelectorAll('.shell button, .shell input')].filter(part => part.checkVisibility());
        return parts.filter(part => part.getBoundingClientRect().height < 44).map(part => part.outerHTML)";
    assert_eq!(page.script(small).await?, json!([]));
    page.no_reports().await
}

#[tokio::test]
async fn tab_completes_one_candidate_and_lists_several() -> TestResult {
    let page = open_wide(LATE).await?;
    let field = field(&page).await?;
    field.focus().await?;
    let tab = Key::Tab.to_string();
    page.press(&format!("ws{tab}")).await?;
    assert_eq!(value(&page).await?, "wsk ");
    page.press(&format!("act{tab}")).await?;
    assert_eq!(value(&page).await?, "wsk acti");
    let group = page.find(&["group"], Some("The word can go on as")).await?;
    group.button("action").await?;
    group.button("activation").await?.click().await?;
    assert_eq!(value(&page).await?, "wsk activation ");
    assert!(field.has_focus().await?);
    page.press(&format!("li{tab}")).await?;
    assert_eq!(value(&page).await?, "wsk activation list ");
    page.no_reports().await
}

#[tokio::test]
async fn a_suggested_command_types_itself_and_enter_runs_it() -> TestResult {
    let page = open_wide(LATE).await?;
    let before = moment(&page).await?;
    let group = page.find(&["group"], Some("Suggested commands")).await?;
    let buttons = group.all(&["button"], None).await?;
    let first = buttons.first().ok_or_else(|| Problem::new("nothing is suggested"))?;
    let line = first.name().strip_prefix("Type ").unwrap_or_default().to_owned();
    first.click().await?;
    assert_eq!((value(&page).await?, moment(&page).await?), (line.clone(), before));
    assert!(field(&page).await?.has_focus().await?);
    page.press(&Key::Enter.to_string()).await?;
    screen_says(&page, &format!("$ {line}")).await?;
    page.no_reports().await
}

#[tokio::test]
async fn a_command_opens_its_exchanges() -> TestResult {
    let page = open_wide(LATE).await?;
    run(&page, "wsk activation list --limit 1").await?;
    screen_says(&page, "--limit 1").await?;
    rests(&page).await?;
    let name = "HTTP exchanges of wsk activation list --limit 1";
    let region = page.region("Terminal").await?;
    region.button(name).await?.click().await?;
    page.wait_until("it is marked", "return document.querySelector('.shell-line button[aria-pressed=true]') !== null").await?;
    region.button(name).await?.click().await?;
    page.wait_until("it is not", "return document.querySelector('.shell-line button[aria-pressed=true]') === null").await?;
    page.no_reports().await
}
