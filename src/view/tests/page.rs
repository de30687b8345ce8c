use super::{Opened, opened};
use crate::cluster::place::StoreKind;
use crate::cluster::{Act, LIST_LIMIT, StepLog, World};
use crate::locale::page::{LessonProblem, Message};
use crate::player::{Moved, PlayerCommand, Selection, Session, Speed};
use crate::recording::Pace;
use crate::time::Instant;
use wasm_bindgen_test::wasm_bindgen_test;

fn text_of(world: &World) -> String {
    serde_json::to_string(world).expect("a world can be written")
}

/// The world that regions draw, and that of a fresh run played to the same instant.
fn drawn_and_fresh(opened: &Opened) -> (String, String) {
    let (run, position) = opened.page.with_session_untracked(|session| (session.run().clone(), session.position()));
    let mut fresh = run.world();
    fresh.advance(position, &mut StepLog::default());
    (opened.page.with_world_untracked(text_of), text_of(&fresh))
}

fn list() -> Act {
    Act::list(None, LIST_LIMIT, 0)
}

#[wasm_bindgen_test]
async fn a_program_in_one_part_has_the_stores_interfaces() {
    assert_eq!(crate::view::fetching::store_interfaces().await, Ok(()));
}

#[wasm_bindgen_test]
fn frames_move_the_world_exactly_as_a_fresh_run_does() {
    let opened = opened(9_990);
    for (pace, speed) in [(Pace::Story, Speed::NORMAL), (Pace::Clock, Speed { numerator: 1, denominator: 10 })] {
        opened.page.act(PlayerCommand::SetPace(pace));
        opened.page.act(PlayerCommand::SetSpeed(speed));
        opened.page.act(PlayerCommand::Play);
        // Frames are of any length.
        for frame in 0_u32..90 {
            let elapsed_us = 1 + u64::from(frame * 7_919 % 100_000);
            opened.page.tick(elapsed_us, f64::from(frame) * 16.0);
        }
        opened.page.act(PlayerCommand::Pause);
        let (drawn, fresh) = drawn_and_fresh(&opened);
        assert!(drawn == fresh, "at {pace:?} another world is drawn");
    }
    let now = opened.page.now.get_untracked();
    assert!(now > Instant::from_millis(10_000), "it hardly moved: {now:?}");
    assert_eq!(now, opened.page.with_session_untracked(|session| session.position()));
}

#[wasm_bindgen_test]
fn every_way_of_moving_leads_to_the_world_of_its_instant() {
    let opened = opened(15_500);
    for command in [
        PlayerCommand::StepBack,
        PlayerCommand::StepBack,
        PlayerCommand::StepForward,
        PlayerCommand::Seek(Instant::from_millis(12_034)),
        PlayerCommand::SeekStory(1_000_000),
        PlayerCommand::Start,
        PlayerCommand::End,
    ] {
        opened.page.act(command);
        let (drawn, fresh) = drawn_and_fresh(&opened);
        assert!(drawn == fresh, "after {command:?} another world is drawn");
    }
}

#[wasm_bindgen_test]
fn time_stands_still_while_paused() {
    let opened = opened(15_500);
    assert_eq!(opened.page.tick(1_000_000, 16.0), Moved::Nowhere);
    assert_eq!(opened.page.now.get_untracked(), Instant::from_millis(15_500));
}

#[wasm_bindgen_test]
fn a_command_in_the_past_forks_the_run_and_undo_brings_it_back() {
    let opened = opened(15_500);
    let page = opened.page;
    let before = page.with_session_untracked(|session| session.run().clone());
    let given = page.give("guest", list()).expect("a valid command");
    assert!(given.left_path, "the lesson's second list is still to come");
    assert!(!page.is_on_path() && page.can_undo());
    let (drawn, fresh) = drawn_and_fresh(&opened);
    assert!(drawn == fresh, "another world is drawn after the command");
    page.seek(Instant::from_millis(30_000)).expect("an instant of the run");
    assert_eq!(page.back(Session::undo), Ok(true));
    assert!(page.is_on_path() && !page.can_undo());
    assert_eq!(page.with_session_untracked(|session| session.run().clone()), before);
    assert_eq!(page.now.get_untracked(), Instant::from_millis(15_500));
    assert_eq!(page.back(Session::undo), Ok(false));
}

#[wasm_bindgen_test]
fn a_command_that_is_refused_changes_nothing() {
    let opened = opened(15_500);
    let before = drawn_and_fresh(&opened).0;
    let act = Act::Invoke {
        namespace: "guest".to_owned(),
        action: "hello".to_owned(),
        wait: crate::cluster::Wait::Blocking,
        count: 0,
        gap_us: 0,
        extra_logging: false,
        timeout_ms: None,
    };
    assert!(opened.page.give("guest", act).is_err());
    assert!(!opened.page.can_undo() && opened.page.is_on_path());
    assert!(drawn_and_fresh(&opened).0 == before, "the world changed");
}

#[wasm_bindgen_test]
fn what_a_command_came_to_is_of_no_interest_once_something_else_is_asked_for() {
    let opened = opened(15_500);
    let page = opened.page;
    let until = Instant::from_millis(18_000);
    let played_out = || {
        let given = page.give("guest", list()).expect("a valid command");
        page.play_out(given, until);
        given
    };
    let given = played_out();
    page.act(PlayerCommand::SetSpeed(Speed::NORMAL));
    assert_eq!(page.take_played_out(), Some(given));
    assert_eq!(page.take_played_out(), None, "it is told once");
    // As *Show me* does.
    played_out();
    page.act(PlayerCommand::PlayTo(until));
    assert_eq!(page.take_played_out(), None);
    played_out();
    page.switch_to(StoreKind::CouchDb).expect("the other world");
    assert_eq!(page.take_played_out(), None);
}

#[wasm_bindgen_test]
fn the_switch_keeps_the_instant_and_the_selection() {
    let opened = opened(15_500);
    let page = opened.page;
    let selected = Selection::Activation(crate::cluster::place::ActivationIx(5));
    page.select(selected);
    let id = |page: &crate::view::Page| {
        page.with_world_untracked(|world| {
            world.activation(crate::cluster::place::ActivationIx(5)).map(|activation| activation.id.to_string())
        })
    };
    let before = id(&page);
    assert!(before.is_some());
    page.switch_to(StoreKind::CouchDb).expect("the other world");
    assert_eq!(page.store(), Some(StoreKind::CouchDb));
    assert_eq!(page.now.get_untracked(), Instant::from_millis(15_500));
    assert_eq!(page.selection.get_untracked(), selected);
    assert_eq!(id(&page), before, "ids are equal in both worlds");
    let (drawn, fresh) = drawn_and_fresh(&opened);
    assert!(drawn == fresh, "another world is drawn after the switch");
}

#[wasm_bindgen_test]
fn an_instant_past_the_horizon_extends_the_run_up_to_a_day() {
    let opened = opened(15_500);
    let horizon = opened.page.with_session_untracked(|session| session.tape().horizon());
    let later = Instant::from_micros(horizon.micros() + 1);
    opened.page.seek(later).expect("still within a day");
    assert_eq!(opened.page.now.get_untracked(), later);
    assert!(opened.page.seek(Instant::from_micros(86_400_000_001)).is_err());
    assert_eq!(opened.page.now.get_untracked(), later);
}

#[wasm_bindgen_test]
fn a_notice_is_not_said_twice_and_an_announcement_is_the_newest() {
    let opened = opened(15_500);
    let page = opened.page;
    let [one, two] = ["one", "two"].map(|name| Message::Lesson { name: name.to_owned(), problem: LessonProblem::Unreachable });
    page.notify(one.clone());
    page.notify(one.clone());
    page.notify(two.clone());
    assert_eq!(page.notices.get_untracked(), [one, two]);
    page.announce("first".to_owned());
    page.announce("second".to_owned());
    assert_eq!(page.announcement.get_untracked(), "second");
}
