"""The erasure of original texts: no file beside the study has a real name any more, and codings stay exact."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from sibtui import CodeDraft, CodingDraft, ConflictError, InputError, Project, Pseudonym, Segment, SourceDraft
from sibtui.model.scan import Replacer
from sibtui.project.anonymising.originals import HistoryNames

from .byte_search import files_with

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "Zoë Kowalczyk came late. _Zoë_ and ZOE, Kowal-\nczyk’s, 王芳和王芳 stayed. The office closed early.\n" * 3
REAL = ["Zoë", "Zoe", "ZOE", "Kowalczyk", "Kowal-", "王芳"]


@pytest.fixture
def study(empty: Project, tmp_path: Path) -> Project:
    """A real name in a text, in names and values, in the history, in an undone import, and in a copy of the study."""
    empty.sources.add(SourceDraft("Zoë", TEXT, cases="A", original="Zoë.txt"), strict=True)
    empty.sources.add(SourceDraft("plain", "Nothing happened.", cases="A"), strict=True)
    empty.sources.correct("plain", "Nothing happened here.")
    empty.codes.add(CodeDraft("Trust in Zoë"))
    empty.codings.add(CodingDraft("Zoë", "Trust in Zoë", Segment(25, 37), memo="as Zoë put it"))
    empty.memos.add("A memo on Zoë.")
    empty.memos.remove(1)
    empty.sources.replace("office", "desk of Zoë")
    ranges = [(start, end) for start in range(12) for end in range(start + 1, 12) if TEXT[start:end].strip()] * 2
    empty.codings.import_(
        [CodingDraft("Zoë", "Trust in Zoë", Segment(*each), coder=str(at % 2)) for at, each in enumerate(ranges)]
    )
    empty.history.undo()
    shutil.copy(empty.path, tmp_path / "study.sibtui.v1.bak")
    empty.pseudonyms.use_key(tmp_path.parent / f"{tmp_path.name}.key")
    for real, pseudonym in (("Zoë", "Ada"), ("Kowalczyk", "Lovelace"), ("王芳", "李娜")):
        empty.pseudonyms.add(real, pseudonym)
    return empty


def test_no_file_has_a_real_name_after_the_erasure(study: Project, tmp_path: Path) -> None:
    assert files_with(tmp_path, REAL)
    applied = study.pseudonyms.apply(erase_originals=True)
    assert files_with(tmp_path, REAL) == []
    assert applied.erased == ("Ada",)
    assert [(copy.path.name, copy.outcome) for copy in applied.copies] == [("study.sibtui.v1.bak", "rewritten")]
    assert study.pseudonyms.check(exports_only=True, at_least=1) == []
    assert study.pseudonyms.check(at_least=1) == []


def test_an_erasure_of_originals_keeps_codings_and_other_texts(study: Project) -> None:
    study.pseudonyms.apply(erase_originals=True)
    (coding,) = study.codings.list()
    assert coding.quote == "_Ada_ and AD" + "A"
    assert coding.segment.quote(study.sources.text("Ada")) == coding.quote
    assert [finding for finding in study.check() if finding.kind == "damage"] == []
    assert len(study.sources.versions("plain")) == 2
    assert [act.verb for act in study.history.list(limit=2)] == ["pseudonym erase", "coding import"]
    for act in study.history.list():
        study.history.facts(act.id)
    with pytest.raises(ConflictError):
        study.history.undo()


def test_a_dry_run_changes_nothing(study: Project, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    foreseen = study.pseudonyms.apply(erase_originals=True, dry_run=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before
    assert foreseen.erased == ("Zoë",)
    assert len(study.pseudonyms.apply(erase_originals=True).places) == len(foreseen.places)


def test_originals_of_an_earlier_replacement_are_erased(study: Project, tmp_path: Path) -> None:
    study.pseudonyms.apply()
    assert study.pseudonyms.apply(erase_originals=True).places == ()
    assert files_with(tmp_path, REAL) == []


def test_an_erasure_of_some_sources_or_inside_an_act_is_refused(study: Project, tmp_path: Path) -> None:
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    with pytest.raises(InputError):
        study.pseudonyms.apply(sources="Zoë", erase_originals=True)
    with pytest.raises(ConflictError), study.act("test", "test"):
        study.pseudonyms.apply(erase_originals=True)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_study_without_names_is_left_as_it_is(empty: Project) -> None:
    empty.pseudonyms.add("Zoë", "Ada")
    assert empty.pseudonyms.apply(erase_originals=True).erased == ()
    assert empty.history.list() == []


def test_names_of_a_removed_source_and_its_undone_codings_are_erased(study: Project, tmp_path: Path) -> None:
    study.sources.add(SourceDraft("gone", TEXT, cases="A"), strict=True)
    ranges = [(start, end) for start in range(12) for end in range(start + 1, 25) if TEXT[start:end].strip()]
    study.codings.import_([CodingDraft("gone", "Trust in Zoë", Segment(*each)) for each in ranges])
    study.history.undo()
    study.sources.remove("gone")
    study.pseudonyms.apply(erase_originals=True)
    assert files_with(tmp_path, REAL) == []


@pytest.mark.parametrize(
    ("value", "replaced"),
    [
        ('{"quotes":[{"before":"x\\nZoë left"}],"n":1}', '{"quotes":[{"before":"x\\nAda left"}],"n":1}'),
        ('{"n": 1, "text": "Zo\\u00eb left"}', '{"n":1,"text":"Ada left"}'),
        ('{"Zoë": "left"}', '{"Ada":"left"}'),
        ("{Zoë}", "{Ada}"),
        ("Zoë’s", "Ada’s"),
    ],
)
def test_values_of_the_history_may_be_json(value: str, replaced: str) -> None:
    names = HistoryNames(Replacer([Pseudonym("Zoë", "Ada")]))
    assert names.replaced(value) == replaced
    assert names.found(value)


@pytest.mark.parametrize(
    "value", ['{"a": 1}', '{ "text" : "the caf\\u00e9", "n": 1.50, "zoë": null }', '{"a":1,"a":2}', "{}", "{ }", "{a}"]
)
def test_a_json_object_without_a_name_is_not_changed(value: str) -> None:
    names = HistoryNames(Replacer([Pseudonym("Zoë", "Ada")]))
    assert not names.found(value)
    assert names.replaced(value) == value
    assert not HistoryNames(Replacer([])).found(value)


def test_an_older_text_that_is_a_json_object_without_a_name_is_kept(empty: Project) -> None:
    empty.sources.add(SourceDraft("plain", '{"a": 1}'), strict=True)
    empty.sources.correct("plain", '{"a": 2}')
    assert empty.pseudonyms.apply(erase_originals=True).erased == ()
    empty.pseudonyms.add("Zoë", "Ada")
    assert empty.pseudonyms.apply(erase_originals=True).erased == ()
    assert len(empty.sources.versions("plain")) == 2


@pytest.mark.parametrize("text", ['{"Zoë": 1}', '{"Zoë":1}', '{"a":"Zoë","a":"x"}'])
def test_an_older_text_that_is_a_json_object_with_a_name_is_erased(empty: Project, tmp_path: Path, text: str) -> None:
    empty.sources.add(SourceDraft("plain", text), strict=True)
    empty.sources.correct("plain", '{"a": 2}')
    empty.pseudonyms.use_key(tmp_path.parent / f"{tmp_path.name}.key")
    empty.pseudonyms.add("Zoë", "Ada")
    assert empty.pseudonyms.apply(erase_originals=True).erased == ("plain",)
    assert files_with(tmp_path, ["Zoë"]) == []


def test_the_replacement_and_the_erasure_are_one_act(study: Project) -> None:
    acts = len(study.history.list())
    study.pseudonyms.apply(erase_originals=True)
    assert len(study.history.list()) == acts + 1
    act = study.history.list(limit=1)[0]
    assert study.history.fact(act) == f"{act.summary} replaced, with the originals erased for good"
    assert "names in 1 text and" in act.summary
    with pytest.raises(ConflictError, match="erased texts for good"):
        study.history.undo()
    assert [finding for finding in study.check() if finding.kind == "damage"] == []


def test_an_erasure_from_the_history_alone_is_an_act_too(study: Project, tmp_path: Path) -> None:
    study.pseudonyms.apply(erase_originals=True)
    study.memos.add("Zoë again.")
    study.memos.set(1, text="Ada again.")
    study.pseudonyms.apply(erase_originals=True)
    assert files_with(tmp_path, ["Zoë"]) == []
    act = study.history.list(limit=1)[0]
    assert (act.verb, act.summary, act.changes) == ("pseudonym erase", "originals in the history", 0)
    assert [finding for finding in study.check() if finding.kind == "damage"] == []
    assert study.memos.add("Later.").text == "Later."


def test_an_erasure_that_fails_leaves_the_names(study: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("sibtui.project.erasing.older_texts._erase_quotes", fail)
    with pytest.raises(RuntimeError):
        study.pseudonyms.apply(erase_originals=True)
    assert study.sources.text("Zoë").startswith("Zoë Kowalczyk came late.")
    assert study.memos.add("Later.").text == "Later."
    assert [finding for finding in study.check() if finding.kind == "damage"] == []
