use whiskscope::cluster::place::StoreKind;
use whiskscope::cluster::*;
use whiskscope::recording::*;
use whiskscope::time::Instant;
fn main() {
    let inv = |at: u64, prior: &[Command]| {
        Command::new(
            Instant::from_millis(at),
            "guest",
            Act::Invoke { namespace: "guest".into(), action: "hello".into(), wait: Wait::Blocking, count: 1, gap_us: 0 },
            prior,
        )
    };
    let mut c = vec![];
    c.push(inv(10_000, &c));
    c.push(inv(10_500, &c));
    c.push(Command::new(Instant::from_millis(12_000), "guest", Act::List { name: None, limit: 30, skip: 0 }, &c));
    let store = if std::env::args().nth(1).as_deref() == Some("es") { StoreKind::Elasticsearch } else { StoreKind::CouchDb };
    let run = Run::new(Configuration { store, ..Default::default() }, 7, c);
    let t0 = std::time::Instant::now();
    let tape = Tape::new(run.clone()).unwrap();
    eprintln!("tape {:?} steps {} marks {}", t0.elapsed(), tape.step_count(), tape.marks().len());
    for s in tape.steps_from(0, 500, |w, s| Tape::rank(w, s) < step::Rank::Housekeeping) {
        println!("{:>10} {:?} {:?}", s.at.micros(), s.activation.map(|a| a.0), s.kind);
    }
    let t0 = std::time::Instant::now();
    eprintln!("{} {:?}", digest(&run, Instant::from_millis(60_000)).unwrap(), t0.elapsed());
}
