"""A coding goes to the cases of the person who speaks all of it, with nobody else in between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError, NotFoundError
from sibtui.model.filters import CodingFilter

from .study import add_code, add_source, apply_code

if TYPE_CHECKING:
    from sibtui.project import Project

TURNS = "Talk of May\n\nAnna: We pay in advance.\nBen: We do not.\nAnna: Who pays then?\nCleo: Nobody.\nBen: The fund.\nCleo: No.\n"
BEN = TURNS.index("Ben: We do not.")
ANNA = TURNS.index("Anna: We")


@pytest.fixture
def talk(empty: Project) -> Project:
    add_source(empty, "talk", "SIB A", "SIB B", text=TURNS)
    add_code(empty, "Money")
    return empty


@pytest.mark.parametrize(
    ("start", "end", "cases"),
    [
        (ANNA, BEN - 1, ("SIB A",)),
        (ANNA, BEN, ("SIB A",)),  # with the end of her line
        (ANNA, BEN + 1, ()),
        (ANNA - 1, BEN - 1, ()),  # it begins before the first turn
        (BEN, BEN + 15, ("SIB B",)),
        (BEN - 1, BEN + 15, ()),
        (0, 4, ()),
        (TURNS.index("Nobody"), TURNS.index("Nobody") + 6, ()),  # Cleo speaks of no case
        (TURNS.index("Who pays"), TURNS.index("Nobody") + 6, ()),
    ],
)
def test_a_coding_gets_the_case_of_the_speaker_of_all_its_words(
    talk: Project, start: int, end: int, cases: tuple[str, ...]
) -> None:
    coding = apply_code(talk, "talk", "Money", start, end)
    report = talk.codings.attribute_by_speaker("talk", {"Anna": ("SIB A",), "Ben": ("SIB B",)})
    assert talk.codings.get(coding.id).cases == cases
    assert (sum(report.given.values()), report.waiting) == ((1, 0) if cases else (0, 1))


def test_speakers_of_the_same_cases_may_share_a_coding(talk: Project) -> None:
    coding = apply_code(talk, "talk", "Money", ANNA, BEN + 15)
    talk.codings.attribute_by_speaker("talk", {"Anna": ("SIB A", "SIB B"), "Ben": ("SIB B", "SIB A")})
    assert talk.codings.get(coding.id).cases == ("SIB A", "SIB B")


def test_codings_with_a_case_keep_it_when_others_get_cases_by_speaker(talk: Project) -> None:
    own = apply_code(talk, "talk", "Money", ANNA, BEN - 1, cases=("SIB B",))
    coding = apply_code(talk, "talk", "Money", ANNA + 6, BEN - 1)
    talk.codings.attribute_by_speaker("talk", {"Anna": ("SIB A",)})
    assert [talk.codings.get(each.id).cases for each in (own, coding)] == [("SIB B",), ("SIB A",)]
    talk.history.undo()
    assert talk.codings.get(coding.id).cases == ()


def test_an_unknown_speaker_is_refused_with_the_known_ones(talk: Project) -> None:
    with pytest.raises(NotFoundError, match="No speaker is named “Dora”"):
        talk.codings.attribute_by_speaker("talk", {"Dora": ("SIB A",)})


def test_codings_are_listed_counted_and_exported_by_speaker(talk: Project) -> None:
    apply_code(talk, "talk", "Money", ANNA, BEN - 1)
    apply_code(talk, "talk", "Money", BEN, BEN + 15)
    both = apply_code(talk, "talk", "Money", ANNA, BEN + 15)
    assert talk.sources.speakers() == ("Anna", "Ben", "Cleo")
    assert [coding.segment.start for coding in talk.codings.list(speaker="BEN")] == [both.segment.start, BEN]
    assert talk.codings.count(speaker=["Anna", "Ben"]) == 3
    assert (
        talk.codings.count(speaker="Cleo") == talk.codings.count(speaker="Anna", source="talk", stance="counters") == 0
    )
    assert len(talk.codings.to_dicts(speaker="pay", speaker_pattern=r"(?P<speaker>pay) in")) == 3
    assert "".join(talk.exports.codings_csv(CodingFilter(speakers="Ben"))).count(",Money,") == 2
    with pytest.raises(NotFoundError, match="No speaker is named “Bem”; did you mean “Ben”"):
        talk.codings.list(speaker="Bem")
    with pytest.raises(InputError, match="not a regular expression"):
        talk.codings.list(speaker="Ben", speaker_pattern="(")
