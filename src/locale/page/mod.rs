//! The words of the page, a file for each region. Fixed texts are enums, texts with values are functions.
//!
//! The English names of controls and regions are part of the interface: assistive technology announces them and tests look for them.

mod header;
mod inspector;
mod invoke;
mod lesson;
mod lesson_fault;
mod message;
mod nodes;
mod notices;
mod parameters;
mod shortcuts;
mod stage;
mod states;
mod step_list;
mod terminal;
mod transport;
mod trouble;
mod why;
mod witness;

pub use header::{Header, bindings_differ, bound_to};
pub use inspector::{Exchanged, Inspector, Tab, Waterfall, cut_text, more_items};
pub use invoke::{ExampleAction, InvokeDialog, InvokeHow, burst_of, rate_limits};
pub use lesson::{LessonPanel, beat_place, lesson_place, look_at, record_of};
pub use lesson_fault::lesson_fault;
pub use message::Message;
pub use nodes::{
    NodeText, answer_rows, answer_status, binding, design_documents, in_flight, index_counts, index_in_words, invoker_seen,
    list_view_built, memory, records, requests_waiting, topics_listed, waiting_for_room,
};
pub use notices::{LinkValue, Notice, failed, link_value_ignored, name_fault, not_a_number, out_of_range, refused, switched_to};
pub use parameters::ModelParameter;
pub use shortcuts::Shortcut;
pub use stage::{
    Stage, batches, container_state, containers_by_state, messages_on_link, next_refresh, node_name, offsets, runs_waiting, slots,
    view_built,
};
pub use states::{LessonProblem, PageState, lesson_failed};
pub use step_list::{Moment, StepList, nothing_before, step_position};
pub use terminal::{
    Terminal, TerminalHelp, earlier_left_out, exchanges_of, exit_code, line_too_long, lines_pasted, put_into_field, show_all_lines,
    suggested,
};
pub use transport::{Transport, command_answered, goes_on, speed, time_value, under_way, waits};
pub use trouble::{Trouble, fault_state, link_name};
pub use why::{LookAlike, Why, reason};
pub use witness::{
    Witness, answered_ago, behind_view, design_and_other_documents, health_records, list_or_get_now, records_and_design_documents,
    rows_shown, visible_count,
};
