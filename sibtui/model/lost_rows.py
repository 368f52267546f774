"""Counts of rows that a damaged study has lost, because they cannot be read completely."""

from __future__ import annotations

from sibtui.model.frozen import dataclass

_NOUNS = {
    "acts": "act",
    "attributes": "attribute",
    "case_values": "value of a case",
    "cases": "case",
    "claims": "claim",
    "coders": "coder",
    "codes": "code",
    "coding_cases": "case of a coding",
    "codings": "coding",
    "judgements": "judgement",
    "lineage": "event of a code",
    "matrices": "matrix",
    "memos": "memo",
    "method_answers": "answer about the methods",
    "project": "study",
    "proposals": "proposal",
    "queries": "query",
    "readings": "reading",
    "round_sources": "source of a round",
    "rounds": "round",
    "set_sources": "source of a set",
    "source_cases": "case of a source",
    "source_sets": "set of sources",
    "source_values": "value of a source",
    "sources": "source",
    "summaries": "summary",
    "texts": "text of a source",
    "topics": "topic record",
}


@dataclass(frozen=True, slots=True)
class LostRows:
    """The number of rows that a damaged study has lost in one table, for one reason.

    `rows` is 0 if the number is unknown.

    >>> str(LostRows("codings", 2, "a value that no study has"))
    '2 codings: a value that no study has'
    """

    table: str
    rows: int
    reason: str

    def __str__(self) -> str:
        return f"{self._counted()}: {self.reason}"

    def _counted(self) -> str:
        noun = self.noun(self.table)
        if not self.rows:
            return f"some {_many(noun)}"
        return f"1 {noun}" if self.rows == 1 else f"{self.rows:,} {_many(noun)}"

    @staticmethod
    def noun(table: str) -> str:
        """Return the word that messages use for a row of a table, such as `coding`.

        >>> LostRows.noun("source_cases")
        'case of a source'
        """
        return _NOUNS.get(table, "part of a matrix" if table.startswith("matrix_") else "record")


def _many(noun: str) -> str:
    head, of, rest = noun.partition(" of ")
    plural = {"matrix": "matrices", "study": "studies"}.get(head, f"{head}s")
    return f"{plural}{of}{rest}"
