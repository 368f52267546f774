"""Summaries: texts of researchers about a cell of a matrix, or about a code in one case, with links to quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.model.frozen import dataclass
from sibtui.model.judgement_basis import JudgementBasis
from sibtui.model.segments import Segment

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_LINK = r'\[(?:(?P<coding>[0-9]{1,18})|(?:"(?P<quoted>[^"\n]+)"|(?P<source>[^\[\]"\n]+?)) (?P<start>[0-9]{1,9}):(?P<end>[0-9]{1,9}))\]'
REMOVED = "[0]"
"""The text of a link to a removed coding whose place is unknown in another study, or in a salvaged one. No coding has the id 0."""


@dataclass(frozen=True, slots=True)
class Summary:
    """A researcher's text about a cell of a matrix, or about a code in a case.

    For a cell, `row` and `column` are set. `matrix` is then the name of the matrix; it is empty if the summary is a
    part of a matrix definition. For a code in a case, `code` and `case` are set. `basis` is the evidence at the time
    when the text was written.
    """

    text: str
    coder: str
    at: str
    matrix: str = ""
    row: str = ""
    column: str = ""
    code: str = ""
    case: str = ""
    basis: JudgementBasis | None = None
    uid: str = ""

    @property
    def place(self) -> str:
        """The cell (“row in column”), or the code and the case, in words.

        >>> Summary("Trust came first.", "R1", "", code="Trust", case="SIB A").place
        'Trust in SIB A'
        """
        return f"{self.code or self.row} in {self.case or self.column}"

    def changes(self, now: JudgementBasis) -> tuple[str, ...]:
        """Return a clause for each change of the evidence since the summary was written. `now` is the present evidence.

        Only the codes of the row and the quotes of the cell are compared.

        >>> [written] = [project.summaries.set("table-1", "More flexible workload distribution", "SIB A", "Small loads.")]
        >>> written.summary.changes(written.summary.basis)
        ()
        """
        if self.basis is None:
            return ()
        then = self.basis
        return then.changes(JudgementBasis(then.computed, then.rule, now.codes, then.open, then.covered_by, now.quotes))


@dataclass(frozen=True, slots=True)
class SummaryLink:
    """A link in the text of a summary. `words` is the link as it is written, and `start` and `end` are its offsets.

    The link leads either to a coding (by its id) or to a place, which is a `segment` of a source.
    """

    words: str
    start: int
    end: int
    coding: int | None = None
    source: str = ""
    segment: Segment | None = None


def links_in(text: str) -> Iterator[SummaryLink]:
    """Yield the links in a text: `[12]` for coding 12, `[c1 5873:5937]` for a place in the source c1.

    If the name of a source has brackets, it is in double quotes. A place whose end is before its start is not a link.

    >>> [link.words for link in links_in("They asked first [12], and staff agree [c1 5873:5937].")]
    ['[12]', '[c1 5873:5937]']
    """
    for found in re.finditer(_LINK, text):
        words, (start, end) = found[0], found.span()
        if found["coding"] is not None:
            yield SummaryLink(words, start, end, coding=int(found["coding"]))
        elif int(found["start"]) < int(found["end"]):
            source = (found["quoted"] or found["source"]).strip()
            segment = Segment(int(found["start"]), int(found["end"]))
            yield SummaryLink(words, start, end, source=source, segment=segment)


def place_link(source: str, segment: Segment) -> str:
    """Return the text of a link to a place in a source.

    >>> place_link("c1", Segment(5873, 5937))
    '[c1 5873:5937]'
    """
    return f"[{_named(source)} {segment}]"


def _named(source: str) -> str:
    return f'"{source}"' if any(mark in source for mark in "[]") else source


def with_links(text: str, change: Callable[[SummaryLink], str]) -> str:
    """Return the text with each link replaced by the result of `change`.

    >>> with_links("Early [12].", lambda link: "[1]")
    'Early [1].'
    """
    parts, done = [], 0
    for link in links_in(text):
        parts += [text[done : link.start], change(link)]
        done = link.end
    return "".join((*parts, text[done:]))


def with_sources_renamed(text: str, names: Mapping[str, str]) -> str:
    """Return the text with new names of sources in the links to places. `names` is a map: old name → new name.

    >>> with_sources_renamed("Early [c1 5:9], [c2 5:9].", {"c1": "c1-b"})
    'Early [c1-b 5:9], [c2 5:9].'
    """

    def renamed(link: SummaryLink) -> str:
        new = names.get(link.source) if link.segment is not None else None
        return link.words if new is None or link.segment is None else place_link(new, link.segment)

    return with_links(text, renamed)
