//! From blocking code to the asynchronous client: a thread with a small runtime of its own, so that callers may come from anywhere.

use std::{future::Future, sync::mpsc, thread, time::Duration};

use tokio::{runtime, sync::oneshot};

use crate::{Error, Result};

/// The thread and its runtime; both end when it is dropped.
pub(super) struct Bridge {
    handle: runtime::Handle,
    /// Dropped with the bridge, which tells the thread to end.
    _alive: oneshot::Sender<()>,
}

impl Bridge {
    /// Starts the thread.
    pub(super) fn start() -> Result<Self> {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        let handle = runtime.handle().clone();
        let (alive, ended) = oneshot::channel::<()>();
        thread::Builder::new().name("search-client".to_owned()).spawn(move || {
            // An error means that the sender is gone, which is what we wait for.
            let _ = runtime.block_on(ended);
        })?;
        Ok(Self { handle, _alive: alive })
    }

    /// Does the work there and waits for it here, but not for longer than `patience`.
    pub(super) fn run<T: Send + 'static>(
        &self,
        patience: Duration,
        work: impl Future<Output = T> + Send + 'static,
    ) -> Result<T> {
        let (done, result) = mpsc::channel();
        self.handle.spawn(async move {
            // Nobody listens any more if the caller has gone; then the result is not needed.
            let _ = done.send(tokio::time::timeout(patience, work).await);
        });
        match result.recv() {
            Ok(Ok(result)) => Ok(result),
            Ok(Err(_)) => Err(Error::Unavailable(format!("the search server took longer than {patience:?}"))),
            Err(_) => Err(Error::Unavailable("the search client has ended".to_owned())),
        }
    }
}
