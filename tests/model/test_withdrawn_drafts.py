"""A study without the sources that were withdrawn from it."""

from __future__ import annotations

from dataclasses import replace

from sibtui.model.drafts import CodingDraft, MemoDraft, SourceDraft, StudyDraft
from sibtui.model.judgement_basis import BasisQuote, JudgementBasis
from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition
from sibtui.model.records import Reading, Study, TopicRecord
from sibtui.model.summaries import Summary
from sibtui.model.withdrawn_drafts import without_sources

NAMES = ("gone", "stays")
BASIS = JudgementBasis(
    "present", "1/1", (), (), "", tuple(BasisQuote(f"u-{name}", name, "", "", "supports", "firm") for name in NAMES)
)
JUDGEMENTS = (
    Judgement("Row", "gone", "present", "plain", "Ana", "2020-05-14"),
    Judgement("Row", "stays", "present", "plain", "Ana", "2020-05-14", basis=BASIS),
)
ROW = RowDefinition("Row", ("Code",), notes={"gone": "a note", "stays": "another"})
DRAFT = StudyDraft(
    Study("S", "", "", "", 1),
    sources=tuple(SourceDraft(name, f"Text of {name}.", uid=f"u-{name}") for name in NAMES),
    codings=tuple(CodingDraft(name, "Code", quote="Text") for name in NAMES),
    topics=tuple(TopicRecord(name, "Code", "asked") for name in NAMES),
    readings=tuple(Reading(name, "Ana", "2020-05-14") for name in NAMES),
    memos=(
        MemoDraft("source", "gone", "", "x"),
        MemoDraft("source", "stays", "", "y"),
        MemoDraft("code", "gone", "", "z"),
    ),
    summaries=(
        Summary("Gone.", "Ana", "2020-05-14", "by-source", "Row", "gone"),
        Summary("See [gone 0:4] [stays 0:4].", "Ana", "2020-05-14", "by-case", "Row", "gone", basis=BASIS),
        Summary("Code.", "Ana", "2020-05-14", code="Code", case="gone"),
    ),
    matrices=(
        MatrixDefinition("by-source", "", (ROW,), "sources", only=NAMES, judgements=JUDGEMENTS),
        MatrixDefinition("by-case", "", (ROW,), judgements=JUDGEMENTS),
    ),
)


def test_a_withdrawn_source_leaves_the_draft_with_all_that_belongs_to_it() -> None:
    left = without_sources(DRAFT, {"u-gone"})
    assert [source.name for source in left.sources] == ["stays"]
    for items in (left.codings, left.topics, left.readings):
        assert [item.source for item in items] == ["stays"]
    assert [memo.text for memo in left.memos] == ["y", "z"]
    by_source, by_case = left.matrices
    assert (by_source.only, by_source.rows[0].notes) == (("stays",), {"stays": "another"})
    assert [each.column for each in by_source.judgements] == ["stays"]
    assert [each.column for each in by_case.judgements] == ["gone", "stays"]
    for table in left.matrices:
        assert [quote.quote for quote in table.judgements[-1].basis.quotes] == ["", "stays"]


def test_a_study_without_the_withdrawn_sources_is_returned_unchanged() -> None:
    assert without_sources(DRAFT, {"u-other"}) is DRAFT


def test_a_judgement_loses_its_quote_of_a_source_that_was_removed_before() -> None:
    only_quoted = replace(DRAFT, sources=DRAFT.sources[1:], codings=(), topics=(), readings=(), memos=())
    left = without_sources(only_quoted, {"u-gone"})
    assert [quote.quote for quote in left.matrices[0].judgements[-1].basis.quotes] == ["", "stays"]
    assert without_sources(left, {"u-gone"}) is left


def test_summaries_lose_the_quotes_of_a_withdrawn_source_and_the_links_to_it() -> None:
    first, second = without_sources(DRAFT, {"u-gone"}).summaries
    assert (first.text, second.text) == ("See [0] [stays 0:4].", "Code.")
    assert first.basis is not None
    assert [quote.quote for quote in first.basis.quotes] == ["", "stays"]


def test_a_quote_in_a_summary_alone_is_erased_too() -> None:
    draft = replace(DRAFT, sources=DRAFT.sources[1:], codings=(), matrices=(replace(DRAFT.matrices[1], judgements=()),))
    [summary, _] = without_sources(replace(draft, summaries=DRAFT.summaries[1:]), {"u-gone"}).summaries
    assert summary.basis is not None
    assert [quote.quote for quote in summary.basis.quotes] == ["", "stays"]
