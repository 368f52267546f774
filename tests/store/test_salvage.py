"""A salvage brings out all rows that can be read, names the losses, and never touches the damaged file."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sibtui import Project, salvage
from sibtui.errors import ConflictError, SibtuiError, StudyFileError
from sibtui.model.drafts import CodingDraft
from sibtui.model.segments import Segment
from sibtui.project.importing.study_folder_reader import sample_draft
from sibtui.store import backups, salvage_copy
from sibtui.store.salvage_copy import open_damaged

from .helpers import raw

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE = 4096
DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("sound") / "study.sibtui"
    with Project.create(file, draft=sample_draft(), coder="Ana") as study:
        study.codes.rename("Covid-19", "Pandemic")
    return file


@pytest.fixture
def study(sound: Path, path: Path) -> Path:
    return Path(shutil.copy(sound, path))


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return tmp_path / "new.sibtui"


def pages_of(study: Path, name: str) -> list[int]:
    """Return the numbers of the pages of a table or index."""
    with closing(sqlite3.connect(study)) as connection:
        try:
            return [
                row[0]
                for row in connection.execute("SELECT pageno FROM dbstat WHERE name = ? ORDER BY pageno", (name,))
            ]
        except sqlite3.OperationalError:
            return []


def overwrite(study: Path, *pages: int, content: bytes = b"\xff" * PAGE) -> None:
    with study.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * PAGE)
            file.write(content)


def losses(salvaged) -> dict[tuple[str, str], int]:
    return {(loss.table, loss.kind): loss.count for loss in salvaged.lost}


@pytest.mark.slow
def test_a_sound_study_is_salvaged_completely_with_its_history(study: Path, new: Path) -> None:
    salvaged = salvage(study, new)
    assert salvaged.lost == ()
    with Project.open(study) as old, Project.open(new) as made:
        assert made.codings.count() == old.codings.count() == salvaged.rows["codings"]
        assert made.study == old.study
        assert [act.summary for act in made.history.undo()] == [act.summary for act in old.history.undo()]
    assert new.stat().st_mode & 0o777 == 0o600


def test_a_damaged_index_loses_nothing(study: Path, new: Path) -> None:
    pages = pages_of(study, "codings_by_code")
    if not pages:
        pytest.skip("this SQLite has no dbstat")
    overwrite(study, *pages)
    assert salvage(study, new).lost == ()


def test_codings_on_lost_pages_are_counted_and_all_others_are_salvaged(study: Path, new: Path) -> None:
    pages = pages_of(study, "codings")
    if not pages:
        pytest.skip("this SQLite has no dbstat")
    overwrite(study, pages[len(pages) // 2])
    before = study.read_bytes()
    salvaged = salvage(study, new)
    lost = losses(salvaged)
    with Project.open(new) as made:
        assert made.codings.count() + lost["codings", "unreadable"] == 634
        assert made.codings.count() > 500
        assert [finding for finding in made.check() if finding.kind == "damage"] == []
    assert lost["acts", "left out"] == 2
    assert study.read_bytes() == before


def test_codings_of_a_lost_code_get_a_new_code_with_a_made_up_name(study: Path, new: Path) -> None:
    raw(
        study,
        "PRAGMA foreign_keys = OFF",
        "UPDATE history SET replaying = 1",
        "DELETE FROM codes WHERE id = 3",
        "DELETE FROM coders WHERE id = 1",
    )
    with closing(sqlite3.connect(study)) as connection:
        before = connection.execute("SELECT count(*) FROM codings").fetchone()[0]
    salvaged = salvage(study, new)
    assert losses(salvaged)["codes", "replaced"] == 1
    assert losses(salvaged)["coders", "replaced"] == 1
    with Project.open(new) as made:
        assert made.codings.count() == before
        assert any(code.name == "lost code 3" for code in made.codes.list())
        assert "lost coder 1" in [coder.name for coder in made.coders]


def test_a_link_to_a_removed_coding_leads_to_no_later_coding_after_losses(study: Path, new: Path) -> None:
    with Project.open(study, coder="Ana") as opened:
        first = next(iter(opened.codings.list(cases=["SIB A"])))
        draft = CodingDraft(first.source, first.code, Segment(0, 20), cases=("SIB A",))
        removed = opened.codings.add(draft)
        opened.summaries.set_code(first.code, "SIB A", f"See [{first.id}] and [{removed.id}].")
        opened.codings.remove(removed.id)
    raw(study, "UPDATE history SET replaying = 1", "INSERT INTO coding_cases (coding_id, case_id) VALUES (999999, 1)")
    assert salvage(study, new).lost
    with Project.open(new, coder="Ana") as salvaged:
        assert salvaged.codings.add(draft).id == removed.id
        [written] = salvaged.summaries.list(code=first.code)
        assert written.summary.text == f"See [{first.id}] and [0]."
        assert [lost.split(":")[0] for lost in written.lost] == ["[0]"]


def test_a_lost_source_gets_a_made_up_name_if_its_text_is_there(study: Path, new: Path) -> None:
    with closing(sqlite3.connect(study)) as connection:
        counts = dict(connection.execute("SELECT source_id, count(*) FROM codings GROUP BY source_id"))
    raw(
        study,
        "UPDATE history SET replaying = 1",
        "DELETE FROM sources WHERE id IN (1, 2)",
        "DELETE FROM texts WHERE source_id IN (2, 3)",
    )
    lost = losses(salvage(study, new))
    assert (lost["sources", "replaced"], lost["codings", "orphaned"]) == (1, counts[2] + counts[3])
    with Project.open(new) as made:
        names = [source.name for source in made.sources.list()]
        assert [name for name in names if name.startswith("lost")] == ["lost source 1"]
        assert made.codings.count() == sum(counts.values()) - counts[2] - counts[3]


def test_changes_in_the_log_of_a_damaged_study_are_salvaged(study: Path, new: Path) -> None:
    with closing(sqlite3.connect(study, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("UPDATE history SET replaying = 1")
        connection.execute("UPDATE project SET description = 'in the log'")
        copy = study.with_name("copy.sibtui")
        for suffix in ("", "-wal"):
            shutil.copy(f"{study}{suffix}", f"{copy}{suffix}")
    salvage(copy, new)
    with Project.open(new) as made:
        assert made.study.description == "in the log"


def test_a_text_that_is_not_utf_8_is_kept_with_replacement_characters(study: Path, new: Path) -> None:
    raw(
        study,
        "UPDATE history SET replaying = 1",
        "UPDATE cases SET private_name = CAST(x'41ff42' AS TEXT) WHERE id = 1",
    )
    salvaged = salvage(study, new)
    assert losses(salvaged)["cases", "altered"] == 1
    with Project.open(new) as made:
        assert made.cases.list()[0].private_name == "A�B"


def test_the_first_rows_of_a_truncated_study_are_salvaged(study: Path, new: Path) -> None:
    data = study.read_bytes()
    study.write_bytes(data[: len(data) * 4 // 5 + 100])
    with pytest.raises(SibtuiError):
        Project.open(study).check()
    salvaged = salvage(study, new)
    assert salvaged.lost
    with Project.open(new) as made:
        assert made.sources.list() or made.codings.count()


def test_a_study_without_its_header_is_read(study: Path, new: Path) -> None:
    overwrite(study, 1, content=b"\0" * 100)
    assert salvage(study, new).lost == ()


def test_a_study_of_version_1_is_salvaged_and_upgraded(path: Path, new: Path) -> None:
    shutil.copy(DATA / "study-v1.sibtui", path)
    assert salvage(path, new).lost == ()
    with Project.open(new) as made, Project.open(path) as old:
        assert made.codings.count() == old.codings.count()


@pytest.mark.parametrize("content", [b"", b"x", b"no database" * 1000, b"SQLite format 3\0" + bytes(9000)])
def test_a_file_that_is_not_a_study_is_not_salvaged(path: Path, new: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StudyFileError, match="nothing can be read from it"):
        salvage(path, new)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


FOREIGN = (
    "PRAGMA writable_schema = ON",
    "UPDATE sqlite_schema SET sql = replace(sql, 'private_name TEXT', 'private_name TEXT, x AS (hex(randomblob(99)))') WHERE name = 'cases'",
)
"""A generated column is code of somebody else, which a read would run."""


def test_a_foreign_definition_of_a_table_is_replaced(study: Path, new: Path) -> None:
    raw(study, *FOREIGN)
    assert salvage(study, new).lost == ()


def test_a_table_with_a_foreign_definition_is_not_read(study: Path, new: Path) -> None:
    """With other pages than those of a study, the definitions cannot be replaced."""
    raw(study, "PRAGMA page_size = 8192", "VACUUM", *FOREIGN)
    assert losses(salvage(study, new))["cases", "unreadable"]


def schema_pages(study: Path) -> list[int]:
    """Return the numbers of the pages of `sqlite_schema`: page 1, and the leaves that it names."""
    page = study.read_bytes()[:PAGE]
    cells = [
        int.from_bytes(page[at : at + 2], "big") for at in range(112, 112 + 2 * int.from_bytes(page[103:105], "big"), 2)
    ]
    return [1, *(int.from_bytes(page[at : at + 4], "big") for at in (108, *cells))]


@pytest.mark.parametrize("is_compact", [False, True])
@pytest.mark.parametrize("pages", [slice(0, 1), slice(1, 4), slice(None)], ids=["first", "leaves", "all"])
def test_a_study_without_its_schema_is_salvaged_completely(
    study: Path, new: Path, pages: slice, is_compact: bool
) -> None:
    with closing(sqlite3.connect(study)) as connection:
        (codings,) = connection.execute("SELECT count(*) FROM codings").fetchone()
    if is_compact:
        raw(study, "VACUUM")
    overwrite(study, *schema_pages(study)[pages])
    salvaged = salvage(study, new)
    assert salvaged.lost == ()
    assert salvaged.rows["codings"] == codings


@pytest.mark.parametrize("version", [1, 2, 4, 5, 7, 8, 9, 10, 11])
def test_an_older_study_without_its_first_page_is_salvaged_completely(path: Path, new: Path, version: int) -> None:
    shutil.copy(DATA / f"study-v{version}.sibtui", path)
    overwrite(path, 1)
    assert salvage(path, new).lost == ()


def test_a_page_of_rows_is_lost_with_the_schema(study: Path, new: Path) -> None:
    pages = pages_of(study, "codings")
    if not pages:
        pytest.skip("this SQLite has no dbstat")
    overwrite(study, 1, 2, pages[len(pages) // 2])
    salvaged = salvage(study, new)
    assert 500 < salvaged.rows["codings"] < 634
    assert salvaged.rows["codings"] + losses(salvaged)["codings", "unreadable"] == 634


def test_a_schema_that_sqlite_does_not_let_us_write_stays_as_it_is(
    study: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(salvage_copy, "open_damaged", opened_with("writable_schema = OFF"))
    raw(study, *FOREIGN)
    lost = losses(salvage(study, new))
    assert lost["cases", "unreadable"]
    assert ("codings", "unreadable") not in lost


def test_a_salvage_without_room_for_the_schema_leaves_no_file(
    study: Path, new: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(salvage_copy, "open_damaged", opened_with("max_page_count = 1"))
    overwrite(study, 1)
    with pytest.raises(StudyFileError, match="no room"):
        salvage(study, new)
    assert [file.name for file in study.parent.iterdir()] == [study.name]


def opened_with(pragma: str) -> Callable[[Path], sqlite3.Connection]:
    """Return `open_damaged` with a setting that hinders writing."""

    def opened(work: Path) -> sqlite3.Connection:
        connection = open_damaged(work)
        connection.execute(f"PRAGMA {pragma}")
        return connection

    return opened


def test_an_existing_file_is_not_overwritten(study: Path) -> None:
    with pytest.raises(ConflictError, match="already exists"):
        salvage(study, study)


def spoil(data: bytearray, rnd: random.Random) -> bytearray:
    """Damage a study in one of six ways, up to six times."""
    kind = rnd.choice(("noise", "zeros", "cut", "bits", "header", "swap"))
    for _ in range(rnd.randint(1, 6)):
        at, other = (rnd.randrange(1, len(data) // PAGE) * PAGE for _ in range(2))
        if kind == "noise":
            data[at : at + PAGE] = rnd.randbytes(PAGE)
        elif kind == "zeros":
            data[at : at + PAGE] = bytes(PAGE)
        elif kind == "cut":
            return data[: rnd.randrange(2 * PAGE, len(data))]
        elif kind == "bits":
            for _ in range(20):
                data[rnd.randrange(100, len(data))] ^= 1 << rnd.randrange(8)
        elif kind == "header":
            data[rnd.randrange(100)] = rnd.randrange(256)
        else:
            data[at : at + PAGE], data[other : other + PAGE] = data[other : other + PAGE], data[at : at + PAGE]
    return data


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_any_damage_gives_a_sound_study_or_one_sentence(study: Path, new: Path, seed: int) -> None:
    damaged = bytes(spoil(bytearray(study.read_bytes()), random.Random(seed)))
    study.write_bytes(damaged)
    refused = ""
    try:
        salvage(study, new)
    except SibtuiError as error:
        refused = str(error)
    if refused:
        assert "nothing can be read from it" in refused
        assert not new.exists()
    else:
        backups.verify(new, new)
    assert study.read_bytes() == damaged
    assert not [file for file in study.parent.iterdir() if file.name.startswith(".")]
