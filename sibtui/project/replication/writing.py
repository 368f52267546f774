"""Writing a replication package: a folder with the data of a study and its tables, for reviewers."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import sibtui
from sibtui import __version__
from sibtui.errors import InputError, StudyFileError
from sibtui.formats.study_folder.folder import OWN as OWN_OF_STUDY
from sibtui.formats.study_folder.folder import write_in_chunks
from sibtui.model.frozen import dataclass
from sibtui.model.matrix_definition import TEXT_SHOWS
from sibtui.model.text import one_line, plural
from sibtui.project.exporting.extensions import refuse_file_name
from sibtui.project.exporting.folder_draft import folder_draft
from sibtui.project.exporting.pictures import drawing_problem
from sibtui.project.exporting.whole_folder import usable_folder, write_folder
from sibtui.project.importing.study_folder_reader import read_folder
from sibtui.project.replication.manifest import MANIFEST, METHODS, OWN, STUDY, SUMS, ReplicationFacts
from sibtui.project.replication.rebuilt_files import of_table, rebuilt_files
from sibtui.project.replication.without_notes import without_notes, without_private_parts
from sibtui.store import cases as case_rows
from sibtui.store import history as history_rows
from sibtui.store.part_files import make_part_folder, sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from sibtui.model.drafts import StudyDraft
    from sibtui.model.progress import Progress
    from sibtui.project.replication.quoted_words import QuotedWords
    from sibtui.project.replication.rebuilt_files import File
    from sibtui.project.shared.base import Session

CODER = "sibtui"
"""The coder in the study that is made from a package. No file of a package has this name."""


@dataclass(frozen=True, slots=True)
class ReplicationPackage:
    """The result of writing a replication package.

    `files` is the number of files in the package. `left_out` lists the parts of the study that are not in the
    package, as pairs (number of items, name of their kind).
    """

    files: int
    left_out: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ReplicationOptions:
    """The choices for a replication package: the arguments of `Exports.replication_package` with the same names."""

    notes: bool = True
    memos: bool = False
    despite_findings: bool = False
    key: Path | None = None
    pictures: bool = False
    force: bool = False


def write_replication_package(
    session: Session, path: Path, options: ReplicationOptions, progress: Progress
) -> ReplicationPackage:
    """Write a replication package to the folder `path`. Raises the errors of `Exports.replication_package`.

    The tables are computed from a new study that is made from the data in the package. This proves that the package has
    all data that are needed to check the tables.
    """
    session.refuse_in_blind_round("The replication package")
    if not path.is_dir():
        refuse_file_name(path)
    folder = usable_folder(path, force=options.force)
    if options.pictures and (problem := drawing_problem()):
        raise InputError(problem)
    _refuse_damage(session)
    key = _refuse_findings(session, options)
    step = _Steps(session, progress)
    with session.store.snapshot(), _room_beside(folder) as room:
        draft, quoted, left_out = _draft(session, options)
        left_out.update(_never_written(session, key))
        write_folder(room / STUDY, step.each(write_in_chunks(draft)), OWN_OF_STUDY)
        counted = tuple((count, what) for what, count in left_out.items() if count)
        facts = ReplicationFacts(__version__, options.notes, options.memos, counted, options.pictures)
        with study_of_package(room / STUDY, room, step.same) as rebuilt:
            _refuse_other_tables(session, rebuilt)
            files = step.each(_files(session, rebuilt, facts, quoted, room, step.same))
            count = write_folder(folder, _with_sums(files), OWN, force=options.force)
    return ReplicationPackage(count, facts.left_out)


def study_of_package(folder: Path, room: Path, step: Callable[[], None]) -> sibtui.Project:
    """Make a study from the data in a package, and return it open. The new study file is in the folder `room`.

    `step` is called several times, and may raise to cancel. Raises InputError when `folder` cannot be used.
    """
    return sibtui.Project.create(
        room / "rebuilt.sibtui", draft=read_folder(folder), coder=CODER, progress=lambda _: step()
    )


class _Steps:
    """Reports how many files of a package are written. The number of all files is an estimate."""

    def __init__(self, session: Session, progress: Progress) -> None:
        sources, matrices = (
            int(session.store.scalar(f"SELECT count(*) FROM {name}")) for name in ("sources", "matrices")
        )
        self._progress, self._done, self._of = progress, 0, 2 * sources + 6 * matrices + 30
        progress(0, self._of)

    def same(self) -> None:
        """Report the same number of files again. During a long step, the receiver can then cancel by raising an exception."""
        self._progress(self._done, self._of)

    def each(self, files: Iterable[File]) -> Iterator[File]:
        """Yield the files unchanged, and report the progress before each file."""
        for file in files:
            self._done = min(self._done + 1, self._of)
            self.same()
            yield file


def _refuse_damage(session: Session) -> None:
    """Raise StudyFileError if the study is damaged, because the tables of the package would be wrong or incomplete."""
    from sibtui.project.check import is_damaged

    if is_damaged(session):
        message = f"The replication package was not written, because {session.store.path} is damaged."
        raise StudyFileError(message, "the file is damaged", "check")


def _refuse_findings(session: Session, options: ReplicationOptions) -> int:
    """Raise InputError if texts of the study could identify people, unless `options.despite_findings` is set.

    Return the number of names in the key of pseudonyms.
    """
    pseudonyms = sibtui.Pseudonyms(session, options.key)
    if not options.despite_findings and (found := pseudonyms.check(exports_only=True)):
        count = plural(len(found), "trace of a person", "traces of people")
        raise InputError(f"The replication package was not written, because the study has {count}.", "despite-findings")
    return len(pseudonyms.list())


@contextmanager
def _room_beside(folder: Path) -> Iterator[Path]:
    """Make a temporary folder beside the package, and yield the folder. Remove it after the `with` block."""
    try:
        sweep(folder.absolute().parent)
        room = make_part_folder(folder.absolute())
    except OSError as error:
        raise InputError(f"Cannot write {folder}: {error.strerror}.") from error
    try:
        yield room
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _draft(session: Session, options: ReplicationOptions) -> tuple[StudyDraft, QuotedWords | None, Counter[str]]:
    """Return (study for the package, finder of quotes or None, map: kind of item left out → number of these items)."""
    draft, left_out = without_private_parts(folder_draft(session, all_coders=True), memos=options.memos)
    if options.notes:
        return draft, None, left_out
    draft, more, quoted = without_notes(draft)
    return draft, quoted, left_out + more


def _never_written(session: Session, key: int) -> dict[str, int]:
    """Return a map of the items that no package contains: kind of item → number in the study."""
    store = session.store
    texts, sources = (int(store.scalar(f"SELECT count(*) FROM {table}")) for table in ("texts", "sources"))
    return {
        "private names of cases": sum(case.private_name is not None for case in case_rows.cases(store)),
        "names in the key of pseudonyms": key,
        "earlier versions of texts": texts - sources,
        "entries of the history": sum(1 for _ in history_rows.acts(store)),
    }


def _refuse_other_tables(session: Session, rebuilt: sibtui.Project) -> None:
    """Raise InputError if a table computed from the files of the package differs from the table of the study."""
    matrices = sibtui.Matrices(session)
    for definition in matrices.list():
        name = definition.name
        here, there = (_cells(each.show(name)) for each in (matrices, rebuilt.matrices))
        if here != there:
            shown = one_line(name, 60)
            raise InputError(f"The table “{shown}” cannot be computed from the parts that the package may have.")


def _cells(matrix: sibtui.ShownMatrix) -> list[tuple[object, ...]]:
    """Return the columns and the rows of a matrix as tuples that can be compared: labels, marks, states and counts.

    If the cells show texts instead of marks, the texts are left out.
    """
    with_marks = matrix.show not in TEXT_SHOWS

    def values(cell: sibtui.Cell) -> tuple[object, ...]:
        return cell.mark if with_marks else "", cell.state, cell.quotes, cell.sources, cell.counter

    return [matrix.columns, *((row.label, *map(values, row.cells)) for row in matrix.rows)]


def _files(
    session: Session,
    rebuilt: sibtui.Project,
    facts: ReplicationFacts,
    quoted: QuotedWords | None,
    room: Path,
    step: Callable[[], None],
) -> Iterator[File]:
    """Yield (name, content) of each file of the package except for the checksums.

    `quoted` removes quotes of the notes from the report on the methods. It is None if the package contains the
    notes.
    """
    yield MANIFEST, facts.to_toml()
    for file in sorted(path for path in (room / STUDY).rglob("*") if path.is_file()):
        yield file.relative_to(room).as_posix(), file.read_bytes()
    if quoted is not None:
        methods = sibtui.Reports(session).methods("none")
        rows = tuple(tuple(quoted.without(v) if isinstance(v, str) else v for v in row) for row in methods.rows)
        below = tuple(map(quoted.without, methods.below))
        yield from of_table(METHODS, replace(methods, rows=rows, below=below, objects=()))
    yield from rebuilt_files(rebuilt, facts, room, step)


def _with_sums(files: Iterable[File]) -> Iterator[File]:
    """Yield the files unchanged, followed by the file SHA256SUMS with their checksums."""
    sums: dict[str, Callable[[], str]] = {}
    for name, data in files:
        digest = hashlib.sha256()
        sums[name] = digest.hexdigest
        yield name, _digested(data, digest.update)
    lines = (f"{hexdigest()}  {name}\n" for name, hexdigest in sorted(sums.items()))
    yield SUMS, "".join(lines).encode()


def _digested(data: bytes | Iterable[bytes], update: Callable[[bytes], None]) -> Iterator[bytes]:
    for chunk in (data,) if isinstance(data, bytes) else data:
        update(chunk)
        yield chunk
