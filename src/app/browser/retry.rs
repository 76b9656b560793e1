//! When to try again: full jitter between 1 s and 60 s, never before the server said, woken by the network.

use super::failure::{Failure, Retry};
use super::page::{self, Listening};
use super::promise::{self, Latch};
use super::random;
use std::rc::Rc;

/// Milliseconds to wait before the attempt after `attempt` (the first is 0), with `random` from 0 to 1.
///
/// The ceiling doubles from 1 s to 60 s; the wait is drawn between nothing and the ceiling, and is never shorter than a
/// quarter of a second or than what the server asked for.
#[must_use]
pub fn delay_ms(attempt: u32, random: f64, hint: Retry) -> u32 {
    let ceiling = 1000_u32.checked_shl(attempt.min(6)).unwrap_or(60_000).min(60_000);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 0 to 60,000")]
    let drawn = ((f64::from(ceiling) * random.clamp(0.0, 1.0)) as u32).max(250);
    match hint {
        Retry::Soon => drawn,
        Retry::NotBefore { seconds } => seconds.min(3600).saturating_mul(1000).saturating_add(drawn),
    }
}

/// Waits before the attempt after `attempt`; true when it makes sense to try again.
///
/// Becoming visible or online ends the wait, unless the server asked for it.
pub async fn wait(attempt: u32, failure: &Failure) -> bool {
    let Some(hint) = failure.retryable() else {
        return false;
    };
    Nap::new().sleep(delay_ms(attempt, random::fraction(), hint), hint == Retry::Soon).await;
    true
}

/// A wait that can be ended.
pub(super) struct Nap {
    latch: Rc<Latch>,
}

impl Nap {
    pub(super) fn new() -> Self {
        Self { latch: Rc::new(Latch::new()) }
    }

    /// Ends it.
    pub(super) fn alarm(&self) -> Rc<Latch> {
        self.latch.clone()
    }

    /// Sleeps; the network or the eye of the person ends it where `wakeable`.
    pub(super) async fn sleep(self, milliseconds: u32, wakeable: bool) {
        let _listening: [Option<Listening>; 2] = if wakeable {
            let online = self.latch.clone();
            let visible = self.latch.clone();
            [
                page::on_window("online", move |_| online.open()),
                page::on_document("visibilitychange", move |_| {
                    if page::visible() {
                        visible.open();
                    }
                }),
            ]
        } else {
            [None, None]
        };
        let _ = promise::within(self.latch.promise(), milliseconds).await;
    }
}

#[cfg(test)]
mod tests {
    use super::delay_ms;
    use crate::browser::failure::Retry;

    #[test]
    fn the_ceiling_doubles_from_one_second_to_sixty() {
        let ceilings: Vec<u32> = (0..9).map(|attempt| delay_ms(attempt, 1.0, Retry::Soon)).collect();
        assert_eq!(ceilings, [1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000]);
    }

    #[test]
    fn the_wait_is_drawn_below_the_ceiling_but_never_hammers() {
        assert_eq!(delay_ms(3, 0.5, Retry::Soon), 4000);
        assert_eq!(delay_ms(3, 0.0, Retry::Soon), 250);
        assert_eq!(delay_ms(u32::MAX, 2.0, Retry::Soon), 60_000);
    }

    #[test]
    fn what_the_server_asked_for_is_never_undercut() {
        for random in [0.0, 0.3, 1.0] {
            assert!(delay_ms(0, random, Retry::NotBefore { seconds: 30 }) >= 30_000);
        }
    }
}
