"""The details of the overview: the lines about one item, such as a source, a memo or a problem of the study."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.text import one_line
from sibtui.tui.hints import current_key, with_hint, with_keys
from sibtui.tui.views.claim_rows import claim_lines
from sibtui.tui.views.excerpts import quoted
from sibtui.tui.views.source_lines import source_lines
from sibtui.tui.widgets.text_lines import Line, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sibtui.model.records import Coding, Memo
    from sibtui.tui.views.progress import StudyProgress


@dataclass(frozen=True, slots=True)
class ItemDetails:
    """The details of the items on the overview screen. `path` is the file of the study.

    `coding_of` returns the coding that a memo is about, or None if the coding no longer exists.
    """

    progress: StudyProgress
    keymap: Mapping[str, str]
    path: Path
    coding_of: Callable[[Memo], Coding | None]

    def lines(self, key: str, width: int) -> list[Line]:
        """Return the lines about the item of one row. `key` identifies the row, such as “source:eva”.

        The list is empty for a row without an item.
        """
        kind, _, name = key.partition(":")
        makers = {
            "study": self._study_lines, "finding": self._finding_lines, "queue": self._queue_lines,
            "review": self._review_lines,
            "source": self._source_lines, "case": self._case_lines, "memo": self._memo_lines, "due": self._due_lines,
            "claim": self._claim_lines,
        }  # fmt: skip
        return makers[kind](name, width) if kind in makers else []

    def _finding_lines(self, number: str, width: int) -> list[Line]:
        finding = (self.progress.findings or ())[int(number)]
        damage = finding.kind == "damage"
        head = "Damage" if damage else one_line(finding.what).capitalize()
        message = wrapped(f"{finding.where}: {finding.message}", width)
        advice = wrapped(with_hint("", finding.hint, self.keymap), width) if finding.hint else []
        lines: list[Line] = [[(row, "text")] for row in (*message, *([""] if advice else []), *advice)]
        return [[(head, "warning" if damage else "strong")], [], *lines]

    def _claim_lines(self, number: str, width: int) -> list[Line]:
        return claim_lines(self.progress.claim(number), width)

    def _queue_lines(self, _: str, width: int) -> list[Line]:
        note = "A coding in a source of several cases counts for none of them until you choose its case."
        return [[(row, "text")] for row in wrapped(note, width)]

    def _review_lines(self, _: str, width: int) -> list[Line]:
        note = "These codings keep their old quotes, and count as evidence, until you decide where they are now."
        return [[(row, "text")] for row in wrapped(note, width)]

    def _source_lines(self, name: str, width: int) -> list[Line]:
        return source_lines(self.progress.source_of.get(name), width)

    def _case_lines(self, label: str, width: int) -> list[Line]:
        case = next(case for case in self.progress.cases if case.label == label)
        facts = [f"letter: {case.letter or 'none'}", f"codings: {self.progress.attributed.get(label, 0):,}"]
        if waiting := self.progress.waiting(label):
            facts.append(f"?{waiting:,}: codings of its sources without a case")
        facts += [f"{key}: {value}" for key, value in case.attributes.items()]
        return [[(label, "strong")], *([(row, "quiet")] for fact in facts for row in wrapped(fact, width))]

    def _due_lines(self, number: str, width: int) -> list[Line]:
        due = self.progress.due[int(number)]
        head = wrapped(f"{due.source} must be read again for {due.code}", width)
        reason = f"Because {due.because}." if due.because.startswith("the code") else f"Because: {due.because}"
        keys = with_keys(
            "{overview.open} opens the source; {coding.again} then applies the code. {overview.read} marks the source read again for all codes.",
            self.keymap,
        )
        return [
            *([(row, "strong")] for row in head),
            [],
            *([(row, "text")] for row in wrapped(one_line(reason), width)),
            [(f"since {due.since[:10]}", "quiet")],
            [],
            *([(row, "quiet")] for row in wrapped(keys, width)),
        ]

    def _study_lines(self, _: str, width: int) -> list[Line]:
        study = self.progress.study
        description = (
            study.description
            or f"Press {current_key('overview.open', self.keymap)} to describe the question and the material of the study."
        )
        facts = [str(self.path), f"created {study.created[:10]}", f"first table note {study.first_note}"]
        lines: list[Line] = [[(row, "text" if study.description else "quiet")] for row in wrapped(description, width)]
        return [*lines, [], *([(row, "quiet")] for fact in facts for row in wrapped(fact, width))]

    def _memo_lines(self, number: str, width: int) -> list[Line]:
        memo = (self.progress.memos or ())[int(number)]
        on = f"On {memo.on} {memo.of}".rstrip() if memo.on != "project" else "On the study"
        lines: list[Line] = [[(row, "strong")] for row in wrapped(on, width)]
        lines.append([(f"{memo.coder}, {memo.created[:10]}", "quiet")])
        if memo.on == "coding":
            coding = self.coding_of(memo)
            if coding is None:
                return lines
            lines += [[(row, "text")] for row in wrapped(f"{coding.code} in {coding.source}", width)]
            lines += [[], *quoted("", coding.quote, "", width)]
        lines += [[], *([(row, "strong")] for row in wrapped(memo.title, width) if memo.title)]
        return [*lines, *([(row, "text")] for row in wrapped(memo.text, width))]
