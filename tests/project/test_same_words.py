"""The Python API takes the words of the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.model.drafts import CodeDraft, CodingDraft, MemoDraft, SourceDraft
from sibtui.model.filters import CodingFilter
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from sibtui import Project


@pytest.fixture
def anna(empty: Project) -> Project:
    """A study with a source of one case."""
    empty.sources.add(SourceDraft("anna", "I left. In the end nobody called back. I left.", cases="East"), strict=True)
    return empty


def test_code_is_added_by_its_path_and_fields(empty: Project) -> None:
    code = empty.codes.add("Leaving/Too slow", definition="It takes long.", colour="sky")
    assert (code.path, code.definition, code.colour) == ("Leaving/Too slow", "It takes long.", "sky")
    assert empty.codes.add(CodeDraft("Staying", "old"), definition="new").definition == "new"
    with pytest.raises(ConflictError):
        empty.codes.add("Leaving/Too slow")
    with pytest.raises(InputError):
        empty.codes.add(5)  # type: ignore[arg-type]


def test_coding_is_added_by_its_names_and_quote(anna: Project) -> None:
    anna.codes.add("Too slow")
    coding = anna.codings.add("anna", "too slow", quote="nobody called", stance="counters", memo="Ask.")
    assert (coding.code, coding.quote, coding.stance, coding.memo) == ("Too slow", "nobody called", "counters", "Ask.")
    assert coding.cases == ("East",)
    assert anna.codings.add("anna", "Too slow", segment=Segment(0, 6)).quote == "I left"
    assert anna.codings.add("anna", "Too slow", quote="I left", nth=2).segment.start > 0
    assert anna.codings.count() == 3


@pytest.mark.parametrize(
    "call",
    [
        lambda p: p.codings.add("anna", "Too slow"),
        lambda p: p.codings.add("anna", quote="left"),
        lambda p: p.codings.add(CodingDraft("anna", "Too slow", quote="nobody"), "Too slow"),
        lambda p: p.codings.add(CodingDraft("anna", "Too slow", quote="nobody"), memo="x"),
        lambda p: p.codings.list(CodingFilter(), code="Too slow"),
        lambda p: p.codings.count(CodingFilter(), case="East"),
        lambda p: p.codings.list(stance="mispelt"),
        lambda p: p.memos.add(MemoDraft("project", "", "", "x"), title="y"),
        lambda p: p.memos.add(" "),
        lambda p: p.memos.add("x", on="mispelt"),
    ],
)
def test_incomplete_or_repeated_arguments_are_refused(anna: Project, call: Any) -> None:
    anna.codes.add("Too slow")
    acts = len(anna.history.list())
    with pytest.raises(InputError):
        call(anna)
    assert len(anna.history.list()) == acts


def test_codings_are_listed_and_counted_by_the_words_of_the_command_line(anna: Project) -> None:
    for path in ("Too slow", "Too fast"):
        anna.codes.add(path)
        anna.codings.add("anna", path, quote="nobody", certainty="tentative" if path == "Too fast" else "firm")
    for words, found in (
        ({"code": "Too slow"}, ["Too slow"]),
        ({"code": ["Too slow", "Too fast"]}, ["Too slow", "Too fast"]),
        ({"case": "East", "certainty": "tentative"}, ["Too fast"]),
        ({"source": "anna", "kind": "interview", "coder": anna.coder, "text": "NOBODY"}, ["Too slow", "Too fast"]),
        ({"unattributed": True}, []),
    ):
        assert [coding.code for coding in anna.codings.list(**words)] == found  # type: ignore[arg-type]
        assert anna.codings.count(**words) == len(found)  # type: ignore[arg-type]
    with pytest.raises(NotFoundError):
        list(anna.codings.list(code="Nothing such"))


def test_memo_is_added_by_its_text(anna: Project) -> None:
    assert (anna.memos.add("All of it.").on, anna.memos.add("x", on="case", of="East").of) == ("project", "East")
    anna.codes.add("Too slow")
    coding = anna.codings.add("anna", "Too slow", quote="nobody")
    assert anna.memos.add("Ask.", on="coding", of=coding.id).text == "Ask."
    assert anna.codings.get(coding.id).memo == "Ask."
