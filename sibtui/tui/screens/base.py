"""What every screen of a study shares: the study, words to the researcher, undo, and the ways to the other screens."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from textual.screen import Screen

from sibtui.errors import SibtuiError
from sibtui.tui.commands.keys import bindings
from sibtui.tui.composing import FrugalCompositor
from sibtui.tui.widths import width_classes

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.binding import BindingType
    from textual.geometry import Size

    from sibtui.desk.incoming import Stored
    from sibtui.project import Project
    from sibtui.tui.app import SibtuiApp
    from sibtui.tui.commands import Place


class StudyScreen(Screen[None]):
    """A screen of the open study.

    A subclass names its `PLACES` (whose commands work on it), binds them (`BINDINGS = bindings(*PLACES)`), has an `action_…` for each, and
    reads what it shows in `reload`, which is called when the study was changed elsewhere.
    """

    PLACES: ClassVar[tuple[Place, ...]] = ()
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("everywhere")]
    heading = ""
    """What the screen is called in the help."""
    _read_at = 0

    def __init__(self) -> None:
        super().__init__()
        self._compositor = FrugalCompositor()
        self._opening = True
        self._to_be_drawn = False
        self.refused = ""
        self._keeping: Callable[[str], object] | None = None

    def _on_screen_resume(self, event: events.ScreenResume) -> None:
        """Begin to be shown. Textual's own handler comes after this one: it styles, lays out, draws, and asks for all to be drawn.

        When the screen opens, its styles are those it was just given, and what is laid out is drawn once, when that has been asked for.
        """
        if self._opening:
            self._opening = False
            event.refresh_styles = False
            self._to_be_drawn = self.outer_size != self.app.size
        self.catch_up()

    def _compositor_refresh(self) -> None:
        if self._to_be_drawn:
            self._to_be_drawn = False
            return
        super()._compositor_refresh()

    def _screen_resized(self, size: Size) -> None:
        """Lay the screen out once, with the class of its width.

        Textual lays it out for the class of the width before, again when the class has changed, and again when told the size that it has now.
        """
        if self.is_attached and size != self._compositor.size:
            self.update_classes(width_classes(size.width), animate=False)
            super()._screen_resized(size)

    @property
    def study_app(self) -> SibtuiApp:
        return cast("SibtuiApp", self.app)

    @property
    def project(self) -> Project:
        return self.study_app.project

    def places_here(self) -> tuple[Place, ...]:
        """The places whose commands work now, the nearest first."""
        return (*self.PLACES, "everywhere")

    # Talking

    def tell(self, message: str, *, error: bool = False) -> None:
        """Say something to the researcher."""
        self.app.notify(message, severity="error" if error else "information", markup=False, timeout=8 if error else 4)

    def attempt(self, deed: Callable[[], str | None]) -> bool:
        """Do something to the study and tell what came of it; a SibtuiError is told too. Whether it was done."""
        try:
            told = deed()
        except SibtuiError as error:
            self.refused = str(error)
            self.tell(str(error), error=True)
            return False
        self.done(told or "")
        return True

    def done(self, told: str) -> None:
        """The study was changed by this screen: others read it anew when they are shown again."""
        self.study_app.revision += 1
        self._read_at = self.study_app.revision
        if told:
            self.tell(told)

    # Memos

    def write(self, title: str, about: str, text: str, keep: Callable[[str], object]) -> None:
        """Let a text be written, and `keep` it by an attempt. When that is refused, the text comes back: it may be all that there is of it."""
        self._open_editor(title, about, text, keep)

    def _open_editor(self, title: str, about: str, text: str, keep: Callable[[str], object], refused: str = "") -> None:
        from sibtui.tui.widgets.memo_editor import MemoEditor  # noqa: PLC0415 - a text area is dear to import

        def kept(told: str | None) -> None:
            self._keeping = None
            if told is None:
                return
            self.refused = ""
            keep(told)
            if self.refused:
                self._open_editor(title, about, told, keep, self.refused)

        self._keeping = keep
        self.app.push_screen(MemoEditor(title, about, text, refused=refused), kept)

    def keep_written(self, text: str) -> None:
        """Keep what is being written, since the program ends."""
        if self._keeping is not None:
            self._keeping(text)

    # Keeping up

    def on_mount(self) -> None:
        self._read_at = self.study_app.revision

    def catch_up(self) -> None:
        """Read the study anew if it has changed since it was read here."""
        if self._read_at != self.study_app.revision and self.is_mounted:
            self._read_at = self.study_app.revision
            try:
                self.reload()
            except SibtuiError as error:
                self.tell(str(error), error=True)

    def reload(self) -> None:
        """Read what is shown from the study again, and stay where you are."""

    # In and out

    def action_sources_add(self) -> None:
        from sibtui.tui.screens.incoming import IncomingScreen  # noqa: PLC0415 - most sessions bring nothing in

        self.app.push_screen(IncomingScreen(self.project), self._came_in)

    def _came_in(self, stored: Stored | None) -> None:
        if stored is None:
            return
        self.study_app.changed_beside()
        self.catch_up()
        told = f"{stored.told} (u takes it back)"
        self.call_after_refresh(self.tell, told)  # not before the keys are back here, which brings the hints

    def action_study_export(self) -> None:
        from sibtui.tui.screens.exporting import choose_export  # noqa: PLC0415

        choose_export(self)

    # Commands of every screen

    def action_study_undo(self) -> None:
        self.attempt(lambda: self._moved(back=True))

    def action_study_redo(self) -> None:
        self.attempt(lambda: self._moved(back=False))

    def _moved(self, *, back: bool) -> str:
        acts = self.project.history.undo() if back else self.project.history.redo()
        self.reload()
        if not acts:
            return "There is nothing to undo." if back else "There is nothing to do again."
        return f"{'Undone' if back else 'Done again'}: {acts[0].verb}, {acts[0].summary}"

    def action_go_coding(self) -> None:
        self.study_app.go("coding")

    def action_go_codebook(self) -> None:
        self.study_app.go("codebook")

    def action_go_matrix(self) -> None:
        self.study_app.go("matrix")

    def action_go_evidence(self) -> None:
        self.study_app.go("evidence")

    def action_go_search(self) -> None:
        self.study_app.go("search")

    def action_go_queue(self) -> None:
        self.study_app.go("queue")

    def action_go_history(self) -> None:
        self.study_app.go("history")

    def action_go_overview(self) -> None:
        self.study_app.go("overview")
