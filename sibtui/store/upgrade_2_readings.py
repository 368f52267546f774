"""The readings (records that a coder has read a source) in a study file of version 1.

Version 1 stores for each source only whether it was read. The coders and times are found in the history, which has the
earlier states of the sources.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

Facts = dict[str, Any]
Read = dict[int, tuple[int, str]]
"""The readings of a source, as a map: coder id → (reading id, time)."""


@dataclass(frozen=True, slots=True)
class _Event:
    """One change in the history of a source's row.

    `before` and `after` are the values of the row before and after the change; None if there was no row. `image` is the
    id of the recorded state of the row, and `act` the id of the entry of the history. `done` is False if the change is
    undone at present.
    """

    image: int
    act: int
    coder: str
    done: bool
    before: Facts | None
    after: Facts | None


@dataclass(frozen=True, slots=True)
class _ReadingState:
    """Who has read a source, at one point in the history.

    `started` is 1 if a coder had started to read the source and had not finished, else 0.
    """

    read: Read
    started: int


@dataclass(slots=True)
class ReadingHistory:
    """The readings (who has read which source) in an older file, and the images that record changes of readings.

    An image is a recorded state of a row of the study, such as a source or a reading.

    - `rows` are the present readings, as (id, source, coder, time).
    - `started` is a map: source → 1 if the source has the mark “in progress”, else 0. A source that was
      read to the end keeps the mark.
    - `started_in_images` is the same for the images of sources: id of the image → 1 or 0.
    - `images` are images to add, as (existing image before the new one, entry of the history, operation, reading,
      content).
    - `replacements` are new contents of existing images, as (image, operation, reading, content).
    """

    rows: list[tuple[int, int, int, str]] = field(default_factory=list)
    started: dict[int, int] = field(default_factory=dict)
    started_in_images: dict[int, int] = field(default_factory=dict)
    images: list[tuple[int, int, str, int, str | None]] = field(default_factory=list)
    replacements: list[tuple[int, str, int, str | None]] = field(default_factory=list)


def readings_of(connection: sqlite3.Connection) -> ReadingHistory:
    """Return the readings (who has read which source) in a file whose tables still have the form of version 1.

    The coder of a reading is the coder of the change that recorded it. Some sources were already read when the whole
    study was loaded from a folder. For such a source, every coder with a coding in it gets a reading.
    """
    return _Collector(connection).collect()


class _Collector:
    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._coders = dict(connection.execute("SELECT name, id FROM coders").fetchall())
        self._history = ReadingHistory()
        self._last = 0

    def collect(self) -> ReadingHistory:
        rows = self._connection.execute("SELECT * FROM sources")
        names = [column[0] for column in rows.description]
        now: dict[int, Facts] = {row[0]: dict(zip(names, row, strict=True)) for row in rows}
        events: dict[int, list[tuple[int, str, str, int, str, str]]] = {}
        for row, *event in self._connection.execute(
            "SELECT i.row, i.id, i.op, i.image, i.act, a.coder, a.state FROM images i JOIN acts a ON a.id = i.act"
            " WHERE i.tbl = 'sources' AND a.state <> 'dropped' ORDER BY i.id"
        ):
            events.setdefault(row, []).append(tuple(event))
        for source in sorted({*now, *events}):
            self._follow(source, _in_order(events.get(source, []), now.get(source)), now.get(source))
        self._history.images.sort(key=lambda image: image[0])
        return self._history

    def _follow(self, source: int, events: list[_Event], now: Facts | None) -> None:
        """Find the present and earlier readings of one source, and add them to `self._history`.

        `events` are the changes of the source's row in order. `now` is the present row, or None if the source was
        removed.
        """
        first = events[0].before if events else now
        state = _ReadingState(self._loaded(source, first), int(first is not None and first["reading"] == "in progress"))
        for event in events:
            if event.done:
                state = self._step(source, event, state)
        if now is not None:
            self._history.rows += [(number, source, coder, at) for coder, (number, at) in state.read.items()]
            self._history.started[source] = state.started
        for event in events:
            if not event.done:
                state = self._step(source, event, state)

    def _step(self, source: int, event: _Event, state: _ReadingState) -> _ReadingState:
        """Return the state of a source's readings after one change of its row, and record the change in `self._history`."""
        row = event.after
        is_read = row is not None and row["reading"] == "read"
        after = _ReadingState(
            self._after(state.read, event),
            state.started if row is None or is_read else int(row["reading"] == "in progress"),
        )
        self._history.started_in_images[event.image] = (state if event.done else after).started
        self._note(source, event, state.read, after.read, moved=state.started != after.started)
        return after

    def _loaded(self, source: int, state: Facts | None) -> Read:
        """Return the readings that a source had before its first recorded change. `state` is its row at that time.

        Only a study that was loaded from a folder can have such readings.
        """
        if state is None or state["reading"] != "read":
            return {}
        coders = [
            row[0]
            for row in self._connection.execute(
                "SELECT DISTINCT coder_id FROM codings WHERE source_id = ? ORDER BY coder_id", (source,)
            )
        ]
        if not coders:
            loaded = self._connection.execute("SELECT coder FROM acts ORDER BY (verb <> 'study load'), id").fetchone()
            coders = [self._coder(loaded[0] if loaded else "coder")]
        return {coder: (self._next(), state["read_at"]) for coder in coders}

    def _after(self, read: Read, event: _Event) -> Read:
        """Return the readings of a source after a change of its row. `read` are the readings before the change."""
        before, after = event.before, event.after
        if after is None or after["reading"] != "read":
            return {}
        if before is not None and (before["reading"], before["read_at"]) == (after["reading"], after["read_at"]):
            return read
        coder = self._coder(event.coder)
        number = read[coder][0] if coder in read else self._next()
        return {**read, coder: (number, after["read_at"])}

    def _note(self, source: int, event: _Event, before: Read, after: Read, *, moved: bool) -> None:
        """Collect an image (recorded state) of each reading that one change of a source adds, changes or removes.

        `before` and `after` are the readings before and after the change. `moved` is set if the change also sets or
        removes the mark “in progress”.
        """
        images: list[tuple[str, int, str | None]] = []
        for coder in sorted({*before, *after}):
            old, new = before.get(coder), after.get(coder)
            if old == new:
                continue
            op = "insert" if old is None else "delete" if new is None else "update"
            other = old if event.done else new  # the image holds the other state of its row
            number = (old or new or (0, ""))[0]
            images.append((op, number, None if other is None else _image(other[0], source, coder, other[1])))
        if images and not moved and _only_reading_differs(event.before, event.after):
            self._history.replacements.append((event.image, *images.pop(0)))
        self._history.images += [(event.image, event.act, *image) for image in images]

    def _coder(self, name: str) -> int:
        if name not in self._coders:
            self._connection.execute("INSERT INTO coders (name) VALUES (?)", (name,))
            self._coders[name] = self._connection.execute("SELECT id FROM coders WHERE name = ?", (name,)).fetchone()[0]
        return int(self._coders[name])

    def _next(self) -> int:
        self._last += 1
        return self._last


def _in_order(rows: Iterable[tuple[int, str, str, int, str, str]], now: Facts | None) -> list[_Event]:
    """Return the changes of a source's row in the history, in order.

    First come the changes that are not undone, oldest first. Then come the undone changes, in the order of redo.
    """
    done: list[_Event] = []
    undone: list[_Event] = []
    changes = list(rows)
    later = now
    for image, op, text, act, coder, state in reversed(changes):
        if state == "done":
            before = None if op == "insert" else json.loads(text)
            done.append(_Event(image, act, coder, True, before, None if op == "delete" else later))
            later = before
    earlier = now
    for image, op, text, act, coder, state in changes:
        if state == "undone":
            after = None if op == "delete" else json.loads(text)
            undone.append(_Event(image, act, coder, False, None if op == "insert" else earlier, after))
            earlier = after
    return [*reversed(done), *undone]


def _only_reading_differs(before: Facts | None, after: Facts | None) -> bool:
    """Return whether a change of a source's row changed only the columns that record the reading."""
    if before is None or after is None:
        return False
    return all(before[name] == after[name] for name in before.keys() - {"reading", "read_at"})


def _image(number: int, source: int, coder: int, at: str) -> str:
    return json.dumps({"id": number, "source_id": source, "coder_id": coder, "code_id": None, "round": 1, "at": at})


def insert_readings(connection: sqlite3.Connection, history: ReadingHistory) -> None:
    """Store the readings and their images (recorded states of rows) in a file with the tables of version 2."""
    connection.executemany("INSERT INTO readings (id, source_id, coder_id, at) VALUES (?, ?, ?, ?)", history.rows)
    connection.executemany(
        "UPDATE sources SET started = ? WHERE id = ?", ((value, key) for key, value in history.started.items())
    )
    connection.execute(
        "UPDATE images SET image = json_set(json_remove(image, '$.reading', '$.read_at'), '$.started',"
        " (image ->> 'reading') = 'in progress') WHERE tbl = 'sources' AND image IS NOT NULL"
    )
    connection.executemany(
        "UPDATE images SET image = json_set(image, '$.started', ?) WHERE id = ? AND image IS NOT NULL",
        ((value, key) for key, value in history.started_in_images.items()),
    )
    connection.executemany(
        "UPDATE images SET tbl = 'readings', op = ?, row = ?, image = ? WHERE id = ?",
        ((op, row, image, number) for number, op, row, image in history.replacements),
    )
    _make_room(connection, history.images)


def _make_room(connection: sqlite3.Connection, images: list[tuple[int, int, str, int, str | None]]) -> None:
    """Insert images (recorded states of rows) between existing images.

    All later images get larger ids, because the images of one entry of the history must have consecutive ids.
    """
    if not images:
        return
    places = [image[0] for image in images]
    for shift, (low, high) in enumerate(_ranges(places), 1):
        connection.execute("UPDATE images SET id = -(id + ?) WHERE id > ? AND id <= ?", (shift, low, high))
    connection.execute("UPDATE images SET id = -id WHERE id < 0")
    connection.executemany(
        "INSERT INTO images (id, act, tbl, row, op, image) VALUES (?, ?, 'readings', ?, ?, ?)",
        ((place + shift, act, row, op, image) for shift, (place, act, op, row, image) in enumerate(images, 1)),
    )
    for act, first, last in connection.execute("SELECT id, first_image, last_image FROM acts").fetchall():
        before = sum(place < first for place in places)
        within = sum(place <= last for place in places)
        if within:
            connection.execute(
                "UPDATE acts SET first_image = ?, last_image = ? WHERE id = ?", (first + before, last + within, act)
            )


def _ranges(places: list[int]) -> Iterator[tuple[int, int]]:
    """Yield each place with the place that follows it. The last place is followed by a number larger than any place."""
    for at, place in enumerate(places):
        yield place, places[at + 1] if at + 1 < len(places) else 1 << 62
