"""Real shells in a pseudo-terminal. They show the arguments that the program receives after Tab."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PATIENCE = 120.0
_START = {
    "bash": (["bash", "--norc", "--noprofile", "-i"], "source <(sibtui completion bash)"),
    "zsh": (["zsh", "-f", "-i"], "autoload -U compinit; compinit -u -D; source <(sibtui completion zsh)"),
    "fish": (["fish", "--no-config", "-i"], "sibtui completion fish | source"),
}
# Completes when the shell asks, else writes its arguments to a file
_PROGRAM = """\
#!/bin/sh
if [ -n "$_SIBTUI_COMPLETE" ] || [ "$1" = completion ]; then exec "{python}" -m sibtui "$@"; fi
for word in "$@"; do printf '%s\\n' "$word"; done > "{given}.part"
mv "{given}.part" "{given}"
"""
# A shell edits its line only on its controlling terminal
_ON_TERMINAL = """\
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execvp(sys.argv[1], sys.argv[1:])
"""


class Shell:
    def __init__(self, terminal: int, given: Path) -> None:
        self._terminal = terminal
        self._given = given

    def given(self, line: str) -> list[str]:
        """Type a line, which contains Tab, and Enter. Return the arguments that the program receives."""
        self._given.unlink(missing_ok=True)
        os.write(self._terminal, f"{line}\n".encode())
        shown, end = b"", monotonic() + _PATIENCE
        while not self._given.exists():
            assert monotonic() < end, shown.decode(errors="replace")
            if select.select([self._terminal], [], [], 0.05)[0]:
                shown += os.read(self._terminal, 65536)
        return self._given.read_text(encoding="utf-8").splitlines()


@contextmanager
def shell(name: str, folder: Path) -> Iterator[Shell]:
    """Start a shell in the current folder with our completion.

    `folder` holds the program and the files of the shell.
    """
    folder.mkdir()
    given, program = folder / "given", folder / "sibtui"
    program.write_text(_PROGRAM.format(python=sys.executable, given=given), encoding="utf-8")
    program.chmod(0o755)
    command, start = _START[name]
    ours, theirs = pty.openpty()
    settings = {
        "PATH": f"{folder}:{os.environ['PATH']}",
        "HOME": str(folder),
        "TERM": "xterm",
        "LC_ALL": "C.UTF-8",
        "PS1": "$ ",
    }
    settings |= {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder), "ZDOTDIR": str(folder)}
    with subprocess.Popen(
        [sys.executable, "-c", _ON_TERMINAL, *command],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | settings,
        start_new_session=True,
    ) as running:
        os.close(theirs)
        try:
            typed = Shell(ours, given)
            typed.given(f"{start}; sibtui ready")
            yield typed
        finally:
            running.kill()
            os.close(ours)
