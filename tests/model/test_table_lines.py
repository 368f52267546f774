from __future__ import annotations

from dataclasses import replace

import pytest

from sibtui.model.matrix import Cell, CellSummary, Matrix, MatrixRow
from sibtui.model.matrix_definition import Judgement
from sibtui.model.presence import DEFAULT_MARKS, Rule
from sibtui.model.table_lines import TableFacts, lines_under, rule_sentence


def cell(state: str, quotes: int = 0, counter: int = 0) -> Cell:
    return Cell(state, state, DEFAULT_MARKS[state], quotes, 1, 0, counter, None)


def matrix(*cells: Cell, rule: Rule | None = None) -> Matrix:
    columns = tuple(f"SIB {'ABCDEFGHIJ'[at]}" for at in range(len(cells)))
    return Matrix("t", "T", columns, (MatrixRow("Rate card", cells),), "presence", rule or Rule(), DEFAULT_MARKS)


def lines(*cells: Cell, rule: Rule | None = None, **facts: object) -> list[str]:
    return [text for _, text in lines_under(matrix(*cells, rule=rule), TableFacts(**facts), ())]


def test_a_table_without_anything_special_has_no_lines_under_it() -> None:
    assert lines(cell("present", 2), cell("absent")) == []


def test_filters_of_the_evidence_are_listed() -> None:
    assert lines(kinds=("report",)) == ["Evidence from reports only."]
    assert lines(kinds=("interview", "other")) == ["Evidence from interviews and other sources only."]
    assert lines(coders=("R1",)) == ["Codings of R1 only."]
    assert lines(coders=("R1", "R2", "R3")) == ["Codings of R1, R2 and R3 only."]
    assert lines(where="waiting") == ["Codings of the query “waiting” only."]
    assert lines(rounds=(2,)) == ["Codings of round 2 only."]


def test_a_table_without_rows_has_no_line_on_thresholds() -> None:
    assert lines_under(replace(matrix(rule=Rule(2)), rows=()), TableFacts(), ()) == ()
    assert lines(cell("present", 2), rule=Rule(2)) == ["An X needs 2 quotes from 1 source."]


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [
        (Rule(), ""),
        (Rule(2, 2), "An X needs 2 quotes from 2 sources."),
        (Rule(1, 2), "An X needs 1 quote from 2 sources."),
        (Rule(needs=("interview",)), "An X needs an interview."),
        (
            Rule(2, 1, needs=("interview", "report")),
            "An X needs 2 quotes from 1 source, with an interview and a report.",
        ),
        (Rule(1, 1, 2), "An X needs quotes from 2 kinds of source."),
        (Rule(2, 3, 2), "An X needs 2 quotes from 3 sources of 2 kinds."),
    ],
)
def test_thresholds_are_described_in_a_sentence(rule: Rule, sentence: str) -> None:
    assert rule_sentence(rule, "X") == sentence


def test_kinds_that_rows_need_are_listed_with_the_rows() -> None:
    def needing(label: str, *needs: str) -> MatrixRow:
        return MatrixRow(label, (), needs=needs)  # type: ignore[arg-type]

    rows = (needing("A", "report"), needing("B"), needing("C", "report"), needing("D", "other", "interview", "report"))
    made = replace(matrix(rule=Rule(needs=("interview",))), rows=rows)
    assert [text for _, text in lines_under(made, TableFacts(), ())] == [
        "An X needs an interview.",
        "An X needs a report in the rows A; C.",
        "An X needs a report and an other source in the row D.",
    ]
    assert lines_under(replace(made, rule=Rule(), rows=rows[:2]), TableFacts(), ("thresholds",)) == ()
    assert lines_under(replace(made, rows=(needing("A", "interview"),)), TableFacts(), ())[1:] == ()


def test_the_sentence_about_the_rule_uses_the_mark_for_present_cells() -> None:
    assert rule_sentence(Rule(2), "+") == "A + needs 2 quotes from 1 source."
    assert rule_sentence(Rule(2), " ") == "A present cell needs 2 quotes from 1 source."


def test_judgements_and_their_changes_are_listed() -> None:
    judged = replace(cell("present"), judgement=Judgement("Rate card", "SIB A", "present", "why", "me", ""))
    assert lines(judged) == ["1 cell is a judgement: Rate card, SIB A."]
    stale = replace(judged, changes=("the thresholds were 1/1, and are 3/3", "1 quote is new"))
    assert lines(judged, stale) == [
        "2 cells are judgements: Rate card, SIB A; Rate card, SIB B.",
        "Judged before the evidence changed: Rate card, SIB B (the thresholds were 1/1, and are 3/3; 1 quote is new).",
    ]


def test_summaries_with_changed_evidence_are_listed() -> None:
    current, stale = CellSummary("Few cards.", "Ana", ""), CellSummary("Many.", "Ben", "", ("1 quote is new",))
    assert lines(replace(cell("present"), summaries=(current,))) == []
    assert lines(replace(cell("present"), summaries=(current, stale))) == [
        "Summarised before the evidence changed: Rate card, SIB A (1 quote is new)."
    ]


def test_contested_cells_are_listed_with_both_sides() -> None:
    assert lines(cell("contested", 8, 13)) == ["Contested: Rate card, SIB A (8 for, 13 against)."]


def test_cells_after_the_first_five_are_counted() -> None:
    (line,) = lines(*[cell("contested", 1, 1)] * 9)
    assert line.endswith("Rate card, SIB E (1 for, 1 against); and 4 more.")
    assert lines(*[cell("contested", 1, 1)] * 6)[0].endswith("Rate card, SIB F (1 for, 1 against).")


def test_waiting_codings_and_unread_sources_are_listed() -> None:
    assert lines(waiting=1) == ["1 coding waits for its case."]
    assert lines(waiting=2) == ["2 codings wait for their case."]
    assert lines(undecided=1) == ["1 coding has no certain place in a corrected text."]
    assert lines(undecided=2) == ["2 codings have no certain place in a corrected text."]
    assert lines(unread=(("b2", ("SIB B",)), ("m1", ()))) == ["Not read to the end: b2 (SIB B); m1."]


def test_missing_topic_records_are_reported_when_a_cell_has_no_evidence() -> None:
    for state in ("absent", "no data", "incomplete"):
        assert lines(cell(state), nothing_asked=True) == ["What was asked is not recorded."]
    assert lines(cell("present", 1), nothing_asked=True) == []


def test_lines_under_a_table_can_be_left_out_by_name() -> None:
    judged = replace(cell("contested", 1, 1), judgement=Judgement("Rate card", "SIB A", "contested", "why", "me", ""))
    left = lines_under(matrix(judged), TableFacts(waiting=1), ("judgements", "contested"))
    assert left == (("waiting", "1 coding waits for its case."),)
