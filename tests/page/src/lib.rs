//! Driving the built page (dist/) in a real browser, as a person does: by the roles and the accessible names of what is
//! on it.
//!
//! ```no_run
//! use page_tests::{Find, Setup, TestResult};
//!
//! // In tests/page/tests/*.rs, under `#[tokio::test]`:
//! async fn a_person_plays_the_lesson() -> TestResult {
//!     let page = Setup::narrow().language("zh-CN").dark().open("?lesson=only-design-docs").await?;
//!     page.button("Play").await?.click().await?;
//!     let verdict = page.region("Verdict").await?;
//!     verdict.wait_for_text("CouchDB 0").await?;
//!     page.no_reports().await
//! }
//! ```
//!
//! - [`Setup`] says how the page is opened: window, language, colours, motion, path, scripts.
//! - [`Page`] is the open page: scripts, the accessibility tree, screenshots, [`Page::no_reports`]. Each has a server, a
//!   driver and a browser of its own, which end with it.
//! - [`Find`] finds by role and name, in a [`Page`] or inside a [`Part`] of it, and waits up to five seconds for it.
//! - [`Site`] serves dist/ under a path of your choice, counts requests, and can be cut off, slowed or made to fail.
//!
//! Tests are async functions that return [`TestResult`], so that `?` says what was looked for and what was there
//! instead. `cargo xtask test` builds the page and runs them; `cargo xtask build` and `cargo test -p page-tests` do the
//! same by hand. A test that measures time belongs into a file of its own with one test: the tests of one file run side
//! by side, the files one after another.

mod driver;
mod find;
mod page;
mod part;
mod problem;
mod reports;
mod setup;
mod site;

pub use fantoccini;
pub use find::Find;
pub use page::Page;
pub use part::Part;
pub use problem::{Problem, TestResult};
pub use reports::Report;
pub use serde_json::{Value, json};
pub use setup::Setup;
pub use site::{Site, dist};
