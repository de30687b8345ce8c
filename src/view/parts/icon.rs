use crate::view::prelude::*;

/// The page's own drawings on a square of 16. They say nothing by themselves: what they stand for is in the words of the control.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Play,
    Pause,
    StepBack,
    StepForward,
    Undo,
    Close,
    Error,
    Outside,
    Wait,
    Prompt,
    Cylinder,
    Shards,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Play => "M4.5 2.5v11l9-5.5z",
            Self::Pause => "M4 2.5h3v11H4zM9 2.5h3v11H9z",
            Self::StepBack => "M3 3h2v10H3zM13 3v10L6 8z",
            Self::StepForward => "M11 3h2v10h-2zM3 3v10l7-5z",
            Self::Undo => "M6 3 2.5 6.5 6 10M2.5 6.5H10a3.25 3.25 0 0 1 0 6.5H6",
            Self::Close => "M4 4l8 8M12 4l-8 8",
            Self::Error => "M8 1.8 14.6 13.6H1.4zM8 6.2v3.6M8 11.3v.8",
            Self::Outside => "M6.5 3.5H3.5v9h9v-3M9 3h4v4M13 3 7.5 8.5",
            Self::Wait => "M8 2a6 6 0 1 0 0 12A6 6 0 0 0 8 2zM8 4.8V8l2.2 1.6",
            Self::Prompt => "M3 4l4 4-4 4M8.5 12H13",
            Self::Cylinder => "M3 4.2c0-2.4 10-2.4 10 0v7.6c0 2.4-10 2.4-10 0zM3 4.2c0 2.4 10 2.4 10 0",
            Self::Shards => "M2.5 3h11v2.6h-11zM2.5 6.9h7.5v2.6H2.5zM2.5 10.8h11v2.6h-11z",
        }
    }

    const fn class(self) -> &'static str {
        match self {
            Self::Play | Self::Pause | Self::StepBack | Self::StepForward => "icon icon-filled",
            _ => "icon",
        }
    }

    pub fn view(self) -> View {
        view! { <svg class=self.class() viewBox="0 0 16 16" aria-hidden="true" focusable="false"><path d=self.path()></path></svg> }
    }
}
