//! Starts the page, nothing else.

fn main() {
    whiskscope::view::start();
}
