"""Putting the screen together again after a change: only what is seen of it is drawn.

Textual draws, for every change, all rows of all widgets between the highest and the lowest row that changed. On the coding screen a key changes a
few rows of the note, the codings beside it and the status line: that was everything there is, fifteen widgets for each key.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, cast

from textual._compositor import ChopsUpdate, Compositor
from textual.geometry import Region
from textual.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from textual.widget import Widget

_Chops = dict[int, "Strip | None"]
"""The pieces that a row is cut into, by the column in which each begins."""


class FrugalCompositor(Compositor):
    """Textual's compositor, with updates that draw only those rows of a widget that show in them."""

    def render_partial_update(self) -> ChopsUpdate | None:
        """What must be written to the terminal to show the changes; None when there are none."""
        screen = self.size.region
        changed = [region.intersection(screen) for region in self._dirty_regions]
        self._dirty_regions.clear()
        spans = list(self._regions_to_spans(region for region in changed if region))
        if not spans:
            return None
        cuts = self.cuts
        rows = {y: cast("_Chops", dict.fromkeys(cuts[y][:-1])) for y, _, _ in spans}
        self._draw(rows, _wanted(spans, cuts))
        ends = {y: cuts[y][1:] for y in rows}
        return ChopsUpdate(cast("Sequence[Mapping[int, Strip | None]]", rows), spans, cast("list[list[int]]", ends))

    def _render_chops(self, crop: Region, is_rendered_line: Callable[[int], bool]) -> Sequence[Mapping[int, Strip]]:
        """All pieces of the screen, for a screen that is drawn anew or lies below a box."""
        cuts = self.cuts
        rows = {y: cast("_Chops", dict.fromkeys(row[:-1])) for y, row in enumerate(cuts)}
        spans = [(y, crop.x, crop.right) for y in crop.line_range if y in rows and is_rendered_line(y)]
        self._draw(rows, _wanted(spans, cuts))
        for y, row in rows.items():
            for cut, end in pairwise(cuts[y]):
                if row[cut] is None:
                    row[cut] = Strip.blank(end - cut)
        return cast("Sequence[Mapping[int, Strip]]", list(rows.values()))

    def _draw(self, rows: dict[int, _Chops], wanted: dict[int, set[int]]) -> None:
        """Fill the wanted pieces, from the foremost widget to the hindmost: what a widget in front shows, none behind it draws."""
        for widget, (region, clip) in self.visible_widgets.items():
            if not wanted:
                return
            seen = region.intersection(clip)
            first, last = seen.column_span
            touched = [y for y in wanted if seen.y <= y < seen.bottom and any(first <= cut < last for cut in wanted[y])]
            for y, strip in _strips(widget, region, seen, touched):
                if strip.cell_length < seen.width:
                    continue  # it has only just come, and does not know its size: what is behind it shows until it does
                shown = [cut for cut in self.cuts[y] if first <= cut <= last]
                pieces = strip.divide([cut - seen.x for cut in shown[1:]])
                for cut, piece in zip(shown, pieces, strict=False):
                    if rows[y][cut] is None:
                        rows[y][cut] = piece
                wanted[y].difference_update(shown[:-1])
                if not wanted[y]:
                    del wanted[y]


def _wanted(spans: Iterable[tuple[int, int, int]], cuts: Sequence[Sequence[int]]) -> dict[int, set[int]]:
    """Row → where the pieces begin that the spans touch."""
    wanted: dict[int, set[int]] = {}
    for y, first, last in spans:
        row = cuts[y]
        touched = (cut for cut, end in pairwise(row) if cut < last and end > first)
        wanted.setdefault(y, set()).update(touched)
    return wanted


def _strips(widget: Widget, region: Region, seen: Region, touched: Sequence[int]) -> Iterable[tuple[int, Strip]]:
    """The rows that are asked for, drawn in one go."""
    if not touched:
        return
    top, bottom = min(touched), max(touched)
    part = Region(seen.x - region.x, top - region.y, seen.width, bottom - top + 1)
    drawn = widget.render_lines(part)
    for y in touched:
        yield y, drawn[y - top]
