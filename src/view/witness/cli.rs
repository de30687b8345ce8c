use super::answer::Answer;
use super::asked::AskedNow;
use super::{Frame, Selected};
use crate::locale::page::Witness;
use crate::view::predict::{PredictFirst, covered};
use crate::view::prelude::*;

#[component]
pub fn CliWitness(is_shown: Signal<bool>, selected: Selected) -> impl IntoView {
    let covered = covered();
    view! {
        <Frame part="cli" mark="M3 4l4 4-4 4M8.5 12H13" name=Witness::Cli request=Signal::derive(|| "wsk".to_owned()) is_shown>
            <Show when=move || !covered.get().cli fallback=|| view! { <PredictFirst/> }>
                <Answer selected=selected.clone()/>
                {
                    let selected = selected.clone();
                    view! {
                        <Show when=move || !covered.get().answers() fallback=|| view! { <PredictFirst/> }>
                            <AskedNow selected=selected.clone()/>
                        </Show>
                    }
                }
            </Show>
        </Frame>
    }
}
