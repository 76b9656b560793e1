//! How much of a file to send at once, and how long the rest will take: from what was measured, nothing else.

use std::collections::VecDeque;

/// Least chunk in bytes; also the first, since nothing is known of the link yet.
pub(super) const LEAST_CHUNK: u32 = 64 * 1024;
/// Largest chunk in bytes.
const LARGEST_CHUNK: u32 = 1024 * 1024;
/// A chunk should take so long: short enough to lose little, long enough to spend little on round trips.
const CHUNK_MS: u64 = 1_500;

/// The size of the next chunk, from how long the last one took: about a second and a half, at most twice as much as
/// before, in steps of 64 KiB. The short end of a file tells little of the link: it changes nothing.
#[must_use]
pub(super) fn next_chunk(before: u32, bytes: u32, milliseconds: u64) -> u32 {
    if bytes < before {
        return before;
    }
    let wanted = u64::from(bytes) * CHUNK_MS / milliseconds.max(1);
    let wanted = wanted.min(u64::from(before) * 2).min(u64::from(LARGEST_CHUNK));
    let wanted = u32::try_from(wanted).unwrap_or(LARGEST_CHUNK);
    (wanted / LEAST_CHUNK * LEAST_CHUNK).max(LEAST_CHUNK)
}

/// The size of the next chunk after a failure.
#[must_use]
pub(super) fn smaller_chunk(before: u32) -> u32 {
    (before / 2 / LEAST_CHUNK * LEAST_CHUNK).max(LEAST_CHUNK)
}

/// How fast bytes go, over the last half minute.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speed {
    /// When (milliseconds of any clock) and how many bytes were sent by then, oldest first.
    samples: VecDeque<(u64, u64)>,
}

impl Speed {
    const WINDOW_MS: u64 = 30_000;
    const LEAST_MS: u64 = 2_000;
    const MOST_SAMPLES: usize = 64;

    /// So many bytes in all were sent by now. Fewer than before (a file was taken back), or a clock that was set back,
    /// begin anew.
    pub fn note(&mut self, now_ms: u64, sent: u64) {
        if self.samples.back().is_some_and(|(at, before)| *before > sent || *at > now_ms) {
            self.samples.clear();
        }
        self.samples.push_back((now_ms, sent));
        while self.samples.len() > Self::MOST_SAMPLES
            || self.samples.front().is_some_and(|(at, _)| now_ms - at > Self::WINDOW_MS)
        {
            self.samples.pop_front();
        }
    }

    /// Seconds that `left` bytes will take, rounded up; none while too little was seen.
    #[must_use]
    pub fn seconds_left(&self, left: u64) -> Option<u32> {
        let (first, last) = (self.samples.front()?, self.samples.back()?);
        let (milliseconds, bytes) = (last.0 - first.0, last.1 - first.1);
        if milliseconds < Self::LEAST_MS || bytes == 0 {
            return None;
        }
        let seconds = (u128::from(left) * u128::from(milliseconds)).div_ceil(u128::from(bytes) * 1_000);
        u32::try_from(seconds).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::{Speed, next_chunk, smaller_chunk};

    const KIB: u32 = 1024;

    #[test]
    fn a_chunk_takes_about_a_second_and_a_half() {
        for (before, bytes, milliseconds, expected) in [
            (256 * KIB, 256 * KIB, 5_000, 64 * KIB),
            (256 * KIB, 256 * KIB, 1_500, 256 * KIB),
            (256 * KIB, 256 * KIB, 100, 512 * KIB),
            (1024 * KIB, 1024 * KIB, 1, 1024 * KIB),
            (64 * KIB, 64 * KIB, 60_000, 64 * KIB),
            (512 * KIB, 512 * KIB, 2_100, 320 * KIB),
            (64 * KIB, 64 * KIB, 0, 128 * KIB),
        ] {
            assert_eq!(next_chunk(before, bytes, milliseconds), expected, "{bytes} in {milliseconds} ms");
        }
    }

    #[test]
    fn the_short_end_of_a_file_changes_nothing() {
        assert_eq!(next_chunk(512 * KIB, 3_000, 400), 512 * KIB);
        assert_eq!(next_chunk(64 * KIB, 1, 0), 64 * KIB);
    }

    #[test]
    fn a_failure_halves_the_chunk_down_to_the_least() {
        assert_eq!(smaller_chunk(1024 * KIB), 512 * KIB);
        assert_eq!(smaller_chunk(320 * KIB), 128 * KIB);
        assert_eq!(smaller_chunk(64 * KIB), 64 * KIB);
    }

    #[track_caller]
    fn check(samples: &[(u64, u64)], left: u64, expected: Option<u32>) {
        let mut speed = Speed::default();
        for (at, sent) in samples {
            speed.note(*at, *sent);
        }
        assert_eq!(speed.seconds_left(left), expected);
    }

    #[test]
    fn the_rest_takes_as_long_as_the_last_half_minute_says() {
        check(&[(0, 0), (2_000, 100_000)], 100_000, Some(2));
        check(&[(0, 0), (2_000, 100_000)], 100_001, Some(3));
        check(&[(0, 0), (2_000, 100_000)], 0, Some(0));
        // The fast beginning has left the window.
        check(&[(0, 0), (1_000, 1_000_000), (32_000, 1_031_000), (42_000, 1_041_000)], 10_000, Some(10));
    }

    #[test]
    fn nothing_is_said_while_too_little_was_seen() {
        check(&[], 1, None);
        check(&[(0, 0)], 1, None);
        check(&[(0, 0), (1_999, 9)], 1, None);
        check(&[(0, 7), (9_000, 7)], 1, None);
        check(&[(0, 0), (2_000, 1)], u64::MAX, None);
    }

    #[test]
    fn a_file_taken_back_and_a_clock_set_back_begin_anew() {
        check(&[(0, 0), (5_000, 500), (6_000, 100)], 1, None);
        check(&[(9_000, 0), (15_000, 500), (1_000, 600)], 1, None);
    }
}
