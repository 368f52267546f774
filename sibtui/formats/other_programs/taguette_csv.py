"""Writing codings as CSV in the form that Taguette exports, for scripts that read such files.

`coding_table_reader` can read the result again.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sibtui.formats.codec.csv_out import write_csv
from sibtui.model.import_reports import Loss

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sibtui.model.records import Coding

COLUMNS = ("id", "document", "tag", "content")
"""The columns of a CSV file of highlights that Taguette exports, in the same order."""


def write_taguette_csv(codings: Iterable[Coding]) -> Iterator[str]:
    """Yield the codings as CSV, in chunks of lines.

    Codings of the same passage get the same id, because in Taguette they are one highlight with several tags. Codings
    of the same passage must follow one another in `codings`. Each code is written with its whole path, because tags in
    Taguette have no hierarchy.
    """
    yield from write_csv(COLUMNS, _rows(codings))


def _rows(codings: Iterable[Coding]) -> Iterator[tuple[int, str, str, str]]:
    number, last = 0, None
    for coding in codings:
        place = (coding.source, coding.segment)
        number += place != last
        last = place
        yield number, coding.source, coding.code, coding.quote


def taguette_losses(codings: Iterable[Coding]) -> tuple[Loss, ...]:
    """Return the facts about codings that an export to Taguette loses, because Taguette has no columns for them."""
    counts: Counter[str] = Counter()
    for coding in codings:
        counts["places of quotes in their sources"] += 1
        counts["codings that are counter-evidence, which look like any other"] += coding.stance == "counters"
        counts["tentative codings, which look like firm ones"] += coding.certainty == "tentative"
        counts["cases of codings"] += bool(coding.cases)
        counts["memos on codings"] += bool(coding.memo)
        counts["who coded, and when"] += 1
    return tuple(
        Loss(fact, count, "not written; the export of codings keeps it") for fact, count in counts.items() if count
    )
