"""Notes, judgements and picks of a column, when the column is gone."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, NotFoundError
from sibtui.formats.refi.reader import read_qdpx
from sibtui.formats.refi.writer import write_qdpx
from sibtui.formats.study_folder.folder import read_study, write_study
from sibtui.model.matrix_definition import RowDefinition
from sibtui.project import Project
from sibtui.project.shared.study_io import study_draft

from .study import add_source, dump, matrix, opened

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.model.matrix_definition import MatrixDefinition


def noted(columns: str, column: str, **fields: object) -> MatrixDefinition:
    row = RowDefinition("Brokering", ("Brokering",), notes={column: "a note"})
    return replace(matrix(columns, row), **fields)  # type: ignore[arg-type] - fields of a definition


def brought_back(project: Project, path: Path) -> Project:
    draft = study_draft(project._session)
    return Project.create(path, draft=draft)


@pytest.fixture
def by_mode(coded: Project) -> Project:
    """A matrix by a source's attribute, with a note, a judgement and a pick of a value that no source has any more."""
    coded.sources.set("A1", attributes={"mode": "phone"})
    coded.sources.set("B1", attributes={"mode": "in person"})
    coded.matrices.define(noted("attribute:mode", "phone"))
    coded.matrices.judge("t", "Brokering", "phone", "absent", "a slip of the tongue")
    coded.sources.set("A1", attributes={"mode": "in person"})
    return coded


def test_columns_of_a_matrix_are_removed_and_restored_with_their_source(coded: Project) -> None:
    coded.matrices.define(noted("sources", "A1", only=("A1", "B1")))
    coded.matrices.judge("t", "Brokering", "A1", "absent", "a slip of the tongue")
    before = coded.matrices.get("t"), dump(coded.path)
    coded.sources.remove("A1")
    left = coded.matrices.get("t")
    assert (left.only, left.rows[0].notes, left.judgements) == (("B1",), {}, ())
    assert coded.matrices.show("t").columns == ("B1",)
    coded.history.undo()
    assert (coded.matrices.get("t"), dump(coded.path)) == before


def test_a_case_keeps_its_column_when_a_source_of_the_same_name_is_removed(coded: Project) -> None:
    add_source(coded, "SIB A", "SIB A")
    coded.matrices.define(noted("cases", "SIB A", only=("SIB A",)))
    before = coded.matrices.get("t")
    coded.sources.remove("SIB A")
    assert coded.matrices.get("t") == before


@pytest.mark.parametrize(("columns", "column"), [("sources", "A1"), ("cases", "SIB A")])
def test_the_only_chosen_column_of_a_matrix_is_not_removed(columns: str, column: str, coded: Project) -> None:
    """Without a chosen column, the matrix would show all columns."""
    remove = getattr(coded, columns).remove
    coded.matrices.define(noted(columns, column, only=(column,)))
    before = dump(coded.path)
    with pytest.raises(ConflictError, match=f"“{column}” is the only chosen column of the matrix t: change or remove"):
        remove(column)
    assert dump(coded.path) == before
    coded.matrices.remove("t")
    coded.matrices.define(noted(columns, column))
    remove(column)
    assert column not in coded.matrices.show("t").columns


def test_a_withdrawal_names_the_matrices_that_lose_all_chosen_columns(coded: Project) -> None:
    coded.matrices.define(noted("sources", "A1", only=("A1",)))
    coded.matrices.define(replace(noted("sources", "A1", only=("A1", "B1")), name="both"))
    for dry_run, sentence in (
        (True, "The matrix t would lose all its chosen columns, and so would show all columns."),
        (False, "The matrix t has lost all its chosen columns, and so shows all columns."),
    ):
        withdrawal = coded.sources.withdraw("A1", dry_run=dry_run)
        assert withdrawal.widened == ("t",)
        assert sentence in withdrawal.notes
    assert [coded.matrices.get(name).only for name in ("t", "both")] == [(), ("B1",)]


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_merge_does_not_remove_all_chosen_columns_of_a_matrix(dry_run: bool, coded: Project, tmp_path: Path) -> None:
    shutil.copy(coded.path, tmp_path / "theirs.sibtui")
    with opened(tmp_path / "theirs.sibtui") as theirs:
        theirs.sources.remove("A1")
    coded.matrices.define(matrix("sources", only=("A1",)))
    before = dump(coded.path)
    with pytest.raises(
        ConflictError, match="would remove all chosen columns of the matrix t, which would then show all"
    ):
        coded.merge(tmp_path / "theirs.sibtui", dry_run=dry_run)
    assert dump(coded.path) == before
    coded.matrices.define(matrix("sources", only=("A1", "B1")))
    coded.merge(tmp_path / "theirs.sibtui")
    assert coded.matrices.get("t").only == ("B1",)


def test_export_and_import_keep_matrix_columns_of_unused_values(by_mode: Project, tmp_path: Path) -> None:
    by_mode.matrices.define(replace(matrix("attribute:mode", only=("in person",)), name="picking"))
    by_mode.sources.set("A1", attributes={"mode": None})
    by_mode.sources.set("B1", attributes={"mode": None})
    with brought_back(by_mode, tmp_path / "again.sibtui") as again:
        assert again.matrices.list() == by_mode.matrices.list()
        again.sources.set("A1", attributes={"mode": "phone"})
        cell = again.matrices.show("t").cell("Brokering", "phone")
        assert (cell.state, cell.computed, cell.stale) == ("absent", "present", False)


@pytest.mark.slow
def test_a_missing_value_does_not_prevent_the_other_columns(by_mode: Project) -> None:
    definition = by_mode.matrices.get("t")
    assert by_mode.matrices.show(definition).columns == ("in person",)
    assert by_mode.matrices.show("t", cases=["In person"]).columns == ("in person",)
    assert by_mode.matrices.traced(definition).matrix.columns == ("in person",)
    assert [each.column for each in by_mode.matrices.evidence(definition)] == ["in person"]
    assert "Brokering" in by_mode.exports.report()
    with pytest.raises(NotFoundError, match="No column is named “by letter”"):
        by_mode.matrices.show("t", cases=["by letter"])
    with pytest.raises(NotFoundError, match="No column is named “phone”"):  # a new definition has to fit
        by_mode.matrices.define(definition)


def test_a_judgement_on_a_missing_value_can_be_removed(by_mode: Project) -> None:
    assert by_mode.matrices.unjudge("t", "Brokering", "phone").because == "a slip of the tongue"
    assert by_mode.matrices.get("t").judgements == ()


def test_a_matrix_that_picks_a_missing_value_is_reported(by_mode: Project) -> None:
    by_mode.matrices.define(replace(matrix("attribute:mode", only=("in person",)), name="picking"))
    for name in ("A1", "B1"):
        by_mode.sources.set(name, attributes={"mode": "phone"})
    with pytest.raises(NotFoundError, match="The matrix picking picks a column “in person”"):
        by_mode.exports.report()


def test_an_attribute_whose_values_are_the_columns_of_a_matrix_is_not_removed(by_mode: Project) -> None:
    by_mode.cases.set("SIB A", attributes={"mode": "rural"})
    by_mode.matrices.define(matrix("source attribute:mode"))
    with pytest.raises(ConflictError, match="the columns of the matrix t: change or remove the matrix first"):
        by_mode.attributes.remove("source", "mode")
    assert by_mode.attributes.remove("case", "mode").of == "case"
    by_mode.matrices.remove("t")
    assert by_mode.attributes.remove("source", "mode").name == "mode"


@pytest.mark.parametrize("of", ["case", "source"])
def test_columns_with_the_owner_of_their_attribute_are_the_same_after_export_and_import(
    coded: Project, tmp_path: Path, of: str
) -> None:
    coded.cases.set("SIB A", attributes={"size": 20})
    coded.sources.set("A1", attributes={"size": 1})
    coded.matrices.define(matrix(f"{of} attribute:size"))
    for packed in (
        read_study(dict(write_study(study_draft(coded._session)))),
        read_qdpx("study.qdpx", write_qdpx(study_draft(coded._session))).study,
    ):
        with Project.create(tmp_path / "again.sibtui", draft=packed, force=True) as again:
            assert again.matrices.list() == coded.matrices.list()
            assert again.matrices.show("t").columns == (("20",) if of == "case" else ("1",))


def test_columns_of_an_attribute_follow_its_new_name(coded: Project) -> None:
    coded.cases.set("SIB A", attributes={"size": 20})
    coded.sources.set("A1", attributes={"size": 1, "people": 2})
    coded.matrices.define(matrix("attribute:Size"))
    coded.matrices.define(replace(matrix("source attribute:size"), name="of sources"))
    coded.attributes.set("source", "size", new_name="pages")
    assert [each.columns for each in coded.matrices.list()] == ["attribute:Size", "attribute:pages"]
    coded.attributes.set("case", "size", new_name="people")
    assert coded.matrices.get("t").columns == "case attribute:people"
    assert coded.matrices.show("t").columns == ("20",)
