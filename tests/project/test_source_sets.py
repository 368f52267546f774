"""`project.sets`: sets of sources, as filters, in queries, in the history, and in files that leave the study."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.formats.refi.reader import read_qdpx
from sibtui.formats.refi.writer import write_qdpx
from sibtui.formats.study_folder.folder import read_study, write_study
from sibtui.model.drafts import SourceSetDraft
from sibtui.model.filters import CodingFilter
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project
from sibtui.project.shared.study_io import study_draft
from tests.examples import examples

from .study import add_source, apply_code, dump

if TYPE_CHECKING:
    from pathlib import Path


def members(project: Project) -> dict[str, tuple[str, ...]]:
    return {each.name: each.sources for each in project.sets.list()}


def test_a_set_is_made_by_its_first_source_and_keeps_the_order_of_the_sources(project: Project) -> None:
    assert project.sets.add("  first   visits ", "B1").name == "first visits"
    assert project.sets.add("First visits", ["b1", "A1"]).sources == ("A1", "B1")
    assert members(project) == {"first visits": ("A1", "B1")}


def test_an_empty_set_stays_and_a_removed_set_leaves_its_sources(project: Project) -> None:
    project.sets.add("pilot", ["A1"])
    assert project.sets.take_out("pilot", ["A1", "B1"]).sources == ()
    assert members(project) == {"pilot": ()}
    assert project.sets.remove("PILOT").name == "pilot"
    assert (members(project), len(project.sources.list())) == ({}, 3)


def test_names_of_sets_are_checked(project: Project) -> None:
    project.sets.add("pilot", "A1")
    project.sets.add("second", "A1")
    for name in ("", "  "):
        with pytest.raises(InputError, match="A set of sources needs a name"):
            project.sets.add(name)
    with pytest.raises(ConflictError, match="already a set of sources"):
        project.sets.rename("second", "Pilot")
    assert project.sets.rename("pilot", "Pilot").name == "Pilot"
    with pytest.raises(NotFoundError, match=r"No set of sources is named “piot”; did you mean “Pilot”"):
        project.sets.get("piot")
    with pytest.raises(NotFoundError, match="source"):
        project.sets.add("third", ["A1", "Z9"])
    assert list(members(project)) == ["Pilot", "second"]
    with pytest.raises(ConflictError, match="already a set of sources"), project.act("set change", "x"):
        project.sets.insert([SourceSetDraft("One"), SourceSetDraft("ONE")])


def test_a_filter_by_sets_finds_the_codings_of_their_sources(coded: Project) -> None:
    coded.sets.add("pilot", ["A1", "AB"])
    coded.sets.add("none")
    found = list(coded.codings.list(CodingFilter(sets="pilot")))
    assert {coding.source for coding in found} == {"A1", "AB"}
    assert [coding.source for coding in coded.codings.list(sets="pilot", source=["A1", "B1"])] == ["A1"]
    assert list(coded.codings.list(set="none")) == []
    assert coded.codings.count(where="set pilot or set none") == len(found)
    assert coded.codings.count(where="not set none") == coded.codings.count()
    assert [source.name for source in coded.sources.list(sets=["pilot", "none"])] == ["A1", "AB"]
    assert [match.source for match in coded.sources.search("link workers", sets="pilot")] == ["A1", "AB"]
    assert [line.source for line in coded.sources.kwic("link workers", sets="none")] == []
    assert coded.reports.words(CodingFilter(sets="pilot")).below[-1] == "Set of sources: pilot only."
    with pytest.raises(NotFoundError, match="No set of sources is named"):
        coded.codings.count(CodingFilter(sets="piloot"))


def test_a_table_of_a_set_does_not_wait_for_other_sources(coded: Project) -> None:
    coded.sources.set("B1", reading="unread")
    coded.sets.add("pilot", ["A1", "AB"])
    table = MatrixDefinition("", "", (RowDefinition("Groups", ("Groups",)),))

    def states(where: str) -> list[str]:
        return [cell.state for row in coded.matrices.show(table, where=where).rows for cell in row.cells]

    assert states("") == ["absent", "incomplete"]
    for where in (
        "set pilot",
        "not source B1",
        "not (source B1 or set pilot and kind report)",
        "set pilot and text she",
    ):
        assert states(where) == ["absent", "absent"], where
    assert states("source A1") == ["absent", "no data"]
    for where in ("text she", "not text she", "not (set pilot and text she)", "set pilot or text she"):
        assert states(where) == ["absent", "incomplete"], where
    coded.queries.save("visits", "set pilot")
    assert states("query visits") == ["absent", "absent"]
    assert states("(code Brokering and query visits) alone") == ["absent", "absent"]
    coded.attributes.add("source", "size", "number")
    assert states("attribute size = 3") == ["absent", "incomplete"]
    assert ("narrowed", "Set of sources: pilot only.") in coded.matrices.show(table, where="set pilot").about


def test_a_saved_query_follows_a_set_that_is_renamed(coded: Project) -> None:
    coded.sets.add("pilot", "A1")
    coded.queries.save("Visits", "set Pilot and code Brokering")
    coded.sets.rename("pilot", 'the "first" visits')
    assert coded.queries.get("Visits").expression == 'set "the ""first"" visits" and code Brokering'
    assert coded.codings.count(where="query Visits") == 1
    coded.history.undo()
    assert coded.queries.get("Visits").expression == "set Pilot and code Brokering"
    coded.sets.remove("pilot")
    [finding] = [each for each in coded.check() if each.what == "query"]
    assert "no set of sources is named “Pilot”" in finding.message


def test_changes_of_sets_are_acts_with_words(project: Project) -> None:
    project.sets.add("pilot", ["A1", "B1"])
    project.sets.take_out("pilot", "A1")
    project.sets.rename("pilot", "first")
    project.sets.remove("first")
    facts = [project.history.fact(act) for act in project.history.list()[:4]]
    assert facts == [
        "set first removed", "set pilot renamed to first", "set pilot now without A1", "set pilot now with A1 and B1",
    ]  # fmt: skip
    with project.act("source set", "source A1"):
        project.sets.add("pilot", "A1")
    assert project.history.fact(project.history.list()[0]) == "source A1: now in the set pilot"
    [shown] = project.history.facts(project.history.list()[0].id)
    assert (shown.what, shown.item) == ("set of sources", "pilot")
    project.history.undo(5)
    assert members(project) == {}
    project.history.redo(2)
    assert members(project) == {"pilot": ("B1",)}


def test_a_source_that_is_removed_leaves_its_sets_and_comes_back_with_them(project: Project) -> None:
    project.sets.add("pilot", ["A1", "B1"])
    before = dump(project.path)
    project.sources.remove("A1")
    assert members(project) == {"pilot": ("B1",)}
    project.history.undo()
    assert dump(project.path) == before


def test_a_withdrawn_source_leaves_its_sets(project: Project) -> None:
    project.sets.add("pilot", ["A1", "B1"])
    project.sources.withdraw("A1")
    assert members(project) == {"pilot": ("B1",)}
    assert study_draft(project._session).sets[0].sources == ("B1",)


def test_a_folder_and_a_qdpx_file_carry_the_sets(project: Project, tmp_path: Path) -> None:
    project.sets.add('the "first"\u2028 visits', ["A1", "B1"])
    project.sets.add("none")
    draft = study_draft(project._session)
    assert read_study(dict(write_study(draft))).sets == draft.sets
    assert read_qdpx("study.qdpx", write_qdpx(draft)).study.sets == draft.sets
    with Project.create(tmp_path / "again.sibtui", draft=draft) as again:
        assert [(each.name, each.sources, each.uid) for each in again.sets.list()] == [
            (each.name, each.sources, each.uid) for each in project.sets.list()
        ]
    assert "sets.toml" not in dict(write_study(study_draft(project._session).__class__(draft.study)))


def test_a_flat_export_has_the_sources_of_each_set(project: Project, tmp_path: Path) -> None:
    project.sets.add("pilot", ["B1", "A1"])
    project.exports.sqlite(tmp_path / "flat.sqlite")
    with closing(sqlite3.connect(tmp_path / "flat.sqlite")) as db:
        assert db.execute('SELECT "set", source FROM source_sets').fetchall() == [("pilot", "A1"), ("pilot", "B1")]
    assert project.exports.sql("SELECT count(*) AS n FROM source_sets WHERE \"set\" = 'pilot'").rows == ((2,),)


NAMES = st.sampled_from(["pilot", "Second", "é"])
SOURCES = st.lists(st.sampled_from(["A1", "B1", "AB"]), max_size=3)


@given(st.lists(st.tuples(st.sampled_from(["add", "take_out", "rename", "remove"]), NAMES, NAMES, SOURCES), max_size=8))
@example([("add", "pilot", "pilot", ["A1"]), ("rename", "pilot", "é", []), ("take_out", "é", "é", ["A1"])])
@examples(30)
def test_sets_hold_what_was_put_into_them_and_undo_restores_every_state(
    coded: Project, acts: list[tuple[str, str, str, list[str]]]
) -> None:
    model: dict[str, set[str]] = {}
    states = [members(coded)]
    start = len(coded.history.list())
    for verb, name, other, sources in acts:
        known = name in model
        if verb == "add":
            coded.sets.add(name, sources)
            model.setdefault(name, set()).update(sources)
        elif not known or (verb == "rename" and other in model and other != name):
            with pytest.raises((NotFoundError, ConflictError)):
                _ = (
                    coded.sets.rename(name, other)
                    if verb == "rename"
                    else getattr(coded.sets, verb)(name, *([sources] * (verb == "take_out")))
                )
            continue
        elif verb == "take_out":
            coded.sets.take_out(name, sources)
            model[name] -= set(sources)
        elif verb == "rename":
            coded.sets.rename(name, other)
            model = {other if each == name else each: of for each, of in model.items()}
        else:
            coded.sets.remove(name)
            del model[name]
        assert {each: set(of) for each, of in members(coded).items()} == model
        for each, of in model.items():
            expected = [coding.id for coding in coded.codings.list() if coding.source in of]
            assert [coding.id for coding in coded.codings.list(where=f'set "{each}"')] == expected
        if len(coded.history.list()) - start == len(states):
            states.append(members(coded))
    for state in reversed(states[:-1]):
        coded.history.undo()
        assert members(coded) == state
    while coded.sets.list():
        coded.sets.remove(coded.sets.list()[0].name)


def test_more_sources_in_an_act_are_counted(project: Project) -> None:
    for number in range(6):
        add_source(project, f"N{number}", "SIB A")
    project.sets.add("all", [source.name for source in project.sources.list()])
    assert project.history.fact(project.history.list()[0]) == "set all now with A1, B1, AB and 6 more"
    apply_code(project, "N1", "Groups")
    assert project.codings.count(set="all") == project.codings.count()
