"""The schema, grown one migration at a time. Append only: a study made by any earlier version is brought up to date.

`tests/store/test_migrations.py` pins the schema that they end in. `user_version` counts the migrations of a file, so that an
up-to-date file opens without importing sqlite-utils.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlite_utils import Migrations

from sibtui.store.schema import APPLICATION_ID, TABLES_1, VERSION

if TYPE_CHECKING:
    from sqlite_utils import Database

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


UNRECORDED = {"acts", "images", "history", "_sqlite_migrations", "sqlite_sequence"}
"""Tables that are the history itself, or that no act changes."""


def recording_triggers(db: Database, table: str) -> list[str]:
    """The triggers which record every change of a row of `table` under the act that is open.

    An inserted row needs no image: until it is undone the row itself is one. With no act open `history.act` is null,
    and the NOT NULL of `images.act` refuses the change: nothing writes around the history.
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
    """Bring the file up to date."""
    migrations.apply(db)
    reached = db.execute("PRAGMA user_version").fetchone()[0]
    assert reached == VERSION, f"the migrations end at {reached}, the program expects {VERSION}"  # noqa: S101 - ours
