"""The commands that open the screen. They open the right study, and need a terminal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sibtui import Project
from sibtui.cli import open as opening
from sibtui.tui import run as screen


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return the list of the studies opened on a simulated terminal. The screen closes at once with status 7."""
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
def test_a_study_opens_by_its_name_or_as_the_only_study_in_the_folder(run, sample: Path, opened, words) -> None:
    assert run(*words).status == 7
    ((name, _, passing),) = opened
    assert (name, passing) == ("sample.sibtui", False)


def test_the_command_returns_the_exit_status_of_the_screen(run, sample: Path, opened) -> None:
    assert run("sample.sibtui").status == 7


def test_without_a_study_the_welcome_screen_is_shown(run, opened) -> None:
    assert run().status == 0
    assert opened == ["welcome"]
    with Project.open("made.sibtui") as demo:
        assert demo.matrices.list()


def test_with_several_studies_the_welcome_screen_is_shown(run, sample: Path, opened) -> None:
    shutil.copy(sample, "other.sibtui")
    assert run().status == 0
    assert opened == ["welcome"]


def test_a_missing_study_is_refused(run, opened) -> None:
    missing = run("missing.sibtui")
    assert missing.status == 1
    assert "missing.sibtui" in missing.err
    assert not opened


def test_the_demo_on_a_terminal_opens_the_screen_and_leaves_no_file(run, opened, tmp_path: Path) -> None:
    assert run("demo").status == 7
    ((_, name, passing),) = opened
    assert passing
    assert name
    assert list(tmp_path.iterdir()) == []


def test_the_demo_on_a_terminal_is_kept_in_the_given_file(run, opened) -> None:
    assert run("demo", "--into", "tour.sibtui").status == 7
    ((name, _, passing),) = opened
    assert (name, passing) == ("tour.sibtui", False)
    assert Path("tour.sibtui").is_file()


def test_the_demo_prints_with_the_print_option(run, opened) -> None:
    assert "Table 4." in run("demo", "--print").out
    assert not opened


@pytest.mark.parametrize("words", [("open", "sample.sibtui"), ("sample.sibtui",)], ids=" ".join)
def test_without_a_terminal_the_screen_is_refused_with_an_alternative(run, sample: Path, words) -> None:
    refused = run(*words)
    assert refused.status == 1
    assert "code --linear" in refused.err


def test_sibtui_without_arguments_and_without_a_terminal_shows_the_help(run, sample: Path) -> None:
    shown = run()
    assert (shown.status, shown.out) == (2, "")
    assert "Commands:" in shown.err
