//! Names of entities as they are typed (CLI `commands/qualified_name.go:87-135`).

use crate::shell::Printed;

/// A name that was taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct QualifiedName {
    /// As it was typed, `_` where none was.
    pub namespace: String,
    /// Empty where none was typed.
    pub package: String,
    /// Empty of a namespace alone.
    pub entity: String,
}

impl QualifiedName {
    /// The package, if there is one, and the entity.
    pub fn path(&self) -> String {
        if self.package.is_empty() { self.entity.clone() } else { format!("{}/{}", self.package, self.entity) }
    }

    /// The namespace that is meant: `_` is the user's own.
    pub fn namespace_of(&self, user: &str) -> String {
        if self.namespace == "_" { user.to_owned() } else { self.namespace.clone() }
    }

    /// `/namespace/package/entity`, as the tool names it in its answers.
    pub fn full(&self) -> String {
        format!("/{}/{}", self.namespace, self.path())
    }
}

/// `hello`, `pack/hello`, `/guest/hello`, `/guest/pack/hello`, `guest/pack/hello`, `/guest`; `Err` is what the tool prints of any other.
pub(crate) fn qualified(name: &str) -> Result<QualifiedName, Printed> {
    let wrong = || Printed::usage_error(1, &format!("'{name}' is not a valid qualified name: A valid qualified name must be specified."));
    let parts: Vec<&str> = name.split('/').collect();
    let (namespace, parts) = match parts.as_slice() {
        ["", namespace, rest @ ..] => (*namespace, rest),
        [namespace, rest @ ..] if rest.len() == 2 => (*namespace, rest),
        parts => {
            // More than one slash, and none in front, is nothing that the tool looks at.
            let entity = parts.last().copied().unwrap_or_default();
            let package = if parts.len() > 1 { name.strip_suffix(entity).unwrap_or_default().trim_end_matches('/') } else { "" };
            if name.is_empty() || name == "." {
                return Err(wrong());
            }
            return Ok(QualifiedName { namespace: "_".to_owned(), package: package.to_owned(), entity: entity.to_owned() });
        }
    };
    let is_wrong = |part: &&str| part.is_empty() || *part == ".";
    if is_wrong(&namespace) || parts.iter().any(is_wrong) {
        return Err(wrong());
    }
    let (package, entity) = match parts {
        [] => ("", ""),
        [entity] => ("", *entity),
        [package, entity] => (*package, *entity),
        _ => return Err(wrong()),
    };
    Ok(QualifiedName { namespace: namespace.to_owned(), package: package.to_owned(), entity: entity.to_owned() })
}
