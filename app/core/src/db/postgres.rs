//! PostgreSQL's own tools: `pg_dump` and `pg_restore`, as they are installed, and databases for trying out a copy.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use data_encoding::HEXLOWER;
use diesel::{
    Connection, PgConnection, QueryableByName, RunQueryDsl, connection::SimpleConnection, sql_query, sql_types,
};
use url::Url;

use super::{AnyConnection, content, copy::Copied};
use crate::{Error, Result, random::Random};

#[derive(QueryableByName)]
struct Named {
    #[diesel(sql_type = sql_types::Text)]
    name: String,
}

/// A connection without pool.
pub(super) fn connect(url: &str) -> Result<AnyConnection> {
    PgConnection::establish(url).map(AnyConnection::Postgres).map_err(|error| Error::Unavailable(error.to_string()))
}

fn named(connection: &mut AnyConnection, query: &str) -> Result<String> {
    match connection {
        AnyConnection::Postgres(c) => Ok(sql_query(query).get_result::<Named>(c)?.name),
        AnyConnection::Sqlite(_) => Err(Error::unexpected("not a connection to PostgreSQL")),
    }
}

fn execute(connection: &mut AnyConnection, statement: &str) -> Result<()> {
    Ok(connection.batch_execute(statement)?)
}

/// Dumps the state that the transaction of `connection` sees, and tells what it holds.
pub(super) fn dump(
    url: &str,
    connection: &mut AnyConnection,
    file: &Path,
    progress: &mut dyn FnMut(&str),
) -> Result<Copied> {
    let schema = named(connection, "SELECT current_schema()::text AS name")?;
    let snapshot = named(connection, "SELECT pg_export_snapshot() AS name")?;
    let mut command = tool("pg_dump", url)?;
    command.args(["--format=custom", "--no-owner", "--no-privileges"]);
    command.arg(format!("--snapshot={snapshot}")).arg(format!("--schema=\"{schema}\"")).arg("--file").arg(file);
    run(command, "pg_dump")?;
    Ok(Copied { content: content::of(connection, progress)?, schema: Some(schema) })
}

/// Puts a dump in place, in one transaction.
pub(super) fn restore(url: &str, schema: &str, file: &Path) -> Result<()> {
    let mut connection = connect(url)?;
    execute(&mut connection, &format!("CREATE SCHEMA IF NOT EXISTS \"{schema}\""))?;
    let here = named(&mut connection, "SELECT coalesce(current_schema()::text, '') AS name")?;
    if here != schema {
        return Err(Error::Config(format!(
            "the back-up's tables lie in the schema {schema}, but database.url leads to the schema {here}: set search_path in it"
        )));
    }
    let mut command = tool("pg_restore", url)?;
    command.args(["--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges"]);
    // Restricted to the schema, it does not try to make the schema itself, which is there.
    command.arg(format!("--schema={schema}")).arg(file);
    run(command, "pg_restore")
}

/// Drops every table of the schema that the address leads to.
pub(super) fn drop_tables(url: &str) -> Result<()> {
    let mut connection = connect(url)?;
    let tables = named(
        &mut connection,
        "SELECT coalesce(string_agg(format('%I', table_name), ', '), '') AS name FROM information_schema.tables \
         WHERE table_schema = current_schema()",
    )?;
    if tables.is_empty() { Ok(()) } else { execute(&mut connection, &format!("DROP TABLE {tables} CASCADE")) }
}

/// The tool with the address; the password goes by the environment, since everybody on the machine can see arguments.
fn tool(name: &str, url: &str) -> Result<Command> {
    let mut address = Url::parse(url).map_err(|error| Error::Config(format!("database.url: {error}")))?;
    let mut command = Command::new(name);
    let pairs: Vec<(String, String)> = address.query_pairs().into_owned().collect();
    let in_query = pairs.iter().find(|(key, _)| key == "password").map(|(_, value)| value.clone());
    let before_host = address.password().map(percent_decoded);
    if let Some(password) = in_query.or(before_host) {
        command.env("PGPASSWORD", password);
        let _ = address.set_password(None);
        let kept: Vec<String> = address
            .query()
            .unwrap_or_default()
            .split('&')
            .filter(|pair| !pair.is_empty() && !pair.starts_with("password="))
            .map(ToOwned::to_owned)
            .collect();
        address.set_query((!kept.is_empty()).then(|| kept.join("&")).as_deref());
    }
    command.arg("--dbname").arg(address.as_str()).stdin(Stdio::null());
    Ok(command)
}

fn percent_decoded(text: &str) -> String {
    // As a pair of a query, in which a plus sign would be a blank.
    let pair = format!("x={}", text.replace('+', "%2B"));
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn run(mut command: Command, name: &str) -> Result<()> {
    let done = command.output().map_err(|error| {
        Error::Config(format!(
            "{name} cannot be started ({error}): install PostgreSQL's client, on Debian postgresql-client"
        ))
    })?;
    if done.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    Err(Error::Config(format!("{name} failed: {}", said.trim())))
}

/// A database on the same server, dropped in the end.
#[derive(Debug)]
pub(super) struct TrialDatabase {
    server: String,
    name: String,
    url: String,
}

impl TrialDatabase {
    pub(super) fn create(server: &str, random: &dyn Random) -> Result<Self> {
        let mut url = Url::parse(server).map_err(|error| Error::Config(format!("database.url: {error}")))?;
        let mut connection = connect(server)?;
        let name = loop {
            let name = format!("casebook_trial_{}", HEXLOWER.encode(&random.bytes::<6>()));
            let known = format!("SELECT count(*)::text AS name FROM pg_database WHERE datname = '{name}'");
            if named(&mut connection, &known)? != "0" {
                continue;
            }
            match execute(&mut connection, &format!("CREATE DATABASE {name}")) {
                Ok(()) => break name,
                // Somebody else was faster with this name.
                Err(Error::Conflict(_)) => {}
                Err(_) if named(&mut connection, &known)? != "0" => {}
                Err(error) => {
                    return Err(Error::Config(format!(
                        "no database can be made for trying out the back-up ({error}): give the role that right with ALTER ROLE ... CREATEDB"
                    )));
                }
            }
        };
        url.set_path(&name);
        Ok(Self { server: server.to_owned(), name, url: url.into() })
    }

    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for TrialDatabase {
    fn drop(&mut self) {
        let dropped = connect(&self.server)
            .and_then(|mut c| execute(&mut c, &format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)));
        if let Err(error) = dropped {
            tracing::warn!(database = self.name, %error, "a database for trying out a back-up is left over");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tool_is_given_the_password_where_nobody_else_sees_it() {
        for url in [
            "postgres://me:hunt%2Ber2@host/db",
            "postgres://me@host/db?password=hunt%2Ber2&options=-c%20search_path%3Dx",
        ] {
            let command = tool("pg_dump", url).unwrap();
            let arguments: Vec<_> = command.get_args().map(|arg| arg.to_string_lossy().into_owned()).collect();
            assert!(!arguments.join(" ").contains("hunt"), "{arguments:?}");
            assert_eq!(arguments.join(" ").contains("search_path"), url.contains("search_path"));
            let given =
                command.get_envs().find(|(name, _)| *name == "PGPASSWORD").and_then(|(_, value)| value).unwrap();
            assert_eq!(given, "hunt+er2");
        }
    }
}
