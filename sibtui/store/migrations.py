"""Migrations: the steps that upgrade the schema of a study to the current version.

A migration is never changed or removed, so that a study of any earlier version can be upgraded. If a migration
changes a table that the history records, the migration must end with `schema_8.order_images` and `seals.seal_all`.
`tests/store/test_migrations.py` compares the final schema with a digest.

The field `user_version` of the SQLite file holds the number of migrations that were applied. So a study that is up
to date is opened without loading sqlite-utils.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.store.schema import APPLICATION_ID, TABLES_1, VERSION
from sibtui.store.sqlite_tools import Migrations

if TYPE_CHECKING:
    from sibtui.store.sqlite_tools import Database

migrations = Migrations("sibtui")


@migrations()
def m001_initial(db: Database) -> None:
    for statement in TABLES_1:
        db.execute(statement)
    for table in (row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()):
        if table not in UNRECORDED:
            for trigger in recording_triggers(db, table):
                db.execute(trigger)
    db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    db.execute("PRAGMA user_version = 1")


@migrations()
def m002_readings_topics_lasting_ids(db: Database) -> None:
    from sibtui.store.upgrade_2 import upgrade

    upgrade(db.conn)
    for table in [row[0] for row in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()]:
        if table not in UNRECORDED:
            for trigger in recording_triggers(db, table):
                db.execute(trigger)
    db.execute("PRAGMA user_version = 2")


@migrations()
def m003_undecided_codings(db: Database) -> None:
    from sibtui.store.schema_3 import UNDECIDED

    db.execute(UNDECIDED)
    for trigger in recording_triggers(db, "undecided"):
        db.execute(trigger)
    db.execute("PRAGMA user_version = 3")


@migrations()
def m004_evidence_of_matrices(db: Database) -> None:
    from sibtui.store.schema_4 import MATRIX_EVIDENCE

    db.execute(MATRIX_EVIDENCE)
    for trigger in recording_triggers(db, "matrix_evidence"):
        db.execute(trigger)
    db.execute("PRAGMA user_version = 4")


@migrations()
def m005_images_by_row(db: Database) -> None:
    from sibtui.store.schema_5 import IMAGES_BY_ROW

    db.execute(IMAGES_BY_ROW)
    db.execute("PRAGMA user_version = 5")


@migrations()
def m006_ranges(db: Database) -> None:
    from sibtui.store.schema_6 import RANGES, join_images

    for statement in RANGES:
        db.execute(statement)
    join_images(db.conn)
    db.execute("PRAGMA user_version = 6")


@migrations()
def m007_erasures(db: Database) -> None:
    from sibtui.store.schema_7 import ERASURES

    db.execute(ERASURES)
    db.execute("PRAGMA user_version = 7")


@migrations()
def m008_seals(db: Database) -> None:
    from sibtui.store.schema_8 import SEALS, order_images
    from sibtui.store.seals import seal_all

    for statement in SEALS:
        db.execute(statement)
    order_images(db.conn)
    seal_all(db.conn)
    db.execute("PRAGMA user_version = 8")


@migrations()
def m009_rounds_proposals_packages(db: Database) -> None:
    from sibtui.store.schema_8 import order_images
    from sibtui.store.schema_9 import CHANGED, COLUMNS, INDEXES, NEW_IN_IMAGES, TABLES, complete_images
    from sibtui.store.seals import seal_all

    for table in CHANGED:
        for what in ("inserted", "updated", "deleted"):
            db.execute(f"DROP TRIGGER {table}_{what}")
    for statement in (*COLUMNS, *TABLES.values(), *INDEXES):
        db.execute(statement)
    complete_images(db.conn, NEW_IN_IMAGES)
    for table in (*CHANGED, *TABLES):
        for trigger in recording_triggers(db, table):
            db.execute(trigger)
    order_images(db.conn)
    seal_all(db.conn)
    db.execute("PRAGMA user_version = 9")


@migrations()
def m010_queries_sets_summaries(db: Database) -> None:
    from sibtui.store.schema_8 import order_images
    from sibtui.store.schema_9 import complete_images
    from sibtui.store.schema_10 import CHANGED, COLUMNS, INDEXES, NEW_IN_IMAGES, TABLES
    from sibtui.store.seals import seal_all

    for table in CHANGED:
        for what in ("inserted", "updated", "deleted"):
            db.execute(f"DROP TRIGGER {table}_{what}")
    for statement in (*TABLES.values(), *COLUMNS, *INDEXES):
        db.execute(statement)
    complete_images(db.conn, NEW_IN_IMAGES)
    for table in (*CHANGED, *TABLES):
        for trigger in recording_triggers(db, table):
            db.execute(trigger)
    order_images(db.conn)
    seal_all(db.conn)
    db.execute("PRAGMA user_version = 10")


@migrations()
def m011_origins_claims(db: Database) -> None:
    from sibtui.store.schema_8 import order_images
    from sibtui.store.schema_9 import complete_images
    from sibtui.store.schema_11 import CHANGED, COLUMNS, NEW_IN_IMAGES, TABLES
    from sibtui.store.seals import seal_all

    for table in CHANGED:
        for what in ("inserted", "updated", "deleted"):
            db.execute(f"DROP TRIGGER {table}_{what}")
    for statement in (*TABLES.values(), *COLUMNS):
        db.execute(statement)
    complete_images(db.conn, NEW_IN_IMAGES)
    for table in (*CHANGED, *TABLES):
        for trigger in recording_triggers(db, table):
            db.execute(trigger)
    order_images(db.conn)
    seal_all(db.conn)
    db.execute("PRAGMA user_version = 11")


@migrations()
def m012_computed_contexts(db: Database) -> None:
    from sibtui.store.schema_8 import order_images
    from sibtui.store.schema_12 import UNUSED_INDEXES, remove_contexts
    from sibtui.store.seals import seal_all

    for what in ("inserted", "updated", "deleted"):
        db.execute(f"DROP TRIGGER codings_{what}")
    for index in UNUSED_INDEXES:
        db.execute(f"DROP INDEX {index}")
    remove_contexts(db.conn)
    for trigger in recording_triggers(db, "codings"):
        db.execute(trigger)
    order_images(db.conn)
    seal_all(db.conn)
    db.execute("PRAGMA user_version = 12")


UNRECORDED = {"acts", "images", "history", "erasures", "seals", "_sqlite_migrations", "sqlite_sequence"}
"""The tables whose changes the triggers do not record: the tables of the history, and internal tables that no act changes."""


def recording_triggers(db: Database, table: str) -> list[str]:
    """Return the SQL of the triggers that record each change of a row of `table` in the history.

    A change is recorded as an image: the values of the row before the change. The image of an inserted row holds no
    values.

    The image belongs to the open act, whose id is in `history.act`. Without an open act, SQLite refuses the change,
    because the column `images.act` does not allow NULL.
    """
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})").fetchall()]
    image = "json_object(" + ", ".join(f"'{name}', OLD.\"{name}\"" for name in columns) + ")"
    record = "INSERT INTO images (act, tbl, row, op, image) SELECT act, '{t}', {row}, '{op}', {image} FROM history WHERE NOT replaying"
    return [
        f"CREATE TRIGGER {table}_inserted AFTER INSERT ON {table} BEGIN "
        + record.format(t=table, row="NEW.id", op="insert", image="NULL")
        + "; END",
        f"CREATE TRIGGER {table}_updated AFTER UPDATE ON {table} BEGIN "
        + record.format(t=table, row="OLD.id", op="update", image=image)
        + "; END",
        f"CREATE TRIGGER {table}_deleted AFTER DELETE ON {table} BEGIN "
        + record.format(t=table, row="OLD.id", op="delete", image=image)
        + "; END",
    ]


def apply(db: Database) -> None:
    """Apply all migrations that the file does not have yet."""
    migrations.apply(db)
    reached = db.execute("PRAGMA user_version").fetchone()[0]
    assert reached == VERSION, f"the migrations end at {reached}, the program expects {VERSION}"  # noqa: S101 - ours


def apply_until(db: Database, version: int) -> None:
    """Apply the migrations up to `version` to an empty file, to make a study with an older schema."""
    names = [migration.name for migration in migrations.pending(db)]
    migrations.apply(db, stop_before=names[version:][:1])
