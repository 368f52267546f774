from __future__ import annotations

import pytest

from sibtui.errors import InputError, NotFoundError
from sibtui.model.drafts import CodingDraft, SourceDraft
from sibtui.model.filters import CodingFilter, EvidenceFilter
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.workspace import quote_browser as module
from sibtui.workspace.quote_actions import QuoteActions
from sibtui.workspace.quote_browser import QuoteBrowser, QuotesView, as_text, common_cases


def test_a_single_copied_quote_has_no_source_and_several_quotes_have_sources(coded):
    first, second = list(coded.codings.list())[:2]
    assert as_text([first], coded.sources.text) == first.quote
    text = as_text([first, second], coded.sources.text)
    assert text.startswith(f"{first.quote}\n({first.source}, line ")
    assert f"\n\n{second.quote}\n({second.source}, line " in text


def test_a_copied_quote_over_several_lines_has_its_first_and_last_line(study):
    study.sources.add([SourceDraft("z", "One.\nTwo.\nThree.\nFour.\n")])
    study.codes.add("X")
    codings = [study.codings.add(CodingDraft("z", "X", quote=quote)) for quote in ("Two.\nThree.", "Four.")]
    assert as_text(codings, study.sources.text) == "Two.\nThree.\n(z, lines 2–3)\n\nFour.\n(z, line 4)"


def test_the_first_toggle_of_several_quotes_makes_them_equal_and_the_second_reverses_them(coded):
    """At the start, one quote is firm support, and the other is tentative counter-evidence."""
    actions = QuoteActions(coded)
    for toggle, field, seen in (
        (actions.toggle_stance, "stance", ["counters", "supports"]),
        (actions.toggle_certainty, "certainty", ["tentative", "firm"]),
    ):
        for value in seen:
            toggle(list(coded.codings.list()))
            assert {getattr(coding, field) for coding in coded.codings.list()} == {value}


def test_common_cases_are_those_that_all_sources_touch(coded):
    coded.codings.add(CodingDraft("m1", "People/Trust", quote="In B it was the star."))
    coded.codings.add(CodingDraft("x1", "People/Trust", quote="It is short."))
    sources = {source.name: source for source in coded.sources.list()}
    by_source = {coding.source: coding for coding in coded.codings.list()}
    assert common_cases([by_source["m1"]], sources) == ["SIB A", "SIB B"]
    assert common_cases([by_source["a1"], by_source["m1"]], sources) == ["SIB A"]
    assert common_cases([by_source["m1"], by_source["x1"]], sources) == []
    assert common_cases([], sources) == []


def test_an_action_without_quotes_is_refused(coded):
    with pytest.raises(InputError, match="There is no quote here"):
        QuoteActions(coded).remove([])


def test_a_filter_narrows_the_quotes_and_an_unknown_name_keeps_the_old_filter(coded):
    quotes = QuoteBrowser(coded, QuotesView())
    quotes.load()
    assert quotes.total == 2
    quotes.narrow(CodingFilter(stance="counters"))
    assert [coding.quote for coding in quotes.codings] == ["until March"]
    with pytest.raises(NotFoundError):
        quotes.narrow(CodingFilter(codes=("nowhere",)))
    assert quotes.filter_line == "counters"
    quotes.show_all()
    assert (quotes.total, quotes.filter_line) == (2, "")


def test_read_more_reads_on_until_all_quotes_are_read(coded, monkeypatch):
    monkeypatch.setattr(module, "PAGE", 1)
    quotes = QuoteBrowser(coded, QuotesView())
    quotes.load()
    assert (len(quotes.codings), quotes.total) == (1, 2)
    assert quotes.read_more()
    assert (len(quotes.codings), quotes.total) == (2, 2)
    assert not quotes.read_more()


def test_the_quotes_of_a_cell_are_those_of_its_row_and_column(coded):
    definition = MatrixDefinition(
        "t", "", (RowDefinition("Loss", ("Money",)), RowDefinition("Trust", ("People/Trust",)))
    )
    coded.matrices.define(definition)
    for row, quotes in (("Loss", ["The loss falls on the fund."]), ("Trust", ["until March"])):
        view = QuoteBrowser(coded, QuotesView.of_cell(definition, row, "SIB A"))
        view.load()
        assert [coding.quote for coding in view.codings] == quotes
    other = QuoteBrowser(coded, QuotesView.of_cell(definition, "Loss", "SIB B"))
    other.load()
    assert list(other.codings) == []


def test_quotes_are_narrowed_to_a_speaker(coded):
    coded.sources.add(
        SourceDraft("talk", "Anna Lee: We pay.\nBo: They pay.\nAnna Lee: No.\nBo: Yes.\n", cases=("SIB A",))
    )
    for quote in ("We pay.", "They pay."):
        coded.codings.add("talk", "Money", quote=quote)
    quotes = QuoteBrowser(coded, QuotesView())
    quotes.load()
    quotes.narrow(CodingFilter(speakers=("lee",)))
    assert [coding.quote for coding in quotes.codings] == ["We pay."]
    assert quotes.filter_line == 'speaker:"Anna Lee"'
    with pytest.raises(NotFoundError, match="No speaker is named “Cy”"):
        quotes.narrow(CodingFilter(speakers=("Cy",)))


def test_the_quotes_of_a_cell_pass_each_field_of_its_filter(coded):
    definition = coded.matrices.define(MatrixDefinition("t", "T", (RowDefinition("Trust", "People/Trust"),)))
    quotes = QuoteBrowser(coded, QuotesView.of_cell(definition, "Trust", "SIB A"))
    quotes.load()
    assert quotes.codings
    for narrowed in (EvidenceFilter(where="text nowhere"), EvidenceFilter(rounds=(7,))):
        quotes = QuoteBrowser(coded, QuotesView.of_cell(definition, "Trust", "SIB A", narrowed))
        quotes.load()
        assert not quotes.codings
