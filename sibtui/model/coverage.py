"""Coverage: how many characters of a text are coded, as numbers and as percentages."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Literal, get_args

from sibtui.model.agreement.unitizing import merged_units
from sibtui.model.frozen import dataclass
from sibtui.model.table import Rounded, Table, Value
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

CodedPassage = tuple[int, int, int, bool]
"""A coding of one text: (start, end, code id, whether its stance is "supports")."""

CoverageRow = Literal["source", "code"]
"""What a row of the coverage report is about: a source or a code."""
COVERAGE_ROWS: tuple[CoverageRow, ...] = get_args(CoverageRow)

_MISSING = "not computable"


@dataclass(frozen=True, slots=True)
class SourceCoverage:
    """How much of a source is coded. `coded` is the number of its characters that have at least one code.

    `supported` is the number of characters in codings with the stance "supports". `readers` are the coders who have
    read the source.
    """

    source: str
    kind: str
    characters: int
    coded: int
    supported: int
    codings: int
    codes: int
    readers: tuple[str, ...]
    due: int
    """The number of codes for which the source must be read again."""


class CoverageCount:
    """Counts the coded characters of sources and of codes. Add the sources one after another."""

    def __init__(self) -> None:
        self.characters = 0
        self._coded: Counter[int] = Counter()
        self._sources: Counter[int] = Counter()
        self._codings: Counter[int] = Counter()

    def add(self, passages: Iterable[CodedPassage], characters: int) -> tuple[int, int, int, int]:
        """Add the codings of one source. `characters` is the length of the source.

        Return four counts for this source: coded characters, characters in supporting codings, codings, codes.
        """
        self.characters += characters
        by_code: dict[int, list[tuple[int, int]]] = {}
        supporting: list[tuple[int, int]] = []
        for start, end, code, supports in passages:
            by_code.setdefault(code, []).append((start, end))
            if supports:
                supporting.append((start, end))
        for code, spans in by_code.items():
            self._coded[code] += _length(spans)
            self._sources[code] += 1
            self._codings[code] += len(spans)
        everything = [span for spans in by_code.values() for span in spans]
        return _length(everything), _length(supporting), len(everything), len(by_code)

    def by_code(self, paths: Mapping[int, str], remarks: Sequence[str] = ()) -> Table:
        """Return a table with one row per code: how many characters the code covers, and their percentage of all characters.

        `paths` is a map: code id → path, in the order of the codebook. `remarks` are sentences below the table.
        """
        rows: list[tuple[Value, ...]] = []
        objects: list[dict[str, Any]] = []
        for code, path in paths.items():
            coded, sources, codings = self._coded[code], self._sources[code], self._codings[code]
            share = _percent(coded, self.characters)
            rows.append((path, codings, sources, coded, _shown(share)))
            objects.append(
                {"code": path, "codings": codings, "sources": sources, "characters": coded, "percent": share}
            )
        return Table(
            ("code", "codings", "sources", "characters", "percent"),
            tuple(rows),
            "Coverage by code",
            below=(
                f"percent: the share of the {plural(self.characters, 'character')} of the sources. Sub-codes are not counted in.",
                *remarks,
            ),
            objects=tuple(objects),
        )


def coverage_table(sources: Sequence[SourceCoverage], remarks: Sequence[str] = ()) -> Table:
    """Return a table with one row per source, and a last row for all sources.

    `remarks` are sentences to print below the table.
    """
    characters = sum(each.characters for each in sources)
    coded = sum(each.coded for each in sources)
    supported = sum(each.supported for each in sources)
    rows = [_row(each) for each in sources]
    return Table(
        ("source", "kind", "characters", "coded %", "supports %", "codings", "codes", "read by", "due for"),
        (
            *rows,
            (
                "all", "", characters, _shown(_percent(coded, characters)), _shown(_percent(supported, characters)),
                sum(each.codings for each in sources), "", "", "",
            ),
        ),
        "Coverage by source",
        below=(
            "coded %: the characters with any code. supports %: the characters of codings that support their code.",
            "due for: the codes for which the source has to be read again.",
            *remarks,
        ),
        objects=tuple(map(_object, sources)),
    )  # fmt: skip


def _row(each: SourceCoverage) -> tuple[Value, ...]:
    return (
        each.source, each.kind, each.characters, _shown(_percent(each.coded, each.characters)),
        _shown(_percent(each.supported, each.characters)), each.codings, each.codes, each.readers, each.due,
    )  # fmt: skip


def _object(each: SourceCoverage) -> dict[str, Any]:
    return {
        "source": each.source,
        "kind": each.kind,
        "characters": each.characters,
        "coded": each.coded,
        "coded_percent": _percent(each.coded, each.characters),
        "supports_percent": _percent(each.supported, each.characters),
        "codings": each.codings,
        "codes": each.codes,
        "read_by": list(each.readers),
        "due_for": each.due,
    }


def _length(spans: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in merged_units(spans, touching=True))


def _percent(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


def _shown(percent: float | None) -> Value:
    return _MISSING if percent is None else Rounded(percent, 1)
