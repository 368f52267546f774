"""A program in a terminal of its own, and what each key costs it: processor time, and time until the screen is still again."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

STILL = 0.06
"""Seconds without output and without work after which a program has done all that was asked of it."""
_SILENT = 5
"""So many of them when it has drawn nothing at all: some keys change nothing."""
_LONGEST = 60.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds: of the program's processor time, and from the key to the last of what it drew."""

    cpu: float
    latency: float


class Terminal:
    """A terminal with a program in it. Leaves nothing running: use it in a `with`."""

    def __init__(self, command: Sequence[str], size: tuple[int, int], environment: Mapping[str, str]) -> None:
        self.drawn = b""
        self.pid, self._file = pty.fork()
        if self.pid == 0:
            os.environ.update(environment)
            os.execvp(command[0], list(command))  # noqa: S606 - our own program
        self._clock = (~self.pid << 3) | 2  # the processor time of that process (Linux: clock_getcpuclockid)
        self.resize(*size)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._file)

    @property
    def cpu(self) -> float:
        """Milliseconds of processor time so far."""
        return time.clock_gettime(self._clock) * 1000

    @property
    def memory(self) -> float:
        """MB in memory now."""
        pages = Path(f"/proc/{self.pid}/statm").read_text("ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys: bytes) -> Cost:
        """Type, and wait until all of it is done."""
        return self.cost(lambda: os.write(self._file, keys))

    def hold(self, key: bytes, times: int, every: float = 1 / 30) -> Cost:
        """Send a key again and again, as a keyboard repeats a held key. Return the processor time per key, and the latency of the last one."""
        before, begun = self.cpu, time.perf_counter()
        for at in range(times):
            self._read_until(begun + at * every)
            pressed = time.perf_counter()
            os.write(self._file, key)
        last = self.settle(pressed)
        return Cost((self.cpu - before) / times, (last - pressed) * 1000)

    def press_until(self, key: bytes, words: bytes) -> tuple[Cost, Cost]:
        """Type, and wait for words on the screen. Return the cost until they are drawn, and the cost until all is done."""
        self.drawn, begun, before = b"", time.perf_counter(), self.cpu
        os.write(self._file, key)
        while words not in self.drawn:
            if not select.select([self._file], [], [], _LONGEST)[0]:
                raise TimeoutError(f"{words!r} is not drawn; the last that was drawn: {self.drawn[-300:]!r}")
            self.drawn = (self.drawn + self._read())[-(1 << 16) :]
        painted = Cost(self.cpu - before, (time.perf_counter() - begun) * 1000)
        last = self.settle(begun)
        return painted, Cost(self.cpu - before, (last - begun) * 1000)

    def cost(self, act: Callable[[], object]) -> Cost:
        """What follows an act costs."""
        before, begun = self.cpu, time.perf_counter()
        act()
        last = self.settle(begun)
        return Cost(self.cpu - before, (last - begun) * 1000)

    def _read_until(self, moment: float) -> None:
        """Read what is drawn until this moment."""
        while (left := moment - time.perf_counter()) > 0:
            if select.select([self._file], [], [], left)[0]:
                self.drawn = (self.drawn + self._read())[-(1 << 16) :]

    def settle(self, begun: float) -> float:
        """Read what is drawn until nothing more comes; when the last of it came."""
        last, worked, still = begun, self.cpu, 0
        while time.perf_counter() - begun < _LONGEST:
            if select.select([self._file], [], [], STILL)[0]:
                self.drawn = (self.drawn + self._read())[-(1 << 16) :]
                last = time.perf_counter()
                continue
            now = self.cpu
            still = still + 1 if now - worked < 1 else 0
            worked = now
            if still >= (1 if last > begun else _SILENT):
                return last
        raise TimeoutError(f"no rest after {_LONGEST:.0f} s; the last that was drawn: {self.drawn[-300:]!r}")

    def _read(self) -> bytes:
        try:
            return os.read(self._file, 1 << 16)
        except OSError as error:  # its end of the terminal is closed
            raise EOFError(f"the program has ended; the last that was drawn: {self.drawn[-2000:]!r}") from error
