"""Names are found in all that people wrote, and replaced with codings carried exactly."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui import (
    CodeDraft,
    CodingDraft,
    ConflictError,
    InputError,
    MatrixDefinition,
    NotFoundError,
    Project,
    RowDefinition,
    Segment,
    SourceDraft,
)
from sibtui.model.reanchor import edited
from sibtui.model.scan import Replacer, WrittenText, edits_of
from tests.examples import examples

from .study import dump, opened

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = "Mary Jones came.\nMARY spoke of Mary's house, and Rosemary listened to Jones.\nThe end."


@pytest.fixture
def named(empty: Project) -> Project:
    """Mary Jones in every place where people write, and a key."""
    empty.sources.add(
        SourceDraft("Mary Jones", TEXT, title="Talk with Mary", cases="Mary", original="mary jones.txt"), strict=True
    )
    empty.sources.set("Mary Jones", attributes={"met by": "Mary"})
    empty.codes.add(
        CodeDraft("House of Mary", definition="As Mary put it", include="Mary", exclude="Mary", example="Mary")
    )
    empty.codes.rename("House of Mary", "Home of Mary")
    empty.codings.add(CodingDraft("Mary Jones", "Home of Mary", Segment(17, 41), memo="Ask Mary"))
    empty.codings.add(CodingDraft("Mary Jones", "Home of Mary", Segment(49, 66)))
    empty.memos.add("Mary again.", title="On Mary")
    empty.proposals.add("Mary/Her house", definition="Where Mary lives")
    empty.proposals.reject([1], "Only Mary spoke of it")
    empty.matrices.define(
        MatrixDefinition(
            "Table of Mary",
            title="Mary",
            rows=[RowDefinition("Mary", "Home of Mary", note="See Mary")],
            columns="cases",
        )
    )
    empty.sources.set("Mary Jones", reading="read")
    empty.matrices.judge("Table of Mary", "Mary", "Mary", "present", because="Mary is clear on it")
    empty.set_study(name="Mary's study", description="About Mary Jones")
    empty.pseudonyms.add("Mary", "Anna")
    empty.pseudonyms.add("Mary Jones", "Anna Smith")
    return empty


PLACES = {
    "text", "source name", "source title", "file name", "attribute", "case name", "code name", "code definition", "code include",
    "code exclude", "code example", "proposal name", "proposal definition", "proposal reason", "earlier code name", "earlier code definition", "coding memo", "memo", "memo title", "table name",
    "table title", "table row", "table note", "judgement", "study name", "study description",
}  # fmt: skip


def text_of(project: Project) -> str:
    return project.sources.text(project.sources.names()[0])


def test_the_key_is_a_file_of_its_own(named: Project) -> None:
    file = named.pseudonyms.key_file
    assert file == named.path.with_suffix(".sibtui-key")
    assert file.read_text(encoding="utf-8") == "real,pseudonym\nMary,Anna\nMary Jones,Anna Smith\n"
    assert file.stat().st_mode & 0o777 == 0o600
    assert named.pseudonyms.remove("mary").pseudonym == "Anna"
    assert [each.real for each in named.pseudonyms.list()] == ["Mary Jones"]
    assert b"Anna Smith" not in named.path.read_bytes()
    assert str(file).encode() not in named.path.read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o602, 0o660])
def test_a_key_that_other_people_can_read_is_refused(named: Project, mode: int) -> None:
    named.pseudonyms.key_file.chmod(mode)
    for use in (
        named.pseudonyms.list,
        named.pseudonyms.scan,
        named.pseudonyms.apply,
        lambda: named.pseudonyms.add("Tom", "Bo"),
    ):
        with pytest.raises(InputError, match="Other people can read"):
            use()
    named.pseudonyms.key_file.chmod(0o600)
    assert len(named.pseudonyms.list()) == 2


def test_a_key_can_be_another_file(named: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named.pseudonyms.use_key(str(tmp_path / "names.csv"))
    named.pseudonyms.add("Tom", "Bo")
    monkeypatch.setenv("SIBTUI_KEY", str(tmp_path / "names.csv"))
    with opened(named.path) as again:
        assert [each.real for each in again.pseudonyms.list()] == ["Tom"]


@pytest.mark.parametrize("by", ["method", "environment"])
def test_a_named_key_file_that_does_not_exist_is_refused_until_a_name_is_added(
    named: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by: str
) -> None:
    file = tmp_path / "typo.csv"
    monkeypatch.setenv("SIBTUI_KEY", str(file) if by == "environment" else "")
    with opened(named.path) as study:
        if by == "method":
            study.pseudonyms.use_key(file)
        for use in (
            study.pseudonyms.list,
            study.pseudonyms.scan,
            study.pseudonyms.apply,
            study.pseudonyms.check,
            study.pseudonyms.taken,
            study.pseudonyms.chained,
            lambda: study.pseudonyms.remove("Tom"),
            lambda: study.exports.replication_package(tmp_path / "package"),
        ):
            with pytest.raises(InputError, match=r"There is no key file .*typo\.csv"):
                use()
        assert not (tmp_path / "package").exists()
        study.pseudonyms.add("Tom", "Bo")
        assert [each.real for each in study.pseudonyms.list()] == ["Tom"]


@pytest.mark.parametrize("wrong", ["folder", "study"])
def test_a_file_that_is_not_a_key_is_refused(named: Project, tmp_path: Path, wrong: str) -> None:
    named.pseudonyms.use_key(tmp_path if wrong == "folder" else named.path)
    with pytest.raises(InputError):
        named.pseudonyms.add("Tom", "Bo")
    assert named.sources.names()


def test_a_failed_write_does_not_change_the_key(named: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(InputError, match="No space left"):
        named.pseudonyms.add("Tom", "Bo")
    assert len(named.pseudonyms.list()) == 2


def test_a_scan_reads_every_place(named: Project) -> None:
    assert {each.place for each in named.pseudonyms.scan(near=False)} == PLACES
    assert {each.place for each in named.pseudonyms.scan(sources="Mary Jones")} == {"text"}
    with pytest.raises(NotFoundError):
        named.pseudonyms.scan(sources="nobody")


def test_a_private_name_is_not_scanned(empty: Project) -> None:
    empty.cases.add("A", private_name="Mary")
    empty.pseudonyms.add("Mary", "Anna")
    assert empty.pseudonyms.scan() == []


def test_apply_replaces_names_everywhere_as_one_act(named: Project) -> None:
    before = dump(named.path)
    foreseen = named.pseudonyms.apply(dry_run=True)
    assert dump(named.path) == before
    applied = named.pseudonyms.apply()
    assert applied == foreseen
    assert {each.place for each in applied.places} == PLACES
    assert text_of(named) == "Anna Smith came.\nANNA spoke of Anna's house, and Rosemary listened to Jones.\nThe end."
    assert named.pseudonyms.scan(near=False) == []
    assert [coding.quote for coding in named.codings.list()] == ["ANNA spoke of Anna's hou", "Rosemary listened"]
    assert named.check() == []
    assert [act.verb for act in named.history.undo()] == ["pseudonym apply"]
    assert dump(named.path) == before
    named.history.redo()
    assert named.pseudonyms.apply().places == ()
    assert named.history.list(limit=1)[0].verb == "pseudonym apply"


def test_apply_to_one_source_changes_only_its_text(named: Project) -> None:
    named.sources.add(SourceDraft("b", "Mary."), strict=True)
    assert {each.place for each in named.pseudonyms.apply(sources="b").places} == {"text"}
    assert named.sources.text("b") == "Anna."
    assert named.sources.text("Mary Jones") == TEXT
    assert len(named.sources.versions("b")) == 2


def test_replaced_names_are_not_replaced_a_second_time(empty: Project) -> None:
    empty.sources.add(SourceDraft("a", "Mary met Anna."), strict=True)
    empty.pseudonyms.add("Mary", "Anna")
    empty.pseudonyms.add("Anna", "Zoe")
    assert [each.real for each in empty.pseudonyms.chained()] == ["Mary"]
    empty.pseudonyms.apply()
    assert empty.sources.text("a") == "Anna met Zoe."
    with pytest.raises(ConflictError, match="second replacement"):
        empty.pseudonyms.apply()
    empty.history.undo()
    assert len(empty.pseudonyms.apply(dry_run=True).places) == 2


def test_only_the_first_of_two_cases_gets_their_common_pseudonym(empty: Project) -> None:
    for label in ("Mary", "Maria", "Zoe"):
        empty.cases.add(label)
    for real, pseudonym in (("Mary", "Anna"), ("Maria", "Anna"), ("Zoe", "Mary")):
        empty.pseudonyms.add(real, pseudonym)
    applied = empty.pseudonyms.apply()
    assert [each.split(" keeps")[0] for each in applied.kept] == ["the case “Maria”"]
    assert [case.label for case in empty.cases.list()] == ["Anna", "Maria", "Mary"]


def test_an_item_keeps_its_name_if_its_pseudonym_is_the_name_of_another_item(empty: Project) -> None:
    empty.cases.add("Mary")
    empty.cases.add("Anna")
    empty.codes.add(CodeDraft("T/Mary"))
    empty.codes.add(CodeDraft("T/Anna"))
    empty.codes.add(CodeDraft("Mary"))
    empty.pseudonyms.add("Mary", "Anna")
    applied = empty.pseudonyms.apply()
    assert [each.split(" keeps")[0] for each in applied.kept] == ["the case “Mary”", "the code “Mary”"]
    assert [case.label for case in empty.cases.list()] == ["Mary", "Anna"]
    assert [code.path for code in empty.codes.list()] == ["T", "T/Mary", "T/Anna", "Anna"]


def test_columns_of_matrices_follow_the_renamed_items(empty: Project) -> None:
    empty.sources.add(SourceDraft("Mary", "x", cases="A"), strict=True)
    empty.cases.set("A", attributes={"Trust in Mary": "by Mary"})
    empty.codes.add(CodeDraft("c"))
    for name, columns in (("one", "sources"), ("two", "attribute:Trust in Mary")):
        only = ("Mary",) if columns == "sources" else ("by Mary",)
        empty.matrices.define(MatrixDefinition(name, "", rows=[RowDefinition("r", "c")], columns=columns, only=only))
    empty.pseudonyms.add("Mary", "Anna")
    empty.pseudonyms.apply()
    assert empty.matrices.show("one").columns == ("Anna",)
    assert empty.matrices.show("two").columns == ("by Anna",)


def test_an_undecided_coding_stays_undecided_when_the_name_in_its_quote_is_replaced(empty: Project) -> None:
    empty.sources.add(SourceDraft("a", "One day Mary left the house for good. Nobody saw it."), strict=True)
    empty.codes.add(CodeDraft("c"))
    coding = empty.codings.add(CodingDraft("a", "c", Segment(8, 37)))
    empty.sources.correct("a", "Mary: nobody saw it at all, not even once.")
    assert [each.coding.id for each in empty.codings.undecided()] == [coding.id]
    empty.pseudonyms.add("Mary", "Anna")
    applied = empty.pseudonyms.apply()
    assert [each.after for each in applied.codings] == [None]
    (undecided,) = empty.codings.undecided()
    assert undecided.coding.quote == "Anna left the house for good."
    assert empty.pseudonyms.scan(near=False) == []
    assert [finding.what for finding in empty.check() if finding.kind == "damage"] == []


WORDS = st.sampled_from(
    ["Mary", "MARY", "Mary's", "Mary Jones", "Jones", "mary", "Rosemary", "Jo", "the", "é\u0301", "😀", "."]
)
KEY = {"Mary": "Anna", "Mary Jones": "P", "Jo": "A much longer pseudonym"}


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with Project.create(tmp_path_factory.mktemp("apply") / "s.sibtui", coder="Ana") as project:
        for real, pseudonym in KEY.items():
            project.pseudonyms.add(real, pseudonym)
        for number in range(8):
            project.codes.add(CodeDraft(f"c{number}"))
        yield project


@examples(15)
@given(
    words=st.lists(st.tuples(WORDS, st.sampled_from([" ", "\n", ", "])), min_size=1, max_size=15),
    spans=st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), max_size=8),
)
@example(words=[("Mary", " "), ("Mary", " ")], spans=[(0, 4), (0, 5), (4, 5), (5, 9), (2, 7), (0, 99)])
@example(words=[("Mary Jones", ", ")], spans=[(0, 10), (0, 4), (5, 10), (9, 12)])
def test_a_coding_keeps_its_quote_with_the_replacement_made(
    texts: Project, words: list[tuple[str, str]], spans: list[tuple[int, int]]
) -> None:
    text = "".join(word + between for word, between in words)
    name = f"s{len(texts.sources.names())}"
    drafts = [
        CodingDraft(name, f"c{number}", Segment(start, min(end, len(text))))
        for number, (start, end) in enumerate(spans)
        if text[start:end].strip()
    ]
    with texts.act("test", "test"):
        texts.sources.add(SourceDraft(name, text), strict=True)
        before = [texts.codings.add(draft) for draft in drafts]
    edits = edits_of(Replacer(texts.pseudonyms.list()).places(WrittenText("text", name, text)))
    applied = texts.pseudonyms.apply(sources=name)
    assert texts.sources.text(name) == edited(text, edits)
    assert not any(each.after is None for each in applied.codings)
    after = {coding.id: coding for coding in texts.codings.list()}
    for coding in before:
        assert after[coding.id].quote == _expected(text, edits, coding.segment)
        assert after[coding.id].segment.context(edited(text, edits)) == (
            after[coding.id].before,
            after[coding.id].after,
        )


def _expected(text: str, edits: list[tuple[int, int, str]], segment: Segment) -> str:
    """Return the quote with each name replaced that the segment touches, as a whole."""
    quote = ""
    at = segment.start
    for start, end, words in edits:
        if start < segment.end and segment.start < end:
            quote += text[at : max(at, start)] + words
            at = end
    return quote + text[at : segment.end]
