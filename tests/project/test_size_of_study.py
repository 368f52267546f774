"""The work for a change of one coding or code does not grow with the study.

The work is counted in steps of SQLite's virtual machine, which are the same in each run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui import CodeDraft, CodingDraft, Project, SourceDraft
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TEXT = "We met every week, and we talked about money. " * 4
CODES = [CodeDraft(f"Money/Code {number}") for number in range(5)]
CHANGES: dict[str, Callable[[Project], object]] = {
    "add a coding": lambda p: p.codings.add("s3", "Money/Code 3", quote="We met every week", nth=2),
    "add a coding in a round": lambda p: p.codings.add("s4", "Money/Code 3", quote="money", nth=2),
    "get a coding": lambda p: p.codings.get(2),
    "set a field of a coding": lambda p: p.codings.set(2, stance="counters"),
    "set the code of a coding": lambda p: p.codings.set(2, code="Money/Code 4"),
    "remove a coding": lambda p: p.codings.remove(3),
    "get a code": lambda p: p.codes.get("Costs"),
    "set a field of a code": lambda p: p.codes.set("Costs", definition="What it costs."),
    "rename a code": lambda p: p.codes.rename("Costs", "Price"),
    "set a field of a source": lambda p: p.sources.set("uncoded", title="A letter"),
}


def made(path: Path, sources: int, codings: int) -> Project:
    """Return a study with this number of sources, each about its own case, and of codings in each source.

    It has a code and a source without codings too.
    """
    project = Project.create(path, coder="R1")
    with project.act("import", "a study"):
        project.codes.insert([*CODES, CodeDraft("Money/Costs")])
        project.sources.add(SourceDraft(name="uncoded", text=TEXT))
        project.sources.add(
            SourceDraft(name=f"s{at}", text=f"{TEXT}{at}", cases=(f"Case {at}",)) for at in range(sources)
        )
        project.codings.insert(
            CodingDraft(f"s{source}", CODES[at % 5].path, Segment(at, at + 9))
            for source in range(sources)
            for at in range(codings)
        )
    return project


def steps(project: Project, change: Callable[[Project], object]) -> int:
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return 0

    connection = project._session.store._connection
    connection.set_progress_handler(step, 1)
    try:
        change(project)
    finally:
        connection.set_progress_handler(None, 1)
    return count


@pytest.fixture(scope="module")
def studies(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Project, Project]]:
    folder = tmp_path_factory.mktemp("studies")
    with made(folder / "small.sibtui", 6, 4) as small, made(folder / "large.sibtui", 120, 20) as large:
        for project in (small, large):
            project.codings.remove(1)  # the first change after opening reads more
        yield small, large


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_in_a_large_study_takes_as_many_steps_as_in_a_small_study(
    name: str, studies: tuple[Project, Project]
) -> None:
    if name == "add a coding in a round":
        for project in studies:
            project.rounds.start("second pass", sources=["s4", "s5"])
    small, large = (steps(project, CHANGES[name]) for project in studies)
    if name == "add a coding in a round":
        for project in studies:
            project.rounds.end()
    assert small > 0
    assert large <= 1.2 * small
