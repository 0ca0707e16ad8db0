//! The only door to the time of day. Handlers, actions and workers ask the [`Clock`] they were given, so
//! that a test can stand on any side of a deadline. `clippy.toml` forbids the direct call.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::kit::Instant;

/// Tells the time.
pub trait Clock: Send + Sync + 'static {
    /// Now, in UTC, to the millisecond.
    fn now(&self) -> Instant;
}

/// A clock that everyone holds.
pub type SharedClock = Arc<dyn Clock>;

/// The machine's clock.
#[derive(Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the door")]
    fn now(&self) -> Instant {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Instant::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct FixedClock(AtomicI64);

impl FixedClock {
    pub fn at(instant: Instant) -> Self {
        Self(AtomicI64::new(instant.millis()))
    }

    /// Moves the clock forward (or back, with a negative number).
    pub fn advance_seconds(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1000, Ordering::SeqCst);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Instant {
        Instant::from_millis(self.0.load(Ordering::SeqCst))
    }
}
