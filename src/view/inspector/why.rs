//! Why is it not there: what each witness says of one id, and what of that shows from outside.

use super::log::log_lines;
use crate::activation::ActivationId;
use crate::cluster::evidence;
use crate::cluster::step::Step;
use crate::locale::instant;
use crate::locale::page::{LookAlike, Why as Words, node_name, reason};
use crate::operator::{self, Because, Finding, Shows, Signature};
use crate::player::PlayerCommand;
use crate::time::Instant;
use crate::view::page::{Page, page, sentence};
use crate::view::parts::source;
use crate::view::prelude::*;
use crate::witness::USER;

/// All that is said of an id at an instant, in values and in the real system's own words.
#[derive(Clone, Debug, PartialEq)]
struct Said {
    findings: [Finding; 4],
    logged_failure: Option<Step>,
    signature: Signature,
    lines: Vec<String>,
}

fn said(page: Page, id: ActivationId) -> Option<Said> {
    page.with_tape(|tape| {
        page.with_world(|world| {
            let namespace = world.setup().catalogue.namespace_named(USER)?;
            let why = operator::why(tape, world, namespace, id);
            let signature = operator::signature(tape, world, namespace, id);
            let lines = why.lines(world).into_iter().map(|line| line.to_string()).collect();
            Some(Said { findings: why.findings, logged_failure: why.logged_failure, signature, lines })
        })
    })
}

#[component]
pub fn WhyView(id: ActivationId) -> impl IntoView {
    let page = page();
    let known = Memo::new(move || said(page, id));
    move || {
        let language = page.language.get();
        let said = known.get()?;
        // The CLI's reason is the one that people ask about.
        let reason = said.findings.iter().find_map(|finding| finding.because).map(|because| because.reason);
        let alike = reason.map_or_else(Vec::new, |reason| reason.looks_like(&said.signature));
        let alike: Vec<&str> = alike.into_iter().map(|look| language.say(LookAlike::of(look))).collect();
        let alike = (!alike.is_empty()).then(|| {
            view! { <p class="hint">{language.say(Words::LooksLike)}" "{alike.join(language.pick("; ", "；"))}</p> }
        });
        let logged =
            said.logged_failure.map(|step| view! { <p class="hint">{language.say(Words::LoggedFailure)}" "{to_step(page, &step)}</p> });
        Some(view! {
            <h3>{language.say(Words::Title)}</h3>
            <ul class="findings" role="list">{said.findings.iter().map(|finding| finding_row(page, finding)).collect_view()}</ul>
            {logged}
            <p class="hint">{language.say(Words::Hint)}</p>
            <h3>{language.say(Words::Outside)}</h3>
            <p class="hint">{language.say(Words::OutsideHint)}</p>
            <dl class="settings">{outside(&said.signature).map(|(what, shows)| {
                view! { <div><dt>{language.say(what)}</dt><dd>{language.say(Words::shows(shows))}</dd></div> }
            }).into_iter().collect_view()}</dl>
            {alike}
            <h3>{language.say(Words::Logs)}</h3>
            {log_lines(page, language, Words::Logs, said.lines, Words::NoLines)}
        })
    }
}

const fn outside(signature: &Signature) -> [(Words, Shows); 5] {
    [
        (Words::Get, signature.get),
        (Words::List, signature.list),
        (Words::ListAgain, signature.list_again),
        (Words::AllDocs, signature.all_docs),
        (Words::Search, signature.search),
    ]
}

fn finding_row(page: Page, finding: &Finding) -> View {
    let language = page.language.get();
    let is_seen = finding.because.is_none();
    let because = finding.because.map(|because| {
        let Because { reason: why, step } = because;
        let own = because.evidence(finding.witness).filter(|_| because.is_more_than_its_step(finding.witness));
        let why = page.with_world_untracked(|world| reason(language, why, &world.setup().catalogue));
        let proof = step.map(|step| {
            let told = page.with_world_untracked(|world| sentence(language, world, &step));
            view! { <span class="finding-proof">{told}" "{to_step(page, &step)}{source(language, evidence::of(&step.kind))}</span> }
        });
        view! { <span class="finding-reason">{why}{own.map(|own| source(language, own))}</span>{proof} }
    });
    view! {
        <li class="finding" class:is-seen=is_seen>
            <svg class="sign" class:is-yes=is_seen viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                <path d=if is_seen { "M3 8.5 6.5 12 13 4.5" } else { "M3.5 8h9" }></path>
            </svg>
            <span class="finding-head">
                <span class="finding-witness">{language.say(Words::of(finding.witness))}</span>
                {is_seen.then(|| view! { " "{language.say(Words::Sees)} })}
            </span>
            {because}
        </li>
    }
}

/// A button that goes to the step that proves a reason.
fn to_step(page: Page, step: &Step) -> View {
    let (language, at): (_, Instant) = (page.language.get(), step.at);
    let name = format!("{} ({})", language.say(Words::GoToStep), node_name(language, step.acting_node()));
    view! {
        <button class="finding-step" type="button" title=name.clone() aria-label=format!("{name} {}", instant(language, at))
            on:click=move |_| { page.act(PlayerCommand::Seek(at)); }>
            {instant(language, at)}
        </button>
    }
}
