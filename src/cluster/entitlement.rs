//! Who may do what. A user owns one namespace, and reads and invokes what is in shared packages of others. Whatever else is another's is
//! forbidden, whether or not it is there.

use super::activation::Answer;
use super::command::Act;
use super::entity_act::{Bound, Collection, Content, EntityAct};
use super::entity_requests::Refusal;
use super::place::ExchangeIx;
use super::sheets::Of;
use super::step::StepKind;
use super::world::{StepLog, World};
use crate::activation::split_reference;

/// More bindings in a row than there can be: none is made of another.
const BINDINGS_MAX: usize = 4;

pub(super) fn forbidden(what: &str) -> Refusal {
    Refusal::new(403, &format!("The supplied authentication is not authorized to access '{what}'."))
}

impl World {
    /// Whether a request about entities is the user's to make (`Collection.scala:91-105`, `AuthorizedRouteDispatcher.scala:68-92`).
    pub(super) fn entitled(&self, act: &EntityAct, user: &str) -> Result<(), Refusal> {
        let own = |namespace: &str, what: &str| if namespace == user { Ok(()) } else { Err(forbidden(what)) };
        match act {
            EntityAct::List { collection: Collection::Packages, .. } | EntityAct::Namespaces => Ok(()),
            EntityAct::List { namespace, package: Some(package), .. } => self.package_readable(user, namespace, package),
            EntityAct::List { namespace, .. } => own(namespace, namespace),
            EntityAct::Get { collection, namespace, name, .. } => {
                let reachable = self.reachable(user, *collection, namespace, name);
                reachable.map_err(|refusal| match (collection, refusal.status) {
                    (Collection::Packages, 404) => {
                        Refusal::new(404, &format!("The requested resource '{namespace}/{name}' does not exist."))
                    }
                    _ => refusal,
                })
            }
            EntityAct::Put { namespace, name, content, .. } => {
                own(namespace, &format!("{namespace}/{name}"))?;
                self.references_entitled(user, content)
            }
            EntityAct::Delete { namespace, name, .. } | EntityAct::SetRule { namespace, name, .. } => {
                own(namespace, &format!("{namespace}/{name}"))
            }
        }
    }

    /// What the content of a PUT refers to must be readable: the package of a binding (`Packages.scala:82-99,340-347`, which has its own
    /// words for what is not there), and the trigger and the action of a rule (`Rules.scala:82-86`).
    fn references_entitled(&self, user: &str, content: &Content) -> Result<(), Refusal> {
        if let Some(Bound { namespace, name }) = &content.binding {
            let namespace = if namespace == "_" { user } else { namespace };
            self.package_readable(user, namespace, name).map_err(|refusal| match refusal.status {
                404 => Refusal::new(400, "Binding references a package that does not exist."),
                409 => Refusal::new(409, "Cannot bind to a resource that is not a package."),
                _ => refusal,
            })?;
        }
        for (collection, name) in [(Collection::Triggers, &content.trigger), (Collection::Actions, &content.action)] {
            let Some(name) = name else { continue };
            let (namespace, name) = split_reference(user, name);
            let namespace = if namespace == "_" { user } else { namespace };
            self.reachable(user, collection, namespace, name)?;
        }
        Ok(())
    }

    /// READ on an entity, or ACTIVATE on an action: one in a package is as open as its package (`ActionCollection.scala:32-55`).
    fn reachable(&self, user: &str, collection: Collection, namespace: &str, name: &str) -> Result<(), Refusal> {
        match (collection, name.split_once('/')) {
            (Collection::Packages, _) => self.package_readable(user, namespace, name),
            (Collection::Actions, Some((package, _))) => self.package_readable(user, namespace, package),
            _ if namespace == user => Ok(()),
            _ => Err(forbidden(&format!("{namespace}/{name}"))),
        }
    }

    /// READ on a package: one's own or a shared one. A binding must be one's own, and its package readable. What another has and has not is
    /// not told (`PackageCollection.scala:56-146`).
    fn package_readable(&self, user: &str, namespace: &str, name: &str) -> Result<(), Refusal> {
        let asked = format!("{namespace}/{name}");
        let (mut id, mut is_own) = (asked.clone(), namespace == user);
        for _ in 0..BINDINGS_MAX {
            let sheet = match self.sheet(Collection::Packages, &id) {
                Ok(sheet) => sheet,
                Err(refusal) if is_own => return Err(refusal),
                Err(_) => break,
            };
            match &sheet.of {
                Of::Package { binding: None } if is_own || sheet.publish => return Ok(()),
                Of::Package { binding: Some(Bound { namespace, name }) } if is_own => {
                    (id, is_own) = (format!("{namespace}/{name}"), namespace == user);
                }
                _ => break,
            }
        }
        Err(forbidden(&asked))
    }

    /// The same of an act that is no [`EntityAct`].
    fn entitled_act(&self, act: &Act, user: &str) -> Result<(), Refusal> {
        match act {
            Act::Invoke { namespace, action, .. } | Act::InvokeTooLarge { namespace, action, .. } => {
                self.reachable(user, Collection::Actions, namespace, action)
            }
            Act::DeleteAction { namespace, action: name } | Act::FireTrigger { namespace, trigger: name } if namespace != user => {
                Err(forbidden(&format!("{namespace}/{name}")))
            }
            _ => Ok(()),
        }
    }

    /// Refuses a client's invocation, fire or deletion that is not its user's to ask for.
    pub(super) fn is_forbidden(&mut self, ix: ExchangeIx, log: &mut StepLog) -> bool {
        let Some(exchange) = self.exchange(ix).filter(|exchange| exchange.inner.is_none()) else { return false };
        let user = self.catalogue.namespace(exchange.namespace);
        let Some(Err(refusal)) = self.act_of(exchange).map(|act| self.entitled_act(act, user)) else { return false };
        self.refuse(ix, refusal, log);
        true
    }

    /// Why there is nothing to invoke, to fire or to delete: there is nothing of the name, or it is something else (`ApiUtils.scala:135-195`,
    /// `Actions.scala:161-187`).
    pub(super) fn absent(&self, act: &Act) -> Refusal {
        let (collection, namespace, name, deletes) = match act {
            Act::Invoke { namespace, action, .. } => (Collection::Actions, namespace, action, false),
            Act::DeleteAction { namespace, action } => (Collection::Actions, namespace, action, true),
            Act::FireTrigger { namespace, trigger } => (Collection::Triggers, namespace, trigger, false),
            _ => return Refusal::missing(),
        };
        if let Some((package, _)) = name.split_once('/').filter(|_| collection == Collection::Actions) {
            match self.sheet(Collection::Packages, &format!("{namespace}/{package}")) {
                Err(refusal) => return refusal,
                Ok(sheet) if deletes && matches!(sheet.of, Of::Package { binding: Some(_) }) => {
                    return Refusal::new(400, "Operation not permitted on package binding.");
                }
                Ok(_) => {}
            }
        }
        self.sheet(collection, &format!("{namespace}/{name}")).err().unwrap_or_else(Refusal::missing)
    }

    /// Answers a request about an entity with a refusal.
    pub(super) fn refuse(&mut self, ix: ExchangeIx, Refusal { status, text }: Refusal, log: &mut StepLog) {
        let Some(exchange) = self.exchange(ix) else { return };
        let controller = exchange.controller;
        let fires = matches!(self.act_of(exchange), Some(Act::FireTrigger { .. }));
        let collection = if fires { Collection::Triggers } else { Collection::Actions };
        self.tell(log, None, Some(ix), None, StepKind::EntityRefused { controller, collection, status });
        let answer = match status {
            404 => Answer::Failed { status, failure: super::activation::Failure::NoSuchAction },
            _ => Answer::Refused { status, text: text.into() },
        };
        self.answer(ix, answer, log);
    }
}
