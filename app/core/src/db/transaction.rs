//! What a use case holds while it works: a consistent state to read, or a transaction to write in, with its time and chance.

use std::{
    ops::{Deref, DerefMut},
    sync::Arc,
};

use diesel::connection::{AnsiTransactionManager, TransactionManager};

use super::{
    AnyConnection,
    connection::Manager,
    connection::Purpose,
    each_backend, migrate,
    outbox::{self, Act, Entry, Job},
    schema::visibility_generation,
};
use crate::{
    Result,
    clock::{Clock, Day, Quarter, Timestamp},
    ids::MemberId,
    random::Random,
};

/// Who writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A member of staff, by id and public alias.
    Member {
        /// The id.
        id: MemberId,
        /// The alias that the log shows.
        alias: String,
    },
    /// Whoever sits at the server's command line.
    CommandLine,
    /// The program itself: jobs, schedules, the first start.
    System,
}

impl Actor {
    /// The name that the log shows.
    #[must_use]
    pub fn alias(&self) -> &str {
        match self {
            Self::Member { alias, .. } => alias,
            Self::CommandLine => "command line",
            Self::System => "casebook",
        }
    }
}

/// One consistent state of the data.
pub struct Reading {
    connection: r2d2::PooledConnection<Manager>,
    now: Timestamp,
    random: Arc<dyn Random>,
}

impl Reading {
    pub(super) fn begin(
        mut connection: r2d2::PooledConnection<Manager>,
        purpose: Purpose,
        clock: Arc<dyn Clock>,
        random: Arc<dyn Random>,
    ) -> Result<Self> {
        match (&mut *connection, purpose) {
            (AnyConnection::Sqlite(c), Purpose::Read) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN")?,
            // IMMEDIATE takes the write lock at once, so that a transaction cannot fail half-way for having read first.
            (AnyConnection::Sqlite(c), Purpose::Write) => {
                AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?
            }
            #[cfg(feature = "postgres")]
            (AnyConnection::Postgres(c), Purpose::Read) => {
                AnsiTransactionManager::begin_transaction_sql(c, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
            }
            #[cfg(feature = "postgres")]
            (AnyConnection::Postgres(c), Purpose::Write) => AnsiTransactionManager::begin_transaction(c)?,
        }
        Ok(Self { connection, now: clock.now(), random })
    }

    /// The moment at which the transaction began, in UTC.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The day on which the transaction began, in UTC.
    #[must_use]
    pub fn today(&self) -> Day {
        self.now.date()
    }

    /// The quarter in which the transaction began.
    #[must_use]
    pub fn quarter(&self) -> Quarter {
        Quarter::of(self.today())
    }

    /// Where chance comes from.
    #[must_use]
    pub fn random(&self) -> &dyn Random {
        &*self.random
    }

    /// How often what is public has changed.
    ///
    /// # Errors
    /// Those of the database.
    pub fn visibility_generation(&mut self) -> Result<i64> {
        use diesel::prelude::*;
        Ok(visibility_generation::table.select(visibility_generation::generation).first(self.conn())?)
    }

    /// The last migration that has run.
    ///
    /// # Errors
    /// Those of the database.
    pub fn migration(&mut self) -> Result<String> {
        migrate::last(self.conn())
    }

    /// The connection, for stores.
    pub(crate) fn conn(&mut self) -> &mut AnyConnection {
        &mut self.connection
    }

    pub(super) fn rollback(&mut self) {
        // A failed roll-back marks the connection as broken, and the pool drops it.
        let _ = each_backend!(&mut *self.connection, |c| AnsiTransactionManager::rollback_transaction(c));
    }

    fn commit(&mut self) -> Result<()> {
        Ok(each_backend!(&mut *self.connection, |c| AnsiTransactionManager::commit_transaction(c))?)
    }
}

impl Drop for Reading {
    /// A panic between begin and end must not leave the transaction open on a connection that others will use.
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.rollback();
        }
    }
}

/// A transaction that can change rows, but leaves neither audit line nor job: all that an act of a contributor may do.
pub struct Unrecorded {
    reading: Reading,
}

impl Unrecorded {
    pub(super) fn new(reading: Reading) -> Self {
        Self { reading }
    }

    pub(super) fn commit(mut self) -> Result<()> {
        self.reading.commit()
    }

    pub(super) fn rollback(&mut self) {
        self.reading.rollback();
    }
}

impl Deref for Unrecorded {
    type Target = Reading;
    fn deref(&self) -> &Reading {
        &self.reading
    }
}

impl DerefMut for Unrecorded {
    fn deref_mut(&mut self) -> &mut Reading {
        &mut self.reading
    }
}

/// A transaction of staff or of the program, in which rows, audit lines and jobs come to be together.
pub struct Writing {
    unrecorded: Unrecorded,
    actor: Actor,
    acts: Vec<Entry>,
    generation: Option<i64>,
}

impl Writing {
    pub(super) fn new(unrecorded: Unrecorded, actor: Actor) -> Self {
        Self { unrecorded, actor, acts: Vec::new(), generation: None }
    }

    /// Who writes.
    #[must_use]
    pub fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Writes a line into the chain of what was done, as the last step of the transaction.
    pub fn record(&mut self, act: &impl Act) {
        self.acts.push(act.entry());
    }

    /// Leaves work to be done after the commit.
    ///
    /// # Errors
    /// Those of the database.
    pub fn enqueue<J: Job>(&mut self, job: &J) -> Result<()> {
        outbox::enqueue(self, job)
    }

    /// Says that what is public changes by this transaction, and gives the number of the change. Other transactions that change what is
    /// public wait until this one ends.
    ///
    /// # Errors
    /// Those of the database.
    pub fn change_public(&mut self) -> Result<i64> {
        use diesel::prelude::*;
        if let Some(generation) = self.generation {
            return Ok(generation);
        }
        diesel::update(visibility_generation::table)
            .set(visibility_generation::generation.eq(visibility_generation::generation + 1))
            .execute(self.conn())?;
        let generation = self.visibility_generation()?;
        self.generation = Some(generation);
        Ok(generation)
    }

    pub(super) fn commit(mut self) -> Result<()> {
        let written = self.write_last_steps();
        match written {
            Ok(()) => self.unrecorded.commit(),
            Err(error) => {
                self.rollback();
                Err(error)
            }
        }
    }

    fn write_last_steps(&mut self) -> Result<()> {
        let acts = std::mem::take(&mut self.acts);
        let actor = self.actor.alias().to_owned();
        outbox::append(&mut self.unrecorded, &actor, acts)
    }

    pub(super) fn rollback(&mut self) {
        self.unrecorded.rollback();
    }
}

impl Deref for Writing {
    type Target = Unrecorded;
    fn deref(&self) -> &Unrecorded {
        &self.unrecorded
    }
}

impl DerefMut for Writing {
    fn deref_mut(&mut self) -> &mut Unrecorded {
        &mut self.unrecorded
    }
}
