"""What is done at the desk: each deed changes the study by one act, and tells in a few words what it did."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.desk.cases import CaseContext, section
from sibtui.desk.codebook import short
from sibtui.desk.memos import memo_of, write_memo
from sibtui.errors import ConflictError, InputError
from sibtui.model.codebook import join_path
from sibtui.model.drafts import CodeDraft, CodingDraft
from sibtui.model.text import one_line, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.desk.desk import Desk
    from sibtui.model.records import Certainty, Coding, MemoTarget, Origin, Reading, Source, Stance
    from sibtui.model.segments import Segment

IN_VIVO = "In vivo"
_ACTS_SEEN = 200
_NAME = 60
"""A code named by words of the text takes this many code points of them."""


class Deeds:
    """The verbs of the coding screen. What cannot be done raises a SibtuiError with the reason."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._pins_before: list[tuple[int, dict[str, str]]] = []
        """The pins as they were before each change of them, and the newest act then: they are no part of the study, and undone all the same."""

    def apply(self, path: str) -> str:
        """Apply a code to what is selected."""
        source, segment = self._selected()
        draft = CodingDraft(source.name, path, segment, cases=self._desk.attribution)
        if source.reading == "unread":
            with self._desk.project.act("coding add", f"{path} in {source.name} {segment}"):
                coding = self._desk.project.codings.add(draft)
                self._desk.replace_source(self._desk.project.sources.set(source.name, reading="in progress").source)
                self._uncounted(coding)
        else:
            coding = self._desk.project.codings.add(draft)
        self._desk.place.used(coding.code)
        self._desk.made(coding)
        told = f" · {', '.join(coding.cases)}" if coding.cases and len(source.cases) > 1 else ""
        waits = " · no case yet: = tells it" if not coding.cases and len(source.cases) > 1 else ""
        return f"{short(coding.code)}{told}{waits}"

    def _uncounted(self, coding: Coding) -> None:
        """The source was read anew with the coding in its counts: take it off, since `made` counts it."""
        from dataclasses import replace  # noqa: PLC0415

        source = self._desk.source
        if source is not None:
            loose = 0 if coding.cases else 1
            self._desk.replace_source(
                replace(source, codings=source.codings - 1, unattributed=source.unattributed - loose)
            )

    def apply_new(self, path: str, origin: Origin = "emergent") -> str:
        """Make a code and apply it, as one act: what is undone together was done together."""
        desk = self._desk
        self._selected()
        with desk.project.act("coding add", f"new code {path}"):
            code = desk.project.codes.add(CodeDraft(path, origin=origin))
            desk.reload_lists()
            told = self.apply(code.path)
        return f"New code: {told}"

    def in_vivo(self) -> str:
        """Make a code of the words selected, below the theme In vivo, and apply it."""
        _, segment = self._selected()
        words = one_line(segment.quote(self._desk.text)).lstrip("#*>•- ").strip("“”\"'*.,;: ")
        if not words:
            raise InputError("There are no words in the selection to name a code by.")
        if len(words) > _NAME:
            words = words[:_NAME].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
        path = join_path((IN_VIVO, words))
        return self.apply(path) if path in self._desk.codebook.by_path else self.apply_new(path, "in vivo")

    def again(self) -> str:
        """Apply the code that was used last."""
        path = self._desk.last_code
        if path is None:
            raise InputError("No code was used yet: Enter chooses one.")
        return self.apply(path)

    def by_letter(self, letter: str) -> str:
        """Apply the code that has this key."""
        code = self._desk.codebook.with_key(letter)
        if code is None:
            raise InputError(f"No code has the key {letter.upper()}: the codebook (F2) gives it one.")
        return self.apply(code.path)

    def pinned(self, digit: int) -> str:
        """Apply the code pinned to a digit."""
        path = self._desk.place.pins.get(str(digit))
        if path is None or self._desk.code(path) is None:
            raise InputError(f"No code is pinned to {digit}: p pins the code used last to the next free digit.")
        return self.apply(path)

    def pin(self, path: str | None) -> str:
        """Pin a code to the next free digit, or let it go if it is pinned."""
        pins = self._desk.place.pins
        if path is None:
            raise InputError("There is no code to pin yet: apply one first.")
        before = (self._newest_act(), dict(pins))
        held = [digit for digit, code in pins.items() if code == path]
        if held:
            self._pins_before.append(before)
            del pins[held[0]]
            return f"{short(path)} is not pinned any more."
        gone = [digit for digit, code in pins.items() if self._desk.code(code) is None]
        for digit in gone:
            del pins[digit]
        free = next((str(digit) for digit in range(1, 10) if str(digit) not in pins), None)
        if free is None:
            raise ConflictError("All nine digits have a code: p on a pinned code lets it go.")
        self._pins_before.append(before)
        pins[free] = path
        return f"{free} applies {short(path)} from now on."

    def toggle_stance(self) -> str:
        coding = self._meant()
        stance: Stance = "supports" if coding.stance == "counters" else "counters"
        self._changed(self._desk.project.codings.set(coding.id, stance=stance))
        return f"{short(coding.code)}: {'counter-evidence' if stance == 'counters' else 'supports'}"

    def toggle_certainty(self) -> str:
        coding = self._meant()
        certainty: Certainty = "firm" if coding.certainty == "tentative" else "tentative"
        self._changed(self._desk.project.codings.set(coding.id, certainty=certainty))
        return f"{short(coding.code)}: {certainty}"

    def attribute(self, cases: Sequence[str]) -> str:
        """Tell the cases of the coding here, and of what follows in this section; none takes both back."""
        desk = self._desk
        source, segment = self._selected()
        chosen = tuple(label for label in source.cases if label in cases)
        desk.context = (
            CaseContext(chosen, *section(desk.text, desk.selecting.sentences, segment.start)) if chosen else None
        )
        coding = desk.coding
        if coding is not None and coding.cases != chosen:
            self._changed(desk.project.codings.attribute(coding.id, chosen))
        told = ", ".join(chosen) or "no case"
        on = f"{short(coding.code)}: {told}" if coding is not None else told
        return f"{on}, and so to the end of the section" if chosen else on

    def set_code(self, path: str) -> str:
        """Give the coding here another code."""
        coding = self._meant()
        self._changed(self._desk.project.codings.set(coding.id, code=path))
        self._desk.place.used(path)
        return f"{short(coding.code)} → {short(path)}"

    def set_memo(self, number: int, memo: str) -> str:
        self._changed(self._desk.project.codings.set(number, memo=memo))
        return "Memo kept." if memo else "Memo taken away."

    def respan(self) -> str:
        """Let the coding that is meant cover what is selected."""
        _, segment = self._selected()
        coding = self._meant()
        if coding.segment == segment:
            raise ConflictError(f"{short(coding.code)} covers just this already: move the edges first, then r.")
        self._changed(self._desk.project.codings.set(coding.id, segment=segment))
        return f"{short(coding.code)} covers {len(segment)} characters now."

    def remove(self) -> str:
        coding = self._desk.spans.get(self._desk.active)
        if coding is None:
            raise InputError("There is no coding under the selection to remove: ] goes to the next one.")
        self._desk.project.codings.remove(coding.id)
        self._desk.drop(coding.id)
        self._desk.select(self._desk.selection)
        return f"Removed: {short(coding.code)}"

    def tell_cases(self, name: str, cases: Sequence[str]) -> str:
        """Tell which cases a source touches; those that the study does not have yet are made, in the same act."""
        desk = self._desk
        known = {case.label for case in desk.project.cases.list()}
        with desk.project.act("source set", f"source {name}"):
            for label in cases:
                if label not in known:
                    desk.project.cases.add(label)
            moved = desk.project.sources.set(name, cases=cases).codings
        desk.context = None
        desk.reload()
        follow = f", and {plural(moved, 'coding')} of it too" if moved else ""
        return f"{name} touches {', '.join(cases)}{follow}." if cases else f"{name} touches no case."

    def toggle_read(self, name: str) -> str:
        """Mark a source read for every code there is, or take that back."""
        source = next(source for source in self._desk.sources if source.name == name)
        reading: Reading = "in progress" if source.reading == "read" else "read"
        self._desk.replace_source(self._desk.project.sources.set(name, reading=reading).source)
        return f"{name}: {'read' if reading == 'read' else 'not read to the end'}"

    def memo_of(self, on: MemoTarget, of: str) -> tuple[int | None, str]:
        """The number and text of the newest memo of this coder on a thing."""
        return memo_of(self._desk.project, on, of)

    def write_memo(self, on: MemoTarget, of: str, number: int | None, text: str) -> str:
        """Write, change, or (with no text) take away a memo."""
        return write_memo(self._desk.project, on, of, number, text)

    def _newest_act(self) -> int:
        """The newest act that is not undone; 0 when there is none."""
        acts = self._desk.project.history.list(limit=_ACTS_SEEN)
        return next((act.id for act in acts if act.state == "done"), 0)

    def undo(self) -> str:
        if self._pins_before and self._pins_before[-1][0] == self._newest_act():
            pins = self._desk.place.pins
            pins.clear()
            pins.update(self._pins_before.pop()[1])
            return "Undone: the pins are as they were."
        acts = self._desk.project.history.undo()
        self._desk.follow(acts)
        return f"Undone: {acts[0].verb}, {acts[0].summary}" if acts else "There is nothing to undo."

    def redo(self) -> str:
        acts = self._desk.project.history.redo()
        self._desk.follow(acts)
        return f"Done again: {acts[0].verb}, {acts[0].summary}" if acts else "There is nothing to do again."

    def _selected(self) -> tuple[Source, Segment]:
        if self._desk.source is None or self._desk.selection is None:
            raise InputError("There is nothing to code here: open a source with text in it.")
        return self._desk.source, self._desk.selection

    def _meant(self) -> Coding:
        coding = self._desk.coding
        if coding is None:
            raise InputError("There is no coding here yet: code first, qualify after.")
        return coding

    def _changed(self, codings: Sequence[Coding]) -> None:
        for coding in codings:
            self._desk.put(coding)
            self._desk.active = coding.id
