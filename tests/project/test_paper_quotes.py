"""`reports.quotes`: the quotes for the paper, their participants, lines and times."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.model.drafts import SourceDraft

if TYPE_CHECKING:
    from sibtui.project import Project

TALK = """[00:00:05] Interviewer: How is it?

[00:01:10] Anna: Trust takes time.

[00:02:20] Ben: Money is short.

[00:03:00] Anna: Trust grew.
"""


@pytest.fixture
def talk(empty: Project) -> Project:
    empty.cases.add("A")
    empty.codes.add("Trust")
    empty.codes.add("Money")
    empty.sources.add(SourceDraft("talk", TALK, cases=("A",), fidelity="verbatim"), strict=True)
    empty.sources.add(
        SourceDraft("note", "They say money is short.\n", attributes={"participants": "P1; P2"}), strict=True
    )
    empty.sources.add(SourceDraft("plan", "The plan.\n", kind="report"), strict=True)
    empty.codings.add("talk", "Money", quote="Money is short.")
    empty.codings.add("talk", "Trust", quote="Trust takes time.")
    empty.codings.add("talk", "Trust", quote="Trust grew.")
    empty.codings.add("note", "Money", quote="money is short")
    return empty


def test_only_quotes_for_the_paper_are_listed_by_code_and_participant(talk: Project) -> None:
    assert talk.reports.quotes().rows == ()
    talk.codings.set([1, 3, 4], for_paper=True)
    assert [row[:6] for row in talk.reports.quotes().rows] == [
        ("Trust", "Anna", "talk", 7, "00:03:00", ("A",)),
        ("Money", "Ben", "talk", 5, "00:02:20", ("A",)),
        ("Money", "P1, P2", "note", 1, "", ()),
    ]
    assert [row[7] for row in talk.reports.quotes().rows] == ["spoken", "spoken", "notes"]


def test_each_participant_has_a_number_of_quotes_even_none(talk: Project) -> None:
    talk.codings.set([2, 3, 4], for_paper=True)
    table = talk.reports.quotes(by="participant")
    assert table.rows == (("Anna", 2, 1, ("talk",)), ("P1, P2", 1, 1, ("note",)), ("Ben", 0, 0, ("talk",)))
    assert table.below[:2] == (
        "3 quotes of 2 of 3 participants.",
        "The most quoted participant is Anna, with 2 quotes.",
    )
    assert "without quotation marks" in table.below[2]


def test_a_filter_narrows_the_quotes_and_is_printed(talk: Project) -> None:
    talk.codings.set([1, 2, 3, 4], for_paper=True)
    table = talk.reports.quotes(code="Trust", source="talk")
    assert (len(table.rows), table.below[-2:]) == (2, ("Code: Trust only.", "Source: talk only."))
    assert talk.reports.quotes(case="A", by="participant").rows[0][0] == "Anna"


def test_a_document_without_quotes_is_no_participant(talk: Project) -> None:
    assert "plan" not in [row[0] for row in talk.reports.quotes(by="participant").rows]
    talk.codings.set([talk.codings.add("plan", "Money", quote="The plan").id], for_paper=True)
    assert ("plan", 1, 1, ("plan",)) in talk.reports.quotes(by="participant").rows


def test_the_json_of_a_quote_keeps_its_words(talk: Project) -> None:
    talk.codings.set(1, for_paper=True)
    [row] = talk.reports.quotes().objects
    assert (row["quote"], row["number"], row["cases"], row["words"]) == ("Money is short.", 1, ["A"], "spoken")
