"""Commands on damaged and hostile studies.

They work on the readable rows and name the losses, and each failure is reported in one sentence.
"""

from __future__ import annotations

import csv
import io
import shutil
from typing import TYPE_CHECKING

import pytest

from tests.damaging import KINDS, damage, make_study
from tests.sweeps import in_part

if TYPE_CHECKING:
    from pathlib import Path

READING = (
    "coding list", "coding list --format csv", "export codings -", "export folder out", "export qdpx out.qdpx", "export report -",
    "matrix show table", "matrix evidence table", "report codebook", "report cases", "report interviews", "code list",
    "code show Trust", "source list", "source show m1", "case list", "memo list", "study show", "reading due", "reading list",
    "history list", "code export", "attribute list", "source search loss", "coding review", "matrix list",
)  # fmt: skip
CHANGING = ("coding add x1 Trust --quote A", "undo", "case add Q", "code add Q", "source set m1 --title Z")


@pytest.fixture(scope="module")
def sound_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_study(tmp_path_factory.mktemp("damage") / "sound.sibtui")


@pytest.fixture
def study(sound_file: Path, tmp_path: Path) -> Path:
    return shutil.copy(sound_file, tmp_path / "study.sibtui")


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def test_a_coding_without_its_code_is_left_out_of_a_list_and_counted(run, study: Path) -> None:
    damage(study, "DELETE FROM codes WHERE id = 4")
    listed = run("coding", "list", "--format", "csv")
    assert listed.status == 1
    assert [row[4] for row in rows(listed.out)[1:]] == ["Money/Who carries the loss"]
    assert listed.err == (
        f"sibtui: {study} is damaged. This is what can be read of it; left out or changed are:\n"
        "sibtui:   2 codings: missing code\n"
        "sibtui: `sibtui check` lists the damage.\n"
    )


def test_codings_of_a_refused_code_are_counted_beside_the_code(run, study: Path) -> None:
    damage(study, "UPDATE codes SET status = 'odd' WHERE id = 4")
    listed = run("coding", "list", "--format", "csv")
    assert [line[8:] for line in listed.err.splitlines() if line.startswith("sibtui:   ")] == [
        "  1 code: a value that no study has", "  2 codings: missing code",
    ]  # fmt: skip


def test_the_readable_rows_of_a_damaged_study_are_exported_to_a_folder(run, study: Path, tmp_path: Path) -> None:
    damage(
        study,
        "UPDATE codings SET stance = 'maybe' WHERE id = 1",
        "UPDATE texts SET text = CAST(x'ff' || CAST(text AS BLOB) AS TEXT) WHERE source_id = 3",
        "UPDATE codes SET parent_id = 4 WHERE id = 3",
        "DELETE FROM project",
    )
    exported = run("export", "folder", "out")
    assert exported.status == 1
    assert [line[8:] for line in exported.err.splitlines() if line.startswith("sibtui:   ")] == [
        "  1 code: no place in the codebook; shown as themes",
        "  1 coding: a value that no study has",
        "  1 study: no row with the facts of the study; its name is that of the file",
        "  1 text of a source: damaged characters or values, shown as far as they can be read",
    ]
    assert "�" in (tmp_path / "out" / "notes" / "x1.md").read_text()
    assert len([row for row in rows((tmp_path / "out" / "codings.csv").read_text()) if row]) == 3
    assert run("new", "again.sibtui", "--from", "out").status == 0
    assert run("-p", "again.sibtui", "coding", "list", "--format", "csv").out.count("\n") == 3


def test_a_sound_study_is_exported_without_a_message_about_damage(run, study: Path) -> None:
    exported = run("export", "codings", "-")
    assert (exported.status, exported.err) == (0, "")


@pytest.mark.parametrize("kind", in_part(KINDS, 3))
def test_codings_can_be_listed_and_exported_after_every_kind_of_damage(run, study: Path, kind: str) -> None:
    """Codings, texts and codes outside the damage are listed and exported."""
    damage(study, KINDS[kind][0])
    listed = run("coding", "list", "--format", "csv")
    exported = run("export", "folder", "out")
    assert len(rows(listed.out)) > 1, listed.err
    assert (study.parent / "out" / "codings.csv").exists(), exported.err
    for result in (listed, exported):
        assert result.status == (1 if "is damaged" in result.err else 0)
        assert "Traceback" not in result.err
        assert "unexpected error" not in result.err


@pytest.mark.slow
@pytest.mark.parametrize(("start", "command"), list(enumerate([*READING, *CHANGING])))
def test_no_command_ends_in_a_traceback_on_a_damaged_study(
    run, sound_file: Path, tmp_path: Path, start: int, command: str
) -> None:
    """Each command is tested with every third kind of damage."""
    for number, (kind, (statement, _)) in list(enumerate(KINDS.items()))[start % 3 :: 3]:
        study = tmp_path / f"{number}.sibtui"
        shutil.copy(sound_file, study)
        damage(study, statement)
        shutil.rmtree("out", ignore_errors=True)
        (tmp_path / "out.qdpx").unlink(missing_ok=True)
        result = run("-p", study, *command.split())
        assert result.status in (0, 1), (kind, result.err)
        assert "Traceback" not in result.err, kind
        assert "unexpected error" not in result.err, (kind, result.err)
        study.unlink()
