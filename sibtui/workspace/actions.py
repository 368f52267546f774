"""The actions of the coding screen. Each action makes one change of the study, and returns a message.

A change is one entry of the history, so it is undone in one step.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import ConflictError, InputError
from sibtui.model.codebook import join_path, path_key
from sibtui.model.drafts import CodeDraft, CodingDraft
from sibtui.model.opposites import opposite_words
from sibtui.model.text import one_line, plural
from sibtui.workspace.case_choice import CaseContext, section
from sibtui.workspace.codebook_view import short, whole
from sibtui.workspace.history_steps import step
from sibtui.workspace.memo_text import memo_of, write_memo
from sibtui.workspace.quote_actions import QuoteActions
from sibtui.workspace.reading_marks import read_for, toggle_read
from sibtui.workspace.source_actions import carried_message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import Coding, MemoTarget, Origin, Source
    from sibtui.model.segments import Segment
    from sibtui.project.results import ChangePlace
    from sibtui.workspace.code_search import CodeChoice
    from sibtui.workspace.workspace import Workspace

IN_VIVO = "In vivo"
_ACTS_SEEN = 200
_NAME = 60
"""The greatest length, in code points, of the name of a code that is made from the selected words."""


class CodingActions:
    """The actions of the coding screen. An action that is not possible raises a SibtuiError with the reason."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._quotes = QuoteActions(workspace.project, self._changed)
        self.went_to: ChangePlace | None = None
        """The item that the last undo or redo has changed. None if no item was changed."""
        self._pins_before: list[tuple[int, dict[str, str]]] = []
        """A pair for each change of the pins: the id of the newest history entry at that time, and the pins before it.

        Undo uses this list, because pins are not part of the study and its history.
        """

    def take(self, picked: CodeChoice) -> str:
        """Apply the chosen code to the selected words. Return a message. A new code is first added to the codebook."""
        return self.apply_new(picked.path) if picked.new else self.apply(picked.path)

    def apply(self, path: str) -> str:
        """Apply a code to the selected words, and return a message."""
        coding = self._apply(path)
        return self._with_opposite(short(coding.code) + self._cases_of(coding), coding)

    def _with_opposite(self, message: str, coding: Coding) -> str:
        """Return `message`, with a warning if the coder has coded the same words with the opposite stance."""
        opposite = opposite_words(coding, self._workspace.overlapping)
        return f"{message} · {opposite}" if opposite else message

    def _apply(self, path: str) -> Coding:
        source, segment = self._selected()
        draft = CodingDraft(source.name, path, segment, cases=self._workspace.attribution)
        if source.reading == "unread":
            with self._workspace.project.act("coding add", f"{path} in {source.name} {segment}"):
                coding = self._workspace.project.codings.add(draft)
                self._workspace.replace_source(
                    self._workspace.project.sources.set(source.name, reading="in progress").source
                )
                self._subtract_from_counts(coding)
        else:
            coding = self._workspace.project.codings.add(draft)
        self._workspace.place.used(coding.code)
        self._workspace.add_new(coding)
        return coding

    def _cases_of(self, coding: Coding) -> str:
        """Return the cases of a new coding as the end of a message, such as ` · SIB A`.

        The text is empty if the source is about fewer than two cases.
        """
        source = self._workspace.source
        if source is None or len(source.cases) < 2:
            return ""
        return f" · {', '.join(coding.cases)}" if coding.cases else " · no case yet"

    def _subtract_from_counts(self, coding: Coding) -> None:
        """Subtract a new coding from the counts of its source in the workspace.

        The counts include the coding already, because they were read after it was stored. `add_new` will add it
        again.
        """
        from dataclasses import replace

        source = self._workspace.source
        if source is not None:
            loose = 0 if coding.cases else 1
            self._workspace.replace_source(
                replace(source, codings=source.codings - 1, unattributed=source.unattributed - loose)
            )

    def apply_new(self, path: str, origin: Origin = "emergent") -> str:
        """Add a code to the codebook, apply it to the selected words, and return a message. One undo reverts both."""
        self._selected()
        workspace = self._workspace
        try:
            with workspace.project.act("coding add", f"new code {path}"):
                made = workspace.project.codes.add(CodeDraft(path, origin=origin))
                workspace.reload_lists()
                coding = self._apply(made.path)
        except BaseException:
            workspace.reload_lists()
            raise
        return f"New code: {whole(coding.code)}{self._cases_of(coding)}"

    def in_vivo(self) -> str:
        """Add a code with the selected words as its name, and apply the code to these words. Return a message.

        The code is placed below the theme In vivo. A code that exists already is only applied.
        """
        _, segment = self._selected()
        words = one_line(segment.quote(self._workspace.text)).lstrip("#*>•- ").strip("“”\"'*.,;: ")
        if not words:
            raise InputError("There are no words in the selection to name a code by.")
        if len(words) > _NAME:
            words = words[:_NAME].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"
        path = join_path((IN_VIVO, words))
        existing = next(
            (known for known in self._workspace.codebook.by_path if path_key(known) == path_key(path)), None
        )
        return self.apply_new(path, "in vivo") if existing is None else self.apply(existing)

    def again(self) -> str:
        """Apply the code that was applied last, now to the selected words. Return a message."""
        path = self._workspace.last_code
        if path is None:
            raise InputError("No code was used yet.", "choose-code")
        return self.apply(path)

    def by_letter(self, letter: str) -> str:
        """Apply the code whose key is this letter, and return a message."""
        code = self._workspace.codebook.with_key(letter)
        if code is None:
            raise InputError(f"No code has the key {letter.upper()}.", "code-key")
        return self.apply(code.path)

    def pinned(self, digit: int) -> str:
        """Apply the code pinned to this digit, and return a message."""
        path = self._workspace.place.pins.get(str(digit))
        if path is None or self._workspace.code(path) is None:
            raise InputError(f"No code is pinned to {digit}.", "pin-code")
        return self.apply(path)

    def pin(self, path: str | None) -> str:
        """Pin the code with this path to the lowest free digit, and return a message.

        The key of the digit then applies the code. If the code is pinned already, unpin it. Raises InputError if `path`
        is None, and ConflictError if all nine digits are in use.
        """
        pins = self._workspace.place.pins
        if path is None:
            raise InputError("There is no code to pin yet: apply one first.")
        before = (self._newest_act(), dict(pins))
        own = [digit for digit, code in pins.items() if code == path]
        if own:
            self._pins_before.append(before)
            del pins[own[0]]
            return f"{short(path)} is no longer pinned."
        obsolete = [digit for digit, code in pins.items() if self._workspace.code(code) is None]
        for digit in obsolete:
            del pins[digit]
        free = next((str(digit) for digit in range(1, 10) if str(digit) not in pins), None)
        if free is None:
            raise ConflictError("All nine digits have a code.", "unpin-code")
        self._pins_before.append(before)
        pins[free] = path
        return f"{free} now applies {short(path)}."

    def pin_here(self) -> str:
        """Pin a code to a digit: the code of the active coding, or else the code applied last. Return a message.

        If this code is pinned already, unpin it.
        """
        coding = self._workspace.spans.get(self._workspace.active)
        return self.pin(coding.code if coding else self._workspace.last_code)

    def toggle_stance(self) -> str:
        """Switch the active coding between supporting evidence and counter-evidence. Return a message."""
        message = self._quotes.toggle_stance([self._active_coding()])
        return self._with_opposite(message, self._active_coding())

    def toggle_certainty(self) -> str:
        """Switch the active coding between tentative and firm. Return a message."""
        return self._quotes.toggle_certainty([self._active_coding()])

    def attribute(self, cases: Sequence[str]) -> str:
        """Set the cases of the active coding. Return a message.

        New codings get the same cases until the next heading. If `cases` is empty, the active coding loses its cases,
        and new codings get none.
        """
        workspace = self._workspace
        source, segment = self._selected()
        chosen = tuple(label for label in source.cases if label in cases)
        workspace.context = (
            CaseContext(chosen, *section(workspace.text, workspace.selecting.sentences, segment.start))
            if chosen
            else None
        )
        coding, message = workspace.coding, ", ".join(chosen) or "no case"
        if coding is not None and coding.cases != chosen:
            message = self._quotes.attribute([coding], chosen)
        elif coding is not None:
            message = f"{short(coding.code)}: {message}"
        return f"{message}, up to the end of the section" if chosen else message

    def set_code(self, picked: CodeChoice) -> str:
        """Replace the code of the active coding, and return a message. A new code is first added to the codebook."""
        before = self._active_coding()
        message = self._quotes.set_code([before], picked)
        if picked.new:
            self._workspace.reload_lists()
        after = self._active_coding()
        if after.code != before.code:
            self._workspace.place.used(after.code)
        return self._with_opposite(message, after)

    def set_memo(self, number: int, memo: str) -> str:
        """Set the memo of the coding with the id `number`, and return a message. An empty text removes the memo."""
        return self._quotes.set_memo([self._workspace.project.codings.get(number)], memo)

    def respan(self) -> str:
        """Move the active coding to the selected words, and return a message.

        Raises ConflictError if the coding is on exactly these words already.
        """
        _, segment = self._selected()
        coding = self._active_coding()
        if coding.segment == segment:
            raise ConflictError(f"{short(coding.code)} covers exactly this already.", "move-edges")
        self._changed(self._workspace.project.codings.set(coding.id, segment=segment))
        return f"{short(coding.code)} now covers {len(segment)} characters."

    def remove(self) -> str:
        """Remove the active coding, and return a message. Raises InputError if no coding is active."""
        coding = self._workspace.spans.get(self._workspace.active)
        if coding is None:
            raise InputError("There is no coding under the selection to remove.", "next-coding")
        message = self._quotes.remove([coding])
        self._workspace.drop(coding.id)
        self._workspace.select(self._workspace.selection)
        return message

    def set_cases(self, name: str, cases: Sequence[str]) -> str:
        """Set the cases that the source `name` is about, and return a message. New cases are added to the study."""
        workspace = self._workspace
        known = {case.label for case in workspace.project.cases.list()}
        with workspace.project.act("source set", f"source {name}"):
            for label in cases:
                if label not in known:
                    workspace.project.cases.add(label)
            moved = workspace.project.sources.set(name, cases=cases).codings
        workspace.context = None
        workspace.reload()
        follow = f", and so {'is' if moved == 1 else 'are'} {plural(moved, 'coding')} of it" if moved else ""
        return f"{name} is about {', '.join(cases)}{follow}." if cases else f"{name} is about no case."

    def toggle_read(self, name: str) -> str:
        """Record that the coder has read the source `name` for all codes, or remove this record. Return a message."""
        source, message = toggle_read(self._workspace.project, name)
        self._workspace.replace_source(source)
        return message

    def read_for(self, name: str, code: str) -> str:
        """Record that the current coder has read a source for one code and the codes below it. Return a message."""
        source, message = read_for(self._workspace.project, name, code)
        self._workspace.replace_source(source)
        return message

    def memo_of(self, on: MemoTarget, of: str) -> tuple[int | None, str]:
        """Return (id, text) of the current coder's newest memo on an item; (None, "") without a memo.

        `on` is the kind of item, such as "source". `of` is the name of the item (for a coding, its id).
        """
        return memo_of(self._workspace.project, on, of)

    def write_memo(self, on: MemoTarget, of: str, number: int | None, text: str) -> str:
        """Write a new memo on an item if `number` is None, or change the memo with the id `number`.

        Return a message. An empty text removes the memo. `on` and `of` are as in `memo_of`.
        """
        return write_memo(self._workspace.project, on, of, number, text)

    def _newest_act(self) -> int:
        """Return the id of the newest entry of the history that is not undone; 0 if there is none."""
        acts = self._workspace.project.history.list(limit=_ACTS_SEEN)
        return next((act.id for act in acts if act.state == "done"), 0)

    def undo(self) -> str:
        """Undo the last change of the study or of the pins (codes assigned to digits), and return a message."""
        if self._pins_before and self._pins_before[-1][0] == self._newest_act():
            pins = self._workspace.place.pins
            pins.clear()
            pins.update(self._pins_before.pop()[1])
            return "Undone: the last change of the pins."
        return self._step(back=True)

    def redo(self) -> str:
        """Redo the change that was undone last, and return a message."""
        return self._step(back=False)

    def _step(self, *, back: bool) -> str:
        project = self._workspace.project
        acts, message = step(project, back=back)
        self._workspace.follow(acts)
        self.went_to = project.history.place(acts[-1].id) if acts else None
        if self.went_to is not None:
            self._workspace.go_to(self.went_to)
        return message

    def correct(self, words: str) -> str:
        """Replace the selected text of the source by `words`, and select the new text. Return a message."""
        source, segment = self._selected()
        workspace = self._workspace
        corrected = workspace.project.sources.correct(source.name, workspace.with_words(words))
        workspace.reload_lists()
        workspace.open(source.name, segment.start, segment.start + len(words))
        return carried_message(source.name, corrected)

    def _selected(self) -> tuple[Source, Segment]:
        if self._workspace.source is None or self._workspace.selection is None:
            raise InputError("There is nothing to code here: open a source with text in it.")
        return self._workspace.source, self._workspace.selection

    def _active_coding(self) -> Coding:
        coding = self._workspace.coding
        if coding is None:
            raise InputError("There is no coding here yet: code first, qualify after.")
        return coding

    def _changed(self, codings: Sequence[Coding]) -> None:
        for coding in codings:
            self._workspace.put(coding)
            self._workspace.active = coding.id
