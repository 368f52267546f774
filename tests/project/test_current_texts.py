"""The texts of all sources, read one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.model.drafts import SourceDraft
from sibtui.store import sources as rows

if TYPE_CHECKING:
    from sibtui.project import Project

TEXTS = {"a": "One card.\n", "b": "Two.\n", "c": "Three cards and a card.\n", "d": "Four.\n"}


@pytest.fixture
def notes(empty: Project) -> Project:
    empty.sources.add([SourceDraft(name, text, language="de") for name, text in TEXTS.items()], strict=True)
    return empty


@pytest.mark.parametrize("at_once", [1, 10, 15, 16, 1000])
def test_each_current_text_is_read_once_in_the_order_of_the_list(
    notes: Project, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(rows, "TEXTS_AT_ONCE", at_once)
    notes.sources.move("d", 1)
    notes.sources.correct("b", "A new card.\n")
    found = [each[1:] for each in rows.current_texts(notes.sources._store)]
    assert found == [(name, "de", {**TEXTS, "b": "A new card.\n"}[name]) for name in "dabc"]
    assert [(match.source, match.line) for match in notes.sources.search("card")] == [
        ("a", 1), ("b", 1), ("c", 1), ("c", 1)
    ]  # fmt: skip


def test_the_study_can_change_during_a_search(notes: Project) -> None:
    notes.codes.add("Card")
    for match in notes.sources.search("card"):
        notes.codings.add(match.source, "Card", segment=match.segment)
        if match.source == "a":
            notes.sources.remove("d")
    assert notes.codings.count() == 3
    assert notes.sources.names() == ("a", "b", "c")
