"""Speed of REFI-QDA projects at 200,000 codings, as ratios of processor time taken in one run."""

from __future__ import annotations

import io
import sqlite3
import time
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from lxml import etree

from sibtui.formats.refi_read import read_qdpx
from sibtui.formats.refi_write import write_qdpx
from sibtui.model.drafts import CaseDraft, CodeDraft, CodingDraft, SourceDraft, StudyDraft
from sibtui.model.records import Study
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.slow

SOURCES, EACH = 2_000, 100
WORDS = [
    "the",
    "bond",
    "was",
    "meant",
    "to",
    "pay",
    "for",
    "outcomes",
    "“not”",
    "for",
    "naïve",
    "hopes",
    "&",
    "promises",
    "of",
    "change",
    "£500",
    "each",
    "year",
    "",
]
IN, BOTH = 3.0, 5.0
"""Budgets: a project in, beside lxml parsing the same bytes and inserting the rows; in and out, beside that and serialising."""


def large() -> StudyDraft:
    text = " ".join(WORDS * 140)
    cases = [f"Case {at}" for at in range(100)]
    codes = [f"Theme {at % 15}/Code {at}" for at in range(300)]
    moment = "2026-05-07T09:00:00Z"
    codings = tuple(
        CodingDraft(
            f"interview-{source}", codes[(source * 7 + at) % 300], Segment(at * 60, at * 60 + 20 + at * 2),
            text[at * 60 : at * 60 + 20 + at * 2], None, "R1", "counters" if at % 13 == 0 else "supports",
            "tentative" if at % 9 == 0 else "firm", (cases[source % 100],), "", moment,
        )
        for source in range(SOURCES)
        for at in range(EACH)
    )  # fmt: skip
    return StudyDraft(
        Study("Large", "0", "", moment, 1),
        ("R1",),
        cases=tuple(map(CaseDraft, cases)),
        sources=tuple(SourceDraft(f"interview-{at}", text, cases=(cases[at % 100],)) for at in range(SOURCES)),
        codes=tuple(map(CodeDraft, dict.fromkeys([*(f"Theme {at}" for at in range(15)), *sorted(codes)]))),
        codings=codings,
    )


def took(work: Callable[[], object]) -> tuple[float, object]:
    before = time.process_time()
    done = work()
    return time.process_time() - before, done


def inserted(study: StudyDraft, path: Path) -> None:
    rows = [
        (
            at,
            1,
            1,
            1,
            c.segment.start,
            c.segment.end,
            c.stance,
            c.certainty,
            c.quote,
            "x" * 32,
            "x" * 32,
            c.memo,
            c.created,
        )
        for at, c in enumerate(study.codings)
        if c.segment is not None
    ]
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE codings (id INTEGER PRIMARY KEY, source, code, coder, start, stop, stance, certainty, quote, before,"
            " after, memo, created); CREATE INDEX a ON codings (code, source); CREATE INDEX b ON codings (source, start, stop);"
            "CREATE TABLE coding_cases (coding, of_case, PRIMARY KEY (coding, of_case)) WITHOUT ROWID;"
        )
        database.executemany(f"INSERT INTO codings VALUES ({', '.join('?' * 13)})", rows)
        database.executemany("INSERT INTO coding_cases VALUES (?, 1)", ((row[0],) for row in rows))
    database.close()


def test_a_large_project_goes_in_and_out_in_a_few_times_what_its_xml_and_rows_alone_take(tmp_path):
    study = large()
    into, both = [], []
    for attempt in range(2):
        out, data = took(lambda: write_qdpx(study))
        back, found = took(lambda data=data: read_qdpx("l.qdpx", data))
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            xml = archive.read("project.qde")
        parsing, root = took(lambda xml=xml: etree.fromstring(xml))
        serialising, _ = took(lambda root=root: etree.tostring(root))
        inserting, _ = took(lambda attempt=attempt: inserted(study, tmp_path / f"{attempt}.db"))
        into.append(back / (parsing + inserting))
        both.append((back + out) / (parsing + serialising + inserting))
    assert len(found.study.codings) == SOURCES * EACH
    assert replace(found.study, codings=()) == replace(study, codings=())
    assert (min(into) <= IN, min(both) <= BOTH) == (True, True), (into, both)
