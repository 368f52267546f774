"""The overview screen. It lists damage and open work in the study, sources to read, cases, and memos.

Enter opens the item under the cursor.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.message import Message

from sibtui.errors import SibtuiError
from sibtui.tui.commands.keys import bindings
from sibtui.tui.hints import with_keys
from sibtui.tui.screens.background import BackgroundScreen
from sibtui.tui.screens.message_bar import MessageBar
from sibtui.tui.screens.status_screen import fit
from sibtui.tui.views.overview_details import ItemDetails
from sibtui.tui.views.progress import StudyProgress, head_lines, rows
from sibtui.tui.widgets.row_list import RowList
from sibtui.tui.widgets.text_lines import Line, TextLines
from sibtui.workspace.matrix_browser import MatrixBrowser
from sibtui.workspace.memo_text import memo_of, write_memo
from sibtui.workspace.reading_marks import toggle_read
from sibtui.workspace.summary_counts import summary_counts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.claims.report import ClaimReport
    from sibtui.model.claims.verdicts import CheckedClaim
    from sibtui.model.records import Coding, Memo, MemoTarget, ReadingDue
    from sibtui.project import Project
    from sibtui.project.check import Finding
    from sibtui.project.results import ChangePlace
    from sibtui.tui.commands import Area
    from sibtui.workspace.summary_counts import SummaryCounts


class OverviewScreen(BackgroundScreen):
    AREAS: ClassVar[tuple[Area, ...]] = ("overview", "list")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("overview")]
    heading = "overview"
    USEFUL_WHEN_EMPTY = ("overview.add_memo", "overview.check")
    CSS = """
    #status-bar { height: 2; padding: 0 1; background: $panel; }
    #figures { height: auto; padding: 0 1; }
    #overview { height: 1fr; }
    #overview-rows { width: 1fr; padding: 0 1; }
    #overview-detail { width: 44; padding: 0 1; border-left: solid $rule; overflow-y: auto; scrollbar-size-vertical: 1; }
    OverviewScreen.-broad #overview-detail { width: 72; }
    OverviewScreen.-narrow #overview { layout: vertical; }
    OverviewScreen.-narrow #overview-rows { width: 100%; height: 1fr; }
    OverviewScreen.-narrow #overview-detail { width: 100%; height: 7; max-height: 60%; border-left: none; border-top: solid $rule; }
    """

    @dataclass
    class ResultsRead(Message):
        """Sent when a thread has read a part of the data for the overview. The fields of all other parts are None.

        `number` is the running number of the job. `due` has the sources that must be read again. `findings` has the
        results of the check of the study.
        """

        number: int
        memos: Sequence[Memo] | None = None
        due: Sequence[ReadingDue] | None = None
        claims: ClaimReport | None = None
        summaries: SummaryCounts | None = None
        findings: Sequence[Finding] | None = None

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._activity = ""

    def compose(self) -> ComposeResult:
        yield TextLines(id="figures")
        with Horizontal(id="overview"):
            yield RowList(id="overview-rows")
            yield TextLines(id="overview-detail")
        yield MessageBar()

    def on_mount(self) -> None:
        self.rows, self.details = (
            self.query_one("#overview-rows", RowList),
            self.query_one("#overview-detail", TextLines),
        )
        self.rows.empty = f"No sources yet: {self.key_of('sources.add')} brings notes in, files and whole folders."
        self._progress = StudyProgress(self.project.study)
        self.reload()
        self.rows.focus()

    def reload(self) -> None:
        project, before = self.project, self._progress
        self._progress = StudyProgress(
            project.study, project.sources.list(), project.cases.list(), project.cases.coding_counts(),
            len(project.codes.list()), len(project.matrices.list()), before.memos, before.findings, before.due, before.claims,
            before.summaries,
        )  # fmt: skip
        self._check()
        self._show()

    # Checking in the background

    def _check(self) -> None:
        self._number += 1
        number = self._number
        self._activity = "checking the study …"
        self.run_in_background(lambda project, progress: self._gather(project, progress, number))

    def _gather(self, project: Project, progress: Callable[[int, int], None], number: int) -> None:
        """Send the data of the overview, each part as soon as it is ready. This method runs in a thread.

        `number` is the running number of the job, so that the screen can ignore the results of earlier jobs.
        """
        self.post_message(self.ResultsRead(number, memos=project.memos.list(), due=project.readings.due()))
        progress(0, 0)
        self.post_message(self.ResultsRead(number, claims=project.claims.check()))
        progress(0, 0)
        self.post_message(self.ResultsRead(number, summaries=summary_counts(project)))
        self.post_message(self.ResultsRead(number, findings=project.check(progress)))

    def on_background_screen_progressed(self, event: BackgroundScreen.Progressed) -> None:
        if self._activity and event.of:
            self._activity = f"checked {event.done:,} of {event.of:,} sources"
            self.show_status()

    def on_overview_screen_results_read(self, event: ResultsRead) -> None:
        if event.number != self._number:
            return
        if event.memos is not None:
            self._progress.memos = event.memos
        if event.due is not None:
            self._progress.due = event.due
        if event.claims is not None:
            self._progress.claims = event.claims
        if event.summaries is not None:
            self._progress.summaries = event.summaries
        if event.findings is not None:
            self._progress.findings = event.findings
            self._activity = ""
        self._show()

    def on_background_screen_failed(self, event: BackgroundScreen.Failed) -> None:
        del event  # the base class reports the failure
        self._activity = ""

    # Showing

    def show_saturation(self) -> None:
        from sibtui.tui.screens.pictures import show_picture

        show_picture(self, "Saturation", self.project.reports.saturation)

    def _show(self) -> None:
        figures = self.query_one("#figures", TextLines)
        fit(figures, head_lines(self._progress, max(20, self.size.width - 2)))
        self.rows.set_rows(rows(self._progress, self.study_app.changed_keys))
        self._show_detail()

    def _show_detail(self) -> None:
        details = ItemDetails(self._progress, self.study_app.changed_keys, self.project.path, self._coding_of)
        key = self.rows.key or ""
        self.details.set_wrapped(lambda width: details.lines(key, width), key)
        self.show_status()

    @property
    def is_empty(self) -> bool:
        return self.rows.key is None

    def _coding_of(self, memo: Memo) -> Coding | None:
        """Return the coding that a memo is about. None if the coding no longer exists."""
        with suppress(SibtuiError):
            return self.project.codings.get(int(memo.of))
        return None

    @property
    def _memos(self) -> Sequence[Memo]:
        return self._progress.memos or ()

    @property
    def _findings(self) -> Sequence[Finding]:
        return self._progress.findings or ()

    def status_lines(self, width: int) -> list[Line]:
        del width
        unattributed, findings = self._progress.unattributed, self._progress.findings
        if self._activity:
            state = f"{self._activity} ({self.key_of('overview.check')} stops)"
        elif findings is None:
            state = f"not checked: {self.key_of('overview.check')} checks"
        else:
            damage = sum(finding.kind == "damage" for finding in findings)
            state = f"{damage:,} damaged" if damage else "nothing is damaged"
            state += f", {unattributed:,} without a case" if unattributed else ""
            state += f", {len(self._progress.due):,} to be read again" if self._progress.due else ""
        return [[("Check", "strong"), (f"  {state}", "quiet")]]

    def go_to_change(self, place: ChangePlace) -> None:
        self.rows.go(f"{'source' if place.kind == 'coding' else place.kind}:{place.name}")

    @on(RowList.Moved)
    def _row_moved(self) -> None:
        self._show_detail()

    def on_resize(self) -> None:
        if self.is_mounted:
            self.call_after_refresh(self._show)

    # Commands

    def check(self) -> None:
        """Check the study again. If a check is running, stop it instead."""
        if self._activity:
            self._activity = ""
            self._number += 1
            self.stop_background()
            self.report("The check was stopped.")
            return
        self._check()
        self.show_status()

    @on(RowList.Chosen)
    def open_row(self) -> None:
        """Open the item under the cursor: a note, a cell of a table, a memo, or another screen."""
        kind, _, name = (self.rows.key or "").partition(":")
        if kind == "source":
            self.study_app.show_place(name)
        elif kind in {"queue", "review"}:
            self.study_app.go(kind)
        elif kind == "case":
            self._open_case(name)
        elif kind == "due":
            due = self._progress.due[int(name)]
            self.study_app.show_due(due.source, due.code)
        elif kind == "finding":
            self._open_finding(self._findings[int(name)])
        elif kind == "memo":
            self._open_memo(self._memos[int(name)])
        elif kind == "claim":
            self._open_claim(self._progress.claim(name))
        elif kind == "summaries":
            self.study_app.views.setdefault("matrix", MatrixBrowser()).go_to_saved(name)
            self.study_app.go("matrix")
        elif kind == "study":
            self._edit_description()
        else:
            self.report("This row has nothing to open.")

    def _edit_description(self) -> None:
        def save(text: str) -> str:
            self.project.set_study(description=text)
            self.reload()
            return "Description saved."

        self._edit("Description of the study", self._progress.study.description, save)

    def _open_case(self, label: str) -> None:
        own = [source for source in self._progress.sources if label in source.cases]
        chosen = next((source for source in own if source.reading != "read"), own[0] if own else None)
        if chosen is None:
            self.report(f"No source has the case {label}.")
        else:
            self.study_app.show_place(chosen.name)

    def _open_finding(self, finding: Finding) -> None:
        kind, _, number = finding.where.partition(" ")
        if kind == "coding" and number.isdigit():
            self._open_coding(int(number))
        elif finding.what == "retired":
            self._open_code(finding.where)
        elif finding.what in {"matrix", "stale judgement", "stale summary", "link of a summary"}:
            self.study_app.go("matrix")
        else:
            self.report("This finding has no place to open.")

    def _open_claim(self, checked: CheckedClaim) -> None:
        """Go to the first table row that a claim (a checked statement of a paper) is about.

        If there is no such row, show a message.
        """
        row = next((row for row in checked.rows if row.matrix), None)
        if row is None:
            self.report("This claim has no row in a table.")
            return
        browser = self.study_app.views.setdefault("matrix", MatrixBrowser())
        browser.go_to_saved(row.matrix)
        browser.set_cursor(row.label, row.columns[0])
        self.study_app.go("matrix")

    def _open_coding(self, number: int) -> None:
        try:
            coding = self.project.codings.get(number)
        except SibtuiError as error:
            self.report(self.worded(error), error=True)
            return
        self.study_app.show_place(coding.source, coding.segment)

    def _open_code(self, path: str) -> None:
        self.study_app.views["codebook"] = path
        self.study_app.go("codebook")

    def _open_memo(self, memo: Memo) -> None:
        if memo.on == "coding":
            self._open_coding(int(memo.of))
        elif memo.on == "source":
            self.study_app.show_place(memo.of)
        elif memo.on == "code":
            self._open_code(memo.of)
        elif memo.on == "matrix":
            self.study_app.go("matrix")
        else:
            self.edit_memo_of_row()

    def mark_read(self) -> None:
        """Mark the source under the cursor as read. If it is read already, mark it as unread."""
        kind, _, name = (self.rows.key or "").partition(":")
        if kind == "due":
            name = self._progress.due[int(name)].source
        elif kind != "source":
            self.report("This is not a source.")
            return

        def mark() -> str:
            _, message = toggle_read(self.project, name)
            self.reload()
            return message

        self.attempt(mark)

    def edit_memo_of_row(self) -> None:
        """Edit the memo of the row under the cursor: the memo itself, or the memo on the source or case of the row."""
        kind, _, name = (self.rows.key or "").partition(":")
        if kind == "memo":
            memo = self._memos[int(name)]
            self.edit_memo(memo.on, memo.of, memo.id or None, memo.text)
        elif kind in {"source", "case"}:
            on: MemoTarget = "source" if kind == "source" else "case"
            self.edit_memo(on, name, *memo_of(self.project, on, name))
        else:
            message = "This row has no memo: {overview.memo} writes one on a source or case, {overview.add_memo} on the study."
            self.report(with_keys(message, self.study_app.changed_keys))

    def edit_memo(self, on: MemoTarget, of: str = "", number: int | None = None, text: str = "") -> None:
        """Edit the memo with the id `number`. If `number` is None, write a new memo on an item.

        `on` is the kind of the item, such as “case”, and `of` its name. `text` is the present text of the memo.
        """
        title = "Memo on the study" if on == "project" else f"Memo on {on} {of}"
        self._edit(title, text, lambda edited: self._save_memo(on, of, number, edited))

    def _edit(self, title: str, text: str, save: Callable[[str], str]) -> None:
        self.edit_text(title, "", text, lambda edited: self.attempt(lambda: save(edited)))

    def _save_memo(self, on: MemoTarget, of: str, number: int | None, text: str) -> str:
        message = write_memo(self.project, on, of, number, text)
        self.reload()
        return message

    def remove_memo(self) -> None:
        kind, _, name = (self.rows.key or "").partition(":")
        if kind != "memo":
            self.report("This is not a memo.")
            return
        memo = self._memos[int(name)]
        self.attempt(lambda: self._save_memo(memo.on, memo.of, memo.id or None, ""))
