use crate::recording::Pace;

/// How fast the run plays, as a fraction of its pace: story time at 1×, or the clock at real time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Speed {
    pub numerator: u32,
    pub denominator: u32,
}

impl Speed {
    const fn new(numerator: u32, denominator: u32) -> Self {
        Self { numerator, denominator }
    }

    pub const NORMAL: Self = Self::new(1, 1);

    const STORY: [Self; 5] = [Self::new(1, 4), Self::new(1, 2), Self::NORMAL, Self::new(2, 1), Self::new(4, 1)];
    const CLOCK: [Self; 6] = [Self::new(1, 1_000), Self::new(1, 100), Self::new(1, 10), Self::NORMAL, Self::new(10, 1), Self::new(100, 1)];

    /// Those that a pace offers, slowest first.
    pub const fn choices(pace: Pace) -> &'static [Self] {
        match pace {
            Pace::Story => &Self::STORY,
            Pace::Clock => &Self::CLOCK,
        }
    }

    /// Where a pace begins: the clock at a hundredth, where a Kafka hop can be seen.
    pub const fn first(pace: Pace) -> Self {
        match pace {
            Pace::Story => Self::NORMAL,
            Pace::Clock => Self::new(1, 100),
        }
    }

    /// `elapsed_us` of screen time at this speed, in microseconds, and the remainder in parts of the denominator.
    pub(super) fn scale(self, elapsed_us: u64, remainder: u64) -> (u64, u64) {
        let total = elapsed_us.saturating_mul(self.numerator.into()).saturating_add(remainder);
        let denominator = u64::from(self.denominator.max(1));
        (total / denominator, total % denominator)
    }
}
