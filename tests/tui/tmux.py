"""A real terminal for tests: a tmux server that is started for the test. Tests type into it and read its screen."""

from __future__ import annotations

import os
import shlex
import subprocess
import time
from typing import TYPE_CHECKING
from uuid import uuid4

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PATIENCE = 120.0
_LOOK = 0.05


class Tmux:
    """One window of tmux. A shell runs a command in it and then waits, so that a test can read the final screen."""

    def __init__(self, command: list[str], *, size: tuple[int, int], folder: Path, env: Mapping[str, str]) -> None:
        self._server = f"sibtui-{uuid4().hex[:12]}"
        self.folder = folder
        before, after = folder / "before.stty", folder / "after.stty"
        script = (
            f"stty -a > {shlex.quote(str(before))}; sh -c 'echo $$ > pid; exec {shlex.join(command)}'; echo LEFT $?; "
            f"stty -a > {shlex.quote(str(after))}; echo LOOKED; read line"
        )
        settings = [word for name, value in env.items() for word in ("-e", f"{name}={value}")]
        self._tmux(
            "set-option", "-g", "escape-time", "0", ";", "set-option", "-g", "default-terminal", "screen-256color", ";",
            "new-session", "-d", "-x", str(size[0]), "-y", str(size[1]), "-c", str(folder), *settings, "sh", "-c", script,
            start=True,
        )  # fmt: skip

    def _tmux(self, *arguments: str, start: bool = False) -> str:
        command = ["tmux", "-L", self._server, "-f", "/dev/null", *(["start-server", ";"] if start else []), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    @property
    def screen(self) -> str:
        return self._tmux("capture-pane", "-p")

    def until(self, *words: str) -> None:
        """Wait until all these words are on the screen."""
        end = time.monotonic() + PATIENCE
        while not all(word in self.screen for word in words):
            assert time.monotonic() < end, f"{words!r} were never in sight:\n{self.screen}"
            time.sleep(_LOOK)

    def keys(self, *names: str) -> None:
        """Press keys, given by their names in tmux: Enter, Space, Down, x."""
        self._tmux("send-keys", *names)

    def type(self, text: str) -> None:
        self._tmux("send-keys", "-l", text)

    def kill(self, number: int) -> None:
        """Send a signal to the command."""
        os.kill(int((self.folder / "pid").read_text()), number)

    def format(self, wanted: str) -> str:
        """Return a value of the pane from tmux: `#{alternate_on}`, `#{cursor_flag}`."""
        return self._tmux("display-message", "-p", wanted).strip()

    def close(self) -> None:
        subprocess.run(["tmux", "-L", self._server, "kill-server"], capture_output=True, timeout=PATIENCE, check=False)
