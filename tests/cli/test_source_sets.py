"""`sibtui source sets`, `source set --set`, and `--set` as a filter."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Result

    Run = Callable[..., Result]

pytestmark = pytest.mark.usefixtures("sample")


@pytest.fixture
def pilot(run: Run) -> Run:
    assert run("source", "set", "a1", "b1", "--set", "pilot").status == 0
    return run


def test_sources_are_put_into_a_set_and_taken_out(run: Run) -> None:
    done = run("source", "set", "b1", "a1", "--set", "pilot", "--set", "second")
    assert done.err == (
        "sibtui: changed 2 sources (`sibtui undo` takes it back).\n"
        "sibtui: new set of sources: pilot\nsibtui: new set of sources: second\n"
    )
    assert "new set" not in run("source", "set", "a2", "--set", "PILOT", "--no-set", "second").err
    assert run("source", "sets", "--format", "json").json == [
        {"name": "pilot", "sources": ["a1", "a2", "b1"]}, {"name": "second", "sources": ["a1", "b1"]},
    ]  # fmt: skip
    assert run("source", "show", "a1", "--format", "json").json["sets"] == ["pilot", "second"]
    assert run("undo").err.startswith("sibtui: undone: source a2: now in the set pilot (")
    again = run("source", "set", "a1", "--set", "pilot")
    assert "nothing was changed" in again.err


def test_a_set_is_renamed_and_removed(pilot: Run) -> None:
    done = pilot("source", "rename-set", "Pilot", "first visits")
    assert done.err == "sibtui: renamed the set pilot to first visits (`sibtui undo` takes it back).\n"
    done = pilot("source", "remove-set", "first visits")
    assert done.err == (
        "sibtui: removed the set first visits; its 2 sources stayed in the study (`sibtui undo` brings it back).\n"
    )
    assert pilot("source", "sets", "--format", "json").json == []
    verbs = [act["verb"] for act in pilot("history", "list", "--format", "json").json[:3]]
    assert verbs == ["set remove", "set rename", "source set"]


def test_lists_searches_and_reports_are_limited_to_a_set(pilot: Run, tmp_path: Path) -> None:
    assert [row["name"] for row in pilot("source", "list", "--set", "pilot", "--format", "json").json] == ["a1", "b1"]
    for command in (
        ("coding", "list", "--set", "pilot"),
        ("coding", "list", "--where", "set pilot"),
        ("coding", "list", "--set", "pilot", "--set", "pilot"),
        ("source", "search", "rate card", "--set", "pilot"),
        ("source", "search", "rate card", "--kwic", "--set", "pilot"),
        ("report", "coverage", "--set", "pilot"),
    ):
        assert {row["source"] for row in pilot(*command, "--format", "json").json} == {"a1", "b1"}, command
    exported = tmp_path / "codings.csv"
    assert pilot("export", "codings", str(exported), "--set", "pilot").status == 0
    assert {line.split(",")[0] for line in exported.read_text(encoding="utf-8").splitlines()[1:]} == {"a1", "b1"}
    assert "Set of sources: pilot only." in pilot("report", "words", "--set", "pilot").out


def test_a_table_counts_the_evidence_of_a_set(pilot: Run) -> None:
    shown = json.loads(pilot("matrix", "show", "table-4", "--set", "pilot", "--format", "json").out)
    assert {row["cells"]["SIB D"]["state"] for row in shown["rows"]} == {"no data"}
    assert "Set of sources: pilot only." in pilot("matrix", "show", "table-4", "--set", "pilot").out
    both = pilot("matrix", "show", "table-4", "--set", "pilot", "--where", "certainty firm", "--exclude", "b1")
    assert 'Codings of the query “((certainty firm) and (set "pilot")) and not source "b1"” only.' in both.out


def test_codings_of_a_set_are_changed_and_removed(pilot: Run) -> None:
    assert "changed 2 codings" in pilot("coding", "set", "--set", "pilot", "--where", "code Covid", "--memo", "x").err
    assert "removed 86 codings" in pilot("coding", "remove", "--set", "pilot").err
    assert pilot("coding", "remove", "--set", "pilot").status == 1
    assert pilot("coding", "remove", "12", "--set", "pilot").status == 2


@pytest.mark.parametrize(
    "command",
    [
        ("source", "list"), ("source", "search", "trust"), ("coding", "list"), ("coding", "remove"), ("matrix", "show", "table-1"),
        ("report", "words"), ("report", "cooccurrence"), ("report", "saturation"), ("export", "codings", "-"), ("export", "transcript", "-"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_an_unknown_set_is_named_with_near_names(pilot: Run, command: tuple[str, ...]) -> None:
    done = pilot(*command, "--set", "piloot")
    assert done.status == 1
    assert "“piloot”; did you mean “pilot”" in done.err


@pytest.mark.parametrize(
    "command",
    [
        ("source", "list"), ("source", "search", "trust"), ("coding", "list"), ("matrix", "show", "table-1"), ("report", "words"),
        ("export", "codings", "-"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_a_set_without_sources_matches_nothing_and_a_message_states_it(pilot: Run, command: tuple[str, ...]) -> None:
    pilot("source", "set", "a1", "b1", "--no-set", "pilot")
    done = pilot(*command, "--set", "pilot", "--format", "csv")
    assert "sibtui: the set pilot has no source.\n" in done.err
    assert done.status == 0
    if command[0] != "matrix":
        assert len(done.out.splitlines()) <= 1


def test_names_of_sets_are_checked_on_the_command_line(pilot: Run) -> None:
    for command, message in (
        (("source", "set", "a1", "--no-set", "piloot"), "No set of sources is named “piloot”; did you mean “pilot”?"),
        (("source", "set", "a1", "--set", " "), "A set of sources needs a name."),
        (("source", "rename-set", "piloot", "x"), "No set of sources is named “piloot”"),
        (("source", "remove-set", "piloot"), "No set of sources is named “piloot”"),
    ):
        done = pilot(*command)
        assert (done.status, message in done.err) == (1, True), command
