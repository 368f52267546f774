"""The search for the quotations of a draft in the sources of a study."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sibtui.formats.sources.speakers import is_spoken, speakers_in, turns
from sibtui.model.frozen import dataclass
from sibtui.model.quotations.marks import quotations
from sibtui.model.quotations.matching import QUOTATION_STATUSES, CheckedQuotation, check_quotation, quoted_source
from sibtui.model.table import Table, Value
from sibtui.model.text import plural
from sibtui.project.papers.draft_file import PaperDraft
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.formats.sources.speakers import Turn
    from sibtui.model.progress import Progress
    from sibtui.model.records import Source
    from sibtui.project.shared.base import Session

PARTICIPANTS = "participants"


@dataclass(frozen=True, slots=True)
class QuotationReport:
    """The quotations in a draft of a paper, in order, each with the passage of a source where it was found.

    `participants` has one text for each quotation: the speaker of the passage, or else the participants of the
    source, or else the name of the source. The text is empty if the quotation was not found. `short` is the number
    of quotations that were not searched, because they have too few words.
    """

    draft: PaperDraft
    quotations: tuple[CheckedQuotation, ...]
    participants: tuple[str, ...] = ()
    short: int = 0

    @property
    def is_sound(self) -> bool:
        """Whether each quotation is exact: a source has the same words."""
        return all(each.status == "exact" for each in self.quotations)

    def table(self) -> Table:
        """Return the table of the quotations, one row per quotation.

        >>> from pathlib import Path
        >>> written = Path("draft.md").write_text("“We open doors and then we get out of the doorway.”", encoding="utf-8")
        >>> project.quotes.check("draft.md").table().columns[:3]
        ('line', 'quotation', 'status')
        """
        rows = tuple(
            (
                self.draft.place(each.quotation.line), each.quotation.text, each.status, each.source,
                "" if each.segment is None else str(each.segment), participant, each.difference,
            )
            for each, participant in zip(self.quotations, self.participants, strict=True)
        )  # fmt: skip
        columns = (self.draft.unit, "quotation", "status", "source", "place", "participant", "difference")
        return Table(
            columns, rows, f"Quotations of {self.draft.name}", below=tuple(self._below()), objects=self._objects()
        )

    def by_participant(self) -> Table:
        """Return a table with one row per participant: the number of all quotations, and the number with each status.

        >>> from pathlib import Path
        >>> written = Path("draft.md").write_text("“We open doors and then we get out of the doorway.”", encoding="utf-8")
        >>> project.quotes.check("draft.md").by_participant().rows
        (('b1', 1, 1, 0, 0),)
        """
        counts: Counter[tuple[str, str]] = Counter(
            (participant, each.status)
            for each, participant in zip(self.quotations, self.participants, strict=True)
            if participant
        )
        names: list[str] = sorted(self._counts, key=lambda name: (-self._counts[name], name))
        shown = QUOTATION_STATUSES[:-1]
        rows: tuple[tuple[Value, ...], ...] = tuple(
            (name, self._counts[name], *(counts[name, status] for status in shown)) for name in names
        )
        return Table(
            ("participant", "quotations", *shown), rows, f"Quotations of {self.draft.name} by participant",
            below=tuple(self._below()),
        )  # fmt: skip

    @property
    def _counts(self) -> Counter[str]:
        return Counter(name for name in self.participants if name)

    def _objects(self) -> tuple[dict[str, object], ...]:
        return tuple(
            {
                "line": self.draft.place(each.quotation.line), "quotation": each.quotation.text, "status": each.status,
                "source": each.source, "start": each.segment.start if each.segment else None,
                "end": each.segment.end if each.segment else None, "participant": participant,
                "difference": list(each.difference),
            }
            for each, participant in zip(self.quotations, self.participants, strict=True)
        )  # fmt: skip

    def _below(self) -> Iterator[str]:
        counted = Counter(each.status for each in self.quotations)
        parts = ", ".join(f"{counted[status]:,} {status}" for status in QUOTATION_STATUSES)
        yield f"{plural(len(self.quotations), 'quotation')}: {parts}."
        if self.short:
            yield f"{plural(self.short, 'shorter passage')} in quotation marks {'was' if self.short == 1 else 'were'} not checked."
        if self._counts:
            named = sorted(self._counts.items(), key=lambda each: (-each[1], each[0]))
            yield "By participant: " + "; ".join(f"{name} {count:,}" for name, count in named) + "."
        if counted["paraphrase in the source"]:
            yield "A paraphrase has the words of a note-taker: print it without quotation marks, or name it a note."


class QuotationCheck:
    """Searches the sources of a study for the quotations in drafts. Use one object inside one snapshot of the store."""

    def __init__(self, session: Session) -> None:
        self._store = session.store
        self._sources = source_rows.sources(self._store, counts=False)
        self._turns: dict[str, Sequence[Turn]] = {}

    def report(self, draft: PaperDraft, fewest: int, progress: Progress | None = None) -> QuotationReport:
        """Search for each quotation that has at least `fewest` words, and return the results.

        `progress` receives (quotations done, all quotations), and may raise to cancel.
        """
        found = quotations(draft.text, draft.form)
        chosen = [each for each in found if each.words >= fewest]
        texts = {source.name: source_rows.text(self._store, source.id) for source in self._sources} if chosen else {}
        spoken = {source.name: source.fidelity == "verbatim" for source in self._sources}
        sources = [quoted_source(name, text, verbatim=spoken[name]) for name, text in texts.items()]
        checked = []
        for at, quotation in enumerate(chosen, 1):
            checked.append(check_quotation(quotation, sources))
            if progress is not None:
                progress(at, len(chosen))
        named = {source.name: source for source in self._sources}
        participants = tuple(self._participant(each, named, texts) for each in checked)
        return QuotationReport(draft, tuple(checked), participants, len(found) - len(chosen))

    def _participant(self, each: CheckedQuotation, named: dict[str, Source], texts: dict[str, str]) -> str:
        """Return the speaker of the passage where a quotation was found, or an empty text if it was not found.

        If no speaker is known, return the participants of the source, or else the name of the source.
        """
        if each.segment is None:
            return ""
        if each.source not in self._turns:
            self._turns[each.source] = tuple(turns(texts[each.source], ""))
        spoken = self._turns[each.source]
        if spoken and is_spoken(each.segment, spoken):
            return ", ".join(speakers_in(each.segment, spoken))
        return named[each.source].attributes.get(PARTICIPANTS, "").strip(" ;") or each.source
