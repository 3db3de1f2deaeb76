//! Threads: sources come from one thread, are worked on by many, and what becomes of them is taken in the sources' order.
//!
//! Only a window of sources is under way at a time, counted in sources and in the bytes that they hold, so memory does not
//! grow with the input, and a container is read while its records are worked on. The number of threads cannot show in what
//! comes out.

use crate::error::Error;
use crate::intake::{Roots, Source};
use crate::run::Stop;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::mpsc::channel;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// How many sources are under way for each thread. An article takes a millisecond; a long one must not hold up the rest.
/// The window of the tests is narrow, so that the finder waits for room at most moments.
const PER_THREAD: usize = if cfg!(test) { 1 } else { 64 };

/// How many sources at most, and bytes out of containers, are handed over at a time: threads that are woken for each article
/// of 3 KB take a tenth more of processor time in all.
const BATCH: (usize, usize) = (if cfg!(test) { 3 } else { 16 }, 256 << 10);

/// How many batches for each thread the sources before a batch would make. A run of few files begins with single ones, so
/// that every thread has work.
const GROWTH: u64 = 8;

/// How many bytes out of containers are under way. One source may be larger, and is then alone.
const MOST_BYTES: usize = 16 << 20;

/// The stack of a worker: pages nest deeply.
const STACK: usize = 16 << 20;

/// Sources that are under way, between the thread that finds them and the one that takes the results.
struct Window {
    state: Mutex<State>,
    changed: Condvar,
    most: usize,
}

#[derive(Default)]
struct State {
    sources: usize,
    bytes: usize,
    closed: bool,
}

impl Window {
    fn state(&self) -> MutexGuard<'_, State> {
        // The counts are whole whatever thread failed while it held them.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for room; `false` if no more is wanted.
    fn enter(&self, sources: usize, bytes: usize) -> bool {
        let full = |state: &mut State| {
            !state.closed && state.sources > 0 && (state.sources >= self.most || state.bytes + bytes > MOST_BYTES)
        };
        let mut state = self.changed.wait_while(self.state(), full).unwrap_or_else(PoisonError::into_inner);
        state.sources += sources;
        state.bytes += bytes;
        !state.closed
    }

    fn leave(&self, sources: usize, bytes: usize) {
        let mut state = self.state();
        state.sources -= sources;
        state.bytes -= bytes;
        self.changed.notify_one();
    }

    fn close(&self) {
        self.state().closed = true;
        self.changed.notify_one();
    }
}

/// Sources that stand one behind the other and are worked on by one thread.
#[derive(Default)]
struct Batch {
    /// The number of its first source.
    first: u64,
    bytes: usize,
    sources: Vec<Source>,
}

impl Batch {
    fn add(&mut self, source: Source) {
        self.bytes += source.size();
        self.sources.push(source);
    }

    /// Whether a source of `bytes` has room in it.
    fn has_room(&self, bytes: usize) -> bool {
        self.sources.is_empty() || self.bytes + bytes <= BATCH.1
    }

    /// Whether it need not wait for more.
    fn is_full(&self, threads: usize) -> bool {
        let most = usize::try_from(self.first / (GROWTH * threads as u64)).unwrap_or(BATCH.0).clamp(1, BATCH.0);
        self.sources.len() >= most || self.bytes >= BATCH.1
    }

    /// The batch; what stays begins behind it.
    fn take(&mut self) -> Batch {
        let next = Batch { first: self.first + self.sources.len() as u64, ..Batch::default() };
        std::mem::replace(self, next)
    }
}

/// Closes the window when the taker is done, whatever way, lest the finder wait for ever.
struct CloseAtEnd<'a>(&'a Window);

impl Drop for CloseAtEnd<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// Gives each source and its number, from 0, to `work` on `threads` threads (0 for one each core), and the results in the
/// order of the sources to `take`. Ends early, without an error, when `stop` is asked for.
///
/// # Errors
/// [`Error::Usage`] if the threads cannot be had, or what `take` returns; nothing more is taken then.
pub fn each_source<T: Send>(
    roots: &Roots,
    threads: usize,
    stop: &Stop,
    work: impl Fn(u64, Source) -> T + Sync,
    mut take: impl FnMut(T) -> Result<(), Error>,
) -> Result<(), Error> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK).build();
    let pool = pool.map_err(|error| Error::Usage(format!("{threads} threads: {error}")))?;
    let threads = pool.current_num_threads();
    let most = PER_THREAD * threads;
    let window = Window { state: Mutex::default(), changed: Condvar::new(), most };
    let (give, given) = channel::<Batch>();
    let (done, results) = channel::<(u64, (usize, usize), Vec<T>)>();
    std::thread::scope(|scope| {
        let _close = CloseAtEnd(&window);
        let (window, work) = (&window, &work);
        scope.spawn(move || {
            let mut batch = Batch::default();
            // A closed channel says that the workers are gone, which only a stopped run can bring about.
            let hand_over = |batch: Batch| {
                let wanted = window.enter(batch.sources.len(), batch.bytes) && !stop.is_asked();
                if wanted && give.send(batch).is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            };
            let flow = roots.each(&mut |source| {
                if !batch.has_room(source.size()) {
                    hand_over(batch.take())?;
                }
                batch.add(source);
                if batch.is_full(threads) { hand_over(batch.take()) } else { ControlFlow::Continue(()) }
            });
            if flow.is_continue() && !batch.sources.is_empty() {
                let _ = hand_over(batch);
            }
        });
        scope.spawn(move || {
            pool.install(|| {
                given.into_iter().par_bridge().for_each_with(done, |done, batch| {
                    let size = (batch.sources.len(), batch.bytes);
                    let mut made = Vec::with_capacity(size.0);
                    for (number, source) in (batch.first..).zip(batch.sources) {
                        if stop.is_asked() {
                            // What is dropped here never leaves the window; the finder must not wait for its room.
                            window.close();
                            break;
                        }
                        made.push(work(number, source));
                    }
                    // The taker is gone only when it met an error, which it has told.
                    let _ = done.send((batch.first, size, made));
                });
            });
        });
        let (mut waiting, mut next) = (BTreeMap::new(), 0);
        for (first, size, made) in results {
            waiting.insert(first, (size, made));
            while let Some(((sources, bytes), made)) = waiting.remove(&next) {
                let is_whole = made.len() == sources;
                made.into_iter().try_for_each(&mut take)?;
                if !is_whole {
                    // The run was stopped within it: what other threads have done behind it would leave a gap.
                    return Ok(());
                }
                window.leave(sources, bytes);
                next += sources as u64;
            }
        }
        Ok(())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::Inputs;

    fn folder(count: usize) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for number in 0..count {
            std::fs::write(folder.path().join(format!("{number:04}.txt")), "x").unwrap();
        }
        folder
    }

    #[test]
    fn results_come_in_order_and_all_of_them() {
        let folder = folder(500);
        let inputs = Inputs::of(&[folder.path().to_owned()]);
        for threads in [1, 2, 7] {
            let mut ids = Vec::new();
            let work = |number, source: Source| {
                // Early sources take longest, so that later ones wait for them.
                std::thread::sleep(std::time::Duration::from_micros(if number % 50 == 0 { 2000 } else { 10 }));
                source.id
            };
            each_source(&inputs.roots().unwrap(), threads, &Stop::default(), work, |id| {
                ids.push(id);
                Ok(())
            })
            .unwrap();
            assert_eq!(ids.len(), 500);
            assert!(ids.is_sorted());
        }
    }

    #[test]
    fn batches_grow_and_a_large_source_is_alone() {
        let source = |bytes: usize| {
            let enclosed = crate::intake::Enclosed { bytes: vec![0; bytes], ..Default::default() };
            Source { id: String::new(), content: crate::intake::Content::Bytes(Box::new(enclosed)) }
        };
        let mut batch = Batch::default();
        let mut sizes = Vec::new();
        for _ in 0..200 {
            batch.add(source(1));
            if batch.is_full(2) {
                sizes.push(batch.take().sources.len());
            }
        }
        assert!(sizes.is_sorted() && sizes[..16].iter().all(|size| *size == 1), "{sizes:?}");
        assert_eq!(sizes.last(), Some(&BATCH.0));
        let mut batch = Batch { first: 1000, ..Batch::default() };
        assert!(batch.has_room(BATCH.1 + 1));
        batch.add(source(1));
        assert!(!batch.is_full(2) && !batch.has_room(BATCH.1) && batch.has_room(BATCH.1 - 1));
    }

    #[test]
    fn an_error_of_the_taker_ends_the_flow() {
        let folder = folder(500);
        let inputs = Inputs::of(&[folder.path().to_owned()]);
        let mut taken = 0;
        let result = each_source(
            &inputs.roots().unwrap(),
            2,
            &Stop::default(),
            |_, _| (),
            |()| {
                taken += 1;
                if taken == 3 { Err(Error::Usage("full".into())) } else { Ok(()) }
            },
        );
        assert!(result.is_err());
        assert_eq!(taken, 3);
    }

    #[test]
    fn a_stop_leaves_a_beginning() {
        let folder = folder(2000);
        let inputs = Inputs::of(&[folder.path().to_owned()]);
        let stop = Stop::default();
        let mut taken = Vec::new();
        each_source(
            &inputs.roots().unwrap(),
            2,
            &stop,
            |number, _| number,
            |number| {
                taken.push(number);
                if taken.len() == 10 {
                    stop.ask(2);
                }
                Ok(())
            },
        )
        .unwrap();
        assert!(taken.len() >= 10 && taken.len() < 2000);
        assert_eq!(taken, (0..taken.len() as u64).collect::<Vec<_>>());
    }

    #[test]
    fn a_stop_at_any_moment_ends_the_flow() {
        let folder = folder(1000);
        let roots = Inputs::of(&[folder.path().to_owned()]);
        let (tell, told) = channel();
        std::thread::spawn(move || {
            for moment in 0..300 {
                let stop = Stop::default();
                std::thread::scope(|scope| {
                    scope.spawn(|| {
                        std::thread::sleep(std::time::Duration::from_micros(300 + moment * 20));
                        stop.ask(2);
                    });
                    let work = |_, _| std::thread::sleep(std::time::Duration::from_micros(5));
                    each_source(&roots.roots().unwrap(), 2, &stop, work, |()| Ok(())).unwrap();
                });
                tell.send(moment).unwrap();
            }
        });
        for moment in 0..300 {
            let ended = told.recv_timeout(std::time::Duration::from_secs(20));
            assert_eq!(ended, Ok(moment), "a stop while the finder waited for room");
        }
    }
}
