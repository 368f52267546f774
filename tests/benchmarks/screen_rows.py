"""A row of the table of the screen: the processor time and the latency of an action, and the limits of both."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .terminal import Cost

HEAD = (
    f"{'ms':9} {'':32} {'cpu p50':>8} {'p95':>8} {'wall p50':>9} {'p95':>8} {'bare':>7} {'ratio':>6}"
    f"  {'budget':38} verdict"
)


@dataclass(frozen=True, slots=True)
class Limit:
    """The most milliseconds of `of`, the processor time or the latency, that `percent` of 100 actions stay below."""

    of: str
    percent: int
    most: float


@dataclass(frozen=True, slots=True)
class ScreenRow:
    """The costs of an action, and those of the same key in a bare Textual app, in the order in which they were taken.

    `ratio` is the most that the processor time may be of the bare app's. None: it is only printed.
    """

    name: str
    study: str
    costs: tuple[Cost, ...]
    limits: tuple[Limit, ...] = ()
    bare: tuple[Cost, ...] = ()
    most_ratio: float | None = None

    def figure(self, of: str, percent: int) -> float:
        return percentile([getattr(cost, of) for cost in self.costs], percent)

    @property
    def ratio(self) -> float | None:
        """How many times the processor time of the bare app; medians."""
        if not self.bare:
            return None
        return median(cost.cpu for cost in self.costs) / median(cost.cpu for cost in self.bare)

    @property
    def missed(self) -> bool:
        too_much = self.most_ratio is not None and self.ratio is not None and self.ratio > self.most_ratio
        return too_much or any(self._misses(limit) for limit in self.limits)

    def _misses(self, limit: Limit) -> bool:
        return self.figure(limit.of, limit.percent) > limit.most and not self._is_disturbed(limit)

    def _is_disturbed(self, limit: Limit) -> bool:
        """Return whether the latency is not judged: a busy machine delays the bare app too."""
        if limit.of == "cpu" or not self.bare:
            return False
        return percentile([cost.latency for cost in self.bare], limit.percent) > limit.most / 2

    def _words(self, limit: Limit) -> str:
        """Return a limit in words, with a mark if the figure is above it and a question mark if it is not judged."""
        mark = "?" if self._is_disturbed(limit) else "!" if self._misses(limit) else ""
        return f"{'cpu' if limit.of == 'cpu' else 'wall'} p{limit.percent} ≤ {limit.most:g}{mark}"

    def line(self, before: dict[str, Any] | None = None) -> str:
        """Return the row of the table, with the saved figures of an earlier run behind it."""
        numbers = [self.figure(of, percent) for of in ("cpu", "latency") for percent in (50, 95)]
        cpu, high, wall, late = (f"{number:.1f}" for number in numbers)
        other = f"{median(cost.cpu for cost in self.bare):.1f}" if self.bare else ""
        ratio = "" if self.ratio is None else f"{self.ratio:.2f}"
        budgets = [self._words(limit) for limit in self.limits]
        budgets += [] if self.most_ratio is None else [f"ratio ≤ {self.most_ratio:g}"]
        verdict = "" if not budgets else "MISSED" if self.missed else "met"
        earlier = "" if before is None else f"  before: cpu {before['cpu_p50']:.1f}, wall p95 {before['wall_p95']:.1f}"
        return (
            f"{self.study:9} {self.name:32} {cpu:>8} {high:>8} {wall:>9} {late:>8} {other:>7} {ratio:>6}"
            f"  {', '.join(budgets):38} {verdict:7}{earlier}"
        )

    def facts(self) -> dict[str, Any]:
        """Return the figures as they are saved."""
        return {
            "name": self.name, "size": self.study, "unit": "ms", "cpu": [cost.cpu for cost in self.costs],
            "wall": [cost.latency for cost in self.costs], "bare": [cost.cpu for cost in self.bare],
            "cpu_p50": self.figure("cpu", 50), "cpu_p95": self.figure("cpu", 95),
            "wall_p50": self.figure("latency", 50), "wall_p95": self.figure("latency", 95),
            "ratio": self.ratio, "met": not self.missed,
            "budget": [[limit.of, limit.percent, limit.most] for limit in self.limits],
        }  # fmt: skip


def percentile(values: Sequence[float], of: int) -> float:
    """Return the value that `of` in 100 stay below; the median for 50."""
    if of == 50:
        return median(values)
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * of // 100)]
