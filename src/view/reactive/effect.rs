//! What is done again whenever something that it reads has changed.

pub struct Effect;

impl Effect {
    /// Runs soon, and again after each change, for as long as the current owner lives.
    #[expect(clippy::new_ret_no_self, reason = "the name that Leptos gives it; there is nothing to be done with the effect itself")]
    pub fn new(run: impl FnMut() + 'static) {
        boxed(Box::new(run));
    }
}

#[inline(never)]
fn boxed(mut run: Box<dyn FnMut()>) {
    reactive_graph::effect::Effect::new(move |_| run());
}
