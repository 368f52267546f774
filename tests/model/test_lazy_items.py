from __future__ import annotations

from dataclasses import replace

import pytest

from sibtui.model.drafts import CodingDraft, SourceDraft, StudyDraft
from sibtui.model.identical_names import join_identical
from sibtui.model.import_reports import ImportReport, ProjectImport, Review
from sibtui.model.lazy_items import LazyItems, filtered, heads, joined, mapped
from sibtui.model.records import Study
from sibtui.model.segments import Segment
from sibtui.model.withdrawn_drafts import without_sources

SOURCES = (SourceDraft("a", "they trust", uid="1"), SourceDraft("A", "he pays", uid="2"))
CODINGS = (CodingDraft("a", "Trust", Segment(0, 4)), CodingDraft("A", "Pay", Segment(3, 7)))


def lazy() -> StudyDraft:
    without_texts = [replace(source, text="") for source in SOURCES]
    return StudyDraft(
        Study("s", "", "", "", 1),
        sources=LazyItems(lambda: SOURCES, 2, heads=without_texts),
        codings=LazyItems(lambda: CODINGS, 2, unused=("nth",)),
    )


def whole() -> StudyDraft:
    return StudyDraft(Study("s", "", "", "", 1), sources=SOURCES, codings=CODINGS)


def test_lazy_items_are_read_again_in_each_iteration() -> None:
    reads: list[int] = []

    def read() -> list[str]:
        reads.append(1)
        return ["a", "b"]

    items = LazyItems(read, 2)
    assert (list(items), list(items), len(items), len(reads)) == (["a", "b"], ["a", "b"], 2, 2)


def test_an_item_of_lazy_items_is_found_by_its_index() -> None:
    items = LazyItems(lambda: "abc", 3)
    assert (items[0], items[2], items[-1], items[1:]) == ("a", "c", "c", ("b", "c"))
    for outside in (3, -4):
        with pytest.raises(IndexError):
            items[outside]


def test_lazy_items_equal_the_same_items_in_memory() -> None:
    items = LazyItems(lambda: "abc", 3)
    assert items == ("a", "b", "c") == items == LazyItems(lambda: "abc", 3)
    assert items != ("a", "b")
    assert items != ("a", "b", "d")
    assert items != "abc"


def test_the_heads_of_items_without_large_parts_are_the_items_themselves() -> None:
    assert [source.text for source in heads(lazy().sources)] == ["", ""]
    assert heads(lazy().codings) == CODINGS
    assert heads(SOURCES) is SOURCES


def test_changed_items_are_lazy_if_the_items_are() -> None:
    changed = mapped(lazy().sources, lambda source: replace(source, title="t"))
    assert isinstance(changed, LazyItems)
    assert [(source.title, source.text) for source in heads(changed)] == [("t", ""), ("t", "")]
    assert changed == tuple(replace(source, title="t") for source in SOURCES)
    assert mapped(CODINGS, lambda coding: coding) == mapped(lazy().codings, lambda coding: coding) == CODINGS


def test_filtered_items_are_lazy_if_the_items_are() -> None:
    kept = filtered(lazy().sources, lambda source: source.name == "a")
    assert isinstance(kept, LazyItems)
    assert (len(kept), kept, heads(kept)[0].text) == (1, SOURCES[:1], "")
    of_codings = filtered(lazy().codings, lambda coding: coding.code == "Pay")
    assert (len(of_codings), of_codings) == (1, CODINGS[1:])
    assert filtered(CODINGS, lambda coding: coding.code == "Pay") == CODINGS[1:]


def test_items_joined_to_lazy_items_follow_them() -> None:
    items = lazy().codings
    assert joined(items, ()) is items
    assert joined(items, CODINGS) == CODINGS + CODINGS == joined(CODINGS, CODINGS)


def test_a_lazy_study_without_identical_names_is_the_same_study() -> None:
    study, notes = join_identical(lazy())
    assert isinstance(study.codings, LazyItems)
    assert (study, notes) == join_identical(whole())
    assert [source.name for source in study.sources] == ["a", "A (2)"]
    assert [coding.source for coding in study.codings] == ["a", "A (2)"]


def test_a_lazy_study_without_a_withdrawn_source_is_the_same_study() -> None:
    assert without_sources(lazy(), {"1"}) == without_sources(whole(), {"1"})


def test_reviewed_codings_come_after_lazy_codings() -> None:
    review = Review(CodingDraft("a", "Trust", quote="they trst"), "not found", Segment(0, 10), 94.7, "they trust")
    found = ProjectImport(lazy(), ImportReport("", review=(review,))).with_reviewed(90)
    assert [coding.quote for coding in found.codings] == [None, None, "they trust"]
