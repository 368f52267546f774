"""Properties of merges, after random work on two copies of a study."""

from __future__ import annotations

import shutil
from contextlib import suppress
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import event, example, given
from hypothesis import strategies as st

from sibtui.errors import ConflictError, SibtuiError
from sibtui.project import Project
from sibtui.project.merging.other_study import items_in
from sibtui.store.connection import Store
from sibtui.store.past import at_act
from tests.examples import examples

from .random_acts import VERBS, Acts
from .study import apply_code, dump, matrix, opened, small_study

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.model.study_items import StudyItems

work = st.lists(st.tuples(st.sampled_from([*VERBS, "coding_add", "coding_set"]), st.integers(0, 2**16)), max_size=8)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "study.sibtui"
    Project.create(path, coder="Ana").close()
    with opened(path) as project:
        small_study(project)
        apply_code(project, "A1", "Brokering")
        apply_code(project, "B1", "Groups", coder="Ben")
        project.matrices.define(matrix())
        project.memos.add("Compare.", on="code", of="Groups")
        project.proposals.add("Groups", definition="People who meet.", coder="Ben")
        project.proposals.add("Circles", definition="Groups of people.", coder="Ana")
    return path


def worked(path: Path, steps: list[tuple[str, int]], coder: str) -> None:
    with opened(path, coder=coder) as project:
        for verb, seed in steps:
            with suppress(SibtuiError):
                getattr(Acts(project, Random(seed)), verb)()


def items(path: Path) -> StudyItems:
    with opened(path) as project:
        return items_in(project._session.store)


def kinds(found: StudyItems) -> dict[str, Any]:
    return {kind: dict(each) for kind, each in found.kinds.items()}


@given(before=work, after=work)
@examples(20)
def test_the_state_after_an_act_is_what_the_file_held_then(
    template: Path, tmp_path: Path, before: Any, after: Any
) -> None:
    path, then = shutil.copy(template, tmp_path / "s.sibtui"), tmp_path / "then.sibtui"
    worked(path, before, "Ana")
    shutil.copy(path, then)
    with opened(then) as project:
        act = project.history.list(limit=1)[0].id
    worked(path, after, "Ana")
    store = Store.open(path)
    with store.snapshot(), at_act(store, act):
        found = items_in(store)
    now = items_in(store)
    store.close()
    assert kinds(found) == kinds(items(then))
    assert kinds(now) == kinds(items(path))


@given(mine=work, theirs=work, take=st.sampled_from(["mine", "theirs"]))
@example(mine=[("matrix_define", 29636)], theirs=[("matrix_define", 45)], take="mine")  # columns of another kind
@examples(25)
def test_a_merge_is_whole_undone_whole_and_done_once(
    template: Path, tmp_path: Path, mine: Any, theirs: Any, take: Any
) -> None:
    paths = [shutil.copy(template, tmp_path / name) for name in ("mine.sibtui", "theirs.sibtui")]
    worked(paths[0], mine, "Ana")
    worked(paths[1], theirs, "Ben")
    before, other = dump(paths[0]), paths[1].read_bytes()
    with opened(paths[0]) as project:
        try:
            merged = project.merge(paths[1], take=take)
        except ConflictError as error:
            event(f"refused: {str(error)[:12]}")
            assert dump(paths[0]) == before
            return
        event("conflicts" if any(d.proposal == "conflict" for d in merged.differences) else "no conflict")
        assert [finding for finding in project.check() if finding.kind == "damage"] == []
        assert not project.merge(paths[1], take=take).written
        after = dump(paths[0])
        if merged.written:
            project.history.undo()
            assert dump(paths[0]) == before
            project.history.redo()
            assert dump(paths[0]) == after
    assert paths[1].read_bytes() == other


def by_name(path: Path) -> dict[str, Any]:
    """Return the content of a study without order, lasting ids, letters and keys. Codes of one side may be proposals."""
    from sibtui.project.shared.study_io import study_draft

    with opened(path) as project:
        draft = study_draft(project._session, private_names=True)
    paths = {code.path for code in draft.codes}  # a merge proposes codes of the other side, with an open proposal
    return {
        "study": (draft.study.name, draft.study.description, draft.study.language, draft.study.first_note),
        "coders": set(draft.coders),
        "attributes": {(each.of, each.name, each.kind) for each in draft.attributes},
        "cases": {(c.label, c.private_name, *sorted(c.attributes.items())) for c in draft.cases},
        "sources": {
            (s.name, s.text, s.title, s.kind, s.fidelity, s.reading, frozenset(s.cases), *sorted(s.attributes.items()))
            for s in draft.sources
        },
        "codes": {(c.path, c.definition, c.origin, frozenset(c.lineage)) for c in draft.codes},
        "codings": sorted(
            (c.source, c.code, c.segment, c.coder, c.stance, c.certainty, sorted(c.cases), c.memo, c.created, c.undecided)
            for c in draft.codings
        ),
        "topics": set(draft.topics),
        "readings": set(draft.readings),
        "proposals": sorted(
            (p.path, p.definition, p.coder, p.state, p.code, p.reason)
            for p in draft.proposals
            if p.path not in paths or p.state != "open"
        ),
        "memos": sorted((m.on, m.of, m.title, m.text, m.coder, m.created) for m in draft.memos),
        "matrices": {
            (m.name, m.title, m.columns, m.show, m.rule, m.rows_from, m.rows_below, frozenset((r.label, r.codes) for r in m.rows))
            for m in draft.matrices
        },
    }  # fmt: skip


@given(mine=work, theirs=work)
@example(mine=[("code_merge", 1)], theirs=[("code_merge", 132)])  # each merges what the other keeps
@example(mine=[("code_merge", 1)], theirs=[("code_merge", 130)])
@example(mine=[], theirs=[("code_accept", 16575), ("code_accept", 129)])  # decides on the proposal of a new code
@example(mine=[], theirs=[("code_add", 1), ("code_propose", 0)])  # proposes a code that is there
@examples(25)
def test_without_a_conflict_the_direction_of_a_merge_does_not_matter(
    template: Path, tmp_path: Path, mine: Any, theirs: Any
) -> None:
    names = ("mine.sibtui", "theirs.sibtui")
    paths = [shutil.copy(template, tmp_path / name) for name in names]
    worked(paths[0], mine, "Ana")
    worked(paths[1], theirs, "Ben")
    copies = [shutil.copy(path, path.with_suffix(".copy.sibtui")) for path in paths]
    found = []
    for path, other in ((paths[0], copies[1]), (paths[1], copies[0])):
        with opened(path) as project:
            try:
                merged = project.merge(other)
            except ConflictError:
                return
            if merged.conflicts or any(each.proposal == "leave out" for each in merged.differences):
                return
        found.append(by_name(path))
    event("compared")
    assert found[0] == found[1]


def once(test: Any, *values: Any) -> None:
    """Run a property once with these values."""
    test.hypothesis.inner_test(*values)


@pytest.mark.slow
@given(before=work, after=work)
@examples(120)
def test_the_state_after_many_acts_is_what_the_file_held_then(
    template: Path, tmp_path: Path, before: Any, after: Any
) -> None:
    once(test_the_state_after_an_act_is_what_the_file_held_then, template, tmp_path, before, after)


@pytest.mark.slow
@given(mine=work, theirs=work, take=st.sampled_from(["mine", "theirs"]))
@examples(120)
def test_many_merges_are_whole_undone_whole_and_done_once(
    template: Path, tmp_path: Path, mine: Any, theirs: Any, take: Any
) -> None:
    once(test_a_merge_is_whole_undone_whole_and_done_once, template, tmp_path, mine, theirs, take)


@pytest.mark.slow
@given(mine=work, theirs=work)
@examples(120)
def test_without_a_conflict_the_direction_of_many_merges_does_not_matter(
    template: Path, tmp_path: Path, mine: Any, theirs: Any
) -> None:
    once(test_without_a_conflict_the_direction_of_a_merge_does_not_matter, template, tmp_path, mine, theirs)
