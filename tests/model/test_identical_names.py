"""Identical names in the draft of a study: every loss of a difference is reported."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.model.drafts import (
    AttributeDraft,
    CaseDraft,
    CodeDraft,
    CodingDraft,
    MemoDraft,
    SourceDraft,
    SourceSetDraft,
    StudyDraft,
)
from sibtui.model.folding import name_key
from sibtui.model.identical_names import join_identical, renamed
from sibtui.model.matrix_definition import Judgement, MatrixDefinition, RowDefinition
from sibtui.model.records import Lineage, Reading, Study, TopicRecord
from sibtui.model.segments import Segment


def joined(**parts: Any) -> tuple[StudyDraft, tuple[str, ...]]:
    study = Study("Study", "guid", "", "2020-01-01", 1)
    return join_identical(StudyDraft(study, **{name: tuple(values) for name, values in parts.items()}))


def judgement(column: str, verdict: Any, because: str) -> Judgement:
    return Judgement("Row", column, verdict, because, "R1", "2020")


def table(**parts: Any) -> MatrixDefinition:
    notes = parts.pop("notes", {})
    return MatrixDefinition("t", "", (RowDefinition("Row", ("Code",), notes=notes),), **parts)


@given(st.lists(st.sampled_from(["a", "A", "a (2)", "A (2)", "a\u00a0", "b"]), unique=True))
@example(["a", "A", "a (2)"])
@example(["a (2)", "a", "A"])
def test_renamed_names_are_unique_as_names(names: list[str]) -> None:
    new = renamed(names)
    keys = [name_key(new.get(name, name)) for name in names]
    assert len(set(keys)) == len(keys)
    first = {name_key(name): name for name in reversed(names)}
    assert set(new) == set(names) - set(first.values())


def test_a_new_name_is_not_in_use() -> None:
    assert renamed(["a", "A", "a (2)"]) == {"A": "A (3)"}


def test_a_study_without_identical_names_is_unchanged() -> None:
    parts: dict[str, Any] = {
        "attributes": [AttributeDraft("case", "Town", "text"), AttributeDraft("source", "town", "number")],
        "cases": [CaseDraft("A"), CaseDraft("B")],
        "codes": [CodeDraft("T/Code"), CodeDraft("U/Code")],
        "sources": [SourceDraft("a", "x"), SourceDraft("b", "y")],
        "codings": [CodingDraft("b", "T/Code", Segment(0, 1))],
        "matrices": [table(only=("B", "A"), notes={"A": "one"}, judgements=(judgement("A", "present", "seen"),))],
    }
    study, messages = joined(**parts)
    assert messages == ()
    assert {name: list(getattr(study, name)) for name in parts} == parts


def test_records_of_a_source_follow_its_new_name() -> None:
    study, messages = joined(
        sources=[SourceDraft("a", "first"), SourceDraft("A", "second")],
        codings=[CodingDraft("a", "Code", Segment(0, 5)), CodingDraft("A", "Code", Segment(0, 6))],
        topics=[TopicRecord("A", "Code", "asked")],
        readings=[Reading("A", "R1", "2020")],
        memos=[MemoDraft("source", "A", "", "on the second"), MemoDraft("case", "A", "", "on a case")],
        matrices=[table(columns="sources", only=("A", "a"), notes={"A": "note"})],
    )
    assert [(source.name, source.text) for source in study.sources] == [("a", "first"), ("A (2)", "second")]
    assert [(coding.source, coding.segment.end) for coding in study.codings] == [("a", 5), ("A (2)", 6)]
    assert [each.source for each in (*study.topics, *study.readings)] == ["A (2)", "A (2)"]
    assert [(memo.on, memo.of) for memo in study.memos] == [("source", "A (2)"), ("case", "A")]
    assert study.matrices[0].only == ("A (2)", "a")
    assert study.matrices[0].rows[0].notes == {"A (2)": "note"}
    assert messages == ("there are several sources “A”: one of them is “A (2)” now.",)


def test_identical_sets_are_joined_and_their_sources_keep_their_new_names() -> None:
    study, messages = joined(
        sources=[SourceDraft("a", "first"), SourceDraft("A", "second"), SourceDraft("b", "third")],
        sets=[
            SourceSetDraft("Pilot", ("a", "b"), "1"), SourceSetDraft("other", ("A",), "2"),
            SourceSetDraft("PILOT", ("b", "A"), "3"), SourceSetDraft("empty", (), "4"),
        ],
    )  # fmt: skip
    assert study.sets == (
        SourceSetDraft("Pilot", ("a", "b", "A (2)"), "1"), SourceSetDraft("other", ("A (2)",), "2"), SourceSetDraft("empty", (), "4"),
    )  # fmt: skip
    assert messages[1:] == ("the sets of sources “Pilot” and “PILOT” are one.",)


def test_memos_follow_a_matrix_to_its_new_name() -> None:
    study, messages = joined(
        matrices=[MatrixDefinition("t", "", ()), MatrixDefinition("T", "", ())],
        memos=[MemoDraft("matrix", "T", "", "x")],
    )
    assert [matrix.name for matrix in study.matrices] == ["t", "T (2)"]
    assert study.memos[0].of == "T (2)"
    assert messages == ("there are several matrices “T”: one of them is “T (2)” now.",)


@pytest.mark.parametrize(("kind", "joined_kind"), [("number", "number"), ("date", "text")])
def test_identical_attributes_are_joined_as_text_when_their_kinds_differ(kind: str, joined_kind: str) -> None:
    study, messages = joined(
        attributes=[AttributeDraft("case", "Size", "number"), AttributeDraft("case", "size", kind)]
    )
    assert study.attributes == (AttributeDraft("case", "Size", joined_kind),)
    assert messages == ("the attributes “Size” and “size” of cases are one.",)


@pytest.mark.parametrize("value", ["Leeds", "York"])
def test_the_first_of_identical_attributes_of_a_source_is_kept(value: str) -> None:
    study, messages = joined(sources=[SourceDraft("a", "x", attributes={"Town": "Leeds", "town": value})])
    assert study.sources[0].attributes == {"Town": "Leeds"}
    assert messages == (("source a: the Town “Leeds” stays, “York” was left out.",) if value == "York" else ())


def test_a_joined_case_is_completed_from_the_second() -> None:
    study, messages = joined(
        cases=[CaseDraft("A", None, {"Town": "Leeds"}), CaseDraft("a", "Ann", {"Town": "Leeds", "Size": "3"}, "k")]
    )
    assert study.cases == (CaseDraft("A", "Ann", {"Town": "Leeds", "Size": "3"}, "k"),)
    assert messages == ("the cases “A” and “a” are one.",)


def test_a_joined_case_keeps_the_values_of_the_first_and_reports_the_others() -> None:
    study, messages = joined(
        cases=[
            CaseDraft("A", "Ann", {"Town": "Leeds", "Size": "3"}, "k"),
            CaseDraft("a", "Bea", {"Town": "York", "size": "4"}, "m"),
        ]
    )
    assert study.cases == (CaseDraft("A", "Ann", {"Town": "Leeds", "Size": "3"}, "k"),)
    assert messages == (
        "the cases “A” and “a” are one.",
        "case A: one of two private names was left out.",
        "case A: the Size “3” stays, “4” was left out.",
        "case A: the Town “Leeds” stays, “York” was left out.",
    )
    assert not any("Ann" in line or "Bea" in line for line in messages)


def test_a_joined_code_gets_the_missing_fields_of_the_second_and_a_lineage_entry_about_it() -> None:
    earlier = Lineage("created", "2018", "R1", "t/code", "", "")
    study, messages = joined(
        coders=["R1", "R2"],
        codes=[
            CodeDraft("T/Code", include="in", since="2020"),
            CodeDraft("t/code", "other", include="in", example="x", colour="sky", since="2019", lineage=(earlier,)),
        ],
    )
    (code,) = study.codes
    assert (code.path, code.definition, code.include, code.example) == ("T/Code", "other", "in", "x")
    assert (code.colour, code.since) == ("sky", "2019")
    assert code.lineage == (earlier, Lineage("merged", "2019", "R1", "t/code", "other", ""))
    assert messages == ("the codes “T/Code” and “t/code” are one.",)


def test_a_joined_code_keeps_the_texts_of_the_first() -> None:
    study, messages = joined(
        codes=[CodeDraft("Code", "first", include="yes"), CodeDraft("code", "second", include="no", exclude="x")]
    )
    (code,) = study.codes
    assert (code.definition, code.include, code.exclude, code.since) == ("first", "yes", "x", None)
    assert code.lineage == (Lineage("merged", "2020-01-01", "", "code", "second", ""),)
    assert messages == (
        "the codes “Code” and “code” are one.",
        "code Code: “include” “yes” stays, “no” was left out.",
    )


CASES = [CaseDraft("A"), CaseDraft("a"), CaseDraft("B")]
ONE = "the cases “A” and “a” are one."


@pytest.mark.parametrize(
    ("notes", "shown", "sentences"),
    [
        ({"A": "one.", "a": "two."}, {"A": "one. two."}, ("matrix t, Row, A: two notes were put together.",)),
        ({"A": "one.", "a": "one.", "B": "one."}, {"A": "one.", "B": "one."}, ()),
        ({"a": "two."}, {"A": "two."}, ()),
    ],
)
def test_notes_on_a_joined_column_are_put_together(
    notes: dict[str, str], shown: dict[str, str], sentences: tuple[str, ...]
) -> None:
    study, messages = joined(cases=CASES, matrices=[table(only=("B", "a", "A"), notes=notes)])
    assert study.matrices[0].only == ("B", "A")
    assert study.matrices[0].rows[0].notes == shown
    assert messages == (ONE, *sentences)


def test_a_joined_cell_keeps_its_first_judgement() -> None:
    judgements = (
        judgement("a", "present", "seen"),
        judgement("A", "absent", "not seen"),
        judgement("B", "absent", "no"),
    )
    study, messages = joined(cases=CASES, matrices=[table(judgements=judgements)])
    assert study.matrices[0].judgements == (judgement("A", "present", "seen"), judgement("B", "absent", "no"))
    assert messages == (
        ONE,
        "matrix t, Row, A: the judgement “present: seen” stays, “absent: not seen” was left out.",
    )


def test_equal_judgements_are_joined_without_a_message() -> None:
    judgements = (judgement("A", "present", "seen"), judgement("a", "present", "seen"))
    study, messages = joined(cases=CASES, matrices=[table(judgements=judgements)])
    assert study.matrices[0].judgements == judgements[:1]
    assert messages == (ONE,)


def test_joined_cases_do_not_change_matrices_with_other_columns() -> None:
    matrix = table(columns="coders", only=("a", "A"), notes={"a": "one", "A": "two"})
    study, messages = joined(cases=CASES, matrices=[matrix])
    assert study.matrices == (matrix,)
    assert messages == (ONE,)
