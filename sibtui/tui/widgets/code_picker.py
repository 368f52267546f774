"""The code picker: type a part of a name, Enter applies; a name that is new makes a code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input

from sibtui.desk.picking import pick
from sibtui.model.codebook import join_path, split_path
from sibtui.tui.widgets.fields import Field
from sibtui.tui.widgets.lines import Line, Lines, cut, wrapped
from sibtui.tui.widgets.row_list import Row, RowList
from sibtui.tui.widgets.typing import type_into

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Code

_NEW = "new\x1f"
_ROWS = 4
"""Of a code's definition, as many as there is room for."""
_TALLEST, _BESIDE = 32, _ROWS + 4
"""Rows of the box at most, and those of them that are not codes: its frame, the field, a line, the definition."""


@dataclass(frozen=True, slots=True)
class Picked:
    """The path of the code chosen; `new` when it has to be made."""

    path: str
    new: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """What the picker offers: codes, those used last first, letters and digits that apply them, colours, the theme for new ones."""

    title: str
    codes: Sequence[Code]
    recent: Sequence[str]
    keys: Mapping[str, str]
    colour: Callable[[str], str | None]
    theme: str | None = None
    allow_new: bool = True


class CodePicker(ModalScreen[Picked | None]):
    """Dismissed with what was picked, or None."""

    DEFAULT_CSS = """
    CodePicker { background: $background 60%; align: center middle; }
    CodePicker:ansi { background: transparent; }
    CodePicker #picker { width: 84; max-width: 100%; height: 80%; border: round $border; background: $surface; }
    CodePicker #typed { height: 1; border: none; padding: 0 1 0 3; background: $panel; }
    CodePicker RowList { height: 1fr; padding: 0 1; background: $surface; }
    CodePicker Lines { height: 5; padding: 0 1; border-top: solid $rule; background: $surface; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "close"),
        Binding("down,ctrl+j,ctrl+n", "move(1)"),
        Binding("up,ctrl+k,ctrl+p", "move(-1)"),
        Binding("pagedown", "move(10)"),
        Binding("pageup", "move(-10)"),
        Binding("tab", "complete"),
    ]

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self._choice = choice

    def compose(self) -> ComposeResult:
        with Vertical(id="picker"):
            yield Field(placeholder="part of a name, path or definition", id="typed", compact=True)
            rows = RowList()
            rows.can_focus, rows.lively = False, True
            yield rows
            yield Lines()

    def on_mount(self) -> None:
        box = self.query_one("#picker")
        box.border_title = Content(cut(self._choice.title, 70))
        does = "applies" if self._choice.allow_new else "chooses"
        box.border_subtitle = f"Enter {does} · Tab completes · Esc closes"
        new = 2 if self._choice.allow_new else 0
        box.styles.max_height = min(_TALLEST, max(4, len(self._choice.codes) + new) + _BESIDE)
        self.set_focus(self.query_one(Input))
        self._show("")

    def on_resize(self) -> None:
        self.call_after_refresh(self._explain)  # how wide it is is known only now

    def take_key(self, event: events.Key) -> bool:
        """Heed what is typed at once, and what follows on it."""
        field = self.query_one(Input)
        if type_into(field, event):
            self._show(field.value)
        elif event.key == "enter":
            self._take(self.query_one(RowList).key)
        else:
            return False
        return True

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._show(event.value)

    @on(Input.Submitted)
    def _submitted(self) -> None:
        self._take(self.query_one(RowList).key)

    @on(RowList.Chosen)
    def _clicked(self, event: RowList.Chosen) -> None:
        self._take(event.key)

    @on(RowList.Moved)
    def _moved(self) -> None:
        self._explain()

    def _take(self, key: str | None) -> None:
        if key is None:
            return
        new = key.startswith(_NEW)
        self.dismiss(Picked(key.removeprefix(_NEW), new))

    def action_leave(self) -> None:
        self.dismiss(None)

    def action_move(self, by: int) -> None:
        rows = self.query_one(RowList)
        rows.step(by)
        self._explain()

    def action_complete(self) -> None:
        """Take the path of the row into the field, to make a code beside it."""
        key = self.query_one(RowList).key
        if key is not None and not key.startswith(_NEW):
            field = self.query_one(Input)
            field.value = key
            field.cursor_position = len(key)

    def _show(self, typed: str) -> None:
        choice = self._choice
        hits = pick(typed, choice.codes, choice.recent)
        rows = [
            Row(
                hit.code.path,
                hit.code.name,
                mark=f"{choice.keys.get(hit.code.path, ''):<2}",
                right=" / ".join(split_path(hit.code.path)[:-1]),
                hits=hit.marks,
                colour=choice.colour(hit.code.path),
            )
            for hit in hits
        ]
        rows += self._new_rows(typed.strip())
        listed = self.query_one(RowList)
        listed.set_rows(rows)
        listed.go(rows[0].key if rows else None)
        self._explain()

    def _new_rows(self, typed: str) -> list[Row]:
        """Making a code of what was typed: as a path when it has a slash, else below the theme at hand, or as a theme."""
        names = split_path(typed)
        known = {code.path.casefold() for code in self._choice.codes}
        if not self._choice.allow_new or not all(names):
            return []
        paths = [typed] if len(names) > 1 else [typed.replace("\\", "\\\\")]
        if len(names) == 1 and self._choice.theme is not None:
            paths.insert(0, join_path((*split_path(self._choice.theme), typed)))
        return [
            Row(_NEW + path, f"New code “{split_path(path)[-1]}”", mark="+ ", right=_where(path), quiet=True)
            for path in paths
            if path.casefold() not in known
        ]

    def _explain(self) -> None:
        key = self.query_one(RowList).key
        code = next((code for code in self._choice.codes if code.path == key), None)
        width = max(20, self.query_one(Lines).size.width)
        lines: list[Line] = []
        if code is not None:
            told = code.definition or "No definition yet: the codebook (F2) has a place for it."
            rows = wrapped(told, width)
            if len(rows) > _ROWS:
                rows[_ROWS - 1] = cut(f"{rows[_ROWS - 1]} …", width)
            lines = [[(row, "text" if code.definition else "quiet")] for row in rows[:_ROWS]]
        elif key is not None:
            lines = [[("Theme/Name puts a new code below a theme.", "quiet")]]
        else:
            lines = [[(row, "quiet")] for row in wrapped(self._nothing(), width)]
        self.query_one(Lines).set_lines(lines)

    def _nothing(self) -> str:
        """Why no code is listed."""
        if self._choice.codes:
            return "No code fits."
        return (
            "No codes yet: write a name, and Enter makes the first." if self._choice.allow_new else "There is no code."
        )


def _where(path: str) -> str:
    above = split_path(path)[:-1]
    return f"below {' / '.join(above)}" if above else "as a theme"
