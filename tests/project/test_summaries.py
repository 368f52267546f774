"""Summaries of cells: their links, their evidence, the acts, and the table of words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError, NotFoundError
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition

from .study import TEXT, apply_code

if TYPE_CHECKING:
    from sibtui.model.records import Coding
    from sibtui.project import Project

ROWS = (RowDefinition("Brokers", "Brokering"), RowDefinition("Money", "Budgets"))


@pytest.fixture
def table(coded: Project) -> Project:
    """A saved table with two rows and a column for each case."""
    coded.matrices.define(MatrixDefinition("t", "The table", ROWS))
    return coded


def quote(project: Project, source: str = "A1") -> Coding:
    return next(iter(project.codings.list(source=source)))


def open_work(project: Project, **options: bool) -> list[tuple[str, str]]:
    return [(each.what, each.message) for each in project.check(**options) if "summar" in each.what]


def test_a_summary_keeps_its_text_coder_and_evidence(table: Project) -> None:
    number = quote(table).id
    table.summaries.set("T", "brokers", "SIB A", f" They broker [{number}]. ")
    [written] = table.summaries.list()
    summary = written.summary
    assert (summary.matrix, summary.row, summary.column, summary.coder) == ("t", "Brokers", "SIB A", "Ana")
    assert summary.text == f"They broker [{number}]."
    assert [each.quote for each in summary.basis.quotes] == [quote(table).quote]
    assert (written.changes, written.lost) == ((), ())


@pytest.mark.parametrize(
    ("link", "reason"),
    [
        ("[99]", "there is no coding 99."),
        ("[{other}]", "coding {other} is no quote of “Brokers” in SIB A."),
        ("[A9 0:5]", "there is no source A9."),
        ("[A1 40:50]", "no quote of “Brokers” in SIB A is at this place."),
        ("[B1 0:5]", "no quote of “Brokers” in SIB A is at this place."),
    ],
)
def test_a_link_that_leads_to_no_quote_of_the_cell_is_refused(table: Project, link: str, reason: str) -> None:
    other = quote(table, "B1").id
    with pytest.raises(InputError) as raised:
        table.summaries.set("t", "Brokers", "SIB A", f"They broker {link.format(other=other)}.")
    assert str(raised.value) == f"{link.format(other=other)}: {reason.format(other=other)}"
    assert table.summaries.list() == []


def test_a_link_to_a_part_of_a_quote_is_taken(table: Project) -> None:
    segment = quote(table).segment
    text = f"They broker [A1 {segment.start}:{segment.start + 1}]."
    assert table.summaries.set("t", "Brokers", "SIB A", text).summary.text == text


def test_an_empty_summary_and_a_missing_summary_are_refused(table: Project) -> None:
    with pytest.raises(InputError, match="needs a text"):
        table.summaries.set("t", "Brokers", "SIB A", "  ")
    for call in (table.summaries.get, table.summaries.remove):
        with pytest.raises(NotFoundError, match="has no summary"):
            call("t", "Brokers", "SIB A")
    with pytest.raises(NotFoundError, match="has no summary"):
        table.summaries.get_code("Brokering", "SIB A")


def test_a_second_text_of_a_coder_replaces_the_first_and_another_coder_has_a_text_beside_it(table: Project) -> None:
    table.summaries.set("t", "Brokers", "SIB A", "First.")
    table.summaries.set("t", "Brokers", "SIB A", "Second.")
    table.set_coder("Ben")
    table.summaries.set("t", "Brokers", "SIB A", "Third.")
    found = [(each.summary.coder, each.summary.text) for each in table.summaries.get("t", "Brokers", "SIB A")]
    assert found == [("Ana", "Second."), ("Ben", "Third.")]
    with pytest.raises(NotFoundError):
        table.summaries.remove("t", "Brokers", "SIB A", coder="Cem")
    assert table.summaries.remove("t", "Brokers", "SIB A", coder="Ana").text == "Second."
    assert [each.summary.coder for each in table.summaries.list()] == ["Ben"]


def test_a_summary_of_a_code_in_a_case_counts_the_sub_codes(table: Project) -> None:
    number = quote(table).id
    theme = table.codes.get("Brokering").path.split("/")[0]
    written = table.summaries.set_code(theme, "SIB A", f"They broker [{number}].")
    assert (written.summary.code, written.summary.case) == (theme, "SIB A")
    assert table.summaries.list(code=theme, case="SIB A")[0].changes == ()
    assert table.summaries.list("t") == []
    assert table.summaries.remove_code(theme, "SIB A").text == f"They broker [{number}]."


def test_new_and_lost_quotes_make_a_summary_stale(table: Project) -> None:
    old = quote(table)
    table.summaries.set("t", "Brokers", "SIB A", f"They broker [{old.id}].")
    apply_code(table, "A1", "Brokering", 20, 30)
    [written] = table.summaries.list()
    assert written.changes == (f"1 quote is new (“{TEXT[20:30].strip()}”)",)
    table.codings.remove(old.id)
    [written] = table.summaries.list()
    assert [change.split(" (")[0] for change in written.changes] == ["1 quote is gone", "1 quote is new"]
    assert written.lost == (f"[{old.id}]: there is no coding {old.id}.",)
    assert [what for what, _ in open_work(table)] == ["stale summary", "link of a summary"]


def test_thresholds_and_readings_do_not_make_a_summary_stale(table: Project) -> None:
    from dataclasses import replace

    from sibtui.model.presence import Rule

    table.summaries.set("t", "Brokers", "SIB A", "They broker.")
    table.matrices.define(replace(table.matrices.get("t"), rule=Rule(3, 2)))
    table.readings.remove("A1", coder="Ana")
    assert table.summaries.list()[0].changes == ()


def test_cells_with_quotes_and_without_a_summary_are_listed_when_asked(table: Project) -> None:
    assert table.summaries.missing("t") == [("Brokers", "SIB A"), ("Brokers", "SIB B"), ("Money", "SIB A")]
    table.summaries.set("t", "Brokers", "SIB A", "They broker.")
    assert len(table.summaries.missing("t")) == 2
    assert open_work(table) == []
    assert open_work(table, summaries=True)[0] == ("no summary", "Brokers, SIB B: has quotes and no summary.")


def test_each_change_is_one_act_that_can_be_undone(table: Project) -> None:
    table.summaries.set("t", "Brokers", "SIB A", "First.")
    table.summaries.set("t", "Brokers", "SIB A", "Second.")
    table.summaries.remove("t", "Brokers", "SIB A")
    acts = table.history.list(limit=3)
    assert [(act.verb, act.summary) for act in acts] == [
        ("summary remove", "summary of Brokers in SIB A"),
        *[("summary set", "summary of Brokers in SIB A")] * 2,
    ]
    table.history.undo()
    assert table.summaries.list()[0].summary.text == "Second."
    table.history.undo()
    assert table.summaries.list()[0].summary.text == "First."
    table.history.undo()
    assert table.summaries.list() == []
    table.history.redo()
    assert table.summaries.list()[0].summary.text == "First."


def test_the_history_names_the_cell_and_the_text(table: Project) -> None:
    table.summaries.set_code("Brokering", "SIB A", "They broker.")
    table.summaries.set("t", "Brokers", "SIB A", "They broker.")
    found = [
        (fact.item, fact.fields)
        for act in table.history.list(limit=2)
        for fact in table.history.facts(act.id)
        if fact.what == "summary"
    ]
    fields, path = (("coder", "", "Ana"), ("text", "", "They broker.")), table.codes.get("Brokering").path
    assert found == [
        ("Brokers in SIB A", fields),
        (f"{path} in SIB A", (("code", "", path), ("case", "", "SIB A"), *fields)),
    ]


def test_a_summary_survives_a_new_label_of_its_row_and_goes_with_the_row(table: Project) -> None:
    from sibtui.workspace.table_edits import relabel, remove_row, set_columns

    table.summaries.set("t", "Brokers", "SIB A", "They broker.")
    table.matrices.define(relabel(table.matrices.get("t"), 0, "Brokerage"))
    assert table.summaries.list()[0].summary.row == "Brokerage"
    assert set_columns(table.matrices.get("t"), "sources").summaries == ()
    table.matrices.define(remove_row(table.matrices.get("t"), 0))
    assert table.summaries.list() == []


def test_a_row_of_the_codebook_keeps_its_summary_and_is_no_longer_stored_without_it(table: Project) -> None:
    table.matrices.define(MatrixDefinition("all", "All", (), rows_from="all"))
    stored = table.matrices.stored("all").rows
    label = next(row.label for row in table.matrices.get("all").rows if "Brokering" in row.codes[0])
    table.summaries.set("all", label, "SIB A", "They broker.")
    table.codes.rename("Brokering", "Brokerage")
    assert table.summaries.list()[0].summary.row == "Brokerage"
    table.summaries.remove("all", "Brokerage", "SIB A")
    assert table.matrices.stored("all").rows == stored


def test_merged_cases_and_codes_take_their_summaries_along(table: Project) -> None:
    table.cases.add("SIB C")
    table.summaries.set("t", "Brokers", "SIB A", "In A.")
    table.summaries.set("t", "Brokers", "SIB B", "In B.")
    table.summaries.set_code("Brokering", "SIB B", "Code in B.")
    table.summaries.set_code("Budgets", "SIB B", "Money in B.")
    table.cases.merge("SIB B", into="SIB A")
    found = {(s.summary.row or s.summary.code.split("/")[-1]): s.summary.text for s in table.summaries.list()}
    assert found == {"Brokers": "In A.\n\nIn B.", "Brokering": "Code in B.", "Budgets": "Money in B."}
    table.codes.merge("Brokering", into="Budgets")
    [merged] = table.summaries.list(code="Budgets")
    assert merged.summary.text == "Money in B.\n\nCode in B."


def test_a_renamed_source_is_renamed_in_the_links(table: Project) -> None:
    segment = quote(table).segment
    table.summaries.set("t", "Brokers", "SIB A", f"They broker [A1 {segment}].")
    table.sources.set("A1", new_name="A [first]")
    [written] = table.summaries.list()
    assert written.summary.text == f'They broker ["A [first]" {segment}].'
    assert written.lost == ()


def test_the_table_of_words_has_numbered_links_and_its_quotes(table: Project) -> None:
    number = quote(table).id
    table.summaries.set("t", "Brokers", "SIB A", f"They broker [{number}], always [{number}].")
    table.summaries.set("t", "Brokers", "SIB B", f"Here too [{quote(table, 'B1').id}].")
    shown = table.matrices.show("t", show="summary")
    assert shown.cell("Brokers", "SIB A").mark == "They broker [1], always [1]."
    assert shown.cell("Brokers", "SIB B").mark == "Here too [2]."
    assert [(each.number, each.source, each.coding) for each in shown.linked] == [
        (1, "A1", number), (2, "B1", quote(table, "B1").id),
    ]  # fmt: skip
    both = table.matrices.show("t", show="summary + mark")
    assert both.cell("Brokers", "SIB A").mark == "X\nThey broker [1], always [1]."


def test_only_verbatim_words_have_quotation_marks(table: Project) -> None:
    table.summaries.set("t", "Brokers", "SIB A", f"They broker [{quote(table).id}].")
    words = quote(table).quote
    assert table.matrices.show("t", show="summary").linked[0].words == words
    table.sources.set("A1", fidelity="verbatim")
    assert table.matrices.show("t", show="summary").linked[0].words == f"“{words}”"


def test_links_of_the_table_lead_to_quotes_in_each_format(
    table: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    table.summaries.set("t", "Brokers", "SIB A", f"They broker [{quote(table).id}].\nOften.")
    shown = table.matrices.show("t", show="summary", transposed=True)
    html = shown.to_html()
    assert '<td>They broker <a href="#quote-1">[1]</a>.<br>Often.</td>' in html
    assert 'id="quote-1"' in html
    markdown = shown.to_markdown()
    assert "| SIB A | They broker [\\[1\\]](#quote-1). / Often. |" in markdown
    assert '<a id="quote-1"></a>1' in markdown
    assert shown.to_csv().splitlines()[0].startswith("row,Brokers,Money")
    folder = tmp_path_factory.mktemp("grid")
    shown.write(folder / "t.xlsx")
    shown.write(folder / "t.docx")
    from docx import Document
    from openpyxl import load_workbook

    book = load_workbook(folder / "t.xlsx")
    linked = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.hyperlink]
    assert [cell.hyperlink.location for cell in linked] == ["'Quotes of t'!A2"]
    assert book.worksheets[1]["E2"].value == quote(table).quote
    document = Document(folder / "t.docx")
    assert document.sections[0].page_width > document.sections[0].page_height
    assert 'w:anchor="quote_1"' in document.element.xml
    assert 'w:name="quote_1"' in document.element.xml


def test_a_stale_summary_and_a_lost_link_are_named_below_the_table(table: Project) -> None:
    old = quote(table)
    table.summaries.set("t", "Brokers", "SIB A", f"They broker [{old.id}].")
    table.codings.remove(old.id)
    shown = table.matrices.show("t", show="summary")
    assert shown.cell("Brokers", "SIB A").mark == "They broker [?]."
    line = f"Summarised before the evidence changed: Brokers, SIB A (1 quote is gone (“{old.quote}”))."
    assert ("summaries", line) in shown.about


def test_summaries_are_left_out_where_only_part_of_the_evidence_counts(table: Project) -> None:
    table.summaries.set("t", "Brokers", "SIB A", "They broker.")
    assert table.matrices.show("t", show="summary", coders="Ana").cell("Brokers", "SIB A").summaries == ()
    assert table.matrices.show("t", show="summary", cases="SIB A").cell("Brokers", "SIB A").summaries != ()


def test_a_table_is_not_saved_with_summaries_as_its_contents(table: Project) -> None:
    with pytest.raises(InputError, match="can be shown, but not saved"):
        table.matrices.define(MatrixDefinition("u", "", ROWS, show="summary"))


def test_a_copy_of_a_table_has_its_own_summaries(table: Project) -> None:
    table.summaries.set("t", "Brokers", "SIB A", "They broker.")
    table.matrices.duplicate("t", "u")
    table.summaries.remove("u", "Brokers", "SIB A")
    assert [each.summary.matrix for each in table.summaries.list()] == ["t"]


def test_summaries_are_refused_in_a_blind_round(table: Project) -> None:
    table.summaries.set("t", "Brokers", "SIB A", "They broker.")
    table.summaries.set_code("Brokering", "SIB A", "They broker.")
    hidden, at = quote(table), ("t", "Brokers", "SIB A")
    table.codings.set(hidden.id, certainty="tentative")
    before = table.summaries.list()
    table.rounds.start("second", blind=True)
    for use in (
        lambda: table.summaries.set(*at, "Nobody spoke of it."),
        lambda: table.summaries.set(*at, f"Words [{hidden.id}]."),
        lambda: table.summaries.set_code("Brokering", "SIB A", "Nobody spoke of it."),
        lambda: table.summaries.get(*at),
        lambda: table.summaries.get_code("Brokering", "SIB A"),
        table.summaries.list,
        lambda: table.summaries.missing("t"),
        lambda: table.summaries.remove(*at),
        lambda: table.summaries.remove_code("Brokering", "SIB A"),
    ):
        with pytest.raises(InputError, match=r"^(A summary|The list of summaries) needs codings that the open blind"):
            use()
    assert [finding for finding in table.check(summaries=True) if "summar" in finding.what] == []
    table.rounds.end()
    assert table.summaries.list() == before
    assert all(each.changes for each in before)


def test_summaries_are_inserted_in_a_blind_round_beside_those_written_before(table: Project) -> None:
    from dataclasses import replace

    first = table.summaries.set("t", "Brokers", "SIB A", "They broker.").summary
    table.rounds.start("second", blind=True)
    with table.act("summary set", "a summary"):
        table.summaries.insert([replace(first, text="They coach.", uid="")])
    table.rounds.end()
    assert [each.summary.text for each in table.summaries.list()] == ["They broker.\n\nThey coach."]


def test_names_select_summaries_and_unknown_names_are_refused(table: Project) -> None:
    table.summaries.set("t", "Brokers", "SIB A", "In A.")
    table.summaries.set("t", "Money", "SIB A", "Money.")
    assert [each.summary.text for each in table.summaries.list(row="money", matrix="t")] == ["Money."]
    assert len(table.summaries.list("t", column="sib a")) == 2
    for names in ({"row": "No"}, {"column": "No"}):
        with pytest.raises(NotFoundError):
            table.summaries.list("t", **names)


def test_a_summary_stays_listed_when_its_matrix_lacks_a_chosen_column(coded: Project) -> None:
    coded.sources.set("A1", attributes={"mode": "phone"})
    coded.matrices.define(MatrixDefinition("modes", "", ROWS, "attribute:mode", ("phone",)))
    coded.summaries.set("modes", "Brokers", "phone", f"They call [{quote(coded).id}].")
    coded.sources.set("A1", attributes={"mode": "in person"})
    [written] = coded.summaries.list("modes", row="brokers", column="phone")
    assert (written.summary.column, written.changes, written.lost) == ("phone", (), ())
    assert [each.where for each in coded.check() if each.what == "matrix"] == ["modes"]
    with pytest.raises(NotFoundError, match="picks a column"):
        coded.summaries.set("modes", "Brokers", "phone", "Again.")
