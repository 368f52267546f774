"""Codings get places in the text of a source that a merge of two copies of a study takes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sibtui.model.study_alignment import Sides
from sibtui.model.study_items import StudyItems, items_of
from sibtui.model.text_alignment import all_with_texts, with_texts

from .study_copies import STUDY, TEXT, changed

WITHOUT_QUOTE = TEXT.replace("They trust until March", "All is well in this town")


def test_codings_are_carried_to_another_text() -> None:
    text = TEXT.replace("around £500", "about £600")
    items = with_texts(items_of(STUDY), {"s2": text, "s1": TEXT, "s9": ""})
    places = {key: fields[3][:2] for key, fields in items.kinds["coding"].items()}
    assert places == {"k1": (0, 22), "k2": (28, 50), "k3": (56, 62)}
    assert with_texts(items, {"s1": TEXT}) is items
    cut = with_texts(items_of(STUDY), {"s1": TEXT[60:]}).kinds["coding"]["k1"][3]
    assert (cut.undecided, cut.quote) == (True, TEXT[:22])
    undecided = items_of(changed(STUDY, "codings", "k2", undecided=True))
    assert with_texts(undecided, {"s2": text}).kinds["coding"]["k2"][3].undecided
    assert with_texts(items_of(STUDY), {"s1": ""}).kinds["coding"]["k1"] == items.kinds["coding"]["k1"]


def corrected(items: StudyItems, text: str) -> StudyItems:
    """Return the study with another text of the first source, and its codings at their places in this text."""
    name, title, kind, fidelity, language, started, _, *more = items.kinds["source"]["s1"]
    fields = (name, title, kind, fidelity, language, started, text, *more)
    kinds = with_texts(items, {"s1": text}).kinds
    return replace(items, kinds={**kinds, "source": {**kinds["source"], "s1": fields}})


@pytest.mark.parametrize("is_mine", [True, False])
@pytest.mark.parametrize("text", [WITHOUT_QUOTE, TEXT.replace("trust until", "trust us until"), TEXT[12:]])
def test_a_coding_returns_to_its_place_if_the_correction_of_its_text_is_not_taken(text: str, *, is_mine: bool) -> None:
    base = items_of(STUDY)
    copy = corrected(base, text)
    sides = all_with_texts(Sides(copy, base, base) if is_mine else Sides(base, copy, base), {"s1": TEXT})
    assert [each.kinds["coding"] for each in sides if each is not None] == [base.kinds["coding"]] * 3


def test_a_coding_that_was_moved_in_a_corrected_text_keeps_its_words() -> None:
    base = items_of(STUDY)
    moved = corrected(base, "Hello. " + TEXT)
    fields = moved.kinds["coding"]["k1"]
    place = fields[3]._replace(start=12, quote=TEXT[5:22])
    kinds = {**moved.kinds, "coding": {**moved.kinds["coding"], "k1": (*fields[:3], place, *fields[4:])}}
    sides = all_with_texts(Sides(base, replace(moved, kinds=kinds), base), {"s1": TEXT})
    assert sides.theirs.kinds["coding"]["k1"][3] == (5, 22, TEXT[5:22], False)


def test_without_a_common_version_each_copy_is_carried_alone() -> None:
    base = items_of(STUDY)
    sides = all_with_texts(Sides(base, corrected(base, WITHOUT_QUOTE)), {"s1": TEXT})
    assert sides.theirs.kinds["coding"]["k1"][3].undecided
