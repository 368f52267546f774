"""How far a study is, as rows: cases, what is not read to the end, what waits, memos. A row's key tells what it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sibtui.model.records import READINGS
from sibtui.model.text import one_line, plural
from sibtui.tui.widgets.lines import Line, wrapped
from sibtui.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import Case, Memo, Reading, Source, Study
    from sibtui.project.check import Finding

SIGNS: dict[Reading, str] = {"unread": "○", "in progress": "◐", "read": "●"}
_BAR = 30


@dataclass(slots=True)
class Progress:
    """What the overview shows. `findings` is None until the study has been looked through."""

    study: Study
    sources: Sequence[Source] = ()
    cases: Sequence[Case] = ()
    codes: int = 0
    matrices: int = 0
    memos: Sequence[Memo] | None = None
    findings: Sequence[Finding] | None = None
    numbered: dict[str, Source] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.numbered = {source.name: source for source in self.sources}

    @property
    def codings(self) -> int:
        return sum(source.codings for source in self.sources)

    @property
    def loose(self) -> int:
        """Codings without a case."""
        return sum(source.unattributed for source in self.sources)


def head_lines(progress: Progress, width: int) -> list[Line]:
    """The study's name and figures, and how far it is read."""
    study = progress.study
    lines: list[Line] = [[(row, "strong")] for row in wrapped(study.name, width)]
    held = [
        plural(len(progress.sources), "source"), plural(len(progress.cases), "case"), plural(progress.codes, "code"),
        plural(progress.codings, "coding"), plural(progress.matrices, "matrix", "matrices"),
    ]  # fmt: skip
    lines.append([(" · ".join(held), "text")])
    if progress.sources:
        lines.append(_bar(progress.sources))
    return [*lines, []]


def _bar(sources: Sequence[Source]) -> Line:
    counts = {reading: sum(source.reading == reading for source in sources) for reading in reversed(READINGS)}
    size = min(_BAR, len(sources))
    bits: Line = []
    left = size
    for reading, count in counts.items():
        share = left if reading == "unread" else min(left, round(count * size / len(sources)))
        bits.append((SIGNS[reading] * share, "key" if reading == "read" else "quiet"))
        left -= share
    told = ", ".join(f"{count:,} {reading}" for reading, count in counts.items() if count)
    return [*bits, (f"  {told}", "text")]


def rows(progress: Progress) -> list[Row]:
    """Everything below the figures."""
    if not progress.sources:
        return []
    about = Row("study", "About the study", mark="  ", right=progress.study.created[:10])
    parts = (_waiting(progress), _unread(progress.sources), _cases(progress), _memos(progress.memos))
    return [about, *(row for part in parts if part for row in (Row(None, ""), *part))]


def _waiting(progress: Progress) -> list[Row]:
    found: list[Row] = []
    for number, finding in enumerate(progress.findings or ()):
        if finding.what != "unattributed":
            mark, told = ("! ", "damage") if finding.kind == "damage" else ("  ", finding.what)
            text = f"{finding.where}: {one_line(finding.message)}"
            found.append(Row(f"finding:{number}", text, mark=mark, right=told, strong=finding.kind == "damage"))
    found.sort(key=lambda row: not row.strong)
    if progress.loose:
        found.append(Row("queue", f"{plural(progress.loose, 'coding')} without a case", mark="? ", right="F6"))
    if progress.findings is not None and not found:
        found = [Row("fine", "Nothing is wrong, and nothing waits.", mark="  ", quiet=True)]
    return [Row(None, "What is wrong or waits"), *found] if found else []


def _unread(sources: Sequence[Source]) -> list[Row]:
    waiting = [source for source in sources if source.reading != "read"]
    if not waiting:
        return []
    return [Row(None, f"Not read to the end: {len(waiting):,}"), *(_source_row(source) for source in waiting)]


def _source_row(source: Source) -> Row:
    cases = ", ".join(source.cases) or "no case"
    return Row(
        f"source:{source.name}",
        source.name if source.title in {None, "", source.name} else f"{source.name}  {source.title}",
        mark=f"{SIGNS[source.reading]} ",
        right=f"{cases}  {source.codings:>5,}",
    )


def _cases(progress: Progress) -> list[Row]:
    found = []
    for case in progress.cases:
        own = [source for source in progress.sources if case.label in source.cases]
        read = sum(source.reading == "read" for source in own)
        codings = sum(source.codings for source in own)
        told = f"{read:,} of {len(own):,} read  {codings:>6,} codings"
        found.append(Row(f"case:{case.label}", case.label, mark="  ", right=told))
    return [Row(None, "Cases"), *found] if found else []


def _memos(memos: Sequence[Memo] | None) -> list[Row]:
    if memos is None:
        return []
    found = [
        Row(
            f"memo:{number}",
            " · ".join(filter(None, (one_line(memo.title), one_line(memo.text)))),
            mark=f"{'study' if memo.on == 'project' else memo.on:<7} ",
            right=one_line(memo.coder, 12),
        )
        for number, memo in enumerate(memos)
    ]
    empty = Row("no memo", "No memo yet: a writes one on the study.", mark="  ", quiet=True)
    return [Row(None, f"Memos: {len(memos):,}"), *(found or [empty])]
