//! One written form of a record.

use crate::cluster::place::{ActivationIx, StoreKind};
use crate::inspection::form::{Form, Standing, own_fields, standing, write};
use crate::inspection::json::{Line, Piece, Tone, lines};
use crate::locale::Language;
use crate::locale::page::{Inspector as Words, cut_text, more_items};
use crate::view::copy::copy_button;
use crate::view::page::page;
use crate::view::prelude::*;

const fn about(form: Form) -> Words {
    match form {
        Form::Rest => Words::AsRest,
        Form::Document(StoreKind::CouchDb) => Words::AsCouchDb,
        Form::Document(StoreKind::Elasticsearch | StoreKind::Noop) => Words::AsElasticsearch,
    }
}

const fn standing_word(standing: Option<Standing>, form: Form) -> Words {
    match (standing, form) {
        (None, _) => Words::NoRecordYet,
        (Some(Standing::Made), _) => Words::MadeOnly,
        (Some(Standing::Elsewhere), Form::Rest) => Words::NotReturnedNow,
        (Some(Standing::Elsewhere), Form::Document(_)) => Words::WouldBe,
        (Some(Standing::Held), Form::Rest) => Words::ReturnedNow,
        (Some(Standing::Held), Form::Document(_)) => Words::DocumentHeld,
    }
}

#[component]
pub fn FormView(ix: ActivationIx, form: Form) -> impl IntoView {
    let page = page();
    // A record is small and seldom changes; its form may be a megabyte, so it is written anew only when the record is another.
    let record = Memo::new(move || page.with_world(|world| standing(world, ix, form)));
    let written = Memo::new(move || {
        let (_, record) = record.get()?;
        Some(page.with_world_untracked(|world| lines(&write(world, &record, form))))
    });
    let whole = move || {
        let written = record.get_untracked().map(|(_, record)| page.with_world_untracked(|world| write(world, &record, form)));
        written.map(|value| format!("{value:#}")).unwrap_or_default()
    };
    move || {
        let language = page.language.get();
        let standing = record.get().map(|(standing, _)| standing);
        let is_there = standing == Some(Standing::Held);
        let written =
            written.with(|lines| lines.as_ref().map(|lines| lines.iter().map(|line| line_view(line, form, language)).collect_view()));
        let document = written.map(|lines| {
            view! {
                <div class="document-form">
                    {copy_button(page, language, language.say(Words::CopyForm).to_owned(), Box::new(whole))}
                    <pre class="json" tabindex="0" role="group" aria-label=language.say(about(form))><code>{lines}</code></pre>
                </div>
                <p class="hint">{language.say(about(form))}</p>
            }
        });
        view! {
            <p class="standing" class:is-there=is_there>
                <svg class="sign" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
                    <path d=if is_there { "M3 8.5 6.5 12 13 4.5" } else { "M8 3v5.5M8 11.5v1" }></path>
                </svg>
                <span>{language.say(standing_word(standing, form))}</span>
            </p>
            {document}
        }
    }
}

/// Fields of a form's own are marked by a rule at their side; the line under the document says in words what they are.
fn line_view(line: &Line, form: Form, language: Language) -> View {
    let own = own_fields(form);
    let is_own =
        line.indent <= 2 && matches!(line.pieces.first(), Some(Piece::Code(Tone::Key, key)) if own.contains(&key.trim_matches('"')));
    let pieces = line.pieces.iter().map(|piece| match piece {
        Piece::Code(tone, text) => (tone_class(*tone), text.clone()),
        Piece::Cut { bytes } => ("json-cut", cut_text(language, *bytes)),
        Piece::More { items } => ("json-cut", more_items(language, *items)),
    });
    let indent = "  ".repeat(line.indent);
    view! {
        <span class="json-line" class:is-own=is_own>
            {indent}
            {pieces.map(|(class, text)| view! { <span class=class>{text}</span> }).collect_view()}
            "\n"
        </span>
    }
}

const fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Punctuation => "json-punctuation",
        Tone::Key => "json-key",
        Tone::Text => "json-text",
        Tone::Value => "json-value",
    }
}
