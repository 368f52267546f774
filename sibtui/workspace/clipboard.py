"""Copying a text to the clipboard of the user, with a program of the operating system.

The text is passed through a pipe and never through a file, because it may quote interviews.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PATIENCE = 2.0
"""How many seconds to wait for a program at most.

Without a limit, some programs would wait for ever if the display is lost.
"""


@dataclass(frozen=True, slots=True)
class Program:
    """A command that copies its standard input to the clipboard. `environment` has variables to set for the command."""

    command: tuple[str, ...]
    encoding: str = "utf-8"
    environment: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.command[0]

    def takes(self, text: str) -> bool:
        """Copy a text with this program. Return False on failure, for example if the program is not installed."""
        if shutil.which(self.name) is None:
            return False
        try:
            done = subprocess.run(  # noqa: S603 - a fixed command; the text is its input
                self.command,
                input=text.encode(self.encoding, "replace"),
                env=os.environ | self.environment,
                stdout=subprocess.DEVNULL,  # xclip stays in the background and would keep a pipe open
                stderr=subprocess.DEVNULL,
                timeout=_PATIENCE,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return False
        return done.returncode == 0


def programs(environment: Mapping[str, str], platform: str) -> Iterator[Program]:
    """Yield the programs that may be able to copy to the user's clipboard, the most reliable first.

    Some may not be installed. Over SSH, only tmux and the programs that use an X display are yielded. The other
    programs run on the remote machine, and cannot reach the user's clipboard.
    """
    remote = "SSH_CONNECTION" in environment or "SSH_TTY" in environment
    if platform == "darwin" and not remote:
        yield Program(("pbcopy",), environment={"LC_CTYPE": "UTF-8"})
    if "DISPLAY" in environment:
        yield Program(("xclip", "-selection", "clipboard", "-in"))
        yield Program(("xsel", "--clipboard", "--input"))
    if "WAYLAND_DISPLAY" in environment and "XDG_RUNTIME_DIR" in environment and not remote:
        # wl-copy writes its input to a file: in this folder the file stays in memory, readable by the user alone
        folder = {"TMPDIR": environment["XDG_RUNTIME_DIR"]}
        yield Program(("wl-copy", "--type", "text/plain;charset=utf-8"), environment=folder)
    if (platform == "win32" or "WSL_DISTRO_NAME" in environment) and not remote:
        yield Program(("clip.exe",), encoding="utf-16")
    if "TMUX" in environment:
        yield Program(("tmux", "load-buffer", "-w", "-"))
        yield Program(("tmux", "load-buffer", "-"))  # before tmux 3.2


def copy(text: str) -> str | None:
    """Copy a text to the clipboard. Return the name of the program that has copied it; None if no program succeeded."""
    return next((each.name for each in programs(os.environ, sys.platform) if each.takes(text)), None)


def copy_message(subject: str, program: str | None) -> str:
    """Return the message that is shown after a copy to the clipboard. `subject` names the copied items (“2 quotes”).

    `program` is the program that has copied them. It is None if the text was sent to the terminal, which never confirms
    a copy.
    """
    if program is None:
        return f"{subject} sent to the terminal, which may ignore it."
    if program == "tmux":
        return f"{subject} copied to tmux, where the prefix key and ] paste it."
    return f"{subject} copied."
