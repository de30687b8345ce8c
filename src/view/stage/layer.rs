//! What travels. At each frame the `d` of a few paths is written, and nothing else is touched unless something is selected.

use super::Scene;
use crate::locale::page::messages_on_link;
use crate::locale::{number, short_id};
use crate::scene::{Crowd, Hue, Options, Point, Tokens};
use crate::view::prelude::*;

/// Tokens of the selected activation that are marked at once.
const MARKED_MAX: usize = 4;

const fn class_of(hue: Hue) -> &'static str {
    match hue {
        Hue::Faint => "tokens tokens-faint",
        Hue::Controller => "tokens tokens-controller",
        Hue::Kafka => "tokens tokens-kafka",
        Hue::CouchDb => "tokens tokens-couchdb",
        Hue::Elasticsearch => "tokens tokens-elasticsearch",
    }
}

#[component]
pub fn TokenLayer(scene: Scene) -> impl IntoView {
    let paths = Hue::ALL.map(|hue| (hue, NodeRef::<web_sys::Element>::new()));
    let crowds = RwSignal::new(Vec::<Crowd>::new());
    let marked = RwSignal::new(Vec::<Point>::new());
    let shown = StoredValue::new([false; Hue::ALL.len()]);
    Effect::new(move || {
        let (now, layout, pen) = (scene.page.now.get(), scene.layout.get(), scene.pen.get());
        let options = Options { covered: pen.covered.links, ..Options::default() };
        scene.page.with_world(|world| scene.tokens.update_value(|tokens| tokens.update(world, now, &layout, options)));
        scene.tokens.with_value(|tokens| {
            shown.update_value(|shown| write(&paths, tokens, shown));
            if crowds.with_untracked(|old| *old != tokens.crowds) {
                crowds.set(tokens.crowds.clone());
            }
            let chosen = tokens.tokens.iter().filter(|token| pen.chosen.is_some() && token.activation == pen.chosen);
            let places: Vec<Point> = chosen.take(MARKED_MAX).map(|token| token.at).collect();
            if marked.with_untracked(|old| *old != places) {
                marked.set(places);
            }
        });
    });
    let id = Memo::new(move || {
        let chosen = scene.pen.get().chosen?;
        scene.page.with_world(|world| world.activation(chosen).map(|activation| short_id(&activation.id.to_string())))
    });
    view! {
        <g class="token-layer" aria-hidden="true">
            {paths.map(|(hue, path)| view! { <path class=class_of(hue) node_ref=path></path> }).into_iter().collect_view()}
            {move || crowds.get().into_iter().map(|crowd| badge(scene, crowd)).collect_view()}
            {move || marked.get().into_iter().map(|at| mark(scene, at, id.get().unwrap_or_default())).collect_view()}
        </g>
    }
}

/// A path that was empty and is empty again is left alone.
fn write(paths: &[(Hue, NodeRef<web_sys::Element>)], tokens: &Tokens, shown: &mut [bool]) {
    for ((hue, path), shown) in paths.iter().zip(shown) {
        let text = tokens.paths.of(*hue);
        if (*shown || !text.is_empty())
            && let Some(path) = path.get_untracked()
        {
            *shown = !text.is_empty();
            // A path that takes no attribute is not there any more.
            let _ = path.set_attribute("d", text);
        }
    }
}

/// The count of a crowded link.
fn badge(scene: Scene, crowd: Crowd) -> impl IntoView {
    let text = number(crowd.count.into());
    let width = text.len() as f32 * 7.6 + 12.0;
    let (x, y) = if crowd.beside { (width / 2.0 + 10.0, 0.0) } else { (0.0, -15.5) };
    let title = messages_on_link(scene.pen.get_untracked().language, crowd.count);
    view! {
        <g class="crowd" transform=translate(crowd.at)>
            <title>{title}</title>
            <rect x=x - width / 2.0 y=y - 8.5 width=width height="17" rx="8.5"></rect>
            <text class="t-cell" x=x y=y + 4.3>{text}</text>
        </g>
    }
}

/// The selected activation's token: an outline of ink and its short id, kept inside the drawing.
fn mark(scene: Scene, at: Point, id: String) -> impl IntoView {
    const LABEL: f32 = 40.0;
    let width = scene.layout.get_untracked().width;
    let shift = (LABEL - at.x).max(0.0) + (width - LABEL - at.x).min(0.0);
    let above = if at.y < 34.0 { 24.0 } else { -14.0 };
    view! {
        <g class="marked" transform=translate(at)>
            <circle r="10"></circle>
            <text class="t-mono t-middle" x=shift y=above>{id}</text>
        </g>
    }
}

fn translate(at: Point) -> String {
    format!("translate({:.1} {:.1})", at.x, at.y)
}
