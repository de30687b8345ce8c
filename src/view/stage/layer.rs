//! What travels. At each frame the `d` of a few paths is written, and nothing else is touched unless something is selected.

use super::Scene;
use crate::locale::page::messages_on_link;
use crate::locale::{Language, number, short_id};
use crate::scene::{Crowd, Hue, Options, Point, Tokens, path};
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

/// What is written beside tokens.
#[derive(Default, PartialEq)]
struct Labels {
    crowds: Vec<Crowd>,
    /// Where tokens of the selected activation are.
    marked: Vec<Point>,
}

#[derive(Clone, Copy)]
pub struct TokenLayer {
    scene: Scene,
    paths: [(Hue, NodeRef<web_sys::Element>); Hue::ALL.len()],
    labels: RwSignal<Labels>,
}

impl TokenLayer {
    pub fn new(scene: Scene) -> Self {
        let paths = Hue::ALL.map(|hue| (hue, NodeRef::new()));
        let labels = RwSignal::new(Labels::default());
        let mut shown = [false; Hue::ALL.len()];
        Effect::new(move || {
            let (now, layout, pen) = (scene.page.now.get(), scene.layout.get(), scene.pen());
            let options = Options { covered: pen.covered.links, ..Options::default() };
            scene.page.with_world(|world| scene.tokens.update_value(|tokens| tokens.update(world, now, &layout, options)));
            scene.tokens.with_value(|tokens| {
                write(&paths, tokens, &mut shown);
                let chosen = tokens.tokens.iter().filter(|token| pen.chosen.is_some() && token.activation == pen.chosen);
                let marked = chosen.take(MARKED_MAX).map(|token| token.at).collect();
                let found = Labels { crowds: tokens.crowds.clone(), marked };
                if labels.with_untracked(|old| *old != found) {
                    labels.set(found);
                }
            });
        });
        Self { scene, paths, labels }
    }

    pub fn view(self) -> View {
        let Self { scene, paths, labels } = self;
        let path = |(hue, path): (Hue, NodeRef<_>)| view! { <path class=class_of(hue) node_ref=path></path> };
        let labels = move || {
            let (pen, width) = (scene.pen(), scene.layout.get().width);
            let id = pen.chosen.and_then(|chosen| scene.page.with_world(|world| world.activation(chosen).map(|it| it.id.to_string())));
            let id = id.map_or_else(String::new, |id| short_id(&id));
            labels.with(|Labels { crowds, marked }| {
                let crowds = crowds.iter().map(|crowd| badge(pen.language, crowd)).collect_view();
                let marked = marked.iter().map(|at| mark(*at, width, id.clone())).collect_view();
                [crowds, marked].into_iter().collect_view()
            })
        };
        view! {
            <g class="token-layer" aria-hidden="true">
                {paths.map(path).into_iter().collect_view()}
                {labels}
            </g>
        }
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
fn badge(language: Language, crowd: &Crowd) -> View {
    let text = number(crowd.count.into());
    let width = text.len() as f32 * 7.6 + 12.0;
    let (x, y) = if crowd.beside { (width / 2.0 + 10.0, 0.0) } else { (0.0, -15.5) };
    view! {
        <g class="crowd" transform=translate(crowd.at)>
            <title>{messages_on_link(language, crowd.count)}</title>
            <rect x=x - width / 2.0 y=y - 8.5 width=width height="17" rx="8.5"></rect>
            <text class="t-cell" x=x y=y + 4.3>{text}</text>
        </g>
    }
}

/// The selected activation's token: an outline of ink and its short id, kept inside the drawing.
fn mark(at: Point, width: f32, id: String) -> View {
    const LABEL: f32 = 40.0;
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
    path("translate(# #)", &[at.x, at.y])
}
