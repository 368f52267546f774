"""Pictures of each kind with given labels, labels that are hard to draw, and a font for layouts without matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.pictures.scene import BODY
from sibtui.model.pictures.picture import (
    ChartRow,
    CurveChart,
    HeatCell,
    HeatMap,
    Portrait,
    PortraitSource,
    RowChart,
)
from sibtui.model.text_width import width_of

if TYPE_CHECKING:
    from sibtui.model.pictures.picture import Picture

LONG = "A label that is much too long for any picture, with SupercalifragilisticexpialidociousWordsWithoutSpaces, and so on and on"
HOSTILE = [
    "<b>&amp;</b>",
    "$\\frac{1}{2}$ $",
    "two\nlines\x1b[31m",
    "\u202eevil",
    "שלום עולם",
    "数字社会",
    "",
    "\ud800",
    LONG,
]


def measure(text: str, size: float = BODY, *, bold: bool = False) -> float:
    """A font in which all letters have the same width."""
    return width_of(text) * size * (0.66 if bold else 0.6)


def pictures(labels: list[str]) -> list[Picture]:
    """Return one picture of each kind with these labels."""
    count = len(labels)
    cells = tuple(
        (HeatCell("12 (3)", at, "contested" if at % 2 else "unknown"), HeatCell("0", 0)) for at in range(count)
    )
    rows = tuple(ChartRow(label, at % 7, f"{at} (1)", at % 3, colour="sky") for at, label in enumerate(labels))
    dots = tuple(
        ChartRow(name, None if at % 2 else 0.5, name if at % 2 else "0.5", 0, 0.1, 0.9)
        for at, name in enumerate(labels)
    )
    sources = tuple(PortraitSource(label, 100, ((0, 30, 0), (20, 90, 1))) for label in labels)
    numbers = tuple(range(count, 0, -1))
    totals = tuple(sum(numbers[: at + 1]) for at in range(count))
    columns = tuple(labels[:12]) if count > 12 else (labels[0], "B")
    return [
        HeatMap(labels[0], "Words.", tuple(labels), (labels[0], "B"), cells, "quotes", (labels[-1],)),
        HeatMap("Wide", "Words.", ("A", "B"), columns, ((HeatCell("1", 1),) * len(columns),) * 2, "quotes"),
        RowChart("Bars", "Words.", rows, "quotes", 0, 7, notes=(labels[0],)),
        RowChart("Dots", "Words.", dots, "alpha", -0.2, 1, "dot"),
        Portrait("Portrait", "Words.", sources, ((labels[0], "orange"), ("B", "sky"))),
        CurveChart("Curve", "Words.", tuple(labels), numbers, totals, "interviews", "codes", min(4, count), 2, 4 if count > 6 else None),
    ]  # fmt: skip
