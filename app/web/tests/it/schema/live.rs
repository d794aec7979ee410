//! The tables as the databases themselves report them, after the migrations ran: SQLite's always, PostgreSQL's where
//! `TEST_DATABASE_URL` names a server.

use casebook_core::{
    db::Database,
    testing::{TestDatabase, live_columns},
};

use super::{
    ddl::{Column, Schema},
    differences, migrations, nothing,
};

fn live(db: &Database) -> Schema {
    let mut schema = Schema::new();
    for column in live_columns(db) {
        let table = schema.entry(column.table_name).or_default();
        table.columns.insert(column.column_name, Column { nullable: column.nullable == 1 });
    }
    schema
}

fn side(db: &Database) -> &'static str {
    if db.is_sqlite() { "sqlite" } else { "postgres" }
}

#[test]
fn the_database_has_the_tables_that_the_migrations_describe() {
    let db = TestDatabase::open();
    let live = live(&db);
    nothing(side(&db), &differences(&live, &migrations(side(&db))));
    assert!(live.contains_key("jobs"), "the database was asked: {live:?}");
}

#[test]
fn migrations_go_up_and_down_and_up_again() {
    let db = TestDatabase::open();
    let before = live(&db);
    db.migrate_down().expect("every migration has a way back");
    assert_eq!(live(&db), Schema::new(), "nothing is left behind");
    let ran = db.migrate().expect("the way up is open again");
    assert!(!ran.is_empty());
    assert_eq!(live(&db), before);
    assert_eq!(db.migrate().expect("a second run changes nothing"), [""; 0]);
}
