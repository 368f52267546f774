"""The sample study gives the paper's tables, from its codings alone."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from sibtui import Project
from sibtui.formats.study_folder.folder import read_study, write_study
from sibtui.model.presence import STATES
from sibtui.model.summaries import links_in

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "sample_notes"
FACTS = Path(__file__).parent / "data" / "method" / "paper_tables.json"
PAPER = ROOT.parent / "shared" / "paper" / "fox-2022.txt"


def files() -> dict[str, bytes]:
    return {str(p.relative_to(SAMPLE)): p.read_bytes() for p in sorted(SAMPLE.rglob("*")) if p.is_file()}


@pytest.fixture(scope="module")
def sample(tmp_path_factory):
    with Project.create(tmp_path_factory.mktemp("sample") / "sample.sibtui", draft=read_study(files())) as project:
        yield project


def facts() -> dict:
    return json.loads(FACTS.read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_table_of_the_sample_is_the_papers_table(sample: Project, number: int) -> None:
    expected = facts()["tables"][number - 1]
    notes = facts()["notes"]
    shown = json.loads(sample.matrices.show(f"table-{number}").to_json())
    assert shown["title"] == f"Table {number}. {expected['caption']}"
    assert shown["columns"] == expected["columns"]
    got = [
        (row["label"], row["notes"], [(cell["mark"], cell["notes"]) for cell in row["cells"].values()])
        for row in shown["rows"]
    ]
    assert got == [
        (row["label"], row["label_notes"], [("X" if c["x"] else "", c["notes"]) for c in row["cells"].values()])
        for row in expected["rows"]
    ]
    used = {note for row in expected["rows"] for note in row["label_notes"]}
    used |= {note for row in expected["rows"] for cell in row["cells"].values() for note in cell["notes"]}
    assert shown["notes"] == {str(number): notes[str(number)]["text"] for number in sorted(used)}


def test_the_appendices_of_the_paper_come_out_of_the_sample(sample: Project) -> None:
    tables = facts()
    cases = sample.reports.cases()
    assert [(row[0], row[1:]) for row in cases.rows] == [
        (row["label"], tuple(row["values"].values())) for row in tables["appendix_1"]["rows"]
    ]
    interviews = sample.reports.interviews()
    expected = tables["appendix_2"]
    assert [(row[1], row[2].split("; "), row[4], row[3].split("; ")) for row in interviews.rows[:-1]] == [
        (row["n_interviews"], row["interview_types"], row["n_people"], row["organization_types"])
        for row in expected["rows"]
    ]
    totals = expected["totals"]
    assert interviews.rows[-1] == (
        "Total",
        totals["interviews"],
        "",
        "",
        totals["people"],
        totals["organization_entries"],
    )


def test_the_second_appendix_comes_out_as_it_was_published(sample: Project) -> None:
    expected = facts()["appendix_2"]
    published = sample.reports.interviews(as_published=True)
    assert list(published.columns) == expected["columns"]
    assert [(label, count, types.split("; "), of.split("; ")) for label, count, types, of in published.rows] == [
        (row["sibs"], row["n_interviews"], row["interview_types"], row["organization_types"])
        for row in expected["rows"]
    ]


@pytest.mark.skipif(not PAPER.exists(), reason="the paper's text is not beside this checkout")
def test_no_sentence_of_the_sample_is_the_papers() -> None:
    """No run of nine words is in both; labels, notes and appendices of the tables are facts, and carry over."""
    tables = FACTS.read_text(encoding="utf-8")

    def runs(text: str) -> set[tuple[str, ...]]:
        words = re.findall(r"\w+", text.lower())
        return {tuple(words[at : at + 9]) for at in range(len(words) - 8)}

    theirs = runs(PAPER.read_text(encoding="utf-8")) - runs(tables)
    for name, data in files().items():
        if name.startswith("notes/") or name in {"codebook.toml", "memos.toml", "claims.toml", "summaries.toml"}:
            assert not runs(data.decode()) & theirs, name


def test_one_coding_of_the_sample_changes_the_cell(sample: Project) -> None:
    """The tables are computed, not stored: without the only evidence of a cell, its X disappears."""
    name, row, column = next(
        (shown.name, row.label, column)
        for shown in (sample.matrices.show(definition.name) for definition in sample.matrices.list())
        for row in shown.rows
        for column, cell in zip(shown.columns, row.cells, strict=True)
        if cell.fragility == "single quote"
    )
    (cell,) = sample.matrices.evidence(name, cell=(row, column))
    firm = [c for c in cell.codings if c.stance == "supports" and c.certainty == "firm"]
    sample.codings.remove([coding.id for coding in firm])
    assert sample.matrices.show(name).cell(row, column).mark == ""
    sample.history.undo()
    assert sample.matrices.show(name).cell(row, column).mark == "X"


def test_the_sample_is_large_enough_to_learn_from(sample: Project) -> None:
    sources = sample.sources.list()
    interviews = [source for source in sources if source.kind == "interview"]
    codings = list(sample.codings.list())
    assert len(interviews) == 12
    assert len(sources) - len(interviews) >= 4
    for source in interviews:
        assert 500 <= len(sample.sources.text(source.name).split()) <= 1250, source.name
    assert len(codings) >= 300
    assert {coding.stance for coding in codings} == {"supports", "counters"}
    assert {coding.certainty for coding in codings} == {"firm", "tentative"}
    assert sum(1 for coding in codings if coding.memo) >= 20
    merged = [
        event for code in sample.codes.list() for event in sample.codes.lineage(code.path) if event.event == "merged"
    ]
    assert len(merged) >= 2
    assert all(code.definition for code in sample.codes.list())


def test_every_state_of_a_cell_occurs_in_the_sample(sample: Project) -> None:
    """All but "incomplete": every source of the sample has been read."""
    states = {
        cell.computed
        for definition in sample.matrices.list()
        for row in sample.matrices.show(definition.name).rows
        for cell in row.cells
    }
    assert states == set(STATES) - {"incomplete"}


def test_every_note_of_the_sample_states_that_it_is_synthetic(sample: Project) -> None:
    for source in sample.sources.list():
        assert "synthetic" in sample.sources.text(source.name)[:300].lower(), source.name


def test_the_only_things_open_in_the_sample_are_the_two_that_it_shows(sample: Project) -> None:
    assert [finding.what for finding in sample.check()] == ["unattributed", "unattributed"]


def test_the_sample_folder_is_what_an_export_of_it_writes() -> None:
    there = {name: data for name, data in files().items() if name not in {"README.md", "second-coder.csv"}}
    assert dict(write_study(read_study(there))) == there


def test_the_sample_has_the_claims_of_the_paper_with_their_verdicts(sample: Project) -> None:
    assert sample.claims.check().counts == {
        "holds": 41,
        "holds with reserve": 7,
        "contradicted": 8,
        "not checkable": 3,
    }


def test_each_cell_with_quotes_of_two_tables_has_a_summary_with_links_to_quotes(sample: Project) -> None:
    for name in ("table-3", "table-4"):
        assert sample.summaries.missing(name) == []
        for written in sample.summaries.list(name):
            assert list(links_in(written.summary.text)), written.summary.place
            assert (written.changes, written.lost) == ((), ())
            assert written.summary.basis is not None


def test_the_sample_is_honest_about_single_quotes_and_has_codes_that_meet(sample: Project) -> None:
    table = sample.reports.sensitivity()
    hanging = [row for row in table.to_dicts() if row["hangs on"]]
    assert len(hanging) == 11
    assert sum(row["quotes"] == 1 for row in hanging) == 2
    assert len(sample.reports.cooccurrence().rows) == 19
