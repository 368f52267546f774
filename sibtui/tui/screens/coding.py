"""The coding screen: the note in the middle, sources to its left, codes to its right, and every deed of coding under the fingers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from sibtui.desk.codebook import short
from sibtui.errors import SibtuiError
from sibtui.model.codebook import split_path
from sibtui.tui.screens.coding_moves import Moves
from sibtui.tui.screens.coding_rows import code_keys, source_row
from sibtui.tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.widgets import Input

    from sibtui.desk.selection import Step
    from sibtui.model.records import MemoTarget
    from sibtui.model.segments import Segment
    from sibtui.tui.widgets.code_picker import Picked


class CodingScreen(Moves):
    """Everything that changes the study from the note and its panes."""

    # Coding

    def action_coding_pick(self) -> None:
        if self.edges:
            self.action_select_edges()
            return
        self._pick("Apply a code", self._apply_picked)

    def _apply_picked(self, picked: Picked) -> None:
        self.attempt(lambda: self.deeds.apply_new(picked.path) if picked.new else self.deeds.apply(picked.path))

    def _pick(self, title: str, then: Callable[[Picked], None], *, allow_new: bool = True) -> None:
        if self.desk.source is None:
            self.tell(f"There is no note to code: {self.key_of('sources.add')} brings notes in.", error=True)
            return
        from sibtui.tui.widgets.code_picker import Choice, CodePicker  # noqa: PLC0415 - the first screen has none

        last = self.desk.last_code
        choice = Choice(
            title,
            self.desk.codebook.usable,
            self.study_app.place.recent,
            code_keys(self.desk.codebook, self.study_app.place.pins),
            self._colour,
            split_path(last)[0] if last else None,
            allow_new,
        )
        self.app.push_screen(CodePicker(choice), lambda picked: then(picked) if picked else None)

    def action_coding_again(self) -> None:
        self.attempt(self.deeds.again)

    def action_coding_in_vivo(self) -> None:
        self.attempt(self.deeds.in_vivo)

    def action_coding_pinned(self, digit: int) -> None:
        self.attempt(lambda: self.deeds.pinned(digit))

    def action_coding_key(self, letter: str) -> None:
        self.attempt(lambda: self.deeds.by_letter(letter))

    def action_coding_letter(self) -> None:
        choices = {code.key.lower(): short(code.path) for code in self.desk.codebook.usable if code.key}
        self._ask_letter("Apply the code with the letter", choices, self.action_coding_key, any_letter=True)

    def action_coding_pin(self) -> None:
        coding = self.desk.spans.get(self.desk.active)
        self.attempt(lambda: self.deeds.pin(coding.code if coding else self.desk.last_code))

    def action_coding_remove(self) -> None:
        self.attempt(self.deeds.remove)

    def action_coding_respan(self) -> None:
        self.attempt(self.deeds.respan)

    def action_coding_recode(self) -> None:
        coding = self.desk.coding
        if coding is None:
            self.tell("There is no coding here whose code could be changed.")
            return
        self._pick(f"Instead of {short(coding.code)}", self._recode, allow_new=False)

    def _recode(self, picked: Picked) -> None:
        self.attempt(lambda: self.deeds.set_code(picked.path))

    # Qualifying

    def action_coding_stance(self) -> None:
        self.attempt(self.deeds.toggle_stance)

    def action_coding_certainty(self) -> None:
        self.attempt(self.deeds.toggle_certainty)

    def action_coding_case(self) -> None:
        source = self.desk.source
        if source is None or not source.cases:
            self.action_source_cases()
            return
        if len(source.cases) == 1:
            key = self.key_of("source.cases")
            self.tell(f"This source touches {source.cases[0]} alone: there is nothing to choose ({key} adds a case).")
            return
        from sibtui.desk.cases import letters  # noqa: PLC0415 - the first screen asks for none

        by_letter = letters(source.cases)
        choices = by_letter | {"*": "all of them", "0": "none yet"}
        coding = self.desk.coding
        title = f"{short(coding.code)}: which case?" if coding else "Which case?"

        def told(letter: str) -> None:
            if letter in {"*", "0"}:
                cases = source.cases if letter == "*" else ()
            elif letter in by_letter:
                cases = (by_letter[letter],)
            else:  # a capital adds its case, or takes it away
                now = set(coding.cases if coding else self.desk.attribution or ())
                cases = tuple(now ^ {by_letter[letter.casefold()]})
            self.attempt(lambda: self.deeds.attribute(cases))

        self._ask_letter(title, choices, told, hint="capital: one more, or one less")

    def _ask_letter(
        self,
        title: str,
        choices: dict[str, str],
        then: Callable[[str], None],
        *,
        hint: str = "Esc closes",
        any_letter: bool = False,
    ) -> None:
        from sibtui.tui.widgets.letters import Letters  # noqa: PLC0415

        menu = Letters(title, choices, hint=hint, any_letter=any_letter)
        self.app.push_screen(menu, lambda letter: then(letter) if letter else None)

    # Memos

    def action_coding_memo(self) -> None:
        coding = self.desk.coding
        if coding is None:
            self.action_source_memo()
            return
        self._write(
            f"Memo on the coding: {short(coding.code)}",
            coding.quote,
            coding.memo,
            lambda text: self.deeds.set_memo(coding.id, text),
        )

    def action_source_memo(self) -> None:
        if self.desk.source is not None:
            self._thing_memo("source", self.desk.source.name, self.desk.source.title)

    def action_code_memo(self) -> None:
        if self.codes.key is not None:
            code = self.desk.code(self.codes.key)
            self._thing_memo("code", self.codes.key, code.definition if code else "")

    def _thing_memo(self, on: MemoTarget, of: str, about: str) -> None:
        try:
            number, text = self.deeds.memo_of(on, of)
        except SibtuiError as error:
            self.tell(str(error), error=True)
            return
        self._write(
            f"Memo on the {on}: {short(of) if on == 'code' else of}",
            about,
            text,
            lambda told: self.deeds.write_memo(on, of, number, told),
        )

    def _write(self, title: str, about: str, text: str, keep: Callable[[str], str]) -> None:
        self.write(title, about, text, lambda told: self.attempt(lambda: keep(told)))

    # Sources

    def action_source_next(self) -> None:
        self._neighbour(1)

    def action_source_previous(self) -> None:
        self._neighbour(-1)

    def _neighbour(self, step: Step) -> None:
        name = self.desk.neighbour(step)
        if name is None:
            self.tell("This is the last source." if step > 0 else "This is the first source.")
            return
        self.open_at(name)

    def open_at(self, name: str, segment: Segment | None = None) -> None:
        """Open a source, at a segment if one is told."""
        try:
            self.desk.open(name, *((segment.start, segment.end) if segment else (0, 0)))
        except SibtuiError as error:
            self.tell(str(error), error=True)
            return
        self.edges = False
        self.show_note()

    def action_source_open(self) -> None:
        if self.sources.key is not None:
            self.open_at(self.sources.key)
            self.go_to_pane(self.note)

    def action_source_read(self) -> None:
        if self.desk.source is not None:
            self._toggle_read(self.desk.source.name)

    def action_sources_read(self) -> None:
        if self.sources.key is not None:
            self._toggle_read(self.sources.key)

    def _toggle_read(self, name: str) -> None:
        self.attempt(lambda: self.deeds.toggle_read(name))
        opened = self.desk.source.name if self.desk.source else None
        for source in self.desk.sources:
            if source.name == name:
                self.sources.update_row(source_row(source, opened))
        self._show_read()

    def action_source_cases(self) -> None:
        """Of the source under the cursor of their pane; in the other panes, of the one that is open."""
        opened = self.desk.source.name if self.desk.source else None
        name = self.sources.key if self.focused is self.sources else opened
        source = next((each for each in self.desk.sources if each.name == name), None)
        if source is None:
            self.tell("No source is open.")
            return
        from sibtui.desk.cases import told_of_cases, written_cases  # noqa: PLC0415
        from sibtui.tui.widgets.ask import Ask  # noqa: PLC0415

        known = [case.label for case in self.project.cases.list()]

        def told(line: str | None) -> None:
            if line is not None:
                self._history(lambda: self.deeds.tell_cases(source.name, written_cases(line, known)))

        before = "; ".join(source.cases)
        ask = Ask(
            f"The cases that {source.name} touches", before, lambda line: told_of_cases(line, known), hint="Enter keeps"
        )
        self.app.push_screen(ask, told)

    def action_note_numbers(self) -> None:
        self.study_app.place.numbers = not self.note.numbered
        self.note.number_lines(self.study_app.place.numbers)

    # The codebook pane

    def action_code_apply(self) -> None:
        if self.codes.key is not None:
            path = self.codes.key
            self.go_to_pane(self.note)
            self.attempt(lambda: self.deeds.apply(path))

    def action_code_pin(self) -> None:
        self.attempt(lambda: self.deeds.pin(self.codes.key))

    async def action_code_find(self) -> None:
        await self.action_pane_filter()

    async def action_pane_filter(self) -> None:
        self.go_to_pane(self.codes)
        if not self.query("#filter"):
            field = self.field("filter", self.filtered, "filter the codes")
            await self.query_one("#right").mount(field, before=self.codes)
            self.set_focus(field)

    def typed(self, field: Input) -> None:
        super().typed(field)
        if field.id == "filter" and self.filtered != field.value.strip():
            self.filtered = field.value.strip()
            self.show(reveal=False)
            self.codes.go_to_named(self.filtered)

    def submitted(self, field: Input) -> None:
        super().submitted(field)
        if field.id == "filter":
            self.set_focus(self.codes)
            field.remove()

    def action_pane_note(self) -> None:
        if self.query("#filter"):
            self.query("#filter").remove()
            self.filtered = ""
        super().action_pane_note()

    @on(RowList.Chosen, "#sources")
    def _source_clicked(self, event: RowList.Chosen) -> None:
        self.open_at(event.key)
        self.go_to_pane(self.note)

    @on(RowList.Chosen, "#codes")
    def _code_clicked(self, event: RowList.Chosen) -> None:
        if event.times == 2:
            self.action_code_apply()

    # Undo

    def action_study_undo(self) -> None:
        self._history(self.deeds.undo)

    def action_study_redo(self) -> None:
        self._history(self.deeds.redo)

    def _history(self, deed: Callable[[], str]) -> None:
        text, spans = self.desk.text, self.desk.spans
        self.attempt(deed)
        if self.desk.text is not text:
            self.show_note()
        elif self.desk.spans is not spans:
            self.note.replace_spans(self.desk.spans, active=self.desk.active)
