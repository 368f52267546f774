"""`project.claims`: the verdicts of the reference, claims that are wrong in themselves, notes, and stored claims."""

from __future__ import annotations

import contextlib
import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, InputError, NotFoundError, StudyFileError
from sibtui.model.claims.claim import Claim
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from sibtui.project import Project
from sibtui.project.importing.study_folder_reader import read_folder
from sibtui.project.papers.claim_file import read_claims
from tests.project.study import tampered
from tests.reference_values import reference

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.model.claims.verdicts import CheckedClaim
    from sibtui.model.presence import State

ROOT = Path(__file__).parents[2]
PAPER = ROOT / "sample_notes" / "claims.toml"
REFERENCE = reference("claims_sample")["expected"]


@pytest.fixture(scope="module")
def kept_sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    """The sample study as it was when the reference was computed."""
    file = tmp_path_factory.mktemp("kept") / "study.sibtui"
    with Project.create(file, draft=read_folder(ROOT / "tests" / "data" / "sample-2026-11-28"), coder="R9") as project:
        yield project


@pytest.fixture
def own(sample: Project, tmp_path: Path) -> Iterator[Project]:
    """A copy of the sample study without its claims, for tests that change it."""
    with Project.open(shutil.copy(sample.path, tmp_path / "own.sibtui"), coder="R9") as project:
        for claim in project.claims.list():
            project.claims.remove(claim.key)
        yield project


def by_whole(checked: tuple[CheckedClaim, ...]) -> dict[str, set[str]]:
    """Return the verdicts by the number of the statement in the paper: C44.2 is a part of C44."""
    found: dict[str, set[str]] = {}
    for each in checked:
        found.setdefault(each.claim.key.partition(".")[0], set()).add(each.verdict)
    return found


def test_the_verdicts_of_the_paper_are_those_of_the_reference(kept_sample: Project) -> None:
    verdicts = by_whole(kept_sample.claims.check(read_claims(PAPER)).claims)
    assert len(verdicts) == 50
    beyond = {"C44": "holds", "C45": "contradicted", "C46": "holds", "C48": "contradicted", "C49": "holds"}
    for key, verdict in beyond.items():
        assert REFERENCE["of these checkable by appendix or codebook"][key].startswith(verdict)
        assert verdicts.pop(key) == {verdict}
    for verdict in ("holds with reserve", "contradicted"):
        assert [key for key, found in verdicts.items() if found == {verdict}] == REFERENCE[verdict]
    unchecked = [key for key in REFERENCE["not checkable by rows"] if key not in beyond]
    assert [key for key, found in verdicts.items() if found == {"not checkable"}] == unchecked
    assert sum(found == {"holds"} for found in verdicts.values()) == REFERENCE["holds"]


def test_the_sample_of_today_gives_the_same_verdicts(kept_sample: Project, sample: Project) -> None:
    reports = [project.claims.check(read_claims(PAPER)) for project in (kept_sample, sample)]
    assert by_whole(reports[0].claims) == by_whole(reports[1].claims)


def one(project: Project, states: State | tuple[State, ...] = (), **fields: object) -> CheckedClaim:
    return project.claims.check(Claim("C1", "A claim.", **fields), states=states).claims[0]  # type: ignore[arg-type]


ROW = ("table-1", "Use of more co-creation practices")


@pytest.mark.parametrize(
    ("fields", "because"),
    [
        ({}, "the claim has no rows"),
        ({"rows": [ROW]}, "the claim has no statement about its rows"),
        ({"rows": [("table-9", "x")], "statement": "in 3"}, "No matrix is named “table-9”"),
        ({"rows": [("table-1", "Co-creation")], "statement": "in 3"}, "No row of table-1 is named “Co-creation”"),
        ({"rows": [("table-1", "")], "statement": "in 3"}, "“table-1” is not a row"),
        ({"rows": [ROW], "statement": "3"}, "the statement, character 1: “3” does not fit"),
        ({"rows": [ROW], "statement": 'in "SIB E"'}, "No column is named “SIB E”"),
        ({"codes": "No such code", "statement": "in 3"}, "No code is named “No such code”"),
        ({"attribute": "Stage", "statement": "x"}, "No attribute of cases is named “Stage”"),
        ({"registry": "people", "case": "SIB E", "statement": "3"}, "No row of the interviews is named “SIB E”"),
        ({"registry": "cases", "case": "SIB A", "statement": "3"}, "about the whole study"),
    ],
)
def test_a_claim_that_is_wrong_is_not_checkable_with_the_reason(sample: Project, fields: dict, because: str) -> None:
    checked = one(sample, **fields)
    assert checked.verdict == "not checkable"
    assert because in checked.because[0]
    assert checked.faulty == (len(because) > 0 and "the claim has no" not in because)


def test_an_ambiguous_row_is_not_checkable(own: Project) -> None:
    rows = (RowDefinition("Trust", "Trust before"), RowDefinition("trust", "Rate card"))
    with contextlib.suppress(InputError):  # two rows that read the same are refused, but older files have them
        own.matrices.define(MatrixDefinition("t", "T", rows))
    checked = one(own, rows=[("t", "TRUST")], statement="in 3")
    assert checked.faulty


def test_rows_with_different_columns_are_not_checkable(own: Project) -> None:
    kinds = own.matrices.ad_hoc(codes="Rate card", columns="kinds")
    own.matrices.define(MatrixDefinition("by-kind", "K", kinds.rows, "kinds"))
    checked = one(own, rows=[ROW, ("by-kind", kinds.rows[0].label)], statement="in 3")
    assert "have different columns" in checked.because[0]
    contested = one(own, ("present", "contested"), rows=[("by-kind", kinds.rows[0].label)], statement='in "interview"')
    assert contested.verdict == "holds with reserve"


def test_codes_take_the_place_of_rows_and_states_that_of_marks(sample: Project) -> None:
    assert one(sample, codes="Rate card", statement="in 3").found == "3 of 4: SIB B, SIB C, SIB D"
    both: tuple[State, ...] = ("present", "contested")
    assert one(sample, both, codes="Rate card", statement="in all").verdict == "holds with reserve"
    with pytest.raises(InputError, match="state of a cell"):
        sample.claims.check([], states="odd")  # type: ignore[arg-type]


def test_numbers_of_the_study_are_counted(sample: Project, empty: Project) -> None:
    found = {
        (registry, case): one(sample, registry=registry, case=case, statement="1").found
        for registry, case in (
            ("interviews", ""), ("people", "SIB A"), ("organisations", "multiple/all"), ("cases", ""), ("sources", ""),
            ("coders", ""), ("attributes", ""),
        )
    }  # fmt: skip
    assert list(found.values()) == ["12", "5", "1", "4", "18", "4", "4"]
    counted = [
        one(sample, codebook=count, statement="1").found for count in ("themes", "codes", "deductive", "emergent")
    ]
    assert counted == ["6", "38", "31", "13"]
    assert one(empty, registry="people", statement="0").verdict == "holds"


def test_an_attribute_is_compared_for_one_several_or_all_cases(own: Project) -> None:
    name = "Novelty of intervention"
    assert one(own, attribute=name, case="sib a, SIB B", statement="new services").verdict == "holds"
    assert one(own, attribute=name, statement="New services").because == (
        "SIB C: Re-design of existing services", "SIB D: Re-design of existing services",
    )  # fmt: skip
    own.attributes.add("case", "Beds", "number")
    own.cases.set("SIB A", attributes={"Beds": "12"})
    assert one(own, attribute="beds", case="SIB A", statement="at least ten").verdict == "holds"


def test_a_note_that_names_a_case_without_an_x_is_reported(own: Project) -> None:
    assert own.claims.check().notes == ()
    table = own.matrices.get("table-2")
    row = table.rows[0]
    changed = (RowDefinition(row.label, row.codes, note="Social prescribing in SIBs B and C"), *table.rows[1:])
    own.matrices.define(MatrixDefinition(table.name, table.title, changed, only=table.only, marks=table.marks))
    note = own.claims.check().notes[0]
    assert (note.matrix, note.row, note.missing) == ("table-2", row.label, ("SIB C",))
    found = [finding for finding in own.check() if finding.what == "note"]
    assert [(each.where, "names SIB C" in each.message) for each in found] == [("table-2", True)]


def test_stored_claims_that_name_removed_items_are_open_work(own: Project) -> None:
    table, code = "table-3", "SIB structure and partners/Rate card"
    row = own.matrices.get(table).rows[2].label
    left = own.matrices.define(MatrixDefinition("t", "", own.matrices.get("table-4").rows))
    own.claims.load(
        [
            Claim("table", "t", rows=[(table, row)], statement="in all"),
            Claim("row", "t", rows=[("t", "Setting outcomes")], statement="in 2"),
            Claim("column", "t", rows=[("t", "Obtaining evidence")], statement='in "SIB C"'),
            Claim("code", "t", codes=[code], statement="in all"),
            Claim("attribute", "t", attribute="Novelty of intervention", statement="new"),
            Claim("case", "t", registry="interviews", case="SIB C", statement="4"),
            Claim("wrong", "t", codebook="themes", statement="99"),
            Claim("unfinished", "t", rows=[(table, row)]),
        ]
    )

    def listed() -> dict[str, str]:
        return {each.where: each.message for each in own.check() if each.what == "claim"}

    assert listed() == {}
    own.matrices.remove(table)
    own.matrices.define(replace(left, rows=left.rows[1:]))
    own.attributes.remove("case", "Novelty of intervention")
    own.cases.remove("SIB C")
    assert list(listed()) == ["table", "row", "column", "attribute", "case"]
    assert listed()["table"].startswith("cannot be checked: No matrix is named “table-3”")
    for coding in own.codings.list(code=code):
        own.codings.remove(coding.id)
    own.codes.remove(code)
    assert "code" in listed()


def test_the_finding_on_a_claim_ends_with_one_sign(own: Project) -> None:
    own.claims.load([Claim("q", "t", registry="interviews", case="SIB", statement="4")])
    (message,) = [each.message for each in own.check() if each.what == "claim"]
    assert "did you mean" in message
    assert message.endswith("?")


def test_a_claim_with_an_impossible_value_is_damage(own: Project) -> None:
    own.claims.load([Claim("C1", "t", codebook="themes", statement="5")])
    tampered(own.path, """UPDATE claims SET facts = '{"codebook": "zzz", "statement": "1"}'""")
    with pytest.raises(StudyFileError, match="The claim “C1” has an impossible value"):
        own.claims.list()
    damage = [each.message for each in own.check() if each.kind == "damage"]
    assert "the claims cannot be read to the end, so that not all is checked." in damage


def test_stored_claims_are_acts(own: Project) -> None:
    count = own.claims.load(read_claims(PAPER))
    assert len(own.claims.list()) == count == 59
    assert own.claims.get("c9").rows[1][1].startswith("Personalized")
    assert own.claims.check().counts["contradicted"] == 8
    assert own.claims.remove("C9").key == "C9"
    with pytest.raises(NotFoundError):
        own.claims.get("C9")
    assert [act.verb for act in own.history.undo(2)] == ["claim remove", "claim import"]
    assert own.claims.list() == []
    own.history.redo(2)
    assert len(own.claims.list()) == 58


def test_a_claim_in_use_is_replaced_only_on_demand(own: Project) -> None:
    own.claims.add(Claim("C1", "Old.", human="why"))
    with pytest.raises(ConflictError, match="already a claim “C1”"):
        own.claims.load([Claim("C2", "Other."), Claim("c1", "New.")])
    assert [claim.text for claim in own.claims.list()] == ["Old."]
    uid = own.claims.get("C1").uid
    assert own.claims.add(Claim("c1", "New."), replace=True).uid == uid
    assert [(claim.key, claim.text, claim.human) for claim in own.claims.list()] == [("c1", "New.", "")]


@pytest.mark.parametrize("claim", [Claim(" ", "Text."), Claim("C1", " "), Claim("C1", "T", codes="x", statement="3")])
def test_a_claim_without_id_or_text_or_with_an_odd_statement_is_not_stored(own: Project, claim: Claim) -> None:
    with pytest.raises(InputError):
        own.claims.add(claim)


def test_the_file_of_claims_reads_as_it_was_written(own: Project, tmp_path: Path) -> None:
    claims = read_claims(PAPER)
    own.claims.load(claims)
    (tmp_path / "claims.toml").write_bytes(own.claims.to_toml())
    assert read_claims(tmp_path / "claims.toml") == claims


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[claim]]\nid = 'C1'", "“text” is missing"),
        ("[[claim]]\nid = 'C1'\ntext = 'x'\nrow = 'y'", "“row” is not a known key"),
        ("[[claim]]\nid = 'C1'\ntext = 'x'\nrows = 3", "is not a list of rows"),
        ("[[claim]]\nid = 'C1'\ntext = 'x'\nrows = [['a']]", "is not a list of rows"),
        ("[[claim]]\nid = 'C1'\ntext = 'x'\nrows = ['a / b']\ncodebook = 'themes'", "choose one"),
        ("[[claim]]\nid = 'C1'\ntext = 'x'\n[[claim]]\nid = 'c1'\ntext = 'x'", "two claims have the id"),
    ],
)
def test_a_file_of_claims_with_a_fault_is_refused(sample: Project, tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "claims.toml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_claims(tmp_path / "claims.toml")


def test_rows_are_texts_or_pairs(sample: Project, tmp_path: Path) -> None:
    def rows(text: str) -> tuple[tuple[str, str], ...]:
        (tmp_path / "claims.toml").write_text(f"[[claim]]\nid = 'C1'\ntext = 'x'\nrows = {text}", encoding="utf-8")
        return read_claims(tmp_path / "claims.toml")[0].rows

    assert rows("'t / a / b'") == rows("['t / a / b']") == rows("[['t', 'a / b']]") == (("t", "a / b"),)
    assert rows("['t', 'a / b']") == (("t", "a / b"),)
    assert rows("['t / a', 't / b']") == rows("[['t', 'a'], ['t', 'b']]") == (("t", "a"), ("t", "b"))


def test_a_claim_about_people_is_not_checkable_if_an_interview_has_no_whole_number_of_them(own: Project) -> None:
    own.attributes.set("source", "people", kind="text")
    own.sources.set("b1", attributes={"people": "several"})
    assert one(own, registry="people", case="SIB A", statement="5").verdict == "holds"
    for case in ("", "SIB B"):
        checked = one(own, registry="people", case=case, statement="19")
        assert checked.verdict == "not checkable"
        assert "The number of people is unclear: b1 (“several”)." in checked.because[0]
