"""The pseudonyms screen: the key (real names and their pseudonyms), and where the names occur in the study.

Its commands change the key, and replace the names by pseudonyms.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.message import Message

from sibtui.errors import SibtuiError
from sibtui.model.pseudonyms import with_pseudonym
from sibtui.model.text import one_line, plural
from sibtui.tui.commands.keys import bindings
from sibtui.tui.screens.background import BackgroundScreen
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.screens.status_screen import StatusScreen, fit
from sibtui.tui.views.pseudonym_rows import kind_words, place_words, preview_lines, pseudonym_rows, taken_line
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import Line, TextLines, cut, cut_after_word, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.progress import Progress
    from sibtui.model.pseudonyms import Pseudonym, Sighting
    from sibtui.project import Project
    from sibtui.project.results import Anonymised
    from sibtui.tui.commands import Area

_EMPTY = (
    "The key has no names yet, and no addresses were found. Add a name to look for it in everything that was written."
)


class PseudonymsScreen(BackgroundScreen):
    """The screen that lists the key (real names and their pseudonyms), and the places of the names in the study."""

    AREAS: ClassVar[tuple[Area, ...]] = ("pseudonyms", "list")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("pseudonyms")]
    USEFUL_WHEN_EMPTY: ClassVar[tuple[str, ...]] = ("pseudonym.add", "pseudonym.traces")
    heading = "pseudonyms"
    CSS = (
        StatusScreen.CSS
        + """
    PseudonymsScreen #pseudonyms { height: 1fr; padding: 0 1; }
    PseudonymsScreen #status-bar { height: 3; }
    """
    )

    @dataclass
    class Scanned(Message):
        """Sent when a thread has searched the study for real names. `found` has the places."""

        found: Sequence[Sighting]

    @dataclass
    class Traced(Message):
        """Sent when a thread has searched for traces: passages or values by which a person can be recognised."""

        traces: Sequence[str]

    def __init__(self) -> None:
        super().__init__()
        self.names: Sequence[Pseudonym] = ()
        self.found: Sequence[Sighting] | None = None
        """The places at which names were found. None until the search has ended."""
        self._problem = ""
        """The reason why the key cannot be used. Empty if the key can be used."""

    def compose(self) -> ComposeResult:
        yield TextLines(id="heading", classes="heading")
        yield RowList(id="pseudonyms")
        yield MessageBar()

    def on_mount(self) -> None:
        super().on_mount()
        self.rows = self.query_one("#pseudonyms", RowList)
        self.rows.focus()
        self.reload()

    def reload(self) -> None:
        """Read the list of pseudonyms, and let a thread search the study for the real names."""
        self.found, self._problem = None, ""
        try:
            self.names = self.project.pseudonyms.list()
        except SibtuiError as error:
            self.names, self.found, self._problem = (), (), self.worded(error)
            self.show()
            return
        self.show()
        self.run_in_background(self._scan)

    def _scan(self, project: Project, progress: Progress) -> None:
        del progress  # a scan has no steps
        self.post_message(self.Scanned(project.pseudonyms.scan()))

    def on_pseudonyms_screen_scanned(self, event: Scanned) -> None:
        self.found = event.found
        self.show()

    def on_background_screen_failed(self, event: BackgroundScreen.Failed) -> None:
        if self.found is None:  # the search was refused, for example in a blind round
            self.found, self._problem = (), event.message
            self.show()

    # Showing

    def show(self) -> None:
        count = "reading …" if self.found is None else plural(len(self.found), "place")
        file = f"The key is in {one_line(str(self.project.pseudonyms.key_file))}"
        about, style = (self._problem, "warning") if self._problem else (file, "quiet")
        lines: list[Line] = [
            [("Pseudonyms", "strong"), (f"  {plural(len(self.names), 'name')} in the key, {count}", "quiet")],
            *([(row, style)] for row in wrapped(about, max(30, self.size.width - 2))),
            [],
        ]
        fit(self.query_one("#heading", TextLines), lines)
        self.rows.empty = "" if self.found is None or self._problem else _EMPTY
        self.rows.set_rows(pseudonym_rows(self.names, self.found))
        self.show_status()

    def on_resize(self) -> None:
        super().on_resize()
        if self.is_mounted:
            self.call_after_refresh(self.show)

    @property
    def is_empty(self) -> bool:
        return self.rows.key is None

    def status_lines(self, width: int) -> list[Line]:
        found, name = self._place(), self._pseudonym()
        if found is not None:
            return [
                [(cut(place_words(found), width // 2), "strong"), ("  │  ", "quiet"), (kind_words(found), "text")],
                [(cut_after_word(one_line(f"{found.before}{found.words}{found.after}"), width), "quiet")],
            ]
        if name is not None:
            return [[(cut(f"{one_line(name.real)} → {one_line(name.pseudonym)}", width), "strong")]]
        return [[("No names", "quiet")]]

    @on(RowList.Moved)
    def _row_moved(self) -> None:
        self.show_status()

    def _place(self) -> Sighting | None:
        kind, _, number = (self.rows.key or "").partition(":")
        return self.found[int(number)] if kind == "at" and self.found else None

    def _pseudonym(self) -> Pseudonym | None:
        kind, _, number = (self.rows.key or "").partition(":")
        return self.names[int(number)] if kind == "key" else None

    # Commands

    def open_place(self) -> None:
        """Open the note that contains the name under the cursor. If the name is not in a note, show where it is."""
        found = self._place()
        if found is None:
            self.report("Go to a place of a name first." if self.names else "Add a name first.")
        elif found.place == "text":
            self.study_app.show_place(found.where, found.segment)
        else:
            self.report(f"It is in the {place_words(found)}.")

    def add_name(self) -> None:
        """Ask for a real name and its pseudonym, and add both to the key.

        If the cursor is on words that may be a new name, these words are proposed.
        """
        from sibtui.tui.screens.line_dialogs import ask_line

        found = self._place()
        proposed = "" if found is None or found.kind in {"name", "possessive"} else one_line(found.words)
        pseudonym = "" if found is None else found.pseudonym

        def explain(typed: str) -> str | None:
            if not typed.strip():
                return None
            with_pseudonym(self.names, typed, "…")
            return f"“{one_line(typed, 40)}” gets a pseudonym"

        ask_line(
            self, "Real name", proposed, explain, lambda real: self._ask_pseudonym(real, pseudonym), enter="goes on"
        )

    def _ask_pseudonym(self, real: str, proposed: str) -> None:
        from sibtui.tui.screens.line_dialogs import ask_line

        def explain(typed: str) -> str | None:
            if not typed.strip():
                return None
            with_pseudonym(self.names, real, typed)
            return f"“{one_line(real, 40)}” → “{one_line(typed, 40)}”"

        def save(typed: str) -> None:
            self._change_key(
                lambda: self.project.pseudonyms.add(real, typed),
                f"Added to the key: {one_line(real, 40)}",
                typed.strip(),
            )

        ask_line(self, f"Pseudonym for {one_line(real, 40)}", proposed, explain, save, needed="Write a pseudonym.")

    def remove_name(self) -> None:
        name = self._pseudonym()
        if name is None:
            self.report("Go to a name of the key first.")
            return
        message = f"Removed from the key: {one_line(name.real, 40)} → {one_line(name.pseudonym, 40)}"
        self._change_key(lambda: self.project.pseudonyms.remove(name.real), message)

    def _change_key(self, action: Callable[[], object], message: str, pseudonym: str = "") -> None:
        """Call `action`, which changes the key (real names and their pseudonyms), and show `message`.

        If `action` raises a SibtuiError, show only the error. Show only a warning if a pseudonym contains a real
        name of the key, or if the new pseudonym (`pseudonym`) is already a name in the texts.
        """
        try:
            action()
        except SibtuiError as error:
            self.report(self.worded(error), error=True)
            return
        self.reload()
        again = self.project.pseudonyms.chained()
        if again:
            name = one_line(again[0].pseudonym, 40)
            self.report(
                f"“{name}” has a real name of the key in it: the key can be applied once. Choose another pseudonym.",
                error=True,
            )
        elif taken := self.project.pseudonyms.taken(among=[pseudonym]):
            self.report(taken_line(taken[0]), error=True)
        else:
            self.report(message, done=True)

    def preview(self) -> None:
        """List the places where real names will be replaced by pseudonyms. Enter then replaces the names."""
        from sibtui.tui.widgets.preview_box import PreviewBox

        try:
            foreseen = self.project.pseudonyms.apply(dry_run=True)
        except SibtuiError as error:
            self.report(self.worded(error), error=True)
            return
        if not foreseen.places:
            self.report("No name of the key was found.")
            return
        taken = map(taken_line, self.project.pseudonyms.taken())
        box = PreviewBox("Replace the names", [*taken, *preview_lines(foreseen)], enter="replaces them")
        self.app.push_screen(box, lambda _: self._apply() if box.accepted else None)

    def _apply(self) -> None:
        self.attempt(lambda: self.with_undo(_message(self.project.pseudonyms.apply())), self.reload)

    def list_traces(self) -> None:
        """List passages and values by which a person can be recognised. A thread searches for them."""
        if self.found is None:
            self.report("The study is being read: a moment, please.")
            return
        self.run_in_background(self._trace)

    def _trace(self, project: Project, progress: Progress) -> None:
        del progress  # a check has no steps
        found = project.pseudonyms.check()
        self.post_message(self.Traced([f"{one_line(each.where, 40)}: {each.message}" for each in found]))

    def on_pseudonyms_screen_traced(self, event: Traced) -> None:
        from sibtui.tui.widgets.message_box import MessageBox

        if event.traces:
            count = plural(len(event.traces), "trace of a person", "traces of people")
            self.app.push_screen(MessageBox("Traces of people", [count, *event.traces]))
        else:
            self.report("No trace of a person was found.")


def _message(applied: Anonymised) -> str:
    return f"{applied.extent} replaced, {plural(len(applied.codings), 'coding')} carried over"
