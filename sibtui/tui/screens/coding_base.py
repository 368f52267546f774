"""The coding screen's frame: its panes, and showing in them what the desk holds."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical

from sibtui.desk.codebook import filter_told
from sibtui.desk.desk import Desk
from sibtui.errors import SibtuiError
from sibtui.tui.commands import by_id
from sibtui.tui.commands.keys import bindings, keys_of, shown
from sibtui.tui.note.painting import Look
from sibtui.tui.note.widget import NoteView
from sibtui.tui.screens.base import StudyScreen
from sibtui.tui.screens.coding_rows import (
    code_lines,
    code_rows,
    detail_lines,
    here_line,
    source_line,
    source_lines,
    source_row,
    source_rows,
    title_lines,
)
from sibtui.tui.screens.coding_status import hints, nearest_first, said, status_lines
from sibtui.tui.widgets.lines import Line, Lines, cells_of
from sibtui.tui.widgets.rail import Rail
from sibtui.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.widget import Widget

    from sibtui.desk.deeds import Deeds
    from sibtui.desk.memory import Place as MemoryPlace
    from sibtui.model.records import Coding
    from sibtui.project import Project
    from sibtui.tui.commands import Place


_QUALIFIERS = ("coding.stance", "coding.certainty", "coding.case", "coding.memo", "study.undo")
_OF_CODINGS = ("coding.stance", "coding.certainty", "coding.remove")
"""What has nothing to do where no coding is at hand."""
_SPARED = ("select.grow", "select.end_on", "coding.again")
"""What gives way where a coding is at hand and there is little room: the line above tells what Space does."""
_ROOMY = 100
"""Cells from which on the line of hints has room for what selects and for what qualifies."""


class CodingNote(NoteView):
    """The note, with the keys of coding."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("note")]


class SourcesPane(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("sources")]


class CodesPane(RowList):
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("codebook pane")]


class CodingBase(StudyScreen):
    """Panes and status. `show` brings them up to date with the desk; each repaints only what has changed."""

    PLACES: ClassVar[tuple[Place, ...]] = ("coding",)
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("coding")]
    heading = "coding"

    def __init__(self, project: Project, place: MemoryPlace) -> None:
        super().__init__()
        self.desk = Desk(project, place)
        self.filtered = ""
        self.edges = False
        self._looks: dict[str, Look] = {}
        self._said: Line | None = None
        self._shown_for: Widget | None = None
        self._versions: tuple[object, ...] = ()
        self._hints: tuple[object, Line] = (None, [])

    @cached_property
    def deeds(self) -> Deeds:
        """What can be done at the desk."""
        from sibtui.desk.deeds import Deeds  # noqa: PLC0415 - the note is drawn before anything is done to it

        return Deeds(self.desk)

    def compose(self) -> ComposeResult:
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Lines(id="left-title", classes="pane-title")
                yield SourcesPane(id="sources")
            with Vertical(id="middle"):
                yield Lines(id="title", inset=1)
                with Horizontal():
                    note = CodingNote(self._look, id="note")
                    yield note
                    yield Rail(note)
            with Vertical(id="right"):
                yield Lines(id="right-title", classes="pane-title")
                yield CodesPane(id="codes")
                yield Lines(id="detail", inset=1)
        yield Lines(id="status", inset=1, names_keys=True)

    def on_mount(self) -> None:
        super().on_mount()
        self.note = self.query_one(CodingNote)
        self.sources = self.query_one(SourcesPane)
        self.codes = self.query_one(CodesPane)
        self._lines = {lines.id: lines for lines in self.query(Lines)}
        self.sources.empty = "No sources yet: + brings notes in."
        try:
            self.desk.load()
        except SibtuiError as error:
            self.tell(str(error), error=True)
        self.show_note()
        self.set_focus(self.note)
        self.app.theme_changed_signal.subscribe(self, lambda _: self.call_after_refresh(self._recolour))

    # Showing

    def show_note(self) -> None:
        """Another note is open, or its text is another."""
        desk = self.desk
        self.note.show(desk.text, desk.spans, desk.selection, active=desk.active)
        self.note.number_lines(self.study_app.place.numbers)
        self.show(reveal=False)

    def show(self, *, reveal: bool = True) -> None:
        """Bring everything up to date with the desk."""
        desk = self.desk
        self.note.marked(active=desk.active)
        self.note.select(desk.selection, reveal=reveal)
        self.note.search(desk.match)
        lists = (desk.lists_version, desk.source and desk.source.name)
        codes = (desk.lists_version, desk.codebook.version, self.filtered, tuple(self.study_app.place.pins.items()))
        if self._versions[:1] != (lists,):
            self._show_sources()
        elif desk.source is not None:
            self.sources.update_row(source_row(desk.source, desk.source.name))
        if self._versions[:1] != (lists,):
            self._looks.clear()
        if self._versions[1:] != (codes,):
            self._show_codes()
        self._versions = (lists, codes)
        self._show_lines()

    def _show_sources(self) -> None:
        opened = self.desk.source.name if self.desk.source else None
        cases = [case.label for case in self.project.cases.list()]
        self.sources.set_rows(source_rows(self.desk.sources, cases, opened))
        self.sources.go(opened)
        self._show_read()

    def _show_read(self) -> None:
        read = sum(source.reading == "read" for source in self.desk.sources)
        self._lines["left-title"].set_lines(
            [[("Sources", "strong"), (f"  {read} of {len(self.desk.sources)} read", "quiet")]]
        )

    def _show_codes(self) -> None:
        rows = code_rows(self.desk.codebook, self.study_app.place.pins, self._colour, self.filtered)
        self.codes.empty = "No code has these words." if self.filtered else "No codes yet: Enter makes the first."
        self.codes.set_rows(rows)
        if self.filtered:
            told = (f"  {filter_told(self.filtered, len(rows))}", "warning")
        else:
            told = (f"  {len(self.desk.codebook.usable)}", "quiet")
        self._lines["right-title"].set_lines([[("Codes", "strong"), told]])

    def _show_lines(self) -> None:
        title, status = self._lines["title"], self._lines["status"]
        title.set_lines(title_lines(self.desk, max(20, title.room)))
        self._show_detail()
        width = max(40, status.room)
        above = self._above(width) if self.has_class("-narrow") else None
        status.set_lines(status_lines(self.desk, width, self._said or self._hint_line(width), above))
        self._said = None
        self._shown_for = self.focused

    def _show_detail(self) -> None:
        detail = self._lines["detail"]
        told, meant = self._detail(max(16, detail.room))
        detail.set_lines(told)
        detail.reveal(*meant)

    def _detail(self, width: int) -> tuple[list[Line], tuple[int, int]]:
        """What the pane with the keys is on: a code, a source, or the codings at the selection."""
        if self.focused is self.codes and self.codes.key is not None:
            return code_lines(self.desk, self.codes.key, width), (0, 0)
        if self.focused is self.sources and self.sources.key is not None:
            chosen = next((source for source in self.desk.sources if source.name == self.sources.key), None)
            return source_lines(chosen, width), (0, 0)
        return detail_lines(self.desk, width, self._colour)

    def _above(self, width: int) -> Line:
        """What the panes out of sight would tell: the source under the cursor, or the codings at the selection."""
        if self.focused is self.sources:
            source = next((each for each in self.desk.sources if each.name == self.sources.key), None)
            if source is not None:
                return source_line(source, width)
        return here_line(self.desk, width)

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        if (
            self._versions and event.rows is self.focused
        ):  # of another pane nothing is told, and what was just said would go
            self._show_lines()

    def _hint_line(self, width: int) -> Line:
        if self.edges:
            return said("← →", "end", "shift+← →", "start, by characters", "Enter", "done")
        field = self.focused.id if self.focused is not None else None
        if field == "filter":
            return said("Enter", "to the codes", "Esc", "all codes again")
        if field == "find":
            return said("Enter", "keeps the match", "Esc", "goes back")
        if self.desk.source is None:
            return self._hints_without_a_note(width)
        searched = self.desk.match is not None and self.focused is self.note
        filtered = bool(self.filtered) and (self.focused is self.codes or not searched)
        at_hand = self.desk.active is not None
        qualify = self.focused is self.note and at_hand and width < _ROOMY
        key = (self.places_here(), width, searched, filtered, at_hand)
        if self._hints[0] != key:
            first = self._said_of_search() if searched else said("Esc", "all codes") if filtered else []
            first += [("  ", "quiet")] if first else []
            room = width - cells_of(first)
            without = _SPARED if qualify else () if at_hand else _OF_CODINGS
            line = hints(self.places_here(), self.study_app.keys_told, room, without=without)
            self._hints = (key, [*first, *line])
        return self._hints[1]

    def _hints_without_a_note(self, width: int) -> Line:
        """There is nothing to select or to code: what brings notes in comes first."""
        keys = keys_of(by_id("sources.add"), self.study_app.keys_told)
        first = [*said(shown(keys[0]), "bring notes in"), ("  ", "quiet")] if keys else []
        return [*first, *hints(("everywhere",), self.study_app.keys_told, width - cells_of(first), away=False)]

    def _said_of_search(self) -> Line:
        told = self.study_app.keys_told
        ways = [shown(keys[0]) for name in ("find.next", "find.previous") if (keys := keys_of(by_id(name), told))]
        return said(" ".join(ways), "next match, before", "Esc", "ends the search")

    def on_resize(self) -> None:
        if self.is_mounted and self._versions:
            self.call_after_refresh(self._show_lines)

    def on_descendant_focus(self) -> None:
        if (
            self._versions and self.focused is not self._shown_for
        ):  # what was told since would go, with nothing to show instead
            self._show_lines()

    def _recolour(self) -> None:
        self._looks.clear()
        self.note.restyle()
        self._show_codes()
        self._show_lines()

    def _look(self, coding: Coding) -> Look:
        look = self._looks.get(coding.code)
        if look is None:
            look = Look(self.desk.codebook.tag(coding.code), self._colour(coding.code))
            self._looks[coding.code] = look
        return look

    def _colour(self, path: str) -> str | None:
        return self.study_app.code_colour(self.desk.codebook.colour(path))

    def key_of(self, command: str) -> str:
        """The first key of a command, as it is written for people."""
        keys = keys_of(by_id(command), self.study_app.keys_told)
        return shown(keys[0]) if keys else "ctrl+p"

    # Talking and keeping up

    def tell(self, message: str, *, error: bool = False) -> None:
        """In the line of hints, until the next key: a box over the note would hide what is read."""
        self._said = nearest_first(message, error, max(40, self._lines["status"].room))
        self._show_lines()

    def attempt(self, deed: Callable[[], str | None]) -> bool:
        """Do something to the study, show it and tell it."""
        try:
            told = deed()
        except SibtuiError as error:
            self.refused = str(error)
            self.show(reveal=False)
            self.tell(str(error), error=True)
            return False
        self.done("")
        if told:
            width = max(40, self._lines["status"].room)
            said = nearest_first(told, False, width)
            self._said = [*said, *self._qualifiers(width - cells_of(said))]
        self.show(reveal=False)
        return True

    def _qualifiers(self, room: int) -> Line:
        """What can be said of the coding just made, and undo, as far as there is room: code first, qualify after."""
        line: Line = []
        if self.focused is not self.note or self.desk.coding is None:
            return line
        for command in (by_id(name) for name in _QUALIFIERS):
            for key in keys_of(command, self.study_app.keys_told)[:1]:
                bits: Line = [("  " if line else "    ", "quiet"), (shown(key), "key"), (f" {command.label}", "quiet")]
                if cells_of([*line, *bits]) <= room:
                    line += bits
        return line

    def reload(self) -> None:
        desk = self.desk
        before = (desk.source and desk.source.id, desk.text)
        desk.reload()
        if (desk.source and desk.source.id, desk.text) != before:
            self.show_note()
            return
        self.note.replace_spans(desk.spans, active=desk.active)
        self.show(reveal=False)

    # Panes

    def places_here(self) -> tuple[Place, ...]:
        focused = self.focused
        if focused is self.sources:
            return ("sources", "list", "coding", "everywhere")
        if focused is self.codes:
            return ("codebook pane", "list", "coding", "everywhere")
        return ("note", "coding", "everywhere")

    def go_to_pane(self, pane: RowList | NoteView) -> None:
        """Give a pane the keys. On a narrow screen the side panes lie over the note while they have them."""
        for name, owner in (("left", self.sources), ("right", self.codes)):
            self.query_one(f"#{name}").set_class(owner is pane, "-open")
        self.set_focus(pane)
        if self.has_class("-narrow") and pane is self.codes:
            self.call_after_refresh(self._show_detail)  # how wide it is is known only when its pane is open

    def action_pane_next(self) -> None:
        self._cycle(1)

    def action_pane_previous(self) -> None:
        self._cycle(-1)

    def _cycle(self, step: int) -> None:
        panes: list[RowList | NoteView] = [self.note, self.codes, self.sources]
        at = next((at for at, pane in enumerate(panes) if pane is self.focused), 0)
        self.go_to_pane(panes[(at + step) % len(panes)])

    def action_pane_note(self) -> None:
        if self.filtered and self.focused is self.codes:
            self.filtered = ""
        elif self.edges:
            self.edges = False
        elif self.focused is self.note and self.desk.match is not None:
            self.desk.match = None
        elif self.focused is self.note:
            self.filtered = ""
        self.go_to_pane(self.note)
        self.show(reveal=False)
