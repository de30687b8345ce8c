//! A record: its id, what is known of it, its forms and its life.

use super::document::FormView;
use super::life::LifeView;
use crate::cluster::World;
use crate::cluster::place::{ActivationIx, StoreKind};
use crate::inspection::form::{Form, Standing, standing};
use crate::locale::page::{Header, Inspector as Words, Tab, Witness};
use crate::locale::steps::store_name;
use crate::view::copy::copy_button;
use crate::view::page::page;
use crate::view::prelude::*;
use crate::view::say::say;
use crate::view::tabs::{TabItem, Tabs, tab_of};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordTab {
    Form(Form),
    Life,
}

const PANEL_REST: &str = "form-rest";
const PANEL_COUCHDB: &str = "form-couchdb";
const PANEL_ELASTICSEARCH: &str = "form-elasticsearch";
const PANEL_LIFE: &str = "form-life";

fn tabs() -> Vec<TabItem<RecordTab>> {
    let document = |store| RecordTab::Form(Form::Document(store));
    vec![
        TabItem { value: RecordTab::Form(Form::Rest), panel: PANEL_REST, name: |language| language.say(Tab::Rest) },
        TabItem { value: document(StoreKind::CouchDb), panel: PANEL_COUCHDB, name: |language| language.say(Tab::CouchDb) },
        TabItem {
            value: document(StoreKind::Elasticsearch),
            panel: PANEL_ELASTICSEARCH,
            name: |language| language.say(Tab::Elasticsearch),
        },
        TabItem { value: RecordTab::Life, panel: PANEL_LIFE, name: |language| language.say(Tab::Life) },
    ]
}

const fn panel(tab: RecordTab) -> &'static str {
    match tab {
        RecordTab::Form(Form::Rest) => PANEL_REST,
        RecordTab::Form(Form::Document(StoreKind::CouchDb)) => PANEL_COUCHDB,
        RecordTab::Form(Form::Document(StoreKind::Elasticsearch)) => PANEL_ELASTICSEARCH,
        RecordTab::Life => PANEL_LIFE,
    }
}

/// What the head says of an activation.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Known {
    id: String,
    action: String,
    status: Option<&'static str>,
    is_health_test: bool,
    stored_in: Option<StoreKind>,
}

fn known(world: &World, ix: ActivationIx) -> Option<Known> {
    let activation = world.activation(ix)?;
    let catalogue = &world.setup().catalogue;
    let action = catalogue.action(activation.action);
    let holds = |store: &StoreKind| matches!(standing(world, ix, Form::Document(*store)), Some((Standing::Held, _)));
    Some(Known {
        id: activation.id.to_string(),
        action: action.map_or_else(String::new, |action| format!("{}/{}", action.namespace, action.name)),
        status: activation.record.map(|record| record.status.text()),
        is_health_test: activation.health_test,
        stored_in: StoreKind::ALL.into_iter().find(holds),
    })
}

#[component]
pub fn RecordView(ix: ActivationIx, tab: RwSignal<RecordTab>) -> impl IntoView {
    let page = page();
    let known = Memo::new(move || page.with_world(|world| known(world, ix)));
    let title = move || {
        let has_record = known.with(|known| known.as_ref().is_some_and(|known| known.status.is_some()));
        page.language.get().say(if has_record { Words::SelectedRecord } else { Words::SelectedActivation })
    };
    let id = move || known.with(|known| known.as_ref().map(|known| known.id.clone()).unwrap_or_default());
    let action = move || known.with(|known| known.as_ref().map(|known| known.action.clone()));
    let status = move || known.with(|known| known.as_ref().and_then(|known| known.status)).unwrap_or("–");
    let stored_in = move || known.with(|known| known.as_ref().and_then(|known| known.stored_in)).map_or("–", store_name);
    let copied = move || known.with_untracked(|known| known.as_ref().map(|known| known.id.clone()).unwrap_or_default());
    let is_health_test = move || known.with(|known| known.as_ref().is_some_and(|known| known.is_health_test));
    let inside = move || match tab.get() {
        RecordTab::Form(form) => view! { <FormView ix form/> },
        RecordTab::Life => view! { <LifeView ix/> },
    };
    // Before its controller has made it, there is no such activation: a seek back can bring that about.
    view! {
        <Show
            when=move || known.with(Option::is_some)
            fallback=move || view! { <p class="hint">{say(Witness::NoActivations)}</p> }
        >
            <h2 class="eyebrow">{title}</h2>
            <p class="inspected-id">
                <span class="id">{id}</span>
                {copy_button(page, move || format!("{} {}", page.language.get().say(Header::CopyId), id()), copied)}
            </p>
            <dl class="facts">
                <div><dt>{say(Words::Action)}</dt><dd><code>{action}</code></dd></div>
                <div><dt>{say(Words::Status)}</dt><dd>{status}</dd></div>
                <div><dt>{say(Words::StoredIn)}</dt><dd>{stored_in}</dd></div>
            </dl>
            <Show when=is_health_test><p class="hint">{say(Witness::HealthRecord)}</p></Show>
            <Tabs name=|language| language.say(Words::Tabs) items=tabs() chosen=tab/>
            <div class="tab-panel" role="tabpanel" id=move || panel(tab.get()) aria-labelledby=move || tab_of(panel(tab.get()))>
                {inside}
            </div>
        </Show>
    }
}
