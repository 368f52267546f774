"""Colours of codes on the screen. A code without a colour of its own has the colour of the code above it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sibtui.model.records import COLOURS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.model.records import Code


def colours(codes: Iterable[Code]) -> dict[str, str]:
    """Return a map: path of a code → its colour on the screen.

    The colour is the stored colour of the code, or else the colour of the code above it. A theme (top code) without a
    stored colour gets a colour by its position among the themes. If themes are added, removed or moved, this colour can
    change; `colours_to_store` prevents this.
    """
    by_id: dict[int | None, str] = {}
    by_path: dict[str, str] = {}
    position = 0
    for code in codes:  # parents come first
        colour = code.colour or by_id.get(code.parent) or COLOURS[position % len(COLOURS)]
        position += code.parent is None
        by_path[code.path] = by_id[code.id] = colour
    return by_path


def colours_to_store(before: Sequence[Code], after: Sequence[Code]) -> dict[int, str]:
    """Return a map: id of a theme (top code) without a stored colour → colour to store for it.

    Call this after themes were added, removed or moved. A theme keeps the colour that it had on the screen before. A
    new theme gets the colour that the fewest themes have. If the themes and their order are unchanged, the result is
    empty.
    """
    themes, shown = [code for code in before if code.parent is None], colours(before)
    now = [code for code in after if code.parent is None]
    if [code.id for code in themes] == [code.id for code in now]:
        return {}
    earlier = {code.id: shown[code.path] for code in themes}
    assigned = {code.id: code.colour or earlier.get(code.id) for code in now}
    used = Counter(colour for colour in assigned.values() if colour)
    stored: dict[int, str] = {}
    for code in now:
        if code.colour is None:
            colour = assigned[code.id]
            if colour is None:
                colour = min(COLOURS, key=lambda name: used[name])
                used[colour] += 1
            stored[code.id] = colour
    return stored
