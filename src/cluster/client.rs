//! Clients: what `wsk` sends, and the answers that reach it.

use super::activation::{Answer, Exchange, Failure, Request};
use super::command::{Act, LIST_LIMIT_MAX, ListForm, ListMore, Means, Target, Wait};
use super::event::{Failing, What};
use super::faults::{FaultEffect, LinkFailure};
use super::place::{Cargo, ControllerId, ExchangeIx, Node};
use super::step::{RequestKind, StepKind};
use super::store::NameFilter;
use super::world::{StepLog, World};
use crate::activation::{ActivationId, BindingId, NamespaceId};
use crate::chance::{Identity, Purpose};
use crate::time::Span;
use std::rc::Rc;

impl World {
    /// A command is given at the present instant, in a world that is played live: it is added to the run's commands and takes effect at once,
    /// after every other event of the instant. Returns the exchange that it began, if it began one.
    pub fn give_now(&mut self, namespace: &str, act: Act, log: &mut StepLog) -> Option<ExchangeIx> {
        let now = self.now;
        self.advance(now, log);
        // Those still to come are later; a live world has none.
        Rc::make_mut(&mut self.setup).add_command(now, namespace, act);
        let before = self.exchanges.len();
        self.advance(now, log);
        let made = u32::try_from(before).ok().map(ExchangeIx)?;
        self.exchange(made).map(|_| made)
    }

    /// A command takes effect.
    pub(super) fn give(&mut self, command: usize, log: &mut StepLog) {
        let Ok(number) = u32::try_from(command) else { return };
        self.send_member(number, 0, log);
    }

    /// Member `member` of a command's burst is sent; the next one is set.
    pub(super) fn send_member(&mut self, number: u32, member: u32, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let Some(command) = setup.commands.get(number as usize) else { return };
        match &command.act {
            Act::Program(program) => self.begin_program(number, program, log),
            Act::Interrupt { command } => self.interrupt(*command, log),
            Act::Break { rule } => self.set_fault(command.id, *rule, log),
            Act::Mend { fault } => self.clear_faults(*fault, log),
            Act::DropData { store } => self.drop_data(*store, log),
            Act::Crash { node } => self.crash(*node, log),
            Act::Start { node, store } => self.start(command.id, *node, *store, log),
            act => self.send_act(number, member, act, log),
        }
    }

    /// Sends a command's request number `member`: of a burst, or of a program.
    pub(super) fn send_act(&mut self, number: u32, member: u32, act: &Act, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let Some(command) = setup.commands.get(number as usize) else { return };
        let Some(namespace) = setup.users.get(number as usize).copied().flatten() else { return };
        let identity = Identity::command(command.id.0, member);
        let read = |kind, target| (kind, self.read_request(target));
        let mut binding = None;
        let (kind, request) = match act.within() {
            Act::Invoke { namespace, action, wait, count, gap_us, .. } => {
                if member + 1 < *count {
                    self.set(Span::from_micros(*gap_us), What::MemberDue { command: number, member: member + 1 });
                }
                let at_start = if self.catalogue.has_changed() { None } else { setup.targets.get(number as usize).copied() };
                let resolved = at_start.unwrap_or_else(|| self.catalogue.resolve(namespace, action));
                binding = resolved.and_then(|(_, through)| through);
                (invoke_kind(*wait), resolved.map_or(Request::Missing, |(action, _)| Request::Invoke { action }))
            }
            Act::InvokeTooLarge { namespace, action, wait, payload_bytes } => {
                let Some((action, _)) = self.catalogue.resolve(namespace, action) else { return };
                (invoke_kind(*wait), Request::InvokeTooLarge { action, bytes: *payload_bytes })
            }
            Act::DeleteAction { namespace, action } => {
                let action = self.catalogue.action_named(namespace, action);
                (RequestKind::DeleteAction, action.map_or(Request::Missing, |action| Request::DeleteAction { action }))
            }
            Act::FireTrigger { namespace, trigger } => {
                let trigger = self.catalogue.trigger_named(namespace, trigger);
                (RequestKind::FireTrigger, trigger.map_or(Request::Missing, |trigger| Request::FireTrigger { trigger }))
            }
            Act::Entity(act) => {
                let collection = act.collection();
                let kind = act.verb().map_or(RequestKind::Namespaces, |verb| RequestKind::Entity { verb, collection });
                (kind, Request::Entity)
            }
            Act::List { name, limit, skip, .. } => {
                let name = name.as_ref().and_then(|name| setup.names.iter().position(|known| known == name));
                let name = name.and_then(|place| u16::try_from(place).ok()).map(NameFilter);
                let limit = if *limit == 0 { LIST_LIMIT_MAX } else { *limit };
                (RequestKind::List, Request::List { name, skip: *skip, limit })
            }
            Act::Ask { store, request, .. } if store.keeps_records() && request.to_http().is_ok() => {
                (RequestKind::Ask, Request::Ask { store: *store })
            }
            Act::Raw(raw) => match &raw.means {
                Means::AtOnce { wish: Some(wish), .. } => (wished(wish), Request::AtOnce),
                _ => (RequestKind::Other, Request::AtOnce),
            },
            Act::Ask { .. } | Act::Crash { .. } | Act::Start { .. } => return,
            Act::Get(target) => read(RequestKind::Get, *target),
            Act::Result(target) => read(RequestKind::Result, *target),
            Act::Logs(target) => read(RequestKind::Logs, *target),
            Act::Break { .. } | Act::Mend { .. } | Act::DropData { .. } | Act::Program(_) | Act::Interrupt { .. } => return,
        };
        // `--last` asks for the newest row first (CLI `commands/activation.go:268-296`).
        let kind = if matches!(request, Request::List { .. }) { RequestKind::List } else { kind };
        self.send(Errand { command: number, member, identity, namespace, kind, request, binding }, log);
    }

    fn read_request(&self, target: Target) -> Request {
        match target {
            Target::Id(id) => Request::Read { id },
            Target::Made { command, member } => Request::Read { id: self.id_made_by(command.0, member) },
            Target::Last => Request::List { name: None, skip: 0, limit: 1 },
        }
    }

    /// What a list asks for besides. It stays with the command: exchanges are many, and few of them are such lists.
    pub fn list_more(&self, exchange: &Exchange) -> ListMore {
        match self.act_of(exchange) {
            Some(Act::List { more, .. }) => *more,
            _ => ListMore::default(),
        }
    }

    /// The id that the controller gives to a command's member, whether or not it ever gets that far.
    pub fn id_made_by(&self, command: u64, member: u32) -> ActivationId {
        self.activation_id(Identity::command(command, member))
    }

    pub(super) fn activation_id(&self, identity: Identity) -> ActivationId {
        let chance = self.setup.chance;
        ActivationId::from_random(chance.bits(identity, Purpose::ActivationIdHigh), chance.bits(identity, Purpose::ActivationIdLow))
    }

    /// Sends a request to a controller. Which one is drawn from the request's identity: a real nginx goes round.
    fn send(&mut self, errand: Errand, log: &mut StepLog) {
        let Errand { command, member, identity, namespace, kind, request, binding } = errand;
        let count = self.controllers.len() as u64;
        let choice = self.setup.chance.below(identity, Purpose::ControllerChoice, count);
        let controller = ControllerId(u8::try_from(choice).unwrap_or(0));
        let exchange = Exchange {
            command,
            member,
            identity,
            namespace,
            kind,
            request,
            controller,
            sent: self.now,
            activation: None,
            answer: None,
            answered: None,
            binding,
            inner: None,
            answer_lost: false,
            abandoned: false,
        };
        let Ok(ix) = u32::try_from(self.exchanges.push(exchange)).map(ExchangeIx) else { return };
        if let Request::Ask { store } = request {
            return self.send_to_store(ix, store, log);
        }
        let travel = self.setup.span(identity, Purpose::RequestHop, self.setup.configuration.model.http_hop);
        let met = self.meet(Node::Client, Node::Controller(controller), Cargo::Request);
        let (travel, arrives) = match met.effect {
            FaultEffect::Delay { ms } => (travel + Span::from_millis(ms.into()), true),
            FaultEffect::Pass | FaultEffect::DropAnswer => (travel, true),
            _ => (travel, false),
        };
        let flight = self.flight(Node::Client, Node::Controller(controller), Cargo::Request, travel).filter(|_| arrives);
        self.tell(log, None, Some(ix), flight, StepKind::RequestSent { controller, request: kind });
        if arrives {
            self.set(travel, What::RequestArrives(ix));
        }
        if !met.passes() {
            self.tell_met(met, None, Some(ix), log);
            self.request_met(ix, met.effect, travel);
        }
    }

    /// What a fault on its way means for a request. `wsk` itself has no time limit; the gateway in front of the controllers has one.
    fn request_met(&mut self, ix: ExchangeIx, effect: FaultEffect, travel: Span) {
        let gateway = Span::from_millis(self.setup.configuration.gateway_timeout_ms.into());
        let (after, status) = match effect {
            FaultEffect::DropRequest | FaultEffect::DropAnswer => (gateway, 504),
            FaultEffect::Refuse => (travel.times(2), 0),
            FaultEffect::Answer { status } => (travel.times(2), status),
            _ => return,
        };
        if let Some(exchange) = self.exchange_mut(ix) {
            exchange.answer_lost = effect == FaultEffect::DropAnswer;
        }
        self.set(after, What::Failing(Failing::GatewayAnswers { exchange: ix, status }));
    }

    /// What stands between client and controller answers in its place, or nothing does: the client's wait is over.
    pub(super) fn gateway_answers(&mut self, ix: ExchangeIx, status: u16, log: &mut StepLog) {
        let now = self.now;
        let Some(exchange) = self.exchange_mut(ix) else { return };
        if exchange.answered.is_some() {
            return;
        }
        exchange.answered = Some(now);
        exchange.answer = Some(Answer::Failed { status, failure: Failure::Gateway { status } });
        let activation = exchange.activation;
        let list = (exchange.kind == RequestKind::List).then(|| exchange.clone());
        let step = match (exchange.request.store(), status) {
            (Some(store), _) => StepKind::StoreAnswerReceived { store, status },
            (None, 0) => StepKind::RequestFailed { cause: LinkFailure::Refused },
            (None, _) => StepKind::AnswerReceived { status },
        };
        self.tell(log, activation, Some(ix), None, step);
        if let Some(exchange) = list {
            self.list_answered(ix, &exchange, log);
        }
        self.program_goes_on(ix, log);
    }

    /// An answer reaches its client.
    pub(super) fn receive_answer(&mut self, ix: ExchangeIx, log: &mut StepLog) {
        let now = self.now;
        let Some(exchange) = self.exchange_mut(ix).filter(|exchange| !exchange.abandoned) else { return };
        exchange.answered = Some(now);
        if let Some(super::activation::Inner::Rule { firing, place }) = exchange.inner {
            self.rule_answered(ix, firing, place, log);
            return;
        }
        if let Request::Ask { store } = exchange.request {
            self.store_answer_received(ix, store, log);
            return self.program_goes_on(ix, log);
        }
        let (activation, status) = (exchange.activation, exchange.answer.as_ref().map_or(0, Answer::status));
        let list = (exchange.kind == RequestKind::List).then(|| exchange.clone());
        self.tell(log, activation, Some(ix), None, StepKind::AnswerReceived { status });
        if let Some(exchange) = list {
            self.list_answered(ix, &exchange, log);
        }
        self.program_goes_on(ix, log);
    }

    /// A list is either what the user wanted or the first half of `--last`.
    pub(super) fn list_answered(&mut self, ix: ExchangeIx, exchange: &Exchange, log: &mut StepLog) {
        let setup = Rc::clone(&self.setup);
        let kind = match setup.commands.get(exchange.command as usize).map(|command| &command.act) {
            Some(Act::Get(Target::Last)) => RequestKind::Get,
            Some(Act::Result(Target::Last)) => RequestKind::Result,
            Some(Act::Logs(Target::Last)) => RequestKind::Logs,
            Some(Act::List { more, .. }) if more.form == ListForm::Summaries => {
                // Answers may overtake each other: an older list that is answered later is not news.
                self.newest_list = self.newest_list.max(Some(ix));
                return;
            }
            _ => return,
        };
        if let Some(Answer::Rows(rows)) = &exchange.answer
            && let Some(row) = rows.first()
        {
            let request = Request::Read { id: row.record.id };
            let identity = Identity::poll(exchange.identity, 2, 0);
            let Exchange { command, member, namespace, .. } = *exchange;
            self.send(Errand { command, member, identity, namespace, kind, request, binding: None }, log);
        }
    }
}

/// What the tool was after that sent a request that is refused.
fn wished(wish: &Act) -> RequestKind {
    match wish {
        Act::Invoke { wait, .. } => invoke_kind(*wait),
        Act::Get(Target::Id(_) | Target::Made { .. }) => RequestKind::Get,
        Act::Result(Target::Id(_) | Target::Made { .. }) => RequestKind::Result,
        Act::Logs(Target::Id(_) | Target::Made { .. }) => RequestKind::Logs,
        Act::DeleteAction { .. } => RequestKind::DeleteAction,
        Act::FireTrigger { .. } => RequestKind::FireTrigger,
        Act::Entity(act) => {
            let collection = act.collection();
            act.verb().map_or(RequestKind::Namespaces, |verb| RequestKind::Entity { verb, collection })
        }
        // The last record is looked for in a list.
        _ => RequestKind::List,
    }
}

const fn invoke_kind(wait: Wait) -> RequestKind {
    match wait {
        Wait::NonBlocking => RequestKind::InvokeNonBlocking,
        Wait::Blocking => RequestKind::InvokeBlocking,
        Wait::Result => RequestKind::InvokeResult,
    }
}

/// A request before it is sent.
struct Errand {
    command: u32,
    member: u32,
    identity: Identity,
    namespace: NamespaceId,
    kind: RequestKind,
    request: Request,
    binding: Option<BindingId>,
}
