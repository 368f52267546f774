"""The ways to the screen: each opens the right study, and none of them draws where there is no terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sibtui import Project
from sibtui.cli import open as opening
from sibtui.tui import run as screen


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the screen was opened on, on a terminal; it closes at once with the status 7."""
    calls: list[object] = []

    def open_study(path: Path, *, passing: bool = False) -> int:
        with Project.open(path) as study:
            calls.append((Path(path).name, study.study.name, passing))
        return 7

    def open_welcome(make_demo) -> int:
        make_demo(Path("made.sibtui"))
        calls.append("welcome")
        return 0

    monkeypatch.setattr(opening, "is_terminal", lambda: True)
    monkeypatch.setattr(screen, "open_study", open_study)
    monkeypatch.setattr(screen, "open_welcome", open_welcome)
    return calls


@pytest.mark.parametrize(
    "words",
    [
        ("open", "sample.sibtui"),
        ("sample.sibtui",),
        (),
        ("open",),
        ("-p", "sample.sibtui"),
        ("open", "-p", "sample.sibtui"),
    ],
    ids=" ".join,
)
def test_a_study_is_opened_by_its_name_or_by_being_the_only_one(run, sample: Path, opened, words) -> None:
    assert run(*words).status == 7
    ((name, _, passing),) = opened
    assert (name, passing) == ("sample.sibtui", False)


def test_the_screens_exit_status_is_the_commands(run, sample: Path, opened) -> None:
    assert run("sample.sibtui").status == 7


def test_with_nothing_to_open_the_welcome_is_shown(run, opened) -> None:
    assert run().status == 0
    assert opened == ["welcome"]
    with Project.open("made.sibtui") as demo:
        assert demo.matrices.list()


def test_of_several_studies_none_is_opened_unasked(run, sample: Path, opened) -> None:
    shutil.copy(sample, "other.sibtui")
    assert run().status == 0
    assert opened == ["welcome"]


def test_a_study_that_is_not_there_is_told(run, opened) -> None:
    missing = run("missing.sibtui")
    assert missing.status == 1
    assert "missing.sibtui" in missing.err
    assert not opened


def test_the_demo_on_a_terminal_is_opened_and_forgotten(run, opened, tmp_path: Path) -> None:
    assert run("demo").status == 7
    ((_, name, passing),) = opened
    assert passing
    assert name
    assert list(tmp_path.iterdir()) == []


def test_the_demo_is_kept_where_it_is_told(run, opened) -> None:
    assert run("demo", "--into", "tour.sibtui").status == 7
    ((name, _, passing),) = opened
    assert (name, passing) == ("tour.sibtui", False)
    assert Path("tour.sibtui").is_file()


def test_the_demo_prints_when_it_is_told_to(run, opened) -> None:
    assert "Table 4." in run("demo", "--print").out
    assert not opened


@pytest.mark.parametrize("words", [("open", "sample.sibtui"), ("sample.sibtui",)], ids=" ".join)
def test_without_a_terminal_the_screen_is_refused_with_another_way(run, sample: Path, words) -> None:
    refused = run(*words)
    assert refused.status == 1
    assert "code --linear" in refused.err


def test_plain_sibtui_without_a_terminal_shows_help(run, sample: Path) -> None:
    shown = run()
    assert (shown.status, shown.out) == (2, "")
    assert "Commands:" in shown.err
