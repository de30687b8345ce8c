//! The built page as a visitor meets it: each test names one thing that it does, and fails where it does not.
//!
//! Instants and counts are those of the two lessons that come with the page.

mod dialogs;
mod first_seconds;
mod hostile;
mod invoking;
mod keyboard;
mod languages;
mod links;
mod offline;
mod other_states;
mod parts;
mod sizes;
mod status;
mod stores;
mod support;
mod terminal;
mod transport;
mod trouble;
mod witnesses;
