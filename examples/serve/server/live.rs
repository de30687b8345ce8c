//! A world that is played in step with the clock, and asked while it plays.

use super::{Api, errors};
use hyper::{Request, Response};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;
use tokio::sync::{Notify, oneshot};
use tokio::time::Instant as Clock;
use whiskscope::cluster::place::{ExchangeIx, StoreKind};
use whiskscope::cluster::{Act, CurlOutput, StepLog, WireRequest, World};
use whiskscope::http;
use whiskscope::http::openwhisk::{Routed, read, refused_transaction};
use whiskscope::recording::Run;
use whiskscope::time::{Instant, Span};

/// The latest that a cluster has booted, in seconds.
const BOOT_MAX: u64 = 300;
/// The longest that the world waits before it looks at the clock again.
const NAP_MAX: Duration = Duration::from_millis(200);

type Answer = Option<Response<Vec<u8>>>;

/// The world and those who wait for its answers.
pub struct Live {
    world: RefCell<World>,
    waiting: RefCell<Vec<(ExchangeIx, oneshot::Sender<Answer>)>>,
    /// The instant of the world at which the clock was started.
    from: Instant,
    clock: Cell<Option<Clock>>,
    speed: f64,
    news: Notify,
    refused: Cell<u64>,
}

impl Live {
    /// Plays a run past its boot and its last command. The clock starts with the first who asks or drives.
    pub fn new(run: &Run, speed: f64) -> Result<Rc<Self>, String> {
        run.check().map_err(|error| error.to_string())?;
        let mut world = run.world();
        let mut log = StepLog::default();
        let mut until = run.commands.last().map_or(Instant::START, |command| command.at);
        world.advance(until, &mut log);
        for _ in 0..BOOT_MAX {
            if world.is_booted() {
                break;
            }
            until += Span::from_secs(1);
            world.advance(until, &mut log);
        }
        Ok(Rc::new(Self {
            from: world.now(),
            world: RefCell::new(world),
            waiting: RefCell::default(),
            clock: Cell::new(None),
            speed,
            news: Notify::new(),
            refused: Cell::new(0),
        }))
    }

    /// How old the cluster is, in simulated seconds.
    pub fn age_secs(&self) -> f64 {
        self.world.borrow().now().micros() as f64 / 1e6
    }

    fn clock(&self) -> Clock {
        let clock = self.clock.get().unwrap_or_else(Clock::now);
        self.clock.set(Some(clock));
        clock
    }

    /// Moves the world to where the clock is, and hands out the answers that have arrived.
    fn catch_up(&self) {
        let gone = self.clock().elapsed().as_micros() as f64 * self.speed;
        let mut world = self.world.borrow_mut();
        // What is under way arrives at its own instant, and no later.
        world.advance(self.from + Span::from_micros(gone as u64), &mut StepLog::default());
        self.waiting.borrow_mut().retain_mut(|(ix, sender)| {
            let Some(exchange) = world.exchange(*ix).filter(|exchange| exchange.answered.is_some()) else { return !sender.is_closed() };
            let (ended, _) = oneshot::channel();
            // Whoever asked may be gone.
            let _ = std::mem::replace(sender, ended).send(http::answer(&world, exchange));
            false
        });
    }

    /// Plays on for ever.
    pub async fn drive(&self) {
        loop {
            self.catch_up();
            let (now, due) = (self.world.borrow().now(), self.world.borrow().next_due());
            let wait = due.map_or(NAP_MAX, |due| Duration::from_secs_f64(due.since(now).micros() as f64 / 1e6 / self.speed));
            tokio::select! {
                () = tokio::time::sleep(wait.min(NAP_MAX)) => {}
                () = self.news.notified() => {}
            }
        }
    }

    /// The id of a transaction that the cluster does not hear of.
    pub fn transaction(&self) -> String {
        self.refused.set(self.refused.get() + 1);
        refused_transaction(self.refused.get())
    }

    /// Asks, and waits for the answer; `None` where none comes and the connection breaks.
    pub async fn ask(&self, api: Api, request: Request<Vec<u8>>) -> Answer {
        let (user, act) = match self.act(api, &request) {
            Ok(act) => act,
            Err(refused) => return Some(*refused),
        };
        self.catch_up();
        let exchange = self.world.borrow_mut().give_now(&user, act, &mut StepLog::default())?;
        let (sender, answer) = oneshot::channel();
        self.waiting.borrow_mut().push((exchange, sender));
        self.news.notify_one();
        answer.await.ok().flatten()
    }

    fn act(&self, api: Api, request: &Request<Vec<u8>>) -> Result<(String, Act), Box<Response<Vec<u8>>>> {
        let store = match api {
            Api::OpenWhisk => {
                let routed = read(request, self.world.borrow().catalogue());
                if let Some(response) = routed.response(&self.transaction()) {
                    return Err(Box::new(response));
                }
                return match routed {
                    Routed::Act { user, act } => Ok((user, act)),
                    _ => Err(Box::new(errors::unreadable(api, "this leads nowhere"))),
                };
            }
            Api::CouchDb => StoreKind::CouchDb,
            Api::Elasticsearch => StoreKind::Elasticsearch,
        };
        let request = WireRequest::of_http(request).map_err(|error| Box::new(errors::unreadable(api, &error.to_string())))?;
        Ok(("guest".to_owned(), Act::Ask { store, request, output: CurlOutput::default() }))
    }
}
