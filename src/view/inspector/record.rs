//! A record: its id, what is known of it, its forms and its life.

use super::document::FormView;
use super::life::LifeView;
use super::why::WhyView;
use crate::cluster::World;
use crate::cluster::place::{ActivationIx, StoreKind};
use crate::inspection::form::{Form, Standing, standing};
use crate::locale::page::{Inspector as Words, Tab as Name, Witness};
use crate::locale::steps::store_name;
use crate::view::copy::copy_id;
use crate::view::page::page;
use crate::view::prelude::*;
use crate::view::tabs::{Tab, tab_of, tabs};

const REST: &str = "form-rest";
const COUCHDB: &str = "form-couchdb";
const ELASTICSEARCH: &str = "form-elasticsearch";
pub const LIFE: &str = "form-life";

pub const WHY: &str = "form-why";

static TABS: [Tab; 5] = [
    Tab { panel: REST, name: |language| language.say(Name::Rest) },
    Tab { panel: COUCHDB, name: |language| language.say(Name::CouchDb) },
    Tab { panel: ELASTICSEARCH, name: |language| language.say(Name::Elasticsearch) },
    Tab { panel: LIFE, name: |language| language.say(Name::Life) },
    Tab { panel: WHY, name: |language| language.say(Name::Why) },
];

/// The form that a panel shows, if it shows one.
fn form_of(panel: &str) -> Option<Form> {
    match panel {
        REST => Some(Form::Rest),
        COUCHDB => Some(Form::Document(StoreKind::CouchDb)),
        ELASTICSEARCH => Some(Form::Document(StoreKind::Elasticsearch)),
        _ => None,
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
    let catalogue = world.catalogue();
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
pub fn RecordView(ix: ActivationIx, tab: RwSignal<&'static str>) -> impl IntoView {
    let page = page();
    let known = Memo::new(move || page.with_world(|world| known(world, ix)));
    let id = Memo::new(move || page.with_world(|world| world.activation(ix).map(|activation| activation.id)));
    let inside = move || match (form_of(tab.get()), id.get()) {
        (Some(form), _) => view! { <FormView ix form/> },
        (None, Some(id)) if tab.get() == WHY => view! { <WhyView id/> },
        _ => view! { <LifeView ix/> },
    };
    let tabs = move || {
        let language = page.language.get();
        tabs(language, language.say(Words::Tabs), &TABS, tab)
    };
    let record = move || {
        let language = page.language.get();
        let known = known.get()?;
        let title = if known.status.is_some() { Words::SelectedRecord } else { Words::SelectedActivation };
        let copy = copy_id(page, language, &known.id);
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
            fallback=move || view! { <p class="hint">{move || page.language.get().say(Witness::NoActivations)}</p> }
        >
            {record}
            {tabs}
            <div class="tab-panel" role="tabpanel" id=move || tab.get() aria-labelledby=move || tab_of(tab.get())>
                {inside}
            </div>
        </Show>
    }
}
