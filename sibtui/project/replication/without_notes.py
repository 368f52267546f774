"""Study drafts for a replication package: without private parts and, on request, without the words of the notes.

A study draft has the items of a study in memory.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, TypeVar

from sibtui.errors import InputError
from sibtui.model.agreement.decisions import is_consensus, kept_decision
from sibtui.model.lazy_items import heads, mapped
from sibtui.model.query.tokens import tokens
from sibtui.model.query.tree import COMPARATORS
from sibtui.model.text import one_line
from sibtui.project.replication.quoted_words import QuotedWords

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sibtui.model.drafts import CodeDraft, CodingDraft, MemoDraft, SourceDraft, StudyDraft
    from sibtui.model.judgement_basis import BasisQuote
    from sibtui.model.matrix_definition import Judgement, MatrixDefinition
    from sibtui.model.summaries import Summary

    W = TypeVar("W", Judgement, Summary)
    _Change = Callable[[str], str]

_MASK = "x"


def masked(text: str) -> str:
    r"""Return a text of the same length without its words: each character except the ends of lines becomes an x.

    >>> masked("No money.\nNone")
    'xxxxxxxxx\nxxxx'
    """
    return "\n".join(_MASK * len(line) for line in text.split("\n"))


def without_private_parts(draft: StudyDraft, *, memos: bool) -> tuple[StudyDraft, Counter[str]]:
    """Return (draft without private parts, map: kind of item left out → number of these items).

    The records of erased sources and texts are always left out. If `memos` is False, memos are left out too, except
    those that record a decision on a disagreement of coders: the tables depend on these memos.
    """
    kept = draft.memos if memos else tuple(memo for memo in draft.memos if _is_decision(memo))
    left_out = Counter({"withdrawn sources": len(draft.withdrawn), "memos": len(draft.memos) - len(kept)})
    codings = draft.codings
    if not memos:
        left_out["memos on codings"] = sum(bool(coding.memo) for coding in codings)
        codings = mapped(codings, lambda coding: replace(coding, memo=None))
    return replace(draft, codings=codings, memos=kept, withdrawn=(), erased_texts=(), package=None), left_out


def _is_decision(memo: MemoDraft) -> bool:
    return is_consensus(memo.coder or "") and kept_decision(memo.title, memo.text) is not None


def without_notes(draft: StudyDraft) -> tuple[StudyDraft, Counter[str], QuotedWords]:
    """Return (draft without words of the notes, map: kind of item left out → number of items, finder of quotes).

    The finder of quotes finds words of the notes in memos, definitions and other texts; these quotes are removed. In
    the texts of sources, each character becomes an x, so that the codings keep their places. Raises InputError if a row
    of a matrix uses a saved query that contains words of the notes.
    """
    written: list[str] = []

    def remember(text: str) -> str:
        written.append(text)
        return text

    with_written_texts(draft, remember)
    on_codings = [coding.memo for coding in draft.codings if coding.memo]  # `draft.codings` may be read when it is used
    written += [*on_codings, *(words for query in draft.queries for words in _searched(query.expression))]
    quoted = QuotedWords(written, chain(map(_without_title, draft.sources), _older_quotes(draft)))
    queries = tuple(
        query for query in draft.queries if all(quoted.without(each) == each for each in _searched(query.expression))
    )
    _refuse_rows(draft, {query.name for query in queries})
    quoted.count = 0
    left_out = Counter(
        {
            "notes": len(draft.sources),
            "quotes of codings": len(draft.codings),
            "examples of codes": sum(bool(code.example) for code in draft.codes),
            "saved queries with words of notes": len(draft.queries) - len(queries),
        }
    )
    clean = with_written_texts(draft, quoted.without)
    for memo in on_codings:
        quoted.without(memo)
    left_out["quotes in other texts"] = quoted.count
    changed = replace(
        clean,
        sources=mapped(clean.sources, _masked_source),
        codings=mapped(clean.codings, _masked_coding),
        codes=tuple(replace(code, example="") for code in clean.codes),
        matrices=tuple(replace(each, judgements=tuple(map(_masked_basis, each.judgements))) for each in clean.matrices),
        summaries=tuple(map(_masked_basis, clean.summaries)),
        queries=queries,
    )
    return changed, left_out, quoted


def _searched(expression: str) -> list[str]:
    """Return the parts of a query that may be quotes of notes.

    These are values of attributes, and words that the query searches in texts or memos. The searched words are
    returned in quotation marks, because `QuotedWords` finds short quotes only in such marks.
    """
    words = []
    for before, part in pairwise(tokens(expression)):
        if part.kind == "name" and before.text.lower() in {"text", "memo"}:
            words.append(f"“{part.text}”")
        elif part.kind == "name" and before.text in COMPARATORS:
            words.append(part.text)
    return words


def _refuse_rows(draft: StudyDraft, queries: set[str]) -> None:
    """Raise InputError if a row of a matrix uses a saved query that is left out.

    `queries` has the names of the queries that are kept.
    """
    for matrix in draft.matrices:
        for row in matrix.rows:
            if row.query and row.query not in queries:
                table, label, query = (one_line(text, 60) for text in (matrix.name, row.label, row.query))
                raise InputError(
                    f"The table “{table}” needs words of the notes: its row “{label}” draws on the query “{query}”."
                )


def _without_title(source: SourceDraft) -> str:
    """Return the text of a source without the title at its beginning, so that a title does not count as a quote."""
    if not source.title:
        return source.text
    before, _, after = source.text.partition(source.title)
    return source.text if any(map(str.isalnum, before)) else before + after


def _older_quotes(draft: StudyDraft) -> list[str]:
    """Return quotes that may come from earlier versions of the texts.

    These are the quotes in the stored evidence of judgements and summaries, and the quotes of codings with an uncertain
    place.
    """
    bases = [each.basis for matrix in draft.matrices for each in matrix.judgements]
    bases += [each.basis for each in draft.summaries]
    quotes = [quote for basis in bases if basis is not None for quote in basis.quotes]
    undecided = [coding.quote or "" for coding in draft.codings if coding.undecided]
    return [f"{quote.before}{quote.quote}{quote.after}" for quote in quotes] + undecided


def _masked_source(source: SourceDraft) -> SourceDraft:
    return replace(source, text=masked(source.text))


def _masked_coding(coding: CodingDraft) -> CodingDraft:
    if coding.undecided and coding.quote is not None:
        return replace(coding, quote=masked(coding.quote))
    return replace(coding, quote=None, nth=None)


def _masked_basis(each: W) -> W:
    if each.basis is None:
        return each
    return replace(each, basis=each.basis.with_quotes(_masked_quote))


def _masked_quote(quote: BasisQuote) -> BasisQuote:
    return replace(quote, quote=masked(quote.quote), before=masked(quote.before), after=masked(quote.after))


def with_written_texts(draft: StudyDraft, change: _Change) -> StudyDraft:
    """Return the draft with `change(text)` in place of each text that people wrote, such as a memo or a definition.

    The texts of sources are not changed here. Names and labels stay, because other parts refer to them.
    """
    return replace(
        draft,
        study=_changed(draft.study, change, "name", "description", "agreement"),
        cases=tuple(replace(case, attributes=_values(case.attributes, change)) for case in draft.cases),
        sources=_sources(draft, change),
        codes=tuple(_code(code, change) for code in draft.codes),
        codings=mapped(draft.codings, lambda coding: _changed(coding, change, "memo")),
        memos=tuple(_changed(memo, change, "title", "text") for memo in draft.memos),
        proposals=tuple(_changed(each, change, "definition", "reason") for each in draft.proposals),
        claims=tuple(_changed(claim, change, "text", "place", "human") for claim in draft.claims),
        answers=tuple(_changed(answer, change, "text") for answer in draft.answers),
        matrices=tuple(_matrix(matrix, change) for matrix in draft.matrices),
        summaries=tuple(_changed(each, change, "text") for each in draft.summaries),
    )


T = TypeVar("T")


def _changed(item: T, change: _Change, *fields: str) -> T:
    """Return a copy of `item` with `change(text)` in place of the text in each of these fields.

    Empty fields stay empty.
    """
    texts = {field: change(text) for field in fields if (text := getattr(item, field))}
    return replace(item, **texts) if texts else item  # type: ignore[type-var]


def _sources(draft: StudyDraft, change: _Change) -> Any:
    """Return the sources with `change(text)` in place of each title and attribute value.

    `change` is called only once for each text, even if the sources are read several times.
    """
    fields = {
        source.name: (change(source.title) if source.title else "", _values(source.attributes, change))
        for source in heads(draft.sources)
    }

    def with_fields(source: SourceDraft) -> SourceDraft:
        title, attributes = fields[source.name]
        return replace(source, title=title, attributes=attributes)

    return mapped(draft.sources, with_fields)


def _values(attributes: Mapping[str, Any], change: _Change) -> dict[str, Any]:
    return {name: change(value) if isinstance(value, str) else value for name, value in attributes.items()}


def _code(code: CodeDraft, change: _Change) -> CodeDraft:
    code = _changed(code, change, "definition", "include", "exclude")
    return replace(code, lineage=tuple(_changed(event, change, "definition", "note") for event in code.lineage))


def _matrix(matrix: MatrixDefinition, change: _Change) -> MatrixDefinition:
    rows = (
        replace(_changed(row, change, "note"), notes={column: change(note) for column, note in row.notes.items()})
        for row in matrix.rows
    )
    return replace(
        _changed(matrix, change, "title"),
        rows=tuple(rows),
        judgements=tuple(_changed(each, change, "because") for each in matrix.judgements),
    )
