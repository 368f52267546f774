"""Reports in plain sentences, one per line: on an import, or on the facts that other programs cannot read from an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sibtui.model.import_reports import ImportReport, Loss, Offsets, Review

_QUOTE = 80


def import_lines(report: ImportReport, *, accepted: int = 0, most: int | None = None) -> Iterator[str]:
    """Yield the lines of a report on an import.

    The report lists the codings that a person must check, because the quotes are not at their places in the text. At
    most `most` of them are listed; None means all. `accepted` is the number of these codings that were added to the
    study without a check, each at the passage that resembles its quote most.
    """
    program = one_line(report.program, 80) or "a program that does not give its name"
    yield f"written by {program}; arrived: {_counts(report.arrived) or 'nothing'}."
    if report.unsupported:
        yield f"not brought in: {_counts(report.unsupported)}."
    if report.offsets is not None:
        yield _measured(report.offsets)
    for warning in report.warnings:
        yield one_line(warning)
    if report.review:
        taken = f"{accepted} accepted at the best place, {len(report.review) - accepted} " if accepted else ""
        yield f"codings that are not at their quotes: {len(report.review)}, {taken}left out and listed:"
        yield from (f"  {_reviewed(item)}" for item in report.review[:most])
        if most is not None and len(report.review) > most:
            yield f"  … and {len(report.review) - most} more"


def loss_lines(losses: Iterable[Loss]) -> Iterator[str]:
    """Yield a line for each kind of fact that other programs lose from an exported file."""
    for loss in losses:
        yield f"{loss.what}: {loss.count:,} ({loss.kept})."


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{one_line(kind, 80)} {count:,}" for kind, count in counts.items())


def _measured(offsets: Offsets) -> str:
    parts = [f"offsets were taken as {offsets.convention}"]
    if offsets.equal is not None:
        parts.append(f"{_share(offsets.equal)} of {offsets.quoted:,} quotes are the text at their place")
    if offsets.looked_at:
        parts.append(f"{_share(offsets.starts)} of starts and {_share(offsets.ends)} of ends are on the edge of a word")
    if not offsets.sure:
        parts.append("another way of counting fits as well: check some codings before you trust the rest")
    return "; ".join(parts) + "."


def _share(share: float) -> str:
    """Return a share (0-1) in per cent. It is rounded down, so that only a share of exactly 1 is shown as 100%."""
    return f"{int(share * 1000) / 10:g}%"


def _reviewed(item: Review) -> str:
    draft = item.draft
    place = f" {draft.segment}" if draft.segment is not None else ""
    quote = f", “{one_line(draft.quote, _QUOTE)}”" if draft.quote else ""
    best = f"; most like it: {item.best}, {item.score:.0f} of 100 alike" if item.best is not None else ""
    return f"{one_line(draft.source, 80)}{place}, {one_line(draft.code, 80)}{quote}: {one_line(item.why)}{best}"
