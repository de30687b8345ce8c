//! Finding by role and accessible name, as the browser itself computes them for a screen reader.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{Page, Part, Problem};

const WAIT_MAX: Duration = Duration::from_secs(5);

/// What a person can act on, by whatever means it is made.
const CONTROLS: [&str; 11] =
    ["button", "radio", "checkbox", "switch", "link", "tab", "option", "menuitem", "slider", "DisclosureTriangle", "combobox"];

/// Found in a [`Page`] or inside of a [`Part`]. Each waits up to five seconds, and its failure tells what was there.
/// Names are whole names; what assistive technology ignores is not found.
#[allow(async_fn_in_trait, reason = "tests await these on one thread, where no bound on the future is needed")]
pub trait Find {
    /// The page, and the DOM node to search in.
    fn scope(&self) -> (&Page, Option<u64>);

    async fn button(&self, name: &str) -> Result<Part<'_>, Problem> {
        self.find(&["button"], Some(name)).await
    }

    async fn region(&self, name: &str) -> Result<Part<'_>, Problem> {
        self.find(&["region"], Some(name)).await
    }

    async fn dialog(&self, name: &str) -> Result<Part<'_>, Problem> {
        self.find(&["dialog", "alertdialog"], Some(name)).await
    }

    async fn slider(&self, name: &str) -> Result<Part<'_>, Problem> {
        self.find(&["slider"], Some(name)).await
    }

    async fn link(&self, name: &str) -> Result<Part<'_>, Problem> {
        self.find(&["link"], Some(name)).await
    }

    /// A heading of any level.
    async fn heading(&self, name: &str) -> Result<Part<'_>, Problem> {
        self.find(&["heading"], Some(name)).await
    }

    /// A group of radio buttons, also one made by `fieldset` and `legend`.
    async fn radio_group(&self, name: &str) -> Result<Part<'_>, Problem> {
        self.find(&["radiogroup", "group"], Some(name)).await
    }

    /// The radio button `name` of the group `group`.
    async fn radio(&self, group: &str, name: &str) -> Result<Part<'_>, Problem> {
        let group = self.radio_group(group).await?;
        let (page, node) = (self.scope().0, Some(group.node()));
        find_in(page, node, &["radio"], Some(name)).await
    }

    /// The one live region.
    async fn status(&self) -> Result<Part<'_>, Problem> {
        self.find(&["status"], None).await
    }

    /// Any control of that name.
    async fn control(&self, name: &str) -> Result<Part<'_>, Problem> {
        self.find(&CONTROLS, Some(name)).await
    }

    /// The only part with one of these roles and, if given, this name.
    async fn find(&self, roles: &[&str], name: Option<&str>) -> Result<Part<'_>, Problem> {
        let (page, node) = self.scope();
        find_in(page, node, roles, name).await
    }

    /// All parts that have one of these roles and, if given, this name, at this moment, in their order on the page.
    async fn all(&self, roles: &[&str], name: Option<&str>) -> Result<Vec<Part<'_>>, Problem> {
        let (page, node) = self.scope();
        let mut parts = Vec::new();
        for found in query(page, node, roles, name).await? {
            parts.push(found.part(page).await?);
        }
        Ok(parts)
    }

    /// Whether there is such a part at this moment.
    async fn has(&self, roles: &[&str], name: Option<&str>) -> Result<bool, Problem> {
        let (page, node) = self.scope();
        Ok(!query(page, node, roles, name).await?.is_empty())
    }
}

impl Find for Page {
    fn scope(&self) -> (&Page, Option<u64>) {
        (self, None)
    }
}

struct Found {
    node: u64,
    role: String,
    name: String,
}

impl Found {
    async fn part<'page>(self, page: &'page Page) -> Result<Part<'page>, Problem> {
        Part::new(page, self.node, self.role, self.name).await
    }
}

async fn find_in<'page>(page: &'page Page, node: Option<u64>, roles: &[&str], name: Option<&str>) -> Result<Part<'page>, Problem> {
    let begun = Instant::now();
    loop {
        // What is found may be gone a moment later, when the page draws itself anew: then it is looked for again.
        let found = query(page, node, roles, name).await;
        let last = begun.elapsed() > WAIT_MAX;
        match found {
            Ok(mut found) if found.len() == 1 => match found.remove(0).part(page).await {
                Err(_) if !last => {}
                part => return part,
            },
            Err(problem) if last => return Err(problem),
            Ok(found) if last => return Err(not_found(page, node, roles, name, found.len()).await),
            _ => {}
        }
        tokio::time::sleep(Duration::from_millis(30)).await;
    }
}

async fn not_found(page: &Page, node: Option<u64>, roles: &[&str], name: Option<&str>, count: usize) -> Problem {
    let roles_text = roles.join(" or ");
    let wanted = name.map_or_else(|| roles_text.clone(), |name| format!("{roles_text} \"{name}\""));
    let others = query(page, node, roles, None).await.unwrap_or_default();
    let names: Vec<String> = others.iter().map(|found| format!("\"{}\"", found.name)).collect();
    Problem::new(format!("one {wanted} was looked for, and there are {count}; of that role there are: [{}]", names.join(", ")))
}

async fn query(page: &Page, node: Option<u64>, roles: &[&str], name: Option<&str>) -> Result<Vec<Found>, Problem> {
    let root = match node {
        Some(node) => node,
        None => {
            let document = page.cdp("DOM.getDocument", json!({ "depth": 0 })).await?;
            document.pointer("/root/backendNodeId").and_then(Value::as_u64).ok_or_else(|| Problem::new("there is no document"))?
        }
    };
    let mut parameters = json!({ "backendNodeId": root });
    if let (Some(name), Some(parameters)) = (name, parameters.as_object_mut()) {
        parameters.insert("accessibleName".to_owned(), json!(name));
    }
    // One role can be asked for; of several we choose ourselves.
    if let ([role], Some(parameters)) = (roles, parameters.as_object_mut()) {
        parameters.insert("role".to_owned(), json!(role));
    }
    let answer = page.cdp("Accessibility.queryAXTree", parameters).await?;
    let text = |node: &Value, field: &str| node.pointer(&format!("/{field}/value")).and_then(Value::as_str).unwrap_or_default().to_owned();
    let nodes = answer.pointer("/nodes").and_then(Value::as_array).into_iter().flatten();
    let found = nodes.filter(|node| node.get("ignored") != Some(&Value::Bool(true))).filter_map(|node| {
        Some(Found { node: node.get("backendDOMNodeId")?.as_u64()?, role: text(node, "role"), name: text(node, "name") })
    });
    // A part is not inside of itself.
    Ok(found.filter(|found| Some(found.node) != node && roles.contains(&found.role.as_str())).collect())
}
