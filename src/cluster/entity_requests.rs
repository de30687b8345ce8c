//! A controller's answers to requests about entities (`Actions.scala`, `Packages.scala`, `Triggers.scala`, `Rules.scala`).
//!
//! The model has the entity database within the controllers: what one writes, all know at once, and nothing of it travels. In OpenWhisk they
//! read and write CouchDB, with caches that tell each other through the topic `cacheInvalidation`.

use super::activation::{Answer, Entity, Request};
use super::command::{Act, LIST_LIMIT_MAX};
use super::entity_act::{Bound, Collection, EntityAct, Verb};
use super::place::ExchangeIx;
use super::sheets::{Of, Sheet};
use super::step::StepKind;
use super::world::{StepLog, World};
use crate::activation::{ActionId, Trigger};
use std::rc::Rc;

/// A refusal: the HTTP status and the controller's own words.
pub(super) struct Refusal {
    pub status: u16,
    pub text: String,
}

impl Refusal {
    pub fn new(status: u16, text: &str) -> Self {
        Self { status, text: text.to_owned() }
    }

    /// The standard words for 404 (`http/ErrorResponse.scala:63`).
    pub fn missing() -> Self {
        Self::new(404, "The requested resource does not exist.")
    }

    /// There is an entity of this name in another collection (`http/ErrorResponse.scala:47`).
    pub fn other_collection() -> Self {
        Self::new(409, "Resource by this name exists but is not in this collection.")
    }
}

impl World {
    /// A request about entities has reached its controller.
    pub(super) fn entity_request(&mut self, ix: ExchangeIx, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let Some(exchange) = self.exchange(ix) else { return };
        let (controller, namespace) = (exchange.controller, exchange.namespace);
        let user = setup.catalogue.namespace(namespace).to_owned();
        let Some(Act::Entity(act)) = self.act_of(exchange) else { return };
        let act = &act.clone();
        let (collection, verb) = (act.collection(), act.verb());
        let outcome = self.entitled(act, &user).and_then(|()| match act {
            EntityAct::Namespaces => Ok(Answer::Namespaces),
            EntityAct::List { collection, namespace, package, limit, skip, count } => {
                self.listed(*collection, namespace, package.as_deref(), (*limit, *skip), *count, *namespace == user)
            }
            EntityAct::Get { collection, namespace, name, code } => self.entity(*collection, namespace, name, *code),
            EntityAct::Put { collection, namespace, name, overwrite, content } => {
                self.put_entity(*collection, (namespace, name), *overwrite, content)
            }
            EntityAct::Delete { collection, namespace, name, force } => self.delete_entity(*collection, namespace, name, *force),
            EntityAct::SetRule { namespace, name, active } => self.set_rule(namespace, name, *active),
        });
        let step = match (&outcome, verb) {
            (Err(refusal), _) => Some(StepKind::EntityRefused { controller, collection, status: refusal.status }),
            (Ok(_), Some(Verb::Create | Verb::Update)) => Some(StepKind::EntityWritten { controller, collection }),
            (Ok(_), Some(Verb::Delete)) => Some(StepKind::EntityDeleted { controller, collection }),
            (Ok(_), Some(Verb::Enable)) => Some(StepKind::RuleSet { controller, active: true }),
            (Ok(_), Some(Verb::Disable)) => Some(StepKind::RuleSet { controller, active: false }),
            (Ok(_), Some(Verb::List | Verb::Get) | None) => None,
        };
        if let Some(step) = step {
            self.tell(log, None, Some(ix), None, step);
        }
        let answer = outcome.unwrap_or_else(|Refusal { status, text }| Answer::Refused { status, text: text.into() });
        self.answer(ix, answer, log);
    }

    /// An invocation, a fire or a deletion of what was not there when the request left. What has come meanwhile is found after all.
    pub(super) fn resolve_anew(&mut self, ix: ExchangeIx) {
        let Some(exchange) = self.exchange(ix) else { return };
        // What controllers ask of themselves is resolved as they ask.
        if exchange.inner.is_some() {
            return;
        }
        let Some(act) = self.act_of(exchange) else { return };
        let catalogue = &self.catalogue;
        let resolved = match act {
            Act::Invoke { namespace, action, .. } => {
                catalogue.resolve(namespace, action).map(|(action, binding)| (Request::Invoke { action }, binding))
            }
            Act::DeleteAction { namespace, action } => {
                catalogue.action_named(namespace, action).map(|action| (Request::DeleteAction { action }, None))
            }
            Act::FireTrigger { namespace, trigger } => {
                catalogue.trigger_named(namespace, trigger).map(|trigger| (Request::FireTrigger { trigger }, None))
            }
            _ => return,
        };
        let (request, binding) = resolved.unwrap_or((Request::Missing, None));
        if let Some(exchange) = self.exchange_mut(ix) {
            exchange.request = request;
            exchange.binding = binding;
        }
    }

    /// There is no such action or trigger, and never was one.
    pub(super) fn entity_missing(&mut self, ix: ExchangeIx, log: &mut StepLog) {
        if self.is_forbidden(ix, log) {
            return;
        }
        let refusal = self.exchange(ix).and_then(|exchange| self.act_of(exchange)).map(|act| self.absent(act));
        self.refuse(ix, refusal.unwrap_or_else(Refusal::missing), log);
    }

    fn listed(
        &self,
        collection: Collection,
        namespace: &str,
        package: Option<&str>,
        (limit, skip): (u32, u32),
        count: bool,
        own: bool,
    ) -> Result<Answer, Refusal> {
        let path = match package {
            None => namespace.to_owned(),
            Some(package) => {
                let sheet = self.sheet(Collection::Packages, &format!("{namespace}/{package}"))?;
                match &sheet.of {
                    Of::Package { binding: Some(Bound { namespace, name }) } => format!("{namespace}/{name}"),
                    _ => sheet.id(),
                }
            }
        };
        let mut list = self.sheets.list(collection, &path);
        if collection == Collection::Packages && !own {
            // Of others one sees shared packages alone, and no bindings.
            list.retain(|sheet| sheet.publish && matches!(sheet.of, Of::Package { binding: None }));
        }
        if count {
            return Ok(Answer::Count { of: collection.path(), number: (list.len() as u64).saturating_sub(skip.into()) });
        }
        let limit = if limit == 0 { LIST_LIMIT_MAX } else { limit };
        let rows: Vec<Rc<Sheet>> = list.into_iter().skip(skip as usize).take(limit as usize).collect();
        Ok(Answer::Entities(Rc::new(rows)))
    }

    /// The document with this id, if it is in this collection.
    pub(super) fn sheet(&self, collection: Collection, id: &str) -> Result<Rc<Sheet>, Refusal> {
        let sheet = self.sheets.get(id).ok_or_else(Refusal::missing)?;
        if sheet.collection() == collection { Ok(Rc::clone(sheet)) } else { Err(Refusal::other_collection()) }
    }

    /// One entity. An action is found through a binding too, and a binding shows what is in its package, with that one's parameters under
    /// its own.
    fn entity(&self, collection: Collection, namespace: &str, name: &str, code: bool) -> Result<Answer, Refusal> {
        let mut sheet = match (collection, name.split_once('/')) {
            (Collection::Actions, Some((package, name))) => {
                let package = self.sheet(Collection::Packages, &format!("{namespace}/{package}"))?;
                let (home, merged) = match &package.of {
                    Of::Package { binding: Some(Bound { namespace, name }) } => {
                        let bound = self.sheet(Collection::Packages, &format!("{namespace}/{name}"))?;
                        let merged = super::putting::merged(&bound.parameters, &package.parameters);
                        (bound, merged)
                    }
                    _ => (Rc::clone(&package), package.parameters.clone()),
                };
                let mut action = (*self.sheet(collection, &format!("{}/{name}", home.id()))?).clone();
                action.parameters = super::putting::merged(&merged, &action.parameters);
                Rc::new(action)
            }
            _ => self.sheet(collection, &format!("{namespace}/{name}"))?,
        };
        let mut contents = Vec::new();
        if let Of::Package { binding } = &sheet.of {
            let package = match binding {
                Some(Bound { namespace, name }) => self.sheet(collection, &format!("{namespace}/{name}"))?,
                None => Rc::clone(&sheet),
            };
            contents = self.sheets.list(Collection::Actions, &package.id());
            if package.id() != sheet.id() {
                // A binding is shown as itself, with the parameters of both (`Packages.scala:374-386`).
                let parameters = super::putting::merged(&package.parameters, &sheet.parameters);
                sheet = Rc::new(Sheet { parameters, ..(*sheet).clone() });
            }
        }
        Ok(self.shown(sheet, contents, code))
    }

    /// The entity as an answer shows it, with what only the catalogue knows.
    pub(super) fn shown(&self, sheet: Rc<Sheet>, contents: Vec<Rc<Sheet>>, code: bool) -> Answer {
        let trigger = match &sheet.of {
            Of::Trigger => self.trigger_by_id(&sheet.id()),
            Of::Rule { trigger, .. } => self.trigger_by_id(trigger.trim_start_matches('/')),
            _ => None,
        };
        let rules = trigger.map_or_else(Vec::new, |(_, trigger)| trigger.rules.clone());
        Answer::Entity(Rc::new(Entity { sheet, contents, rules, code }))
    }

    /// A trigger that is there, by the id of its document.
    pub(super) fn trigger_by_id(&self, id: &str) -> Option<(ActionId, &Trigger)> {
        let (namespace, name) = id.split_once('/')?;
        let number = self.catalogue.trigger_named(namespace, name).filter(|number| !self.is_deleted(*number))?;
        Some((number, self.catalogue.trigger(number)?))
    }

    /// The documents of the entities that there are.
    pub fn sheets(&self) -> &super::sheets::Sheets {
        &self.sheets
    }

    pub(super) fn sheets_mut(&mut self) -> &mut super::sheets::Sheets {
        let sheets = Rc::make_mut(&mut self.sheets);
        sheets.has_changed = true;
        sheets
    }

    /// What a rule, or its end, makes of its trigger. The trigger's version stays.
    pub(super) fn change_rules(&mut self, trigger: &str, change: impl FnOnce(&mut Vec<crate::activation::Rule>)) -> bool {
        let Some((number, known)) = self.trigger_by_id(trigger.trim_start_matches('/')) else { return false };
        let mut known = known.clone();
        change(&mut known.rules);
        let version = self.catalogue.action(number).map_or_else(String::new, |entity| entity.version.clone());
        Rc::make_mut(&mut self.catalogue).put_trigger(known, &version);
        self.sheets_mut();
        true
    }

    fn delete_entity(&mut self, collection: Collection, namespace: &str, name: &str, force: bool) -> Result<Answer, Refusal> {
        let id = format!("{namespace}/{name}");
        let sheet = self.sheet(collection, &id)?;
        match &sheet.of {
            Of::Action { .. } => self.remove_action(namespace, name),
            Of::Package { binding: Some(_) } => Rc::make_mut(&mut self.catalogue).remove_binding(namespace, name),
            Of::Package { binding: None } => {
                let contents = self.sheets.list(Collection::Actions, &id);
                if !contents.is_empty() && !force {
                    // `Packages.scala:171-176`.
                    let entities = if contents.len() == 1 { "entity" } else { "entities" };
                    let text =
                        format!("Package not empty (contains {} {entities}). Set force param or delete package contents.", contents.len());
                    return Err(Refusal::new(409, &text));
                }
                for action in contents {
                    self.sheets_mut().remove(&action.id());
                    self.remove_action(namespace, &format!("{name}/{}", action.name));
                }
            }
            Of::Trigger => {
                let shown = self.shown(Rc::clone(&sheet), Vec::new(), false);
                if let Some((number, _)) = self.trigger_by_id(&id) {
                    self.deleted.push(number);
                }
                self.sheets_mut().remove(&id);
                return Ok(shown);
            }
            Of::Rule { trigger, .. } => {
                self.change_rules(trigger, |rules| rules.retain(|rule| rule.name != name));
            }
        }
        self.sheets_mut().remove(&id);
        Ok(self.shown(sheet, Vec::new(), true))
    }

    fn remove_action(&mut self, namespace: &str, name: &str) {
        if let Some(action) = self.catalogue.action_named(namespace, name).filter(|action| !self.is_deleted(*action)) {
            self.deleted.push(action);
        }
    }

    /// `Rules.scala:139-187`. A rule whose trigger is gone counts as inactive, and cannot be enabled.
    fn set_rule(&mut self, namespace: &str, name: &str, active: bool) -> Result<Answer, Refusal> {
        let sheet = self.sheet(Collection::Rules, &format!("{namespace}/{name}"))?;
        let Of::Rule { trigger, action } = &sheet.of else { return Err(Refusal::other_collection()) };
        let known = self.trigger_by_id(trigger.trim_start_matches('/'));
        let rule = known.and_then(|(_, trigger)| trigger.rules.iter().find(|rule| rule.name == name));
        if rule.is_some_and(|rule| rule.active) == active {
            return Ok(Answer::Done);
        }
        let link = crate::activation::Rule { name: name.to_owned(), action: action.clone(), active };
        let is_changed = self.change_rules(trigger, |rules| {
            rules.retain(|rule| rule.name != name);
            rules.push(link);
        });
        if is_changed { Ok(Answer::Done) } else { Err(Refusal::new(404, "Only rules with existing triggers can be activated")) }
    }
}
