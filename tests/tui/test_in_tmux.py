"""A researcher codes the first note of the sample in a real terminal, with keys alone; the command line then shows the result."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.tui.tmux import Tmux

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed"),
]

SAMPLE = Path(__file__).parent.parent.parent / "sample_notes"
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 36)], ids=["80x24", "120x36"])


@pytest.fixture
def env(tmp_path: Path) -> dict[str, str]:
    return {"SIBTUI_CONFIG_DIR": str(tmp_path / "config"), "SIBTUI_CODER": "R1", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"}


@pytest.fixture
def sibtui(tmp_path: Path, env: dict[str, str]) -> Callable[..., str]:
    """Run a command, and return its stdout."""

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "sibtui", *arguments]
        done = subprocess.run(
            command,
            cwd=tmp_path,
            env={**os.environ, **env},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if arguments[0] == "check":  # open work gives status 1 too
            return done.stderr
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


@pytest.fixture
def terminal(tmp_path: Path, env: dict[str, str]) -> Iterator[Callable[..., Tmux]]:
    opened: list[Tmux] = []

    def opening(size: tuple[int, int]) -> Tmux:
        command = [sys.executable, "-m", "sibtui", "open", "study.sibtui"]
        opened.append(Tmux(command, size=size, folder=tmp_path, env=env))
        return opened[-1]

    yield opening
    for tmux in opened:
        tmux.close()


def codings(sibtui: Callable[..., str], study: str = "study.sibtui") -> list[dict[str, Any]]:
    """Return the codings of the first note in their order, without their numbers and times."""
    listed = json.loads(sibtui("coding", "list", "-p", study, "--source", "a1", "--format", "json"))
    for coding in listed:
        del coding["created"], coding["number"]
    return sorted(listed, key=lambda coding: (coding["start"], coding["end"], coding["code"]))


def checked(sibtui: Callable[..., str]) -> str:
    return sibtui("check", "-p", "study.sibtui")


def leave(tmux: Tmux) -> None:
    """Leave the program with q, and check that the terminal is as it was before."""
    tmux.keys("q")
    tmux.until("LEFT 0", "LOOKED")
    assert (tmux.folder / "before.stty").read_text() == (tmux.folder / "after.stty").read_text()
    assert tmux.format("#{alternate_on} #{cursor_flag} #{mouse_any_flag}") == "0 1 0"


def seen_selected(tmux: Tmux, words: str) -> None:
    """Wait until the status line shows the number of selected characters."""
    tmux.until(f"  {len(words)} characters")


def pick(tmux: Tmux, typed: str, code: str) -> None:
    """Choose a code by a part of its name."""
    tmux.keys("Enter")
    tmux.until("Apply a code")
    tmux.type(typed)
    tmux.until(f"{code}  ")
    tmux.keys("Enter")
    tmux.until(f"✓ {code}")


def find(tmux: Tmux, words: str) -> None:
    """Search in the note."""
    tmux.keys("/")
    tmux.until("search in the note")
    tmux.type(words)
    seen_selected(tmux, words)
    tmux.keys("Enter")


HEAD = "Head of homelessness at a large housing association (some 24,000 homes, stock in most of the ten local authorities)."
LOCKDOWN = "Second day of lockdown; kitchen table, dog barking."
MINUTES = "About 70 minutes, written up the same evening."
HATS = "Wears two hats and said so at once: money in the SIB, and homes for the people on it."
IN_VIVO = "The association put up a sixth of the working capital"


@SIZES
def test_a_note_of_the_sample_can_be_coded_with_keys_alone(size: tuple[int, int], sibtui, terminal):
    """Only the codings made by these keys are added to the study."""
    sibtui("demo", "--into", "study.sibtui")
    before = codings(sibtui)
    tmux = terminal(size)
    tmux.until("SIB A, housing investor 1", "Space: nothing yet")
    code_three_passages(tmux)
    code_in_vivo(tmux)
    undo_and_redo(tmux)
    leave(tmux)

    rate, flexible = "SIB structure and partners/Rate card", "Organisations and practice/Flexible workloads"
    added = [coding for coding in codings(sibtui) if coding not in before]
    assert [(c["quote"], c["code"], c["stance"], c["certainty"], c["cases"], c["memo"], c["coder"]) for c in added] == [
        (f"{HEAD} {LOCKDOWN}", rate, "supports", "firm", ["SIB A"], "", "R1"),
        (MINUTES, rate, "supports", "firm", ["SIB A"], "", "R1"),
        (HATS, flexible, "counters", "tentative", ["SIB A"], "", "R1"),
        (IN_VIVO, f"In vivo/{IN_VIVO}", "supports", "firm", ["SIB A"], "a sixth of what?", "R1"),
    ]
    assert len(codings(sibtui)) == len(before) + len(added)
    acts = json.loads(sibtui("history", "list", "-p", "study.sibtui", "--format", "json"))
    found = [(act["verb"], act["state"]) for act in acts if act["verb"].startswith("coding")]
    assert found.count(("coding remove", "dropped")) == 1  # undone, and followed by another change
    assert {state for verb, state in found if verb != "coding remove"} == {"done"}
    assert "nothing is damaged" in checked(sibtui)


def code_three_passages(tmux: Tmux) -> None:
    """Code three passages: from the list, with the last code again, and by a letter. Qualify the third."""
    tmux.keys("}", "}")
    seen_selected(tmux, HEAD)
    tmux.keys("x")
    seen_selected(tmux, f"{HEAD} {LOCKDOWN}")
    pick(tmux, "rate ca", "Rate card")
    tmux.keys("Down")
    seen_selected(tmux, MINUTES)
    tmux.until("Space: Rate card again")
    tmux.keys("Space")
    tmux.until("✓ Rate card")
    tmux.keys("Down")
    seen_selected(tmux, HATS)
    tmux.keys("F")
    tmux.until("✓ Flexible workloads")
    tmux.keys("-")
    tmux.until("✓ Flexible workloads: counter-evidence")
    tmux.keys("~")
    tmux.until("✓ Flexible workloads: tentative")


def code_in_vivo(tmux: Tmux) -> None:
    """Make a code from the selected words, with a memo."""
    tmux.keys("}", "}")
    tmux.until("a1, line 9")
    tmux.keys("h", "h", "h", "h", "h", "h", "h", "h")
    seen_selected(tmux, IN_VIVO.removesuffix(" capital"))
    tmux.keys("l")
    seen_selected(tmux, IN_VIVO)
    tmux.keys("i")
    tmux.until("✓ New code: ")
    tmux.keys("m")
    tmux.until("Memo on ")
    tmux.type("a sixth of what?")
    tmux.until("a sixth of what?")
    tmux.keys("Escape")
    tmux.until("✓ Memo saved.")
    tmux.keys("=")
    tmux.until("has one case, SIB A: there is nothing to choose")


def undo_and_redo(tmux: Tmux) -> None:
    """Undo, redo and undo a removal. Mark the note as read again, as unread, and as read."""
    tmux.keys("d")
    tmux.until("No coding here")
    tmux.keys("u")
    tmux.until("✓ Undone")
    tmux.keys("U")
    tmux.until("✓ Redone")
    tmux.keys("u")
    tmux.until("✓ Undone")
    tmux.keys("M")  # some codes are younger than the reading
    tmux.until("✓ a1: read again, for all codes")
    tmux.keys("M")
    tmux.until("✓ a1: not read to the end")
    tmux.keys("M")
    tmux.until("✓ a1: read")


@SIZES
def test_an_uncoded_note_gets_the_first_codings_of_the_sample(size: tuple[int, int], sibtui, terminal):
    sibtui("demo", "--into", "sample.sibtui")
    sibtui("new", "study.sibtui")
    sibtui("code", "import", str(SAMPLE / "codebook.toml"), "-p", "study.sibtui")
    sibtui("source", "add", str(SAMPLE / "notes" / "a1.md"), "--case", "SIB A", "--case", "SIB B", "-p", "study.sibtui")
    assert codings(sibtui) == []
    expected = codings(sibtui, study="sample.sibtui")[:4]
    tmux = terminal(size)
    tmux.until("SIB A, housing investor 1", "no case yet (=)")
    find(tmux, "When an outcome")
    tmux.keys("s")
    seen_selected(tmux, expected[0]["quote"])
    pick(tmux, "risk shi", "Risk shifted to investors")
    tmux.keys("=")
    tmux.until("SIB B")
    tmux.keys("a")
    tmux.until("SIB A (section)")
    tmux.keys("Down")
    seen_selected(tmux, expected[1]["quote"])
    tmux.keys("Space")
    tmux.until("✓ Risk shifted to investors")
    find(tmux, "a small charity that")
    tmux.keys("x", "e", "Left", "Enter")
    seen_selected(tmux, expected[2]["quote"])
    tmux.keys("Space")
    tmux.until("✓ Risk shifted to investors")
    tmux.keys("~")
    tmux.until("tentative")
    tmux.keys("m")
    tmux.until("Memo on ")
    tmux.type(expected[2]["memo"])
    tmux.until("hence tentative.")
    tmux.keys("Escape")
    tmux.until("✓ Memo saved.")
    find(tmux, "The investors agreed")
    tmux.keys("s")
    seen_selected(tmux, expected[3]["quote"])
    pick(tmux, "provider aut", "Provider autonomy")
    tmux.keys("M")
    tmux.until("✓ a1: read")
    leave(tmux)
    assert codings(sibtui) == expected
    assert json.loads(sibtui("source", "list", "-p", "study.sibtui", "--format", "json"))[0]["reading"] == "read"
    assert "nothing is damaged" in checked(sibtui)


def test_a_change_shown_as_saved_is_in_the_file_after_the_program_is_killed(sibtui, terminal):
    sibtui("demo", "--into", "study.sibtui")
    before = codings(sibtui)
    tmux = terminal((80, 24))
    tmux.until("Space: nothing yet")
    for number, key in enumerate("BACFD", start=1):
        tmux.keys("Down", key)
        tmux.until(f"{40 + number} codings")
    tmux.kill(signal.SIGKILL)
    tmux.until("LOOKED")
    assert len(codings(sibtui)) == len(before) + 5
    assert "nothing is damaged" in checked(sibtui)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(number: signal.Signals, sibtui, terminal):
    sibtui("demo", "--into", "study.sibtui")
    tmux = terminal((80, 24))
    tmux.until("Space: nothing yet")
    tmux.kill(number)
    tmux.until(f"LEFT {128 + number}", "LOOKED")
    assert (tmux.folder / "before.stty").read_text() == (tmux.folder / "after.stty").read_text()
    assert tmux.format("#{alternate_on} #{cursor_flag} #{mouse_any_flag}") == "0 1 0"
    assert "housing" not in tmux.screen
