"""Words of an erased source in other texts of the study.

These words are replaced in texts of the researcher. In texts of other people, the words are only reported.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.model.erased_words import ErasedWords
from sibtui.project.erasing.erased_rows import FREE_TEXTS, erase_names_in_bases, erase_words_in_history
from sibtui.project.erasing.withdrawal_values import RemainingMention
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import erasure, source_traces

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.project.erasing.withdrawal_values import ErasureTally
    from sibtui.store.connection import Store

_WORDS = {
    "memos": "memo",
    "codings": "coding memo",
    "codes": "code",
    "lineage": "code note",
    "judgements": "judgement",
    "matrix_notes": "table note",
    "matrix_rows": "table note",
    "matrices": "table title",
    "project": "study description",
    "proposals": "proposal",
    "queries": "query",
    "rounds": "round name",
    "source_sets": "set of sources",
    "summaries": "summary",
    "claims": "claim",
    "method_answers": "answer about the methods",
    "sources": "source title",
    "case_values": "attribute value",
    "source_values": "attribute value",
}
"""A map: table → word for one of its texts."""
_OWN_VERBS = ("source", "coding", "memo", "reading", "topic")
_COUNT = re.compile(r"\d[\d,]* (?:source|coding)s?|sources|codings|the study")


def erase_words(store: Store, tally: ErasureTally) -> None:
    """Replace quotes and names of the erased source in the history, and in all texts that researchers wrote."""
    words = ErasedWords(tally.texts, tally.quotes, tally.names)
    words.narrow(_free_texts(store))
    words.spare(text for _, text in source_traces.texts_of_others(store))
    for table, columns in FREE_TEXTS.items():
        changed = {row for column in columns for row in erasure.rewrite_column(store, table, column, words.replaced)}
        tally.rewritten[_WORDS[table]] += len(changed)
    erase_words_in_history(store, words, tally.uids)
    names = ErasedWords(words=[*tally.names, *tally.labels])
    erase_names_in_bases(store, names)
    verbs = dict(store.query("SELECT id, verb FROM acts").fetchall())
    for act in tally.acts:
        is_own = str(verbs.get(act, "")).startswith(_OWN_VERBS)
        change = _without_names if is_own else names.replaced
        erasure.rewrite_column(store, "acts", "summary", change, [act])


def _without_names(summary: str) -> str:
    """Return `summary` if it is only a count, such as “3 codings”. Otherwise, return `[withdrawn]`.

    Any other summary may contain a name.
    """
    return summary if _COUNT.fullmatch(summary) else "[withdrawn]"


def _free_texts(store: Store) -> Iterator[str]:
    for table, columns in FREE_TEXTS.items():
        for column in columns:
            yield from (row[0] for row in store.query(f"SELECT {column} FROM {table}") if row[0])
    for (image,) in store.query("SELECT image FROM images WHERE image IS NOT NULL AND image <> '{}'"):
        yield image


def mentions(store: Store, names: Sequence[str]) -> Iterator[RemainingMention]:
    """Yield the sources, cases and codes that still contain one of the erased names.

    A source is searched in its name and its text.
    """
    words = ErasedWords(names=names)
    for name, text in source_traces.texts_of_others(store):
        if count := len(words.found(f"{name}\n{text}")):
            yield RemainingMention("source", name, count)
    for case in case_rows.cases(store):
        if count := len(words.found(f"{case.label}\n{case.private_name or ''}")):
            yield RemainingMention("case", case.label, count)
    for code in code_rows.codes(store):
        if count := len(words.found(code.path)):
            yield RemainingMention("code", code.path, count)
