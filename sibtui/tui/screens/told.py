"""Screens with a status below: what is under the cursor, then the keys that help; what was done is told in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.css.query import NoMatches

from sibtui.tui.commands import commands_at
from sibtui.tui.screens.base import StudyScreen
from sibtui.tui.screens.coding_status import WAYS, hints, nearest_first
from sibtui.tui.widgets.lines import Line, Lines

if TYPE_CHECKING:
    from collections.abc import Callable


class ToldScreen(StudyScreen):
    """A subclass has `Lines(id="told")` and makes its upper lines in `told_lines`."""

    CSS = """
    #told { height: 4; padding: 0 1; background: $panel; }
    .heading { height: auto; max-height: 8; padding: 0 1; }
    """
    USEFUL_WHEN_EMPTY: ClassVar[tuple[str, ...]] = ()
    """Its commands that have something to do where nothing is shown."""
    _said: Line | None = None

    def told_lines(self, width: int) -> list[Line]:
        """What the status says above the keys."""
        raise NotImplementedError

    def show_told(self) -> None:
        """Bring the status up to date. What was said stands for once: the next key brings the hints back."""
        try:
            told = self.query_one("#told", Lines)
        except NoMatches:  # said before the screen stands, or when it is gone
            return
        width = max(40, told.size.width)
        rows = max(0, told.size.height - 1)
        lines = self.told_lines(width)[:rows]
        lines += [[]] * (rows - len(lines))
        told.set_lines([*lines, self._said or self.hint_line(width)])
        self._said = None

    def hint_line(self, width: int) -> Line:
        """The keys that help now."""
        without = set(WAYS)
        if self.is_empty:
            own = commands_at(*(place for place in self.places_here() if place != "everywhere"))
            without |= {command.id for command in own} - set(self.USEFUL_WHEN_EMPTY)
        return hints(self.places_here(), self.study_app.keys_told, width, without=without)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing here to do something with."""
        return False

    def tell(self, message: str, *, error: bool = False) -> None:
        """In the place of the hints, until the next key."""
        self._said = nearest_first(message, error, max(40, self.size.width - 2))
        self.show_told()

    def carry_out(self, deed: Callable[[], str], show: Callable[[], object]) -> bool:
        """Do something to the study, show what it has become, and then tell what was done. Whether it was."""
        told: list[str] = []

        def done() -> None:
            told.append(deed())

        if not self.attempt(done):
            return False
        show()
        self.tell(told[0])
        return True

    def on_resize(self) -> None:
        if self.is_mounted:
            self.call_after_refresh(self.show_told)


def fit(lines: Lines, shown: list[Line]) -> None:
    """Show these lines in just the height that they take."""
    if lines.styles.height is None or lines.styles.height.value != len(shown):
        lines.styles.height = len(shown)
    lines.set_lines(shown)
