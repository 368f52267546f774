"""The report on the methods: origins of answers, and the paragraph."""

from __future__ import annotations

from sibtui.model.method_standards import COREQ, KEYS, SRQR
from sibtui.model.methods_report import TO_COMPLETE, MethodFacts, MethodsReport, paragraph

FACTS = MethodFacts(
    kinds=("12 interviews", "6 documents"), people=19, cases=4, coders=4, read_by_several=3, sources=18, themes=6, codes=38, deductive=31,
    emergent=13, codings=634, countering=50, searched=2, waiting=1, first_day="2020-05-14", last_day="2020-05-22", cells=88,
    judgements=1, agreement="not reported.", software="sibtui 1.0", figures=(("Sources", 18),),
)  # fmt: skip


def test_the_standards_have_their_items() -> None:
    assert (len(COREQ), len(SRQR)) == (32, 21)
    assert [item.number for item in COREQ] == [str(number) for number in range(1, 33)]
    assert len(KEYS) == len(set(KEYS)) < 53


def test_an_answer_has_an_origin() -> None:
    report = MethodsReport(
        FACTS, "coreq", {"sample-size": "12.", "software": "sibtui."}, {"software": "And R.", "gender": "Two women."}
    )
    found = {item.key: report.answer(item) for item in COREQ}
    assert found["sample-size"] == ("12.", "counted")
    assert found["software"] == ("sibtui. And R.", "counted and declared")
    assert found["gender"] == ("Two women.", "declared")
    assert found["credentials"] == (TO_COMPLETE, "TO COMPLETE")
    table = report.table()
    assert table.rows[0] == ("figures", "", "Sources", "", 18, "counted")
    assert table.objects[0]["answer"] == "18"
    assert table.below[0] == "29 items to complete."


def test_a_report_without_a_standard_has_figures_alone() -> None:
    table = MethodsReport(FACTS, "none", {}, {}).table()
    assert (len(table.rows), len(table.below)) == (1, 1)


def test_the_paragraph_has_each_figure() -> None:
    assert paragraph(FACTS, {"sampling": "purposive."}) == (
        "The material is 18 sources on 4 cases: 12 interviews, 6 documents. 19 people took part in the interviews. Sampling: purposive. "
        "The codebook has 6 themes and 38 codes below them (31 deductive, 13 emergent). 4 coders made 634 codings between 2020-05-14 and "
        "2020-05-22, of which 50 are counter-evidence, with sibtui 1.0. 3 sources were read by several coders. 2 codings were made by a search. "
        "1 coding has no case yet. Agreement between coders: not reported. 1 cell of 88 in the tables is a judgement."
    )


def test_the_paragraph_leaves_out_what_a_study_does_not_have() -> None:
    assert paragraph(MethodFacts(), {}) == ""
    small = MethodFacts(
        kinds=("1 interview",), sources=1, themes=1, codings=1, coders=1, searched=1, waiting=2, first_day="2020-05-14",
        last_day="2020-05-14", judgements=2, cells=4, software="sibtui 1.0",
    )  # fmt: skip
    assert paragraph(small, {}) == (
        "The material is 1 source: 1 interview. The codebook has 1 theme and 0 codes below them. 1 coder made 1 coding on 2020-05-14, with "
        "sibtui 1.0. 1 coding was made by a search. 2 codings have no case yet. 2 cells of 4 in the tables are judgements."
    )
    undated = MethodFacts(codings=2, coders=0, software="sibtui 1.0")
    assert paragraph(undated, {}) == "The study has 2 codings, with sibtui 1.0."
    alone = MethodFacts(codings=2, coders=2, software="s")
    assert paragraph(alone, {}).endswith("No source was read by several coders.")
