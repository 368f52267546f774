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
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

STILL = 0.06
"""Seconds without output and without work after which a program has done all that a key asked of it."""
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
            os.execvp(command[0], list(command))
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
        with open(f"/proc/{self.pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    def resize(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._file, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def press(self, keys: bytes) -> Cost:
        """Type, and wait until all of it is done."""
        return self.cost(lambda: os.write(self._file, keys))

    def cost(self, act: object) -> Cost:
        """What follows an act costs."""
        before, begun = self.cpu, time.perf_counter()
        act()  # type: ignore[operator]
        last = self.settle(begun)
        return Cost(self.cpu - before, (last - begun) * 1000)

    def settle(self, begun: float) -> float:
        """Read what is drawn until nothing more comes; when the last of it came."""
        last, worked = begun, self.cpu
        while time.perf_counter() - begun < _LONGEST:
            ready, _, _ = select.select([self._file], [], [], STILL)
            if ready:
                self.drawn = (self.drawn + os.read(self._file, 1 << 16))[-(1 << 16) :]
                last = time.perf_counter()
            elif (now := self.cpu) - worked < 1 and last > begun:
                return last
            else:
                worked = now
        raise TimeoutError(f"no rest after {_LONGEST:.0f} s; the last that was drawn: {self.drawn[-300:]!r}")
