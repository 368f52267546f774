"""Tables of the quotes for the paper: one row per quote, or one row per participant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from sibtui.model.frozen import dataclass
from sibtui.model.records import Coding
from sibtui.model.table import Table
from sibtui.model.text import line_in_file, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

QuoteRow = Literal["quote", "participant"]
"""What a row of the report of quotes is about: a quote, or a participant."""
QUOTE_ROWS: tuple[QuoteRow, ...] = get_args(QuoteRow)


@dataclass(frozen=True, slots=True)
class PaperQuote:
    """A coding that is marked as a quote for the paper. `line` is its line in the source, from 1.

    `participant` names the participants who speak in the quote, or else all participants of the source, or else the
    source. `time` is the time of the turn in a recording, if it is known. `verbatim` is set if the source has the
    words of the speaker, and not a paraphrase.
    """

    coding: Coding
    participant: str
    line: int
    time: str
    verbatim: bool

    @property
    def code(self) -> str:
        return self.coding.code


@dataclass(frozen=True, slots=True)
class Participant:
    name: str
    quotes: int
    codes: int
    sources: tuple[str, ...]


def quotes_table(quotes: Sequence[PaperQuote], participants: Sequence[Participant], remarks: Sequence[str]) -> Table:
    """Return a table with one row per quote.

    `participants` are all participants, with or without quotes. `remarks` are lines to print below the table.
    """
    objects: tuple[dict[str, Any], ...] = tuple(
        {
            "code": quote.code, "participant": quote.participant, "source": quote.coding.source, "line": quote.line,
            "time": quote.time, "cases": list(quote.coding.cases), "quote": quote.coding.quote,
            "words": _words(quote), "stance": quote.coding.stance, "number": quote.coding.id,
        }
        for quote in quotes
    )  # fmt: skip
    rows = tuple(
        (
            quote.code, quote.participant, quote.coding.source, quote.line, quote.time, quote.coding.cases,
            line_in_file(quote.coding.quote), _words(quote), quote.coding.stance, quote.coding.id,
        )
        for quote in quotes
    )  # fmt: skip
    columns = ("code", "participant", "source", "line", "time", "cases", "quote", "words", "stance", "number")
    return Table(columns, rows, "Quotes for the paper", tuple(_below(quotes, participants, remarks)), objects)


def participants_table(
    quotes: Sequence[PaperQuote], participants: Sequence[Participant], remarks: Sequence[str]
) -> Table:
    """Return a table with one row per participant. A participant without quotes has a row too.

    `remarks` are lines to print below the table.
    """
    rows = tuple((each.name, each.quotes, each.codes, each.sources) for each in participants)
    below = tuple(_below(quotes, participants, remarks))
    return Table(("participant", "quotes", "codes", "sources"), rows, "Quotes for the paper by participant", below)


def _words(quote: PaperQuote) -> str:
    return "spoken" if quote.verbatim else "notes"


def _below(quotes: Sequence[PaperQuote], participants: Sequence[Participant], remarks: Sequence[str]) -> list[str]:
    quoted = [each for each in participants if each.quotes]
    lines = [f"{plural(len(quotes), 'quote')} of {len(quoted):,} of {plural(len(participants), 'participant')}."]
    if quoted:
        lines.append(
            f"The most quoted participant is {one_line(quoted[0].name)}, with {plural(quoted[0].quotes, 'quote')}."
        )
    if any(not quote.verbatim for quote in quotes):
        lines.append("Quotes from notes are not the words of a person: print them without quotation marks.")
    return [*lines, *remarks]
