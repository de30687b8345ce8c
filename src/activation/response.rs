use serde::{Deserialize, Serialize};

/// The result code of a run, with its three spellings (`core/entity/ActivationResult.scala:57-86`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[repr(u8)]
pub enum Status {
    Success = 0,
    ApplicationError = 1,
    DeveloperError = 2,
    WhiskInternalError = 3,
}

impl Status {
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The `status` of the REST form.
    pub const fn text(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::ApplicationError => "application error",
            Self::DeveloperError => "action developer error",
            Self::WhiskInternalError => "whisk internal error",
        }
    }

    /// The column of `wsk activation list`, which shortens two of them (client-go `whisk/activation.go:96`).
    pub const fn cli_text(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::ApplicationError => "application error",
            Self::DeveloperError => "developer error",
            Self::WhiskInternalError => "internal error",
        }
    }

    /// Whether the container goes back to the pool after such a run (`ContainerProxy.scala:938-949`).
    pub const fn keeps_container(self) -> bool {
        matches!(self, Self::Success | Self::ApplicationError)
    }
}

/// The error text that replaces a result over the limit (`http/ErrorResponse.scala:236-242`). Sizes are in bytes.
pub fn truncated_response(kept: &str, length: u64, limit: u64) -> String {
    format!("The action produced a response that exceeded the allowed length: {length} > {limit} bytes. The truncated response was: {kept}")
}
