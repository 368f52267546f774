"""The rows of the overview screen: damage and open work in the study, sources to read, cases, and memos.

The key (identifier) of a row has the kind and the name (or index) of the item in this row, such as “source:eva”.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sibtui.model.records import READINGS
from sibtui.model.text import one_line, plural
from sibtui.tui.hints import current_key
from sibtui.tui.views.source_lines import READING_MARKS
from sibtui.tui.widgets.row_list import ListRow
from sibtui.tui.widgets.text_lines import Line, wrapped
from sibtui.workspace.summary_counts import SummaryCounts

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sibtui.model.claims.report import ClaimReport
    from sibtui.model.claims.verdicts import CheckedClaim
    from sibtui.model.records import Case, Memo, ReadingDue, Source, Study
    from sibtui.project.check import Finding

DUE_SHOWN = 200
"""How many rows for readings due are shown at most. `sibtui reading due` lists all readings due."""
_BAR = 30


@dataclass(slots=True)
class StudyProgress:
    """The facts on the overview screen. The facts that a thread computes are None or empty at first.

    `attributed` is a map: label of a case → how many codings the case has. `codes` and `matrices` are the numbers of
    codes and of tables in the study. `due` has the sources that must be read again. `source_of` is a map: name of
    a source → the source.
    """

    study: Study
    sources: Sequence[Source] = ()
    cases: Sequence[Case] = ()
    attributed: Mapping[str, int] = field(default_factory=dict)
    codes: int = 0
    matrices: int = 0
    memos: Sequence[Memo] | None = None
    findings: Sequence[Finding] | None = None
    due: Sequence[ReadingDue] = ()
    claims: ClaimReport | None = None
    summaries: SummaryCounts | None = None
    source_of: dict[str, Source] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.source_of = {source.name: source for source in self.sources}

    @property
    def codings(self) -> int:
        return sum(source.codings for source in self.sources)

    @property
    def unattributed(self) -> int:
        """The number of codings without a case."""
        return sum(source.unattributed for source in self.sources)

    def waiting(self, case: str) -> int:
        """Return how many codings in the sources of a case have no case yet."""
        return sum(source.unattributed for source in self.sources if case in source.cases)

    def claim(self, number: str) -> CheckedClaim:
        """Return the claim with the index `number` in the report. The index is a text, as in the key of a row."""
        assert self.claims is not None  # noqa: S101 - for mypy: the rows are made of the claims
        return self.claims.claims[int(number)]


def head_lines(progress: StudyProgress, width: int) -> list[Line]:
    """Return the name of the study, its counts, and a bar with the share of the sources that are read."""
    study = progress.study
    lines: list[Line] = [[(row, "strong")] for row in wrapped(study.name, width)]
    figures = [
        plural(len(progress.sources), "source"), plural(len(progress.cases), "case"), plural(progress.codes, "code"),
        plural(progress.codings, "coding"), plural(progress.matrices, "matrix", "matrices"),
    ]  # fmt: skip
    lines.append([(" · ".join(figures), "text")])
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
        bits.append((READING_MARKS[reading] * share, "key" if reading == "read" else "quiet"))
        left -= share
    text = ", ".join(f"{count:,} {reading}" for reading, count in counts.items() if count)
    return [*bits, (f"  {text}", "text")]


def rows(progress: StudyProgress, keymap: Mapping[str, str]) -> list[ListRow]:
    if not progress.sources:
        return []
    from sibtui.tui.views.claim_rows import claim_rows

    about = ListRow("study", "About the study", mark="  ", right=progress.study.created[:10])
    unread = _unread(progress.sources)
    parts = (
        _waiting(progress, keymap),
        _summaries(progress.summaries),
        claim_rows(progress.claims),
        _due(progress.due),
        unread,
        _cases(progress),
        _memos(progress.memos),
    )
    return [about, *(row for part in parts if part for row in (ListRow(None, ""), *part))]


def _waiting(progress: StudyProgress, keymap: Mapping[str, str]) -> list[ListRow]:
    rows: list[ListRow] = []
    for number, finding in enumerate(progress.findings or ()):
        if finding.what not in {"unattributed", "reading due", "undecided place"}:  # these findings have their own rows
            mark, kind = ("! ", "damage") if finding.kind == "damage" else ("  ", finding.what)
            text = f"{finding.where}: {one_line(finding.message)}"
            rows.append(ListRow(f"finding:{number}", text, mark=mark, right=kind, strong=finding.kind == "damage"))
    rows.sort(key=lambda row: not row.strong)
    if progress.unattributed:
        key = current_key("go.queue", keymap)
        rows.append(ListRow("queue", f"{plural(progress.unattributed, 'coding')} without a case", mark="? ", right=key))
    if undecided := sum(finding.what == "undecided place" for finding in progress.findings or ()):
        key = current_key("go.review", keymap)
        text = f"{plural(undecided, 'coding')} without a certain place in a corrected text"
        rows.append(ListRow("review", text, mark="? ", right=key))
    if progress.findings is not None and not rows and not progress.due:
        rows = [ListRow("fine", "No findings: nothing is wrong or waits.", mark="  ", quiet=True)]
    return [ListRow(None, "What is wrong or waits"), *rows] if rows else []


def _summaries(counts: SummaryCounts | None) -> list[ListRow]:
    """Return a row for each table with summaries. The row states how many summaries are missing or out of date."""
    if counts is None or not counts.tables:
        return []
    rows = [
        ListRow(
            f"summaries:{each.matrix}",
            one_line(each.matrix),
            mark="! " if each.stale else "  ",
            right=SummaryCounts((each,)).sentence,
        )
        for each in counts.tables
    ]
    return [ListRow(None, f"Summaries: {counts.sentence}"), *rows]


def _due(due: Sequence[ReadingDue]) -> list[ListRow]:
    """Return a row for each source that must be read again for a code. The row also states the reason."""
    if not due:
        return []
    rows = [
        ListRow(
            f"due:{at}", f"{one_line(each.source)}  {one_line(each.code)}", mark="↻ ", right=one_line(each.because, 40)
        )
        for at, each in enumerate(due[:DUE_SHOWN])
    ]
    if more := len(due) - len(rows):
        rows.append(ListRow(None, f"and {more:,} more"))
    return [ListRow(None, f"To be read again: {len(due):,}"), *rows]


def _unread(sources: Sequence[Source]) -> list[ListRow]:
    waiting = [source for source in sources if source.reading != "read"]
    if not waiting:
        return []
    return [ListRow(None, f"Not read to the end: {len(waiting):,}"), *(_source_row(source) for source in waiting)]


def _source_row(source: Source) -> ListRow:
    cases = ", ".join(source.cases) or "no case"
    return ListRow(
        f"source:{source.name}",
        source.name if source.title in {None, "", source.name} else f"{source.name}  {source.title}",
        mark=f"{READING_MARKS[source.reading]} ",
        right=f"{cases}  {source.codings:>5,}",
    )


def _cases(progress: StudyProgress) -> list[ListRow]:
    rows = []
    for case in progress.cases:
        own = [source for source in progress.sources if case.label in source.cases]
        read = sum(source.reading == "read" for source in own)
        waits = f"?{waiting:,}" if (waiting := progress.waiting(case.label)) else ""
        codings = progress.attributed.get(case.label, 0)
        progress_text = f"{read:,} of {len(own):,} read  {waits:>5} {codings:>6,} codings"
        rows.append(ListRow(f"case:{case.label}", case.label, mark="  ", right=progress_text))
    return [ListRow(None, "Cases"), *rows] if rows else []


def _memos(memos: Sequence[Memo] | None) -> list[ListRow]:
    if memos is None:
        return []
    rows = [
        ListRow(
            f"memo:{number}",
            " · ".join(filter(None, (one_line(memo.title), one_line(memo.text)))),
            mark=f"{'study' if memo.on == 'project' else memo.on:<7} ",
            right=one_line(memo.coder, 12),
        )
        for number, memo in enumerate(memos)
    ]
    empty = ListRow("no memo", "No memos yet: a writes one on the study.", mark="  ", quiet=True)
    return [ListRow(None, f"Memos: {len(memos):,}"), *(rows or [empty])]
