"""`codings.add_found`: codings of the passages of a search, of a speaker, or below a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError, NotFoundError
from sibtui.model.drafts import SourceDraft

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.project import Project

TALK = """# Talk

## Rate card

Anna: We read the rate card. It was long.

Ben: Nobody told us. The rate card came late.

## Money

Anna: Money is short.

**Rate card again**

Ben: The end.
"""


@pytest.fixture
def talk(empty: Project) -> Project:
    empty.cases.add("A")
    empty.cases.add("B")
    empty.codes.add("Rates")
    empty.sources.add(SourceDraft("talk", TALK, cases=("A",)), strict=True)
    empty.sources.add(SourceDraft("note", "A rate card of two pages.\n", cases=("A", "B")), strict=True)
    return empty


def quotes(project: Project, **words: object) -> Sequence[str]:
    return [coding.quote for coding in project.codings.list(**words)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("span", "found"),
    [
        ("match", ["the rate card", "The rate card"]),
        ("sentence", ["We read the rate card.", "The rate card came late."]),
        ("paragraph", ["Anna: We read the rate card. It was long.", "Ben: Nobody told us. The rate card came late."]),
        ("turn", ["We read the rate card. It was long.", "Nobody told us. The rate card came late."]),
    ],
)
def test_words_are_coded_with_the_span_around_them(talk: Project, span: str, found: list[str]) -> None:
    done = talk.codings.add_found("Rates", search="the rate card", span=span, source="talk")  # type: ignore[arg-type]
    assert done.added == 2
    assert [
        quote.removeprefix("Anna: ") if span == "sentence" else quote for quote in quotes(talk, how="search")
    ] == found


def test_a_span_with_two_matches_is_coded_once(talk: Project) -> None:
    done = talk.codings.add_found("Rates", search="r", span="paragraph", source="note")
    assert (done.added, quotes(talk)) == (1, ["A rate card of two pages."])


def test_a_match_outside_of_all_turns_takes_its_paragraph(talk: Project) -> None:
    talk.codings.add_found("Rates", search="talk", span="turn")
    assert quotes(talk) == ["# Talk"]


def test_a_source_of_several_cases_leaves_codings_without_a_case(talk: Project) -> None:
    done = talk.codings.add_found("Rates", search="rate card")
    assert done.unattributed == 1
    assert [coding.source for coding in talk.codings.unattributed()] == ["note"]


def test_with_cases_only_sources_about_them_are_coded(talk: Project) -> None:
    talk.codings.add_found("Rates", search="rate card", cases="B")
    assert [(coding.source, coding.cases) for coding in talk.codings.list()] == [("note", ("B",))]


def test_the_turns_of_a_speaker_are_coded_without_the_name(talk: Project) -> None:
    talk.codings.add_found("Rates", speaker="anna")
    assert quotes(talk, how="speaker") == ["We read the rate card. It was long.", "Money is short."]
    talk.codings.add_found("Rates", speaker="Ben", span="sentence")
    assert "Nobody told us." in quotes(talk, how="speaker")


def test_the_text_below_a_heading_ends_at_the_next_heading(talk: Project) -> None:
    assert talk.codings.add_found("Rates", heading="rate CARD", span="paragraph").added == 3
    assert quotes(talk, how="heading") == [
        "Anna: We read the rate card. It was long.", "Ben: Nobody told us. The rate card came late.", "Ben: The end.",
    ]  # fmt: skip
    assert talk.codings.add_found("Rates", heading="Money").added == 1
    assert "Anna: Money is short." in quotes(talk)
    talk.codings.add_found("Rates", heading="Money", span="turn")
    assert "Money is short." in quotes(talk) or quotes(talk).count("Anna: Money is short.") == 1


def test_a_heading_without_text_below_it_codes_nothing(talk: Project) -> None:
    with pytest.raises(NotFoundError, match="Nothing was found"):
        talk.codings.add_found("Rates", heading="Talk")


def test_a_dry_run_stores_nothing_and_counts_the_same(talk: Project) -> None:
    acts = len(talk.history.list())
    tried = talk.codings.add_found("Rates", search="rate card", dry_run=True)
    assert (len(talk.history.list()), talk.codings.count()) == (acts, 0)
    assert talk.codings.add_found("Rates", search="rate card").added == tried.added


def test_all_codings_are_one_act(talk: Project) -> None:
    talk.codings.add_found("Rates", search="rate card")
    [act, *_] = talk.history.list(limit=1)
    assert act.summary == "5 codings of Rates added by search"
    talk.history.undo()
    assert talk.codings.count() == 0


def test_a_coding_that_exists_already_keeps_its_origin(talk: Project) -> None:
    talk.codings.add("note", "Rates", quote="rate card", stance="counters")
    done = talk.codings.add_found("Rates", search="rate card", source="note")
    assert (done.added, done.same, done.refused) == (0, 1, ())
    [coding] = talk.codings.list()
    assert (coding.how, coding.stance) == ("", "counters")


def test_codings_by_search_do_not_mark_a_source_as_read(talk: Project) -> None:
    before = [source.reading for source in talk.sources.list()]
    talk.codings.add_found("Rates", search="rate card")
    assert [source.reading for source in talk.sources.list()] == before == ["unread", "unread"]
    assert talk.readings.list() == []


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({}, "Give one of these"),
        ({"search": "x", "heading": "y"}, "Give one of these"),
        ({"search": "zebra"}, "Nothing was found"),
        ({"speaker": "Carl"}, "No speaker is named"),
        ({"heading": "zebra"}, "No heading has “zebra”"),
        ({"search": "(", "regex": True}, "regular expression"),
        ({"search": "rate", "source": "nowhere"}, "nowhere"),
    ],
)
def test_a_search_that_cannot_be_made_is_refused(talk: Project, arguments: dict[str, object], error: str) -> None:
    with pytest.raises((InputError, NotFoundError), match=error):
        talk.codings.add_found("Rates", **arguments)  # type: ignore[arg-type]
    assert talk.codings.count() == 0


SECTION = "## Rate card\n\nAnna: We read the rate card. It was long.\n\nBen: Nobody told us. The rate card came late."


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ({"search": "the rate card"}, [SECTION]),
        ({"search": ["came", "money"], "within": 1}, [f"{SECTION}\n\n## Money\n\nAnna: Money is short."]),
        ({"speaker": "Ben"}, ["Nobody told us. The rate card came late.", "The end."]),
        ({"heading": "money"}, ["Anna: Money is short."]),
        ({"heading": "talk", "dry_run": True}, []),
    ],
)
def test_whole_sections_are_coded(talk: Project, words: dict[str, object], found: list[str]) -> None:
    if words.get("dry_run"):
        with pytest.raises(NotFoundError):
            talk.codings.add_found("Rates", span="section", source="talk", **words)  # type: ignore[arg-type]
        return
    if "within" in words:
        words = words | {"search": ["late", "money"]}
    talk.codings.add_found("Rates", span="section", source="talk", **words)  # type: ignore[arg-type]
    assert quotes(talk) == found


def test_several_words_need_a_stretch_of_text(talk: Project) -> None:
    added = talk.codings.add_found("Rates", search=["nobody", "late"], within="paragraph", source="talk")
    assert (added.added, quotes(talk)) == (1, ["Nobody told us. The rate card came late"])
    with pytest.raises(NotFoundError):
        talk.codings.add_found("Rates", search=["nobody", "late"], within="sentence")
    with pytest.raises(InputError):
        talk.codings.add_found("Rates", search=["nobody", "late"])


def test_only_sources_of_a_set_are_searched(talk: Project) -> None:
    talk.sets.add("pilot", "note")
    talk.sets.add("empty")
    talk.codings.add_found("Rates", search="rate card", sets="Pilot")
    assert {coding.source for coding in talk.codings.list(code="Rates")} == {"note"}
    with pytest.raises(NotFoundError, match="Nothing was found"):
        talk.codings.add_found("Rates", search="rate card", sets="empty")
    with pytest.raises(NotFoundError, match="No set of sources is named “none”"):
        talk.codings.add_found("Rates", search="rate card", sets="none")
