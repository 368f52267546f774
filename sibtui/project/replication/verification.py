"""The check of a replication package: the comparison of checksums, and a second computation of all tables and files."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Collection, Container, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

from sibtui import __version__
from sibtui.errors import InputError, SibtuiError
from sibtui.formats.codec.archives import open_archive, open_member
from sibtui.model.arguments import AnyPath, as_path
from sibtui.model.frozen import dataclass
from sibtui.model.progress import Progress
from sibtui.model.table import Table
from sibtui.model.text import listed_clauses, one_line
from sibtui.project.exporting.pictures import drawing_problem
from sibtui.project.exporting.safe_write import private_folder
from sibtui.project.importing.files import read_bytes
from sibtui.project.importing.study_folder_reader import names_read
from sibtui.project.replication.listed_files import present_files, stated_sums, sum_of
from sibtui.project.replication.manifest import FLAT, MANIFEST, METHODS, PICTURES, QDPX, STUDY, TABLES, read_manifest
from sibtui.project.replication.rebuilt_files import rebuilt_files
from sibtui.project.replication.writing import study_of_package
from sibtui.store.flat_difference import flat_difference

if TYPE_CHECKING:
    from sibtui.project.replication.manifest import ReplicationFacts
    from sibtui.project.replication.rebuilt_files import File

FileState = Literal["equal", "changed", "missing", "extra"]
"""The result of comparing a file with its checksum. `extra` is a file without a checksum, or one that a package does not have."""
Computed = Literal["", "equal", "changed"]
"""Whether a file equals the file that is computed from the study in the package. Empty for a file that is not computed."""
_SHOWN = 3
_OF_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
"""Files that the file managers of macOS and Windows write into a folder when a person looks at it. The check ignores them."""


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """The result of the check for one file.

    `checksum` is the result of the comparison with the checksum in the package. `computed` is the result of the
    comparison with the file that is computed from the study in the package; empty if this comparison was not made.
    `why` describes how the file differs from the computed file; empty if no difference was found.
    """

    name: str
    checksum: FileState
    computed: Computed = ""
    why: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether the file matches its checksum, and also equals the computed file, if there is one."""
        return self.checksum == "equal" and self.computed != "changed"


@dataclass(frozen=True, slots=True)
class ReplicationCheck:
    """The result of the check of a replication package.

    `problem` is the reason why the tables could not be computed; it is empty if they were computed. `sibtui` is the
    version of the program that wrote the package.
    """

    files: tuple[CheckedFile, ...]
    problem: str = ""
    sibtui: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether all files match their checksums, and all computed files equal the files of the package.

        >>> package = project.exports.replication_package("for-reviewers", despite_findings=True)
        >>> verify_replication_package("for-reviewers").is_sound
        True
        """
        return not self.problem and all(file.is_sound for file in self.files)

    @property
    def tables(self) -> tuple[CheckedFile, ...]:
        """The results for the files in the folder `tables` of the package."""
        return tuple(file for file in self.files if file.name.startswith(f"{TABLES}/"))

    def table(self) -> Table:
        """Return the result as a table, one row per file. The tables of the study come first.

        >>> package = project.exports.replication_package("for-reviewers", despite_findings=True)
        >>> verify_replication_package("for-reviewers").table().rows[0]
        ('tables/table-1.csv', 'equal', 'equal', '')
        """
        others = (file for file in self.files if file not in self.tables)
        rows = tuple((each.name, each.checksum, each.computed, each.why) for each in (*self.tables, *others))
        return Table(
            ("file", "checksum", "computed", "why"), rows, "Check of the replication package", below=self.lines
        )

    @property
    def lines(self) -> tuple[str, ...]:
        """Sentences that sum up the result, such as “Checksums: 41 equal.”."""
        computed = [file for file in self.files if file.computed]
        tables = [file for file in self.tables if file.computed]
        lines = [f"Checksums: {_counts(self.files, lambda file: file.checksum)}."]
        if computed:
            lines += [f"Tables computed again: {_counts(tables, lambda file: file.computed) or 'none'}."]
            lines += [f"All files computed again: {_counts(computed, lambda file: file.computed)}."]
        if self.problem:
            lines += [f"The tables could not be computed: {self.problem}"]
        if self.sibtui not in {"", __version__}:
            wrote = f"sibtui {one_line(self.sibtui, 20)} wrote the package, and this is sibtui {__version__}"
            lines += [f"{wrote}: it may write the same table in another form."]
        return tuple(lines)


def _counts(files: tuple[CheckedFile, ...] | list[CheckedFile], field: Callable[[CheckedFile], str]) -> str:
    counted: dict[str, int] = {}
    for file in files:
        counted[field(file)] = counted.get(field(file), 0) + 1
    return ", ".join(f"{count:,} {state}" for state, count in counted.items())


def verify_replication_package(folder: AnyPath, *, progress: Progress | None = None) -> ReplicationCheck:
    """Check a replication package: compare its files with the checksums, and with files computed again.

    The computed files are made from the study in the package. Nothing in the folder is changed. `progress` receives
    (files done, all files), and may raise to cancel. Raises InputError when the folder is no replication package, or
    has links.

    >>> package = project.exports.replication_package("for-reviewers", despite_findings=True)
    >>> verify_replication_package("for-reviewers").lines[1]
    'Tables computed again: 8 equal.'
    """
    path = as_path(folder)
    if not path.is_dir():
        raise InputError(f"There is no folder {path}.")
    stated = stated_sums(path)
    present = {
        name: file for name, file in present_files(path).items() if name in stated or file.name not in _OF_SYSTEMS
    }
    names = sorted({*stated, *present})
    report = progress or (lambda _done, _of: None)
    done = 0

    def step() -> None:
        report(done, 2 * len(names))

    found: dict[str, str] = {}
    for name in names:
        if name in present:
            found[name] = sum_of(present[name], step)
        done += 1
    files = {name: CheckedFile(name, _state(stated.get(name), found.get(name))) for name in names}
    if MANIFEST not in present:
        return ReplicationCheck(tuple(files.values()), f"the file {MANIFEST} is missing.")
    try:
        facts = read_manifest(read_bytes(present[MANIFEST]))
        computed: set[str] = set()
        for each in _compared(path, facts, found, step):
            computed.add(each.name)
            files[each.name] = replace(files.get(each.name, each), computed=each.computed, why=each.why)
            done = min(done + 1, 2 * len(names))
        files |= _misplaced(files, found, _not_computed(path, facts, computed) | computed)
    except SibtuiError as error:
        return ReplicationCheck(tuple(files.values()), str(error))
    return ReplicationCheck(tuple(files.values()), sibtui=facts.sibtui)


def _state(stated: str | None, found: str | None) -> FileState:
    if stated is None:
        return "extra"
    return "missing" if found is None else "equal" if stated == found else "changed"


def _not_computed(folder: Path, facts: ReplicationFacts, computed: AbstractSet[str]) -> set[str]:
    """Return the names of the files that belong to a package, but are not computed from its study.

    `computed` has the names of the computed files.
    """
    names = {MANIFEST, *(f"{STUDY}/{name}" for name in names_read(folder / STUDY))}
    if not facts.notes:
        names |= {f"{METHODS}.md", f"{METHODS}.csv"}
    if facts.pictures and drawing_problem():
        pictures = {f"{PICTURES}/{Path(name).stem}.svg" for name in computed if name.startswith(f"{TABLES}/")}
        names |= {name for name in pictures if (folder / name).is_file()}
    return names


def _misplaced(files: Collection[str], found: Container[str], expected: AbstractSet[str]) -> dict[str, CheckedFile]:
    """Return a map: name of a missing or superfluous file → its result.

    `files` are the files with a result, `found` the existing files, and `expected` the files that belong to the
    package. An expected file without a result is missing. An existing file in `files` is superfluous if it is not
    expected.
    """
    missing = {name: CheckedFile(name, "missing") for name in sorted(expected) if name not in files}
    extra = {name: CheckedFile(name, "extra") for name in files if name in found and name not in expected}
    return missing | extra


def _compared(
    folder: Path, facts: ReplicationFacts, found: Mapping[str, str], step: Callable[[], None]
) -> Iterator[CheckedFile]:
    """Compute each file again from the study in the package, compare it with the existing file, and yield the result.

    `found` is a map of the existing files: name → checksum.
    """
    with private_folder() as room, study_of_package(folder / STUDY, room, step) as rebuilt:
        for file in rebuilt_files(rebuilt, facts, room, step):
            step()
            made, digest = _written(room / "made", file)
            if file[0] not in found:
                yield CheckedFile(file[0], "missing")
            elif found[file[0]] == digest:
                yield CheckedFile(file[0], "equal", "equal")
            else:
                why = _difference(file[0], made, folder / file[0])
                yield CheckedFile(file[0], "equal", "changed" if why else "equal", why)


def _written(path: Path, file: File) -> tuple[Path, str]:
    """Write a computed file (name, content) to a temporary path. Return (path, SHA-256 checksum)."""
    digest = hashlib.sha256()
    with path.open("wb") as target:
        for chunk in (file[1],) if isinstance(file[1], bytes) else file[1]:
            target.write(chunk)
            digest.update(chunk)
    return path, digest.hexdigest()


def _difference(name: str, made: Path, stored: Path) -> str:
    """Return words for the difference between a computed file (`made`) and the file of the package (`stored`).

    If only the compression differs, the result is empty.
    """
    if name == QDPX:
        return _archive_difference(made, stored)
    if name == FLAT:
        return flat_difference(made, stored)
    if name.startswith(f"{TABLES}/") and name.endswith(".csv"):
        with suppress(UnicodeDecodeError, csv.Error):
            cells = list(_other_cells(made, stored))
            if cells:
                return listed_clauses(cells, _SHOWN)
    with made.open("rb") as one, stored.open("rb") as other:
        for number, (mine, theirs) in enumerate(zip_longest(one, other), 1):
            if mine != theirs:
                return f"line {number:,} differs from the computed file"
    return ""


def _other_cells(made: Path, stored: Path) -> Iterator[str]:
    """Yield words for each cell that differs between a computed CSV file (`made`) and the file of the package."""
    with made.open(encoding="utf-8", newline="") as one, stored.open(encoding="utf-8", newline="") as other:
        columns: list[str] = []
        nothing: list[str] = []
        for mine, theirs in zip_longest(csv.reader(one), csv.reader(other), fillvalue=nothing):
            columns = columns or mine
            for at, (computed, kept) in enumerate(zip_longest(mine, theirs, fillvalue="")):
                if computed != kept:
                    place = ", ".join(one_line(text, 40) for text in (mine[:1] + columns[at : at + 1]) if text)
                    yield f"{place or 'a cell'}: “{one_line(kept, 40)}”, computed “{one_line(computed, 40)}”"


def _archive_difference(made: Path, stored: Path) -> str:
    """Return words for the first difference between two REFI-QDA projects; empty if there is none.

    A REFI-QDA project is an archive of files.
    """
    try:
        with made.open("rb") as one, stored.open("rb") as other:
            mine = open_archive(QDPX, one, kind="a REFI-QDA project", largest=1 << 40)
            theirs = open_archive(QDPX, other, kind="a REFI-QDA project", largest=1 << 34)
            if mine.namelist() != theirs.namelist():
                return "has other members"
            for member in mine.namelist():
                with open_member(mine, member, name=QDPX) as own, open_member(theirs, member, name=QDPX) as its:
                    if any(a != b for a, b in zip_longest(_parts(own), _parts(its))):
                        return f"its member {one_line(member, 60)} differs"
    except InputError as error:
        return str(error).rstrip(".")
    return ""


def _parts(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(1 << 20):
        yield chunk
