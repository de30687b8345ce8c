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
    let inside = move || match tab.get() {
        RecordTab::Form(form) => view! { <FormView ix form/> },
        RecordTab::Life => view! { <LifeView ix/> },
    };
    let panel_shown = move || panel(tab.get());
    let record = move || {
        let language = page.language.get();
        let known = known.get()?;
        let title = if known.status.is_some() { Words::SelectedRecord } else { Words::SelectedActivation };
        let copy = copy_button(page, format!("{} {}", language.say(Header::CopyId), known.id), {
            let id = known.id.clone();
            move || id.clone()
        });
        let hint = known.is_health_test.then(|| view! { <p class="hint">{language.say(Witness::HealthRecord)}</p> });
        Some(view! {
            <h2 class="eyebrow">{language.say(title)}</h2>
            <p class="inspected-id"><span class="id">{known.id}</span>{copy}</p>
            <dl class="facts">
                <div><dt>{language.say(Words::Action)}</dt><dd><code>{known.action}</code></dd></div>
                <div><dt>{language.say(Words::Status)}</dt><dd>{known.status.unwrap_or("–")}</dd></div>
                <div><dt>{language.say(Words::StoredIn)}</dt><dd>{known.stored_in.map_or("–", store_name)}</dd></div>
            </dl>
            {hint}
        })
    };
    // Before its controller has made it, there is no such activation: a seek back can bring that about.
    view! {
        <Show
            when=move || known.with(Option::is_some)
            fallback=move || view! { <p class="hint">{say(Witness::NoActivations)}</p> }
        >
            {record}
            <Tabs name=|language| language.say(Words::Tabs) items=tabs() chosen=tab/>
            <div class="tab-panel" role="tabpanel" id=panel_shown aria-labelledby=move || tab_of(panel_shown())>
                {inside}
            </div>
        </Show>
    }
}
