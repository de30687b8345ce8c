//! What a command of the client's sent, and what came back, as HTTP.

use crate::cluster::CommandId;
use crate::view::prelude::*;

#[component]
pub fn ExchangesView(command: CommandId) -> impl IntoView {
    view! { <h2 class="eyebrow">{command.0.to_string()}</h2> }
}
