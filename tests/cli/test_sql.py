"""`sibtui sql`: answers in every format."""

from __future__ import annotations

import pytest

QUERY = "SELECT source, codings FROM sources ORDER BY codings DESC LIMIT 2"


@pytest.mark.usefixtures("sample")
def test_an_answer_is_printed_in_the_format_asked_for(run) -> None:
    assert run("sql", QUERY, "--format", "csv").out == "source,codings\nc1,54\na4,52\n"
    assert run("sql", QUERY, "--format", "json").json == [
        {"source": "c1", "codings": 54},
        {"source": "a4", "codings": 52},
    ]


@pytest.mark.usefixtures("sample")
def test_a_question_is_read_from_stdin(run) -> None:
    assert run("sql", "-", "--format", "csv", stdin=QUERY.encode()).out.splitlines()[1] == "c1,54"


@pytest.mark.usefixtures("sample")
def test_a_change_is_refused_with_one_sentence(run) -> None:
    refused = run("sql", "DELETE FROM codings")
    assert (refused.status, refused.out) == (1, "")
    assert refused.err == (
        "sibtui: Only one SELECT is possible here. The table `about` lists the tables and columns.\n"
    )
