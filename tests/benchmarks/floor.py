"""The floor: the same work as plain scripts behind click. They use sqlite3, csv, zipfile and expat, and keep no history.

`python floor.py TASK ARGUMENT...` runs one task in a process of its own. The floor's database holds no quotes and no contexts, and three
indexes; its writes are as durable as those of a study. The module imports nothing of sibtui.
"""

# ruff: noqa: T201 - a list is printed

from __future__ import annotations

import csv
import re
import sqlite3
import sys
import zipfile
from bisect import bisect_right
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEMA = """
    CREATE TABLE sources (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, added TEXT NOT NULL);
    CREATE TABLE texts (source_id INTEGER PRIMARY KEY, sha256 TEXT NOT NULL, text TEXT NOT NULL);
    CREATE TABLE codes (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, uid TEXT NOT NULL);
    CREATE TABLE coders (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
    CREATE TABLE cases (id INTEGER PRIMARY KEY, label TEXT NOT NULL UNIQUE);
    CREATE TABLE source_cases (source_id INTEGER, case_id INTEGER, PRIMARY KEY (source_id, case_id)) WITHOUT ROWID;
    CREATE TABLE codings (
        id INTEGER PRIMARY KEY,
        uid TEXT NOT NULL,
        source_id INTEGER NOT NULL REFERENCES sources (id),
        code_id INTEGER NOT NULL REFERENCES codes (id),
        coder_id INTEGER NOT NULL REFERENCES coders (id),
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        stance TEXT NOT NULL,
        certainty TEXT NOT NULL,
        memo TEXT NOT NULL,
        created TEXT NOT NULL
    );
    CREATE TABLE coding_cases (coding_id INTEGER, case_id INTEGER, PRIMARY KEY (coding_id, case_id)) WITHOUT ROWID;
"""
INDEXES = """
    CREATE INDEX codings_by_code ON codings (code_id, source_id);
    CREATE INDEX codings_by_source ON codings (source_id, start);
    CREATE INDEX coding_cases_by_case ON coding_cases (case_id, coding_id);
"""
CODING = f"INSERT INTO codings VALUES ({', '.join('?' * 11)})"
COLUMNS = ("source", "start", "end", "quote", "code", "coder", "stance", "certainty", "cases", "memo", "created")
ROWS = """
    SELECT s.name, c.start, c."end", k.path, r.name, c.stance, c.certainty,
        (SELECT group_concat(a.label, '; ') FROM coding_cases cc JOIN cases a ON a.id = cc.case_id WHERE cc.coding_id = c.id),
        c.memo, c.created, c.uid
    FROM codings c JOIN sources s ON s.id = c.source_id JOIN codes k ON k.id = c.code_id JOIN coders r ON r.id = c.coder_id
    WHERE c.source_id = ? ORDER BY c.start, c."end"
"""


def connect(path: str | Path) -> sqlite3.Connection:
    """Return a connection as durable, and with as large a cache, as a study's."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("synchronous = FULL", "cache_size = -65536", "temp_store = MEMORY"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def create(path: str | Path) -> sqlite3.Connection:
    """Return a connection to a new, empty database of the floor."""
    Path(path).unlink(missing_ok=True)
    connection = connect(path)
    connection.executescript(SCHEMA + INDEXES)
    return connection


def from_study(study: str, path: str) -> None:
    """Copy a study's rows into a database of the floor."""
    connection = create(path)
    connection.execute("ATTACH ? AS study", (study,))
    connection.execute("BEGIN")
    for statement in (
        "INSERT INTO sources SELECT id, name, added FROM study.sources ORDER BY position",
        "INSERT INTO texts SELECT source_id, sha256, text FROM study.texts",
        "INSERT INTO coders SELECT id, name FROM study.coders",
        "INSERT INTO cases SELECT id, label FROM study.cases",
        "INSERT INTO source_cases SELECT source_id, case_id FROM study.source_cases",
        """
        WITH RECURSIVE below (id, path, uid) AS (
            SELECT id, name, uid FROM study.codes WHERE parent_id IS NULL
            UNION ALL SELECT k.id, path || '/' || k.name, k.uid FROM below JOIN study.codes k ON k.parent_id = below.id
        ) INSERT INTO codes SELECT id, path, uid FROM below
        """,
        """
        INSERT INTO codings SELECT id, uid, source_id, code_id, coder_id, start, "end", stance, certainty, memo, created
        FROM study.codings
        """,
        "INSERT INTO coding_cases SELECT coding_id, case_id FROM study.coding_cases",
    ):
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.close()


def _sources(connection: sqlite3.Connection) -> Iterator[tuple[int, str, str, str]]:
    yield from connection.execute(
        "SELECT s.id, s.name, s.added, t.text FROM sources s JOIN texts t ON t.source_id = s.id ORDER BY s.id"
    )


def csv_out(database: str, path: str) -> None:
    """Write all codings as CSV, with their quotes cut from the texts."""
    connection = connect(database)
    with open(path, "w", newline="", encoding="utf-8") as file:  # noqa: PTH123 - no more than a script needs
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number, _, _, text in _sources(connection):
            for name, start, end, *rest, _ in connection.execute(ROWS, (number,)):
                writer.writerow((name, start, end, text[start:end], *rest))


def folder_out(database: str, path: str) -> None:
    """Write one file per note, and all codings as CSV, each file durable."""
    import os

    folder = Path(path)
    folder.mkdir()
    connection = connect(database)
    for _, name, added, text in _sources(connection):
        with (folder / f"{name}.md").open("wb") as file:
            file.write(f"---\nadded: {added}\n---\n{text}".encode())
            file.flush()
            os.fsync(file.fileno())
    csv_out(database, str(folder / "codings.csv"))


def folder_in(path: str, database: str) -> None:
    """Read such a folder into a new database, in one durable transaction."""
    connection = create(database)
    connection.execute("BEGIN IMMEDIATE")
    sources: dict[str, tuple[int, str]] = {}
    for number, file in enumerate(sorted(Path(path).glob("*.md")), 1):
        head, _, text = file.read_bytes().decode().removeprefix("---\n").partition("\n---\n")
        sources[file.stem] = (number, "")
        connection.execute("INSERT INTO sources VALUES (?, ?, ?)", (number, file.stem, head.removeprefix("added: ")))
        connection.execute("INSERT INTO texts VALUES (?, ?, ?)", (number, sha256(text.encode()).hexdigest(), text))
    with open(Path(path, "codings.csv"), newline="", encoding="utf-8") as table:  # noqa: PTH123
        reader = csv.reader(table)
        next(reader)
        _insert_rows(connection, sources, reader)
    connection.execute("COMMIT")
    connection.close()


def csv_in(path: str, database: str) -> None:
    """Read a CSV file of codings into a database with their sources, in one durable transaction."""
    connection = connect(database)
    connection.execute("BEGIN IMMEDIATE")
    sources = {name: (number, "") for number, name in connection.execute("SELECT id, name FROM sources")}
    with open(path, newline="", encoding="utf-8") as table:  # noqa: PTH123
        reader = csv.reader(table)
        next(reader)
        _insert_rows(connection, sources, reader)
    connection.execute("COMMIT")
    connection.close()


def _insert_rows(connection: sqlite3.Connection, sources: dict[str, tuple[int, str]], rows: Any) -> None:
    """Insert codings, each placed in its source: the quote must be at its offsets."""
    codes = _Numbers(connection, "codes", "INSERT INTO codes VALUES (?, ?, '')")
    coders = _Numbers(connection, "coders", "INSERT INTO coders VALUES (?, ?)")
    cases = _Numbers(connection, "cases", "INSERT INTO cases VALUES (?, ?)")
    held, text = "", ""
    number = connection.execute("SELECT coalesce(max(id), 0) FROM codings").fetchone()[0]
    batch: list[tuple[Any, ...]] = []
    links: list[tuple[int, int]] = []
    for source, start, end, quote, code, coder, stance, certainty, given, memo, created, *_ in rows:
        number += 1
        at = sources[source][0]
        if source != held:
            held = source
            text = connection.execute("SELECT text FROM texts WHERE source_id = ?", (at,)).fetchone()[0]
        first, last = int(start), int(end)
        if text[first:last] != quote:
            raise ValueError(f"{source}: {start}")
        batch.append(
            (number, f"{number:032x}", at, codes[code], coders[coder], first, last, stance, certainty, memo, created)
        )
        links += [(number, cases[label]) for label in given.split("; ") if label]
        if len(batch) == 1000:
            connection.executemany(CODING, batch)
            connection.executemany("INSERT INTO coding_cases VALUES (?, ?)", links)
            batch.clear()
            links.clear()
    connection.executemany(CODING, batch)
    connection.executemany("INSERT INTO coding_cases VALUES (?, ?)", links)


class _Numbers(dict[str, int]):
    """The numbers of names in a table. A new name is inserted."""

    def __init__(self, connection: sqlite3.Connection, table: str, insert: str) -> None:
        name = {"codes": "path", "cases": "label"}.get(table, "name")
        super().__init__((text, number) for number, text in connection.execute(f"SELECT id, {name} FROM {table}"))
        self._connection, self._insert = connection, insert

    def __missing__(self, name: str) -> int:
        number = self[name] = max(self.values(), default=0) + 1
        self._connection.execute(self._insert, (number, name))
        return number


def _guid(uid: str) -> str:
    return f"{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}"


def qdpx_out(database: str, path: str) -> None:
    """Write a REFI-QDA project: one source at a time, the XML straight into the archive, then the texts."""
    from xml.sax.saxutils import escape, quoteattr

    connection = connect(database)
    codes = {path: _guid(uid) for path, uid in connection.execute("SELECT path, uid FROM codes")}
    coders = {name: f"{number:032x}" for number, name in connection.execute("SELECT id, name FROM coders")}
    of_case: dict[int, list[str]] = {}
    for case, uid in connection.execute(
        "SELECT cc.case_id, c.uid FROM coding_cases cc JOIN codings c ON c.id = cc.coding_id"
    ):
        of_case.setdefault(case, []).append(uid)
    notes: list[str] = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        with packed.open("project.qde", "w", force_zip64=True) as file:

            def put(text: str) -> None:
                file.write(text.encode())

            put(
                '<?xml version="1.0" encoding="utf-8"?>\n<Project xmlns="urn:QDA-XML:project:1.0" name="floor"><Users>\n'
            )
            put("".join(f'<User guid="{_guid(uid)}" name={quoteattr(name)}/>\n' for name, uid in coders.items()))
            put("</Users><CodeBook><Codes>\n")
            put(
                "".join(
                    f'<Code guid="{uid}" name={quoteattr(path)} isCodable="true"/>\n' for path, uid in codes.items()
                )
            )
            put("</Codes></CodeBook><Cases>\n")
            for number, label in connection.execute("SELECT id, label FROM cases ORDER BY id").fetchall():
                put(f'<Case guid="{_guid(f"{number:032x}")}" name={quoteattr(label)}>\n')
                put("".join(f'<SelectionRef targetGUID="{_guid(uid)}"/>\n' for uid in of_case.get(number, ())))
                put("</Case>\n")
            put("</Cases><Sources>\n")
            for number, name, added, text in _sources(connection):
                guid = _guid(f"{number:032x}")
                put(
                    f'<TextSource guid="{guid}" name={quoteattr(name)} plainTextPath="internal://{guid}.txt"'
                    f' creationDateTime="{added}">\n'
                )
                parts = []
                for _, start, end, code, coder, stance, certainty, _, memo, created, uid in connection.execute(
                    ROWS, (number,)
                ):
                    made = f' creatingUser="{_guid(coders[coder])}" creationDateTime="{created}"'
                    description = (
                        ""
                        if stance == "supports" and certainty == "firm"
                        else f"<Description>{stance} {certainty}</Description>"
                    )
                    note = ""
                    if memo:
                        noted = _guid(f"{len(notes):032x}")
                        note = f'<NoteRef targetGUID="{noted}"/>'
                        notes.append(
                            f'<Note guid="{noted}"{made}><PlainTextContent>{escape(memo)}</PlainTextContent></Note>\n'
                        )
                    selection = _guid(uid)
                    parts.append(
                        f'<PlainTextSelection guid="{selection}" name={quoteattr(text[start:end])} startPosition="{start}"'
                        f' endPosition="{end}"{made}>{description}<Coding guid="{selection}"{made}>'
                        f'<CodeRef targetGUID="{codes[code]}"/>{note}</Coding></PlainTextSelection>\n'
                    )
                put("".join(parts) + "</TextSource>\n")
            put("</Sources><Notes>\n" + "".join(notes) + "</Notes></Project>\n")
        for number, _, _, text in _sources(connection):
            packed.writestr(f"sources/{_guid(f'{number:032x}')}.txt", text.encode())


def qdpx_in(path: str, database: str) -> None:
    """Read a REFI-QDA project into a new database: the XML through expat, one text at a time."""
    connection = create(database)
    connection.execute("BEGIN IMMEDIATE")
    with zipfile.ZipFile(path) as packed:
        reader = _Reader(connection, packed)
        with packed.open("project.qde") as file:
            reader.parser.ParseFile(file)
    connection.executemany(
        "UPDATE codings SET memo = ? WHERE id = ?",
        ((reader.notes.get(note, ""), number) for number, note in reader.noted),
    )
    connection.execute("COMMIT")
    connection.close()


class _Reader:
    """Handlers of expat for the elements that a database has a place for."""

    def __init__(self, connection: sqlite3.Connection, packed: zipfile.ZipFile) -> None:
        from xml.parsers import expat

        self.connection, self.packed = connection, packed
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.characters
        self.users: dict[str, int] = {}
        self.codes: dict[str, int] = {}
        self.of_selection: dict[str, list[int]] = {}
        self.notes: dict[str, str] = {}
        self.noted: list[tuple[int, str]] = []
        self.above: list[str] = []
        self.rows: list[tuple[Any, ...]] = []
        self.links: list[tuple[int, int]] = []
        self.number = self.source = self.case = 0
        self.selection: dict[str, str] = {}
        self.coding: dict[str, str] = {}
        self.code = self.note = self.description = self.text = self.body = ""
        self.rare = {
            "Case": self.start_case, "TextSource": self.start_source, "User": self.start_user, "Code": self.start_code,
            "Note": self.start_note,
        }  # fmt: skip

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.text = ""
        if tag == "Coding":
            self.coding = attributes
        elif tag == "CodeRef":
            self.code = attributes["targetGUID"]
        elif tag == "PlainTextSelection":
            self.selection, self.description = attributes, ""
        elif tag == "SelectionRef":
            self.of_selection.setdefault(attributes["targetGUID"], []).append(self.case)
        elif tag == "NoteRef" and self.coding:
            self.noted.append((self.number + 1, attributes["targetGUID"]))
        elif tag in self.rare:
            self.rare[tag](attributes)

    def start_case(self, attributes: dict[str, str]) -> None:
        self.case += 1
        self.connection.execute("INSERT INTO cases VALUES (?, ?)", (self.case, attributes["name"]))

    def start_source(self, attributes: dict[str, str]) -> None:
        self.source += 1
        data = self.packed.read("sources/" + attributes["plainTextPath"].removeprefix("internal://"))
        named = (self.source, attributes["name"], attributes["creationDateTime"])
        self.connection.execute("INSERT INTO sources VALUES (?, ?, ?)", named)
        self.body = data.decode()
        hashed = (self.source, sha256(data).hexdigest(), self.body)
        self.connection.execute("INSERT INTO texts VALUES (?, ?, ?)", hashed)

    def start_user(self, attributes: dict[str, str]) -> None:
        self.users[attributes["guid"]] = len(self.users) + 1
        self.connection.execute("INSERT INTO coders VALUES (?, ?)", (len(self.users), attributes["name"]))

    def start_code(self, attributes: dict[str, str]) -> None:
        self.above.append(attributes["name"])
        self.codes[attributes["guid"]] = len(self.codes) + 1
        row = (len(self.codes), "/".join(self.above), attributes["guid"])
        self.connection.execute("INSERT INTO codes VALUES (?, ?, ?)", row)

    def start_note(self, attributes: dict[str, str]) -> None:
        self.note = attributes["guid"]

    def end(self, tag: str) -> None:
        if tag == "Coding":
            self.number += 1
            coding, selection = self.coding, self.selection
            start, end = int(selection["startPosition"]), int(selection["endPosition"])
            if self.body[start:end] != selection["name"]:
                raise ValueError(selection["guid"])
            stance = "counters" if "counters" in self.description else "supports"
            certainty = "tentative" if "tentative" in self.description else "firm"
            self.rows.append((
                self.number, coding["guid"].replace("-", ""), self.source, self.codes[self.code], self.users[coding["creatingUser"]],
                start, end, stance, certainty, "", coding["creationDateTime"],
            ))  # fmt: skip
            self.links += [(self.number, case) for case in self.of_selection.get(selection["guid"], ())]
            self.coding = {}
        elif tag == "Description":
            self.description = self.text
        elif tag == "TextSource":
            self.connection.executemany(CODING, self.rows)
            self.connection.executemany("INSERT INTO coding_cases VALUES (?, ?)", self.links)
            self.rows.clear()
            self.links.clear()
        elif tag == "Code":
            self.above.pop()
        elif tag == "PlainTextContent":
            self.notes[self.note] = self.text

    def characters(self, text: str) -> None:
        self.text += text


def check(database: str) -> None:
    """Check a database as SQLite does, its foreign keys, and the hashes of all texts."""
    connection = connect(database)
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise ValueError("damaged")
    if connection.execute("PRAGMA foreign_key_check").fetchall():
        raise ValueError("rows without their parents")
    for found, text in connection.execute("SELECT sha256, text FROM texts"):
        if sha256(text.encode()).hexdigest() != found:
            raise ValueError("another text")


FLAT = (
    "CREATE TABLE sources AS SELECT s.name AS source, t.text FROM study.sources s JOIN study.texts t ON t.source_id = s.id",
    """
    CREATE TABLE codings AS SELECT c.id AS coding, s.name AS source, c.start, c."end",
        substr(t.text, c.start + 1, c."end" - c.start) AS quote, k.path AS code, r.name AS coder, c.stance, c.certainty,
        (SELECT group_concat(a.label, '; ') FROM study.coding_cases cc JOIN study.cases a ON a.id = cc.case_id
            WHERE cc.coding_id = c.id) AS cases, c.memo, c.created
    FROM study.codings c JOIN study.sources s ON s.id = c.source_id JOIN study.codes k ON k.id = c.code_id
        JOIN study.coders r ON r.id = c.coder_id JOIN study.texts t ON t.source_id = c.source_id
    """,
    """
    CREATE TABLE coding_cases AS SELECT cc.coding_id AS coding, a.label AS "case"
    FROM study.coding_cases cc JOIN study.cases a ON a.id = cc.case_id
    """,
    "CREATE INDEX codings_by_code ON codings (code)",
    "CREATE INDEX codings_by_source ON codings (source)",
    'CREATE INDEX coding_cases_by_case ON coding_cases ("case")',
)


def flat_out(database: str, path: str) -> None:
    """Write flat tables by SQL alone: the database writes into an attached one."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    connection.execute("ATTACH ? AS study", (database,))
    connection.execute("BEGIN")
    for statement in FLAT:
        connection.execute(statement)
    connection.execute("COMMIT")
    connection.close()


def undo(database: str) -> None:
    """Delete all codings in one transaction, row by row: without the condition, SQLite drops whole tables."""
    connection = connect(database)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("DELETE FROM coding_cases WHERE coding_id > 0")
    connection.execute("DELETE FROM codings WHERE id > 0")
    connection.execute("COMMIT")
    connection.close()


def redo(database: str, rows: str) -> None:
    """Insert all codings of another database in one transaction, row by row.

    Without the conditions, SQLite copies the pages of a whole table into an empty one. It can do so only where the table has no other rows.
    """
    connection = connect(database)
    connection.execute("ATTACH ? AS kept", (rows,))
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO codings SELECT * FROM kept.codings WHERE id > 0")
    connection.execute("INSERT INTO coding_cases SELECT * FROM kept.coding_cases WHERE coding_id > 0")
    connection.execute("COMMIT")
    connection.close()


EVIDENCE = """
    SELECT k.path, a.label, s.name, c.start, substr(t.text, c.start + 1, c."end" - c.start), c.stance
    FROM codings c JOIN coding_cases cc ON cc.coding_id = c.id JOIN codes k ON k.id = c.code_id
        JOIN cases a ON a.id = cc.case_id JOIN sources s ON s.id = c.source_id JOIN texts t ON t.source_id = c.source_id
    ORDER BY k.id, a.id, s.id, c.start
"""


def evidence(database: str, path: str) -> None:
    """Write the quotes of each code and case, streamed from the join."""
    connection = connect(database)
    with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
        file.writelines(
            f"{code}, {case}\n“{quote}” ({name}, {start}, {stance})\n"
            for code, case, name, start, quote, stance in connection.execute(EVIDENCE)
        )


def matrix(database: str) -> None:
    """Count the codings, sources and stances of each code and case."""
    connect(database).execute("""
        SELECT c.code_id, cc.case_id, count(*), count(DISTINCT c.source_id), sum(c.stance = 'supports'),
            sum(c.stance = 'counters'), sum(c.certainty = 'firm'), sum(c.certainty = 'tentative')
        FROM codings c JOIN coding_cases cc ON cc.coding_id = c.id GROUP BY c.code_id, cc.case_id
    """).fetchall()


def listing(database: str) -> None:
    """Print all codings in columns."""
    connection = connect(database)
    for number, _, _, text in _sources(connection):
        for name, start, end, code, coder, stance, certainty, cases, memo, *_ in connection.execute(ROWS, (number,)):
            quote = text[start:end].replace("\n", " ")[:40]
            print(
                f"{name:20} {start:8} {code:30} {quote:40} {coder:10} {stance:9} {certainty:9} {cases or '':20} {memo[:20]}"
            )


OVERLAP = """
    SELECT k.path, l.path, count(DISTINCT a.id), count(DISTINCT b.id)
    FROM codings a JOIN codings b ON b.source_id = a.source_id AND b.start < a."end" AND b."end" > a.start AND b.code_id > a.code_id
        JOIN codes k ON k.id = a.code_id JOIN codes l ON l.id = b.code_id
    GROUP BY a.code_id, b.code_id
"""


def overlap(database: str) -> None:
    """Print the pairs of codes whose passages overlap, with the number of passages that meet the other code."""
    for first, second, count, other in connect(database).execute(OVERLAP):
        print(f"{first:30} {second:30} {min(count, other):8}")


QUERY = """
    SELECT DISTINCT a.id, s.name, a.start, a."end", k.path, r.name, a.stance, a.certainty, a.memo, t.text
    FROM codings a JOIN codes k ON k.id = a.code_id AND k.path LIKE 'Theme 1/%'
        JOIN codings b ON b.source_id = a.source_id AND b.start < a."end" AND b."end" > a.start
        JOIN codes l ON l.id = b.code_id AND l.path LIKE 'Theme 2/%'
        JOIN sources s ON s.id = a.source_id JOIN coders r ON r.id = a.coder_id JOIN texts t ON t.source_id = a.source_id
    ORDER BY s.id, a.start
"""


def query(database: str) -> None:
    """Print the codings of one theme that overlap a coding of another theme."""
    for _, name, start, end, code, coder, stance, certainty, memo, text in connect(database).execute(QUERY):
        quote = text[start:end].replace("\n", " ")[:40]
        print(f"{name:20} {start:8} {code:30} {quote:40} {coder:10} {stance:9} {certainty:9} {memo[:20]}")


def agreement(database: str) -> None:
    """Print, for each code, in how many sentences both coders, one coder or none has applied it."""
    connection = connect(database)
    both, either, sentences = Counter[int](), Counter[int](), 0
    for number, _, _, text in _sources(connection):
        ends = [found.end() for found in re.finditer(r"[.?!]\s+|\n+|\Z", text)]
        sentences += len(ends)
        coded: dict[tuple[int, int], set[int]] = {}
        for code, coder, start, end in connection.execute(
            'SELECT code_id, coder_id, start, "end" FROM codings WHERE source_id = ?', (number,)
        ):
            for unit in range(bisect_right(ends, start), bisect_right(ends, end - 1) + 1):
                coded.setdefault((unit, code), set()).add(coder)
        for (_, code), coders in coded.items():
            either[code] += 1
            both[code] += len(coders) > 1
    for code, path in connection.execute("SELECT id, path FROM codes ORDER BY path"):
        print(f"{path:30} {both[code]:8} {either[code] - both[code]:8} {sentences - either[code]:8}")


def differences(study: str, other: str) -> None:
    """Read the sources, texts and codings of two studies, and print the codings that differ."""
    mine, theirs = (
        (
            dict(connection.execute("SELECT s.uid, t.text FROM sources s JOIN texts t ON t.source_id = s.id")),
            {row[0]: row[1:] for row in connection.execute(COMPARED)},
        )
        for connection in map(connect, (study, other))
    )
    for uid in mine[0].keys() | theirs[0].keys():
        if mine[0].get(uid) != theirs[0].get(uid):
            print(uid)
    for uid in mine[1].keys() | theirs[1].keys():
        if mine[1].get(uid) != theirs[1].get(uid):
            print(uid, mine[1].get(uid), theirs[1].get(uid))


COMPARED = """
    SELECT c.uid, s.uid, k.uid, r.name, c.start, c."end", c.stance, c.certainty, c.memo, c.created,
        (SELECT group_concat(case_id) FROM coding_cases WHERE coding_id = c.id)
    FROM codings c JOIN sources s ON s.id = c.source_id JOIN codes k ON k.id = c.code_id JOIN coders r ON r.id = c.coder_id
"""


def searching(database: str, words: str) -> None:
    """Print the places of words in all texts, in any letter case."""
    connection = connect(database)
    words = words.casefold()
    for _, name, _, text in _sources(connection):
        folded = text.casefold()
        at = folded.find(words)
        while at >= 0:
            print(name, at, text[max(0, at - 30) : at + 60].replace("\n", " "))
            at = folded.find(words, at + 1)


def code_counts(database: str) -> None:
    """Print each code with the number of its codings."""
    for path, count in connect(database).execute(
        "SELECT k.path, count(c.id) FROM codes k LEFT JOIN codings c ON c.code_id = k.id GROUP BY k.id ORDER BY k.path"
    ):
        print(f"{path:30} {count:8}")


def passages(database: str, code: str) -> None:
    """Print the codings of one code, with their quotes."""
    for name, start, quote in connect(database).execute(
        """
        SELECT s.name, c.start, substr(t.text, c.start + 1, c."end" - c.start)
        FROM codings c JOIN codes k ON k.id = c.code_id JOIN sources s ON s.id = c.source_id
            JOIN texts t ON t.source_id = c.source_id
        WHERE k.path LIKE ? ORDER BY s.id, c.start
        """,
        (f"%{code}",),
    ):
        print(f"{name:20} {start:8} {quote}")


def codebook_out(database: str, path: str) -> None:
    """Write the codes as CSV."""
    with open(path, "w", newline="", encoding="utf-8") as file:  # noqa: PTH123
        csv.writer(file).writerows(connect(database).execute("SELECT path, uid FROM codes ORDER BY path"))


def notes_in(folder: str, database: str) -> None:
    """Store the text files of a folder, each with the hash of its bytes and one case, in one durable transaction."""
    connection = create(database)
    connection.execute("BEGIN IMMEDIATE")
    connection.execute("INSERT INTO cases VALUES (1, 'Case 001')")
    for number, file in enumerate(sorted(Path(folder).iterdir()), 1):
        data = file.read_bytes()
        connection.execute("INSERT INTO sources VALUES (?, ?, ?)", (number, file.stem, "2026-05-07T09:00:00.001Z"))
        connection.execute("INSERT INTO source_cases VALUES (?, 1)", (number,))
        connection.execute("INSERT INTO texts VALUES (?, ?, ?)", (number, sha256(data).hexdigest(), data.decode()))
    connection.execute("COMMIT")
    connection.close()


TASKS: dict[str, Callable[..., None]] = {
    task.__name__: task
    for task in (
        from_study,
        csv_out,
        csv_in,
        folder_out,
        folder_in,
        qdpx_out,
        qdpx_in,
        check,
        flat_out,
        undo,
        redo,
        evidence,
        matrix,
        listing,
        overlap,
        query,
        agreement,
        differences,
        searching,
        code_counts,
        passages,
        codebook_out,
        notes_in,
    )
}

if __name__ == "__main__":
    import click  # noqa: F401 - a script with options costs this much

    TASKS[sys.argv[1]](*sys.argv[2:])
