"""Tables of the quotes for the paper."""

from __future__ import annotations

from sibtui.model.quote_tables import PaperQuote, Participant, participants_table, quotes_table
from sibtui.model.records import Coding
from sibtui.model.segments import Segment


def quote(participant: str, *, verbatim: bool = True) -> PaperQuote:
    coding = Coding(7, "a1", Segment(3, 8), "two\nwords", "", "", "T/C", "R1", "supports", "firm", ("A",), "", "2020")
    return PaperQuote(coding, participant, 4, "00:01", verbatim)


ANNA, BEN = Participant("Anna", 2, 1, ("a1",)), Participant("Ben", 0, 0, ("a1", "b1"))


def test_each_quote_is_a_row_with_its_place() -> None:
    table = quotes_table([quote("Anna"), quote("Anna", verbatim=False)], [ANNA, BEN], ["Case: A only."])
    assert table.rows[0] == ("T/C", "Anna", "a1", 4, "00:01", ("A",), "two words", "spoken", "supports", 7)
    assert table.rows[1][7] == "notes"
    assert table.objects[0]["quote"] == "two\nwords"
    assert table.below == (
        "2 quotes of 1 of 2 participants.",
        "The most quoted participant is Anna, with 2 quotes.",
        "Quotes from notes are not the words of a person: print them without quotation marks.",
        "Case: A only.",
    )


def test_each_participant_is_a_row_even_without_a_quote() -> None:
    table = participants_table([], [BEN], [])
    assert (table.rows, table.below) == ((("Ben", 0, 0, ("a1", "b1")),), ("0 quotes of 0 of 1 participant.",))
