"""Queries in a study: names, terms, texts and filters, and the reference values on the kept sample."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sibtui.errors import InputError, NotFoundError, QueryError
from sibtui.model.filters import CodingFilter
from sibtui.project import Project
from sibtui.project.importing.study_folder_reader import read_folder

from .study import TEXT, add_code, add_source, apply_code

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parents[1] / "data"
[REFERENCE] = [
    each["expected"]
    for each in json.loads((DATA / "method" / "reference_values_2.json").read_text(encoding="utf-8"))
    if each["id"] == "retrieval_sample"
]
A, B = 'exactly "Rate card"', 'exactly "Setting outcomes"'


@pytest.fixture(scope="module")
def kept_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample study of 2026-11-28. The tests only read it."""
    file = tmp_path_factory.mktemp("kept") / "kept.sibtui"
    Project.create(file, draft=read_folder(DATA / "sample-2026-11-28"), coder="R9").close()
    return file


@pytest.fixture
def kept(kept_file: Path) -> Iterator[Project]:
    with Project.open(kept_file, coder="R9") as project:
        yield project


def ids(project: Project, where: str) -> list[int]:
    return [coding.id for coding in project.codings.list(where=where)]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("overlapping", f"{A} overlapping {B}"),
        ("inside", f"{A} inside {B}"),
        ("in the same paragraph", f"{A} in the same paragraph as {B}"),
        ("within 200 characters", f"{A} within 200 characters of {B}"),
        ("followed within 200 characters", f"{A} followed by {B} within 200 characters"),
        ("not overlapping", f"{A} not overlapping {B}"),
    ],
)
def test_relations_have_the_reference_values(kept: Project, name: str, query: str) -> None:
    assert kept.codings.count(where=query) == REFERENCE[name]


def test_sources_with_both_have_the_reference_value(kept: Project) -> None:
    both = kept.codings.list(where=f"{A} in the same source as {B}")
    assert len({coding.source for coding in both}) == REFERENCE["sources with both"]


def test_each_term_finds_what_its_filter_finds(kept: Project) -> None:
    kept.codings.set([3, 8], for_paper=True)
    kept.codings.add_found("Rate card", search="rate card", source="a2")
    assert len(ids(kept, "for paper")) == 2
    assert len(ids(kept, "how search")) == len(ids(kept, "not how reading")) > 0
    for query, words in (
        ("code Strengths", {"code": "Strengths"}),
        ("exactly 'Rate card'", {"code": "Rate card", "subcodes": False}),
        ("case 'SIB A'", {"case": "SIB A"}),
        ("source a1", {"source": "a1"}),
        ("kind interview", {"kind": "interview"}),
        ("coder R1", {"coder": "R1"}),
        ("stance counters", {"stance": "counters"}),
        ("certainty tentative", {"certainty": "tentative"}),
        ("waiting", {"unattributed": True}),
        ("how search", {"how": "search"}),
        ("how reading", {"how": "reading"}),
        ("how heading or how speaker", {"how": ("heading", "speaker")}),
        ("for paper", {"for_paper": True}),
        ("text budget or memo budget", {"text": "budget"}),
        ("round 1", {}),
    ):
        filtered: dict[str, Any] = words
        assert ids(kept, query) == [coding.id for coding in kept.codings.list(**filtered)], query
    assert ids(kept, "round 2") == []


def test_a_coding_of_no_case_is_waiting_and_of_no_case(kept: Project) -> None:
    waiting = ids(kept, "waiting")
    cases = " or ".join(f'case "{case.label}"' for case in kept.cases.list())
    assert waiting == ids(kept, f"not ({cases})") == [621, 634]


def test_judged_codings_are_those_of_judged_cells(kept: Project) -> None:
    [judged] = kept.matrices.judgements()
    [cell] = kept.matrices.evidence(judged.matrix, cell=(judged.judgement.row, judged.judgement.column))
    assert ids(kept, "judged") == [coding.id for coding in cell.codings]


def test_a_judgement_on_a_column_that_is_not_shown_judges_nothing(project: Project) -> None:
    coding = apply_code(project, "A1", "Brokering")
    made = project.matrices.ad_hoc(codes="Brokering")
    project.matrices.define(replace(made, name="m"))
    project.matrices.judge("m", made.rows[0].label, "SIB A", "absent", "Seen again.")
    assert ids(project, "judged") == [coding.id]
    project.matrices.define(replace(project.matrices.get("m"), only=("SIB B",)), replacing="m")
    assert ids(project, "judged") == []


def test_attributes_are_those_of_cases_and_of_the_source(project: Project) -> None:
    one, two = (apply_code(project, source, "Brokering") for source in ("A1", "B1"))
    both = apply_code(project, "AB", "Brokering", cases=("SIB A", "SIB B"))
    without = apply_code(project, "AB", "Budgets", 20, 30)
    project.cases.set("SIB A", attributes={"size": 9})
    project.cases.set("SIB B", attributes={"size": 10})
    project.sources.set("B1", attributes={"people": 3})
    assert ids(project, "attribute size < 10") == [one.id, both.id]
    assert ids(project, "attribute SIZE >= 10") == [two.id, both.id]
    assert ids(project, "attribute size != 10") == [one.id, both.id]
    assert ids(project, "not attribute size = 10") == [one.id, without.id]
    assert ids(project, "attribute people = 3") == [two.id]


def test_an_attribute_of_both_cases_and_sources_finds_both(project: Project) -> None:
    one, two = (apply_code(project, source, "Brokering") for source in ("A1", "B1"))
    project.cases.set("SIB A", attributes={"place": "North"})
    project.sources.set("B1", attributes={"place": "north"})
    assert ids(project, "attribute place = North") == [one.id, two.id]
    project.sources.set("A1", attributes={"size": "large"})
    project.cases.set("SIB A", attributes={"size": 3})
    assert ids(project, "attribute size < 4") == [one.id]


@pytest.mark.parametrize(
    ("query", "position", "reason"),
    [
        ('code "Brokerin" and code Nothing', 26, "no code is named “Nothing”."),
        ("case 'SIB C'", 6, "no case is named “SIB C”; did you mean"),
        ("code B", 6, "“B” fits “Strengths/Brokering” and “Strengths/Budgets”: write more of the path."),
        ("source X overlapping coder Ana", 8, "no source is named “X”"),
        ("coder Zoe", 7, "no coder is named “Zoe”"),
        ("attribute size = 3", 11, "no attribute is named “size”"),
        ("attribute year = May", 18, "“May” is not a number."),
        (
            "attribute place < May",
            19,
            "the attribute “place” has values of the kind text: < compares numbers and dates.",
        ),
    ],
)
def test_a_name_or_value_that_does_not_fit_is_placed(project: Project, query: str, position: int, reason: str) -> None:
    project.cases.set("SIB A", attributes={"year": 2019, "place": "North"})
    with pytest.raises(QueryError) as error:
        project.codings.count(where=query)
    assert error.value.position == position
    assert error.value.reason.startswith(reason)


def test_a_query_that_cannot_be_read_is_refused_by_the_filter() -> None:
    with pytest.raises(QueryError, match="Character 5 of the query"):
        CodingFilter(where="code")
    with pytest.raises(InputError, match="is not a name"):
        CodingFilter(where=3)  # type: ignore[arg-type]


def test_a_query_narrows_beside_other_filters(kept: Project) -> None:
    near = f"{A} overlapping {B}"
    assert [c.source for c in kept.codings.list(where=near)] == ["a1", "a4", "doc-a-programme"]
    assert [c.source for c in kept.codings.list(where=near, source=["a4", "a1"])] == ["a1", "a4"]
    assert kept.codings.count(where=near, certainty="firm") == 2
    assert [row["source"] for row in kept.codings.to_dicts(where=near, limit=1)] == ["a1"]
    assert "".join(kept.exports.codings_csv(CodingFilter(where=near))).count("R1") == 3


def test_speakers_and_a_query_narrow_together(empty: Project) -> None:
    add_source(empty, "n1", "SIB A", text="Anna: We left.\n\nBen: We stayed.\n\nAnna: Yes.\n\nBen: No.\n")
    add_code(empty, "C")
    for start, end in ((6, 14), (21, 31)):
        apply_code(empty, "n1", "C", start, end)
    assert [c.quote for c in empty.codings.list(speaker="Anna", where="code C")] == ["We left."]
    assert empty.codings.count(speaker="Anna", where="text stayed") == 0


def test_reports_and_matrices_name_the_query(kept: Project) -> None:
    line = "Codings of the query “certainty firm and coder R1” only."
    assert line in kept.reports.cooccurrence(where="certainty firm and coder R1").below
    shown = kept.matrices.show("table-1", where="certainty firm and coder R1")
    assert ("narrowed", line) in shown.about
    assert not any("judgement" in text for _, text in shown.about)


def test_a_matrix_counts_the_codings_of_a_query(kept: Project) -> None:
    where = "kind interview and certainty firm"
    for show in ("count", "coverage", "quotes"):
        narrowed = kept.matrices.show("table-1", where=where, show=show)
        assert [row.cells for row in narrowed.rows] != [
            row.cells for row in kept.matrices.show("table-1", show=show).rows
        ]
    traced = kept.matrices.traced("table-1", where=where)
    fit = set(ids(kept, where))
    assert {coding.id for cell in traced.cells for coding in cell.codings} <= fit
    assert sum(cell.quotes for row in kept.matrices.show("table-1", where=where).rows for cell in row.cells) > 0
    everything = kept.matrices.show("table-2", where="not round 2", show="count")
    plain = kept.matrices.show("table-2", show="count")
    assert [row.cells for row in everything.rows] == [row.cells for row in plain.rows]


def test_waiting_codings_of_a_matrix_are_those_of_the_query(kept: Project) -> None:
    waiting = [text for _, text in kept.matrices.show(kept.matrices.ad_hoc()).about if "wait for" in text]
    assert waiting
    narrowed = kept.matrices.show(kept.matrices.ad_hoc(), where="not waiting")
    assert not [text for _, text in narrowed.about if "wait for" in text]
    assert [
        text
        for _, text in kept.matrices.show(kept.matrices.ad_hoc(), where="waiting").about
        if "2 codings wait" in text
    ]


def test_a_matrix_refuses_a_query_that_cannot_be_read(kept: Project) -> None:
    with pytest.raises(QueryError, match="Character 6"):
        kept.matrices.show("table-1", where="case 'SIB Z'")
    with pytest.raises(QueryError, match="Character 5"):
        kept.matrices.evidence("table-1", where="code")


def test_undecided_codings_take_no_part_in_relations(project: Project) -> None:
    one = apply_code(project, "A1", "Brokering", 4, 16)
    two = apply_code(project, "A1", "Budgets", 9, 23)
    assert ids(project, "code Brokering overlapping code Budgets") == [one.id]
    project.sources.correct("A1", TEXT.replace("The link workers broker and coach.", "Somebody else does it."))
    assert [each.coding.id for each in project.codings.undecided()] == [one.id, two.id]
    assert ids(project, "code Brokering overlapping code Budgets") == []
    assert ids(project, "code Brokering not overlapping code Budgets") == []
    assert ids(project, "code Brokering") == [one.id]


def test_a_code_and_its_sub_code_overlap_without_a_meaning(empty: Project) -> None:
    add_source(empty, "n1", "SIB A")
    for path in ("T", "T/S", "U"):
        add_code(empty, path)
    above, below = apply_code(empty, "n1", "T", 0, 10), apply_code(empty, "n1", "T/S", 5, 15)
    assert ids(empty, "code T alone") == [above.id, below.id]
    assert ids(empty, "exactly T not overlapping code S") == []
    other = apply_code(empty, "n1", "U", 14, 20)
    assert ids(empty, "code T alone") == [above.id]
    assert ids(empty, "code U not alone") == [other.id]


def test_sentences_follow_the_language_of_the_source(empty: Project) -> None:
    add_source(empty, "n1", "SIB A", text="Das ist z. B. gut. Ende.", language="de")
    add_code(empty, "C")
    add_code(empty, "D")
    first = apply_code(empty, "n1", "C", 0, 7)
    apply_code(empty, "n1", "D", 14, 17)
    assert ids(empty, "code C in the same sentence as code D") == [first.id]


def test_passages_are_in_the_order_of_sources(kept: Project) -> None:
    found = list(kept.codings.passages(f"{A} overlapping {B}"))
    assert [(each.source, each.left, each.right) for each in found] == [
        ("a1", (11,), (12,)), ("a4", (156,), (157,)), ("doc-a-programme", (434,), (435,)),
    ]  # fmt: skip
    for each in found:
        assert each.quote == each.segment.quote(kept.sources.text(each.source))
    wide = list(kept.codings.passages(f"{A} overlapping {B}", union=True))
    assert wide[0].segment.start < found[0].segment.start
    with pytest.raises(QueryError, match="passages need a query with one relation"):
        list(kept.codings.passages(A))


def test_an_unknown_name_is_placed_and_no_plain_error(project: Project) -> None:
    with pytest.raises(QueryError) as error:
        project.codings.count(where="code Nothing")
    assert isinstance(error.value.__cause__, NotFoundError)
