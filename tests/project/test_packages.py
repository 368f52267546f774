"""Packages for a colleague: what is in them, and how the colleague's work comes back."""

from __future__ import annotations

import shutil
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from sibtui import CodingDraft, Project, Segment
from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.project.importing.create_from import create_from

from .study import add_code, apply_code, dump, matrix

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def sender(coded: Project) -> Project:
    """A study with the work of Ana and of Ben, a private name, a table, memos and a round."""
    coded.cases.set("SIB B", private_name="Leeds")
    coded.matrices.define(matrix())
    coded.memos.add("Ana thinks of Leeds.", on="source", of="B1")
    apply_code(coded, "B1", "Groups", 20, 30, coder="Ben")
    coded.readings.add("B1", coder="Ben")
    coded.rounds.start("Ana's pass", sources="A1")
    coded.rounds.end()
    return coded


def at_ben(sender: Project, tmp_path: Path, **chosen: Any) -> Project:
    """Send a package to Ben, and return the study that Ben makes of it."""
    sender.exports.package(tmp_path / "for-ben", "Ben", **chosen)
    create_from(tmp_path / "for-ben", tmp_path / "ben.sibtui")
    return Project.open(tmp_path / "ben.sibtui", coder="Ben")


def test_a_package_has_the_sources_of_a_case_the_codebook_and_the_own_work(sender: Project, tmp_path: Path) -> None:
    with at_ben(sender, tmp_path, cases="SIB B") as theirs:
        assert tuple(theirs.sources.names()) == ("B1", "AB")
        assert [code.path for code in theirs.codes.list()] == [code.path for code in sender.codes.list()]
        assert {coding.coder for coding in theirs.codings.list()} == {"Ben"}
        assert {reading.coder for reading in theirs.readings.list()} == {"Ben"}
        assert [case.private_name for case in theirs.cases.list()] == [None, None]
        assert (theirs.matrices.list(), theirs.memos.list(), theirs.rounds.list()) == ([], [], [])
        assert {source.uid for source in theirs.sources.list()} < {source.uid for source in sender.sources.list()}


def test_no_file_of_a_package_has_a_private_name_or_the_words_of_others(sender: Project, tmp_path: Path) -> None:
    sender.exports.package(tmp_path / "sent", "Ben", cases="SIB B")
    everything = b"\n".join(file.read_bytes() for file in sorted((tmp_path / "sent").rglob("*")) if file.is_file())
    assert b"Leeds" not in everything
    assert not list((tmp_path / "sent").rglob("*key*"))
    assert b"Ana" not in (tmp_path / "sent" / "codings.csv").read_bytes()


def test_only_the_work_of_the_colleague_comes_back(sender: Project, tmp_path: Path) -> None:
    with at_ben(sender, tmp_path, cases="SIB B") as theirs:
        own = next(iter(theirs.codings.list(source="B1", code="Groups")))
        theirs.codings.set(own.id, memo="Seen again.")
        theirs.codings.add(CodingDraft("AB", "Budgets", Segment(3, 16)))
        theirs.readings.add("AB")
        theirs.codes.add("Strengths/New", definition="From Ben.")
        theirs.memos.add("A memo of Ben.", on="source", of="B1")
    # meanwhile, the sender goes on
    apply_code(sender, "B1", "Brokering", 40, 50)
    sender.codes.set("Budgets", definition="Money that one person spends.")
    sender.sources.remove("A1")
    before = dump(sender.path)
    result = sender.merge(tmp_path / "ben.sibtui")
    assert result.has_base
    assert result.conflicts == ()
    assert {(d.kind, d.proposal) for d in result.differences} == {
        ("coding", "take"), ("coding", "add"), ("reading", "add"), ("code", "add"), ("memo", "add"),
    }  # fmt: skip
    assert tuple(sender.sources.names()) == ("B1", "AB")
    assert sender.cases.get("SIB B").private_name == "Leeds"
    assert sender.codes.get("Budgets").definition == "Money that one person spends."
    assert [coding.memo for coding in sender.codings.list(coder="Ben", code="Groups")] == ["Seen again."]
    assert sender.matrices.list()[0].name == matrix().name
    assert len(sender.memos.list(on="source")) == 2
    sender.history.undo()
    assert dump(sender.path) == before


def test_a_project_file_of_a_package_comes_back_like_the_study(sender: Project, tmp_path: Path) -> None:
    with at_ben(sender, tmp_path, cases="SIB B") as theirs:
        theirs.codings.add(CodingDraft("AB", "Budgets", Segment(3, 16)))
        theirs.codings.remove(next(iter(theirs.codings.list(source="B1"))).id)
        theirs.readings.add("AB")
        theirs.exports.qdpx(tmp_path / "ben.qdpx")
    expected = sender.merge(tmp_path / "ben.sibtui", dry_run=True)
    result = sender.merge(tmp_path / "ben.qdpx", dry_run=True)
    assert result == expected
    assert result.has_base
    assert {each.proposal for each in result.differences} == {"add", "remove"}
    create_from(tmp_path / "ben.qdpx", tmp_path / "again.sibtui")
    assert sender.merge(tmp_path / "again.sibtui", dry_run=True) == expected
    assert sender.merge(tmp_path / "ben.qdpx").written
    assert not sender.merge(tmp_path / "ben.qdpx").written


def test_a_package_marker_that_cannot_be_is_refused(sender: Project, tmp_path: Path) -> None:
    with at_ben(sender, tmp_path) as theirs:
        theirs.exports.qdpx(tmp_path / "ben.qdpx")
    for old, new in ((b'"act": ', b'"act": -'), (b'"coder": "Ben"', b'"coder": ""'), (b'"made": "', b'"time": "')):
        with zipfile.ZipFile(tmp_path / "ben.qdpx") as before, zipfile.ZipFile(tmp_path / "bad.qdpx", "w") as after:
            for name in before.namelist():
                after.writestr(name, before.read(name).replace(old, new))
        with pytest.raises(InputError, match="is damaged"):
            sender.merge(tmp_path / "bad.qdpx")


def test_sources_that_are_not_in_the_package_stay(sender: Project, tmp_path: Path) -> None:
    at_ben(sender, tmp_path, sources="B1").close()
    before = dump(sender.path)
    result = sender.merge(tmp_path / "ben.sibtui")
    assert (result.differences, result.written) == ((), False)
    assert dump(sender.path) == before


def test_work_that_the_colleague_removed_is_removed(sender: Project, tmp_path: Path) -> None:
    with at_ben(sender, tmp_path) as theirs:
        theirs.codings.remove([coding.id for coding in theirs.codings.list()])
    count = sender.codings.count(coder="Ben")
    result = sender.merge(tmp_path / "ben.sibtui")
    assert result.count("remove", "coding") == count > 0
    assert sender.codings.count(coder="Ben") == 0


def test_the_colleague_can_send_work_several_times(sender: Project, tmp_path: Path) -> None:
    with at_ben(sender, tmp_path, sources="AB") as theirs:
        first = theirs.codings.add(CodingDraft("AB", "Budgets", Segment(3, 16)))
        assert sender.merge(theirs.path).count("add", "coding") == 1
        assert sender.merge(theirs.path).written is False
        theirs.codings.remove(first.id)
        theirs.codings.add(CodingDraft("AB", "Groups", Segment(0, 16)))
        result = sender.merge(theirs.path)
        assert (result.count("add", "coding"), result.count("remove", "coding"), result.conflicts) == (1, 1, ())


def test_a_folder_of_the_colleague_is_merged_with_the_same_base(sender: Project, tmp_path: Path) -> None:
    with at_ben(sender, tmp_path, cases="SIB B") as theirs:
        theirs.codings.add(CodingDraft("AB", "Budgets", Segment(3, 16)))
        theirs.codings.remove(next(iter(theirs.codings.list(source="B1"))).id)
        theirs.exports.folder(tmp_path / "back")
    result = sender.merge(tmp_path / "back")
    assert result.has_base
    assert {(d.kind, d.proposal) for d in result.differences} == {("coding", "add"), ("coding", "remove")}


def test_both_who_change_one_coding_are_asked(sender: Project, tmp_path: Path) -> None:
    with at_ben(sender, tmp_path) as theirs:
        [own] = theirs.codings.list(source="B1", code="Groups")
        theirs.codings.set(own.id, memo="Ben's.")
    [same] = sender.codings.list(coder="Ben", code="Groups")
    sender.codings.set(same.id, memo="Ana's.")
    assert [(each.kind, each.field) for each in sender.merge(tmp_path / "ben.sibtui").conflicts] == [("coding", "memo")]


def test_a_package_of_another_study_has_no_common_state(sender: Project, tmp_path: Path) -> None:
    at_ben(sender, tmp_path).close()
    shutil.copy(sender.path, tmp_path / "older.sibtui")
    with Project.open(tmp_path / "older.sibtui", coder="Ana") as copy:
        while copy.history.undo():
            pass
        add_code(copy, "Another")  # the acts up to the package are dropped
        assert not copy.diff(tmp_path / "ben.sibtui").has_base


def test_what_a_package_cannot_be_is_refused(sender: Project, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the name of the colleague"):
        sender.exports.package(tmp_path / "x", " ")
    with pytest.raises(NotFoundError, match="nowhere"):
        sender.exports.package(tmp_path / "x", "Ben", cases="nowhere")
    with pytest.raises(InputError, match="file extension"):
        sender.exports.package(tmp_path / "x.csv", "Ben")
    sender.cases.add("SIB Z")
    with pytest.raises(NotFoundError, match="none is about these cases"):
        sender.exports.package(tmp_path / "x", "Ben", cases="SIB Z")
    made = sender.exports.package(tmp_path / "x", "ben", sources=["B1"])
    assert (made.coder, made.act, len(made.sources)) == ("Ben", sender.history.list(limit=1)[0].id, 1)
    with pytest.raises(ConflictError, match="already exists"):
        sender.exports.package(tmp_path / "x", "Ben")
    assert sender.exports.package(tmp_path / "x", "Ben", force=True).sources


def test_saved_queries_and_proposals_of_the_sender_stay_and_do_not_travel(sender: Project, tmp_path: Path) -> None:
    sender.queries.save("Leeds only", 'case "SIB B" and text Leeds')
    sender.proposals.add("Strengths/Hope", coder="Ana")
    sender.proposals.add("Strengths/Calm", coder="Ben")
    with at_ben(sender, tmp_path, cases="SIB B") as theirs:
        assert (theirs.queries.list(), [each.path for each in theirs.proposals.list()]) == ([], ["Strengths/Calm"])
    before = [query.name for query in sender.queries.list()], [each.path for each in sender.proposals.list()]
    sender.merge(tmp_path / "ben.sibtui")
    assert ([query.name for query in sender.queries.list()], [each.path for each in sender.proposals.list()]) == before


def test_a_whole_folder_becomes_a_study_with_the_same_folder(sender: Project, tmp_path: Path) -> None:
    sender.queries.save("Ben", "coder Ben")
    sender.proposals.add("Strengths/Hope", coder="Ana")
    sender.exports.folder(tmp_path / "one", private_names=True)
    create_from(tmp_path / "one", tmp_path / "again.sibtui")
    with Project.open(tmp_path / "again.sibtui") as again:
        again.exports.folder(tmp_path / "two", private_names=True)
    one, two = (
        {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert one == two
    assert {"queries.toml", "proposals.toml"} <= {str(name) for name in one}
