"""The ways to leave the program, in a separate terminal.

Each way restores the terminal, and leaves no text of an interview visible.
"""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sibtui.project import Project

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")

OPEN = "import sys; from sibtui.tui.run import open_study; sys.exit(open_study(sys.argv[1]))"
BREAK = """
import sys
from sibtui.workspace.actions import CodingActions
def broken(self):
    secret = self._workspace.text
    raise ValueError("the words were: " + secret)
CodingActions.again = broken
"""
PATIENCE = 120.0
_CODES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")


class Terminal:
    """The program in a pseudo-terminal."""

    def __init__(self, code: str, *arguments: str, env: dict[str, str]) -> None:
        self._own, other = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *arguments],
            stdin=other, stdout=other, stderr=other, env=env, start_new_session=True,
        )  # fmt: skip
        os.close(other)
        self.output = ""

    def until(self, words: str) -> None:
        """Read the output until these words were drawn."""
        end = time.monotonic() + PATIENCE
        while words not in _CODES.sub("", self.output):
            assert time.monotonic() < end, f"{words!r} was never drawn"
            self._read(1.0)

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._own], [], [], seconds)
        try:
            data = os.read(self._own, 65536) if ready else b""
        except OSError:
            return False
        self.output += data.decode("utf-8", "replace")
        return bool(data)

    def type(self, keys: str) -> None:
        os.write(self._own, keys.encode())

    def hang_up(self) -> None:
        os.close(self._own)
        self._own = -1

    def wait(self) -> int:
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            if self._own >= 0:
                self._read(0.1)
            else:
                time.sleep(0.05)  # there is nothing to wait on: the terminal is gone
        while self._own >= 0 and self._read(0.1):
            pass
        return self.process.wait(timeout=10)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        if self._own >= 0:
            os.close(self._own)
            self._own = -1

    @property
    def afterwards(self) -> str:
        """Return the output after the terminal has shown its previous screen again."""
        _, left, after = self.output.rpartition("\x1b[?1049l")
        assert left
        return after


@pytest.fixture
def start(study: Project, tmp_path: Path) -> Iterator:
    terminals: list[Terminal] = []
    env = {
        **os.environ,
        "TERM": "xterm-256color",
        "SIBTUI_CONFIG_DIR": str(tmp_path / "config"),
        "COLUMNS": "100",
        "LINES": "30",
    }

    def begin(code: str = OPEN) -> Terminal:
        terminals.append(Terminal(code, str(study.path), env=env))
        terminals[-1].until("evicting")
        return terminals[-1]

    yield begin
    for terminal in terminals:
        terminal.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_the_program_and_restores_the_terminal(start, number: signal.Signals):
    terminal = start()
    terminal.process.send_signal(number)
    assert terminal.wait() == 128 + number
    assert "\x1b[?25h" in terminal.output  # the cursor is shown again
    assert "Traceback" not in terminal.afterwards


def test_q_ends_the_program_with_exit_status_0(start):
    terminal = start()
    terminal.type("q")
    assert terminal.wait() == 0
    assert "Traceback" not in terminal.afterwards


@pytest.mark.slow
def test_the_program_ends_if_its_terminal_is_lost(start):
    terminal = start()
    terminal.hang_up()
    terminal.wait()
    assert terminal.process.poll() is not None


def test_a_coding_is_on_disk_before_the_program_is_killed(start, study: Project):
    terminal = start()
    terminal.type("'u")
    terminal.until("✓ Trust")
    terminal.process.kill()
    terminal.process.wait()
    assert study.codings.count() == 1


def test_an_error_prints_one_sentence_and_no_interview_text(start, tmp_path: Path):
    terminal = start(BREAK + OPEN)
    terminal.type(" ")
    assert terminal.wait() == 1
    log = (tmp_path / "config" / "sibtui.log").read_text()
    assert "unexpected error (ValueError)" in terminal.afterwards
    assert terminal.afterwards.count("\n") == 1
    assert "attempt" in log
    for text in (terminal.afterwards, log):
        assert "evicting" not in text
        assert "the words were" not in text


INTERRUPT = """
import signal
from textual.drivers.linux_driver import LinuxDriver
start = LinuxDriver.start_application_mode
def interrupted(self):
    start(self)
    signal.raise_signal(signal.SIGTERM)
LinuxDriver.start_application_mode = interrupted
"""


def test_a_signal_during_the_start_of_the_screen_restores_the_terminal(study: Project, tmp_path: Path):
    env = {**os.environ, "TERM": "xterm-256color", "SIBTUI_CONFIG_DIR": str(tmp_path / "config")}
    terminal = Terminal(INTERRUPT + OPEN, str(study.path), env=env)
    try:
        assert terminal.wait() == 128 + signal.SIGTERM
        assert "Traceback" not in terminal.afterwards
    finally:
        terminal.close()


HANDLERS = """
import signal, sys
from sibtui.tui.run import open_study
def ended(number, frame):
    raise SystemExit(7)
signal.signal(signal.SIGTERM, ended)
open_study(sys.argv[1])
signal.raise_signal(signal.SIGTERM)
"""


def test_a_signal_after_the_app_has_its_earlier_handler(start):
    terminal = start(HANDLERS)
    terminal.type("q")
    assert terminal.wait() == 7
