"""The overview of a study: how far it is read, what is wrong or waits, its cases and memos; Enter leads to each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal
from textual.message import Message

from sibtui.desk.memos import memo_of, write_memo
from sibtui.errors import SibtuiError
from sibtui.model.text import one_line
from sibtui.tui.commands.keys import bindings
from sibtui.tui.screens.aside import AsideScreen
from sibtui.tui.screens.told import fit
from sibtui.tui.views.passages import quoted
from sibtui.tui.views.progress import Progress, head_lines, rows
from sibtui.tui.widgets.lines import Line, Lines, wrapped
from sibtui.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sibtui.model.records import Memo, MemoTarget, Reading
    from sibtui.project import Project
    from sibtui.project.check import Finding
    from sibtui.tui.commands import Place


class OverviewScreen(AsideScreen):
    PLACES: ClassVar[tuple[Place, ...]] = ("overview", "list")
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("overview")]
    heading = "overview"
    CSS = """
    #told { height: 2; padding: 0 1; background: $panel; }
    #figures { height: auto; padding: 0 1; }
    #overview { height: 1fr; }
    #things { width: 1fr; padding: 0 1; }
    #thing { width: 44; padding: 0 1; border-left: solid $rule; overflow-y: auto; scrollbar-size-vertical: 1; }
    OverviewScreen.-broad #thing { width: 72; }
    OverviewScreen.-narrow #overview { layout: vertical; }
    OverviewScreen.-narrow #things { width: 100%; height: 1fr; }
    OverviewScreen.-narrow #thing { width: 100%; height: 7; border-left: none; border-top: solid $rule; }
    """

    @dataclass
    class Read(Message):
        """The memos of the study, or what a look through all of it has found."""

        number: int
        memos: Sequence[Memo] | None = None
        findings: Sequence[Finding] | None = None

    def __init__(self) -> None:
        super().__init__()
        self._number = 0
        self._looking = ""

    def compose(self) -> ComposeResult:
        yield Lines(id="figures")
        with Horizontal(id="overview"):
            yield RowList(id="things")
            yield Lines(id="thing")
        yield Lines(id="told", names_keys=True)

    def on_mount(self) -> None:
        self.rows = self.query_one("#things", RowList)
        self.rows.empty = "No sources yet: + brings notes in, files and whole folders."
        self._progress = Progress(self.project.study)
        self.reload()
        self.rows.focus()

    def reload(self) -> None:
        project, before = self.project, self._progress
        self._progress = Progress(
            project.study, project.sources.list(), project.cases.list(), len(project.codes.list()),
            len(project.matrices.list()), before.memos, before.findings,
        )  # fmt: skip
        self._look()
        self._show()

    # Reading beside

    def _look(self) -> None:
        self._number += 1
        number = self._number
        self._looking = "looking through the study …"
        self.aside(lambda project, progress: self._gather(project, progress, number))

    def _gather(self, project: Project, progress: Callable[[int, int], None], number: int) -> None:
        """In a thread."""
        self.post_message(self.Read(number, memos=project.memos.list()))
        progress(0, 0)
        self.post_message(self.Read(number, findings=project.check(progress)))

    def on_aside_screen_progressed(self, event: AsideScreen.Progressed) -> None:
        if self._looking and event.of:
            self._looking = f"looked through {event.done:,} of {event.of:,} sources"
            self.show_told()

    def on_overview_screen_read(self, event: Read) -> None:
        if event.number != self._number:
            return
        if event.memos is not None:
            self._progress.memos = event.memos
        if event.findings is not None:
            self._progress.findings = event.findings
            self._looking = ""
        self._show()

    def on_aside_screen_failed(self, event: AsideScreen.Failed) -> None:
        del event  # it is told by the screen below this one in the order of classes
        self._looking = ""

    # Showing

    def _show(self) -> None:
        figures = self.query_one("#figures", Lines)
        fit(figures, head_lines(self._progress, max(20, self.size.width - 2)))
        self.rows.set_rows(rows(self._progress))
        self._show_thing()

    def _show_thing(self) -> None:
        pane = self.query_one("#thing", Lines)
        pane.scroll_to(y=0, animate=False, immediate=True)
        pane.set_lines(self._lines(max(20, pane.scrollable_content_region.width - 1)))
        self.show_told()

    def _lines(self, width: int) -> list[Line]:
        """The row in full."""
        kind, _, name = (self.rows.key or "").partition(":")
        makers = {
            "study": self._study_lines, "finding": self._finding_lines, "queue": self._queue_lines,
            "source": self._source_lines, "case": self._case_lines, "memo": self._memo_lines,
        }  # fmt: skip
        return makers[kind](name, width) if kind in makers else []

    def _finding_lines(self, number: str, width: int) -> list[Line]:
        finding = self._findings[int(number)]
        damage = finding.kind == "damage"
        head = "Damage" if damage else one_line(finding.what).capitalize()
        message = wrapped(f"{finding.where}: {finding.message}", width)
        return [[(head, "warning" if damage else "strong")], [], *([(row, "text")] for row in message)]

    def _queue_lines(self, _: str, width: int) -> list[Line]:
        told = wrapped("A coding of an interview about several cases counts for none until it is told its case.", width)
        return [[(row, "text")] for row in told]

    def _source_lines(self, name: str, width: int) -> list[Line]:
        from sibtui.tui.screens.coding_rows import source_lines  # noqa: PLC0415 - it brings the note's parts with it

        return source_lines(self._progress.numbered.get(name), width)

    def _case_lines(self, label: str, width: int) -> list[Line]:
        case = next(case for case in self._progress.cases if case.label == label)
        facts = [f"{key}: {value}" for key, value in case.attributes.items()]
        return [[(label, "strong")], *([(row, "quiet")] for fact in facts for row in wrapped(fact, width))]

    def _study_lines(self, _: str, width: int) -> list[Line]:
        study = self._progress.study
        told = study.description or "Enter writes what the study asks, and of what."
        facts = [str(self.project.path), f"made {study.created[:10]}", f"first table note {study.first_note}"]
        lines: list[Line] = [[(row, "text" if study.description else "quiet")] for row in wrapped(told, width)]
        return [*lines, [], *([(row, "quiet")] for fact in facts for row in wrapped(fact, width))]

    def _memo_lines(self, number: str, width: int) -> list[Line]:
        memo = self._memos[int(number)]
        on = f"On {memo.on} {memo.of}".rstrip() if memo.on != "project" else "On the study"
        lines: list[Line] = [[(row, "strong")] for row in wrapped(on, width)]
        lines.append([(f"{memo.coder}, {memo.created[:10]}", "quiet")])
        if memo.on == "coding":
            try:
                coding = self.project.codings.get(int(memo.of))
            except SibtuiError:
                return lines
            lines += [[(row, "text")] for row in wrapped(f"{coding.code} in {coding.source}", width)]
            lines += [[], *quoted("", coding.quote, "", width)]
        lines += [[], *([(row, "strong")] for row in wrapped(memo.title, width) if memo.title)]
        return [*lines, *([(row, "text")] for row in wrapped(memo.text, width))]

    @property
    def _memos(self) -> Sequence[Memo]:
        return self._progress.memos or ()

    @property
    def _findings(self) -> Sequence[Finding]:
        return self._progress.findings or ()

    def told_lines(self, width: int) -> list[Line]:
        del width
        loose, findings = self._progress.loose, self._progress.findings
        if self._looking:
            told = f"{self._looking} (c stops)"
        elif findings is None:
            told = "not looked through: c does it"
        else:
            damage = sum(finding.kind == "damage" for finding in findings)
            told = f"{damage:,} damaged" if damage else "nothing is damaged"
            told += f", {loose:,} without a case" if loose else ""
        return [[("Check", "strong"), (f"  {told}", "quiet")]]

    @on(RowList.Moved)
    def _row_moved(self) -> None:
        self._show_thing()

    def on_resize(self) -> None:
        if self.is_mounted:
            self.call_after_refresh(self._show)

    def places_here(self) -> tuple[Place, ...]:
        return (*self.PLACES, "everywhere")

    # Commands

    def action_overview_check(self) -> None:
        if self._looking:
            self._looking = ""
            self._number += 1
            self.stop_aside()
            self.tell("Stopped.")
            return
        self._look()
        self.show_told()

    @on(RowList.Chosen)
    def action_overview_open(self) -> None:
        kind, _, name = (self.rows.key or "").partition(":")
        if kind == "source":
            self.study_app.show_place(name)
        elif kind == "queue":
            self.study_app.go("queue")
        elif kind == "case":
            self._open_case(name)
        elif kind == "finding":
            self._open_finding(self._findings[int(name)])
        elif kind == "memo":
            self._open_memo(self._memos[int(name)])
        elif kind == "study":
            self._edit_description()
        else:
            self.tell("There is nothing to go to here.")

    def _edit_description(self) -> None:
        def keep(text: str) -> str:
            self.project.set_study(description=text)
            self.reload()
            return "Description kept."

        self._edit("What the study asks, and of what", self._progress.study.description, keep)

    def _open_case(self, label: str) -> None:
        own = [source for source in self._progress.sources if label in source.cases]
        chosen = next((source for source in own if source.reading != "read"), own[0] if own else None)
        if chosen is None:
            self.tell(f"No source touches {label}.")
        else:
            self.study_app.show_place(chosen.name)

    def _open_finding(self, finding: Finding) -> None:
        kind, _, number = finding.where.partition(" ")
        if kind == "coding" and number.isdigit():
            self._open_coding(int(number))
        elif finding.what == "retired":
            self._open_code(finding.where)
        elif finding.what in {"matrix", "stale judgement"}:
            self.study_app.go("matrix")
        else:
            self.tell("There is no place to go to for this.")

    def _open_coding(self, number: int) -> None:
        try:
            coding = self.project.codings.get(number)
        except SibtuiError as error:
            self.tell(str(error), error=True)
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
            self.action_overview_memo()

    def action_overview_read(self) -> None:
        kind, _, name = (self.rows.key or "").partition(":")
        if kind != "source":
            self.tell("This is not a source.")
            return
        reading: Reading = "in progress" if self._progress.numbered[name].reading == "read" else "read"

        def deed() -> str:
            self.project.sources.set(name, reading=reading)
            self.reload()
            return f"{name}: {'read' if reading == 'read' else 'not read to the end'}"

        self.attempt(deed)

    def action_overview_memo(self) -> None:
        kind, _, name = (self.rows.key or "").partition(":")
        if kind == "memo":
            memo = self._memos[int(name)]
            self._write(memo.on, memo.of, memo.id or None, memo.text)
        elif kind in {"source", "case"}:
            on: MemoTarget = "source" if kind == "source" else "case"
            self._write(on, name, *memo_of(self.project, on, name))
        else:
            self.tell("No memo here: m is for sources and cases, a for the study.")

    def action_overview_add_memo(self) -> None:
        self._write("project", "", None, "")

    def _write(self, on: MemoTarget, of: str, number: int | None, text: str) -> None:
        title = "Memo on the study" if on == "project" else f"Memo on {on} {of}"
        self._edit(title, text, lambda told: self._keep(on, of, number, told))

    def _edit(self, title: str, text: str, keep: Callable[[str], str]) -> None:
        self.write(title, "", text, lambda told: self.attempt(lambda: keep(told)))

    def _keep(self, on: MemoTarget, of: str, number: int | None, text: str) -> str:
        told = write_memo(self.project, on, of, number, text)
        self.reload()
        return told

    def action_overview_remove_memo(self) -> None:
        kind, _, name = (self.rows.key or "").partition(":")
        if kind != "memo":
            self.tell("This is not a memo.")
            return
        memo = self._memos[int(name)]
        self.attempt(lambda: self._keep(memo.on, memo.of, memo.id or None, ""))

    def action_overview_more(self) -> None:
        self.query_one("#thing", Lines).page(1)

    def action_overview_less(self) -> None:
        self.query_one("#thing", Lines).page(-1)
