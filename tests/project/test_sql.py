"""Questions in SQL to the flat tables of a study."""

from __future__ import annotations

import signal
import threading
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.project import Project


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT count(*) FROM codings", ((634,),)),
        ("SELECT count(*) FROM quotes_by_code WHERE \"case\" = 'SIB A' AND code LIKE '%/Rate card'", ((21,),)),
        ("SELECT count(*), count(DISTINCT matrix) FROM cells", ((88, 4),)),
        ('SELECT "SIB C" FROM matrix_table_1 LIMIT 1', (("X",),)),
        ("SELECT count(*) FROM codings JOIN sources USING (source) WHERE kind = 'report'", ((67,),)),
        ("WITH n(i) AS (VALUES (1), (2)) SELECT sum(i) FROM n", ((3,),)),
        ("SELECT NULL, x'00ff', 'a' || 'b'", (("", "00ff", "ab"),)),
        ("SELECT 1e999, -1e999", (("inf", "-inf"),)),
    ],
)
def test_a_select_is_answered_from_the_flat_tables(sample: Project, query: str, rows: tuple[object, ...]) -> None:
    assert sample.exports.sql(query).rows == rows


def test_columns_with_one_name_are_numbered_and_numbers_keep_their_digits(sample: Project) -> None:
    table = sample.exports.sql("SELECT 1 AS a, 2 AS a, 1.0 / 3 AS third, NULL AS missing")
    assert table.columns == ("a", "a 2", "third", "missing")
    assert table.objects == ({"a": 1, "a 2": 2, "third": 1 / 3, "missing": None},)
    assert str(table.rows[0][2]) == "0.333333"


@pytest.mark.parametrize(
    "query",
    [
        "", "DROP TABLE codings", "DELETE FROM codings", "INSERT INTO cases VALUES ('x', 9)", "CREATE TABLE x (y)", "ATTACH 'x.db' AS x",
        "PRAGMA query_only = OFF", "SELECT 1; SELECT 2", "VACUUM INTO 'x.db'", "BEGIN", "SELECT load_extension('x')",
        "SELECT writefile('x', 'y')", "SELECT private FROM cases", "SELECT * FROM acts", "SELEC 1", "SELECT '\x00", "SELECT * FROM coders",
    ],
)  # fmt: skip
def test_everything_but_one_select_on_the_tables_is_refused(
    sample: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str
) -> None:
    monkeypatch.chdir(tmp_path)
    before = sample.path.read_bytes()
    with pytest.raises(InputError, match="The table `about` lists the tables and columns"):
        sample.exports.sql(query)
    assert list(tmp_path.iterdir()) == []
    assert sample.path.read_bytes() == before


def test_the_table_about_documents_every_column_that_can_be_read(sample: Project) -> None:
    documented = {(row["table"], row["column"]) for row in sample.exports.sql("SELECT * FROM about").objects}
    names = [
        row[0] for row in sample.exports.sql("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')").rows
    ]
    for name in names:
        table = sample.exports.sql(f'SELECT * FROM "{name}" LIMIT 0')
        if name != "about" and not str(name).startswith("matrix_"):
            assert {(name, column) for column in table.columns} <= documented, name


def test_a_question_without_end_is_interrupted_by_ctrl_c(sample: Project) -> None:
    # a background job of a shell ignores SIGINT, and so does the test in it
    previous_handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    timer = threading.Timer(0.5, signal.raise_signal, [signal.SIGINT])
    timer.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            sample.exports.sql("WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT max(n) FROM r")
    finally:
        timer.join()
        signal.signal(signal.SIGINT, previous_handler)


def test_proposals_are_a_table(sample: Project) -> None:
    number = sample.proposals.add("Wider system/Peer roles", definition="Help.", coder="R2").id
    sample.proposals.reject(number, because="Too broad.")
    answer = sample.exports.sql("SELECT proposal, path, coder, state, code, reason FROM proposals")
    assert answer.rows == ((number, "Wider system/Peer roles", "R2", "rejected", "", "Too broad."),)
