"""The review of codings whose place is uncertain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui import Project, SourceDraft
from sibtui.errors import InputError, NotFoundError
from sibtui.workspace.place_review import PlaceReview

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Nobody called back. We waited for weeks. The office was shut."
NEW = "They rang us twice. Everybody sat down outside. The office was shut."


@pytest.fixture
def review(tmp_path: Path):
    with Project.create(tmp_path / "study.sibtui", coder="Ana") as project:
        project.sources.add(SourceDraft("n1", TEXT))
        project.codes.add("Trust")
        for quote in ("Nobody called back.", "We waited for weeks."):
            project.codings.add("n1", "Trust", quote=quote)
        project.sources.correct("n1", NEW)
        review = PlaceReview(project)
        review.load()
        yield review


def test_each_coding_has_its_old_and_its_nearest_passage(review: PlaceReview) -> None:
    assert review.current is not None
    assert (review.current.before.quote(review.old_text), review.words) == (
        "Nobody called back.",
        "They rang us twice.",
    )
    assert not review.step(-1)
    assert review.step(1)
    assert review.current.coding.quote == "We waited for weeks."
    assert not review.step(1)
    review.go(1)
    assert review.current.coding.id == 1


def test_the_proposed_passage_is_moved_by_words_and_accepted(review: PlaceReview) -> None:
    review.move("end", -1)
    review.move("start", 1)
    assert review.words == "rang us twice"
    assert review.accept() == "“Nobody called back.” → “rang us twice”"
    assert review.project.codings.get(1).quote == "rang us twice"
    assert [each.coding.id for each in review.found] == [2]


def test_another_passage_is_found_by_its_words(review: PlaceReview) -> None:
    review.find("the office")
    assert review.words == "The office"
    with pytest.raises(NotFoundError):
        review.find("never written")
    review.accept()
    assert review.project.codings.get(1).quote == "The office"


def test_the_review_ends_after_the_last_coding_is_removed(review: PlaceReview) -> None:
    review.step(1)
    assert review.remove() == "Removed: “We waited for weeks.”, Trust"
    assert review.current is not None
    review.accept()
    assert (review.current, review.words, review.text) == (None, "", "")
    review.move("end", 1)
    assert not review.step(1)
    for action in (review.accept, review.remove):
        with pytest.raises(InputError, match="Every coding has a certain place"):
            action()
    with pytest.raises(NotFoundError):
        review.find("office")
    review.project.history.undo()
    review.load()
    assert [each.coding.id for each in review.found] == [1]
