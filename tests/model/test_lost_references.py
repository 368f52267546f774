"""References that the texts of one copy of a study have lost."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sibtui.model.drafts import QueryDraft
from sibtui.model.lost_references import with_lost_references, with_stored_texts
from sibtui.model.study_alignment import Sides
from sibtui.model.study_items import items_of

from .study_copies import STUDY, added

if TYPE_CHECKING:
    from sibtui.model.study_items import StudyItems

MONEY = ((5, ("code", "t2")),)


def named(words: str, refs: Any = ()) -> StudyItems:
    """Return the items of a study with the query q9, which has these words and references."""
    items = items_of(added(STUDY, "queries", QueryDraft("Q", words, "q9")))
    name, text = items.kinds["query"]["q9"]
    return replace(items, kinds={**items.kinds, "query": {"q9": (name, replace(text, refs=refs))}})


def refs(items: StudyItems) -> Any:
    return items.kinds["query"]["q9"][1].refs


def test_texts_get_their_lost_references_from_the_common_version() -> None:
    sides = Sides(named("code Money"), named("code Money or waiting"), named("code Money", MONEY))
    compared = with_lost_references(sides)
    assert [refs(each) for each in compared[:2]] == [MONEY, MONEY]
    assert compared.mine.kinds["query"] == sides[2].kinds["query"]


def test_equal_new_texts_have_equal_references() -> None:
    sides = Sides(named("code Money", MONEY), named("code Money"), items_of(STUDY))
    assert refs(with_lost_references(sides).theirs) == MONEY
    assert refs(with_lost_references(sides._replace(base=None)).theirs) == MONEY
    other = sides._replace(theirs=named("code Money or waiting"))
    assert refs(with_lost_references(other).theirs) == ()


def test_a_merged_text_has_the_references_of_the_copy_from_which_it_comes() -> None:
    stored = Sides(named("code Money"), named("code Money or waiting"), named("code Money", MONEY))
    compared = with_lost_references(stored)
    for side, before in zip(compared[:2], stored[:2], strict=True):
        assert with_stored_texts(side.kinds, stored, compared)["query"] == before.kinds["query"]
        assert with_stored_texts(side.kinds, stored, compared)["query"]["q9"][1].refs == ()
