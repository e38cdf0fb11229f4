//! The queue of the spreadsheets that wait to be read. At most two are read at once, each on a
//! thread of its own.
//!
//! Nearly every file is read in a moment, and a file that takes long must not keep others waiting.
//! So a first attempt has little time. A file that needs more is read again from the beginning,
//! with all the time that a file may have. Only one second attempt runs at once, so the other
//! thread stays free for first attempts.

use std::sync::Arc;

use registration::spreadsheet::{MAX_SECONDS, Refusal};
use spreadsheet::read::{ReadError, Stop};
use tokio::sync::Semaphore;

use crate::clock::{Clock, Moment};

/// The number of spreadsheets that are read at once; further imports wait.
const IMPORTS_AT_ONCE: usize = 2;
/// The number of second attempts that run at once.
const LONG_IMPORTS_AT_ONCE: usize = 1;
/// The time of a first attempt, in milliseconds.
const FIRST_ATTEMPT_MS: i64 = 1_000;
/// The time of the second attempt, in milliseconds.
const SECOND_ATTEMPT_MS: i64 = MAX_SECONDS as i64 * 1_000;

/// The queue of the spreadsheets that wait to be read. First attempts begin in the order in which
/// the files arrived, and so do second attempts.
#[derive(Debug, Clone)]
pub struct ReadingQueue {
    all: Arc<Semaphore>,
    long: Arc<Semaphore>,
}

impl Default for ReadingQueue {
    fn default() -> Self {
        Self {
            all: Arc::new(Semaphore::new(IMPORTS_AT_ONCE)),
            long: Arc::new(Semaphore::new(LONG_IMPORTS_AT_ONCE)),
        }
    }
}

/// The time limit of one attempt.
#[derive(Clone)]
pub struct TimeLimit {
    clock: Arc<dyn Clock>,
    end: Moment,
}

impl TimeLimit {
    /// Fails if the time is up.
    ///
    /// # Errors
    /// When the time is up; the error is [`Stop::TimeIsUp`].
    pub fn check(&self) -> Result<(), Stop> {
        if self.clock.now() < self.end {
            Ok(())
        } else {
            Err(Stop::TimeIsUp)
        }
    }
}

impl ReadingQueue {
    /// Runs `attempt` in its turn, and once more if the time of the first attempt was too short.
    /// `attempt` must check its time limit often.
    ///
    /// # Errors
    /// The error of `attempt`; [`Refusal::Damaged`] if `attempt` panics.
    pub(crate) async fn run<T: Send + 'static>(
        &self,
        clock: &Arc<dyn Clock>,
        attempt: impl Fn(&TimeLimit) -> Result<T, ReadError> + Send + Sync + 'static,
    ) -> Result<T, ReadError> {
        let attempt = Arc::new(attempt);
        let first = self
            .attempt(clock, FIRST_ATTEMPT_MS, Arc::clone(&attempt))
            .await;
        if !matches!(first, Err(ReadError::Refused(Refusal::TooSlow))) {
            return first;
        }
        self.attempt(clock, SECOND_ATTEMPT_MS, attempt).await
    }

    async fn attempt<T: Send + 'static>(
        &self,
        clock: &Arc<dyn Clock>,
        most_ms: i64,
        attempt: Arc<impl Fn(&TimeLimit) -> Result<T, ReadError> + Send + Sync + 'static>,
    ) -> Result<T, ReadError> {
        // The semaphores are never closed, so a permit always comes.
        let long = if most_ms > FIRST_ATTEMPT_MS {
            Arc::clone(&self.long).acquire_owned().await.ok()
        } else {
            None
        };
        let permit = Arc::clone(&self.all).acquire_owned().await.ok();
        let clock = Arc::clone(clock);
        tokio::task::spawn_blocking(move || {
            // Keep the permits until the thread ends, even if the job was stopped meanwhile.
            let _permits = (long, permit);
            let end = Moment::from_millis(clock.now().millis().saturating_add(most_ms));
            attempt(&TimeLimit { clock, end })
        })
        .await
        .unwrap_or(Err(ReadError::Refused(Refusal::Damaged)))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicI64, Ordering};
    use std::sync::mpsc;

    use tokio::task::JoinHandle;

    use super::*;

    struct StoppedClock(AtomicI64);

    impl StoppedClock {
        fn advance(&self, millis: i64) {
            self.0.fetch_add(millis, Ordering::SeqCst);
        }
    }

    impl Clock for StoppedClock {
        fn now(&self) -> Moment {
            Moment::from_millis(self.0.load(Ordering::SeqCst))
        }
    }

    /// Starts to read a file that is never read in time; reports the beginning of each attempt.
    fn endless(
        queue: &ReadingQueue,
        clock: &Arc<dyn Clock>,
        begins: &mpsc::Sender<()>,
    ) -> JoinHandle<Result<(), ReadError>> {
        let (queue, clock, begins) = (queue.clone(), Arc::clone(clock), begins.clone());
        tokio::spawn(async move {
            let attempt = move |limit: &TimeLimit| {
                begins.send(()).unwrap();
                loop {
                    limit.check()?;
                    std::thread::yield_now();
                }
            };
            queue.run(&clock, attempt).await
        })
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn files_that_take_long_leave_a_thread_for_the_others() {
        let stopped = Arc::new(StoppedClock(AtomicI64::new(0)));
        let clock: Arc<dyn Clock> = Arc::clone(&stopped) as _;
        let queue = ReadingQueue::default();
        let (begins, began) = mpsc::channel();
        let long: Vec<_> = (0..3).map(|_| endless(&queue, &clock, &begins)).collect();
        // Two first attempts begin at once. Once their time is up, the third file's first attempt
        // begins beside the second attempt of one of them.
        for began_since in [2, 2] {
            for _ in 0..began_since {
                began.recv().unwrap();
            }
            stopped.advance(FIRST_ATTEMPT_MS);
        }
        for number in 0..20 {
            let read = queue.run(&clock, move |_| Ok(number)).await;
            assert_eq!(read, Ok(number));
        }
        assert!(long.iter().all(|file| !file.is_finished()));
        // The second attempts run one after the other, each until its time is up.
        for _ in 0..2 {
            stopped.advance(SECOND_ATTEMPT_MS);
            began.recv().unwrap();
        }
        stopped.advance(SECOND_ATTEMPT_MS);
        for file in long {
            let read = file.await.unwrap();
            assert_eq!(read, Err(ReadError::Refused(Refusal::TooSlow)));
        }
    }

    #[tokio::test]
    async fn a_refusal_or_a_panic_ends_the_reading_at_once() {
        let clock: Arc<dyn Clock> = Arc::new(StoppedClock(AtomicI64::new(0)));
        let queue = ReadingQueue::default();
        let refused = ReadError::Refused(Refusal::NoRows);
        let of_attempt = refused.clone();
        let read = queue.run(&clock, move |_| Err::<(), _>(of_attempt.clone()));
        assert_eq!(read.await, Err(refused));
        let read = queue.run(&clock, |_| -> Result<(), ReadError> { panic!("broken") });
        assert_eq!(read.await, Err(ReadError::Refused(Refusal::Damaged)));
        assert_eq!(queue.all.available_permits(), IMPORTS_AT_ONCE);
    }
}
