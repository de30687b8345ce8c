use super::{frames, opened};
use crate::player::PlayerCommand;
use crate::view::frame::FrameLoop;
use std::cell::Cell;
use std::rc::Rc;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn the_loop_ends_when_it_is_told_to_and_can_begin_again() {
    let (count, end) = (Rc::new(Cell::new(0_u32)), Rc::new(Cell::new(3)));
    let (counted, until) = (Rc::clone(&count), Rc::clone(&end));
    let frame_loop = FrameLoop::new(move |_| {
        counted.set(counted.get() + 1);
        counted.get() < until.get()
    });
    frame_loop.start();
    frame_loop.start();
    frames(8).await;
    assert_eq!(count.get(), 3, "it goes on, or it was started twice");
    end.set(5);
    frame_loop.start();
    frames(8).await;
    assert_eq!(count.get(), 5);
}

#[wasm_bindgen_test]
async fn no_frame_is_asked_for_while_paused() {
    let opened = opened(15_500);
    let page = opened.page;
    let count = Rc::new(Cell::new(0_u32));
    let counted = Rc::clone(&count);
    let frame_loop = FrameLoop::new(move |time_ms| {
        counted.set(counted.get() + 1);
        page.tick(1_000, time_ms);
        page.with_session_untracked(|session| session.player().is_playing())
    });
    page.act(PlayerCommand::Play);
    frame_loop.start();
    frames(4).await;
    assert!(count.get() > 1, "it does not play");
    page.act(PlayerCommand::Pause);
    frames(2).await;
    let paused = count.get();
    frames(6).await;
    assert_eq!(count.get(), paused, "it goes on while paused");
}
