"""The base class of dialogs. A dialog fits the window, also after a change of the window's size."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from textual.content import Content

from sibtui.model.text_width import width_of
from sibtui.tui.textual_overrides.dialog import FrugalDialog

if TYPE_CHECKING:
    from textual.widget import Widget

T = TypeVar("T")

_BESIDE = 6
"""How many cells of the lower frame of a box are not free for keys: the corners, and a line and a space at each side."""
_PARTS = " · "
_STAY = ("Esc", "Enter")
"""The keys that are left out last, because they close the dialog."""


class Dialog(FrugalDialog[T]):
    """A dialog that calls `fit_window` when it opens, and before it is laid out in another size of the window."""

    def fit_window(self) -> None:
        """Set the sizes and texts that depend on the size of the window. A subclass overrides this method."""

    def on_mount(self) -> None:
        self.fit_window()

    def on_resize(self) -> None:
        if self.is_mounted:
            self.fit_window()


def show_keys(box: Widget, *lines: str) -> None:
    """Show the keys of a dialog at the lower frame of its box: the first of `lines` that fits into the frame.

    A line has parts, such as “Enter saves · Esc closes”. If no line fits, the last line is shown without some of its
    parts.
    """
    cells = _width_of_box(box) - _BESIDE
    line = Content(next((line for line in lines if width_of(line) <= cells), fitting_keys(lines[-1], cells)))
    if box.border_subtitle != line.markup:
        box.border_subtitle = line


def fitting_keys(line: str, cells: int) -> str:
    """Return the parts of a line of keys that fit together into `cells` cells.

    The parts for Esc and Enter are preferred, then the first parts. A part is never cut.
    """
    parts = line.split(_PARTS)
    by_use = sorted(
        parts, key=lambda part: next((at for at, key in enumerate(_STAY) if part.startswith(key)), len(_STAY))
    )
    kept: list[str] = []
    for part in by_use:
        if width_of(_PARTS.join([*kept, part])) <= cells:
            kept.append(part)
    return _PARTS.join(part for part in parts if part in kept)


def _width_of_box(box: Widget) -> int:
    """Return the width of a box by its styles, because the box has no width before its first layout."""
    window = box.app.size
    limits = [each for each in (box.styles.width, box.styles.max_width) if each is not None and not each.is_auto]
    return min([window.width, *(int(each.resolve(window, window)) for each in limits)])
