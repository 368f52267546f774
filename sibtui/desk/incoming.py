"""What is to come into a study: read first, looked at and put right, then stored as one act. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sibtui.desk.paths import paths_in
from sibtui.errors import InputError, SibtuiError
from sibtui.model.text import one_line, plural
from sibtui.project import SUFFIX
from sibtui.project.reading import READERS, ReadFile, doubt, find_files, is_survey, read_bytes, read_file, with_speakers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sibtui.model.drafts import CodeDraft, SourceDraft
    from sibtui.model.records import Fidelity, Kind
    from sibtui.project import Project
    from sibtui.project.outcomes import Added

    Progress = Callable[[int, int], None]

CODEBOOKS = (".toml", ".qdc")
"""What is always a codebook; a .csv may be one."""
WANTED = (*READERS, *CODEBOOKS)
"""Suffixes of files that a line is completed by."""
_OTHERS = (".qdpx", ".sqlite3", ".sqlite", ".db", ".qda")
_TABLES = (".csv", ".tsv")
_TEXTS = (".txt", ".md", ".html", ".htm", ".xhtml", ".vtt", ".srt", ".csv", ".tsv")
"""Files whose bytes are text in some encoding."""


@dataclass(frozen=True, slots=True)
class How:
    """What the researcher says about all that comes in; what is left open is as the files have it."""

    cases: tuple[str, ...] = ()
    kind: Kind | None = None
    fidelity: Fidelity | None = None
    encoding: str | None = None
    speakers: bool = False

    def on(self, draft: SourceDraft) -> SourceDraft:
        return replace(
            draft,
            cases=self.cases or draft.cases,
            kind=self.kind or draft.kind,
            fidelity=self.fidelity or draft.fidelity,
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: files of notes, or (else None) a codebook; and in a sentence each, what was left alone."""

    files: tuple[ReadFile, ...] = ()
    told: tuple[str, ...] = ()
    codes: tuple[CodeDraft, ...] | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A source that would come in (`new`), one left out by the researcher (`out`), or one that does not come, and `why`."""

    key: str
    file: ReadFile
    outcome: Literal["new", "out", "same", "refused"]
    name: str
    why: str = ""
    draft: SourceDraft | None = None
    new_cases: tuple[str, ...] = ()

    @property
    def encoding(self) -> str:
        """How the bytes of a text were taken, and how sure that is; empty for what is no plain text."""
        if self.draft is None or Path(self.file.path).suffix.lower() not in _TEXTS:
            return ""
        sure = f", {self.draft.confidence * 100:.0f} of 100 sure" if doubt(self.draft) else ""
        return f"{self.draft.encoding}{sure}"

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader could not read, or decided by itself."""
        if self.draft is None:
            return ()
        guess = doubt(self.draft)
        return (*self.draft.warnings, *([f"{guess}: if its accents look wrong, e chooses another"] if guess else []))


def elsewhere(path: Path) -> str:
    """How something comes in that is neither notes nor a codebook: whole studies; empty for all else."""
    suffix, shown = path.suffix.lower(), one_line(str(path))
    if suffix == SUFFIX:
        return f"{shown} is a study itself: `sibtui open` opens it, and so does the welcome (plain `sibtui`)."
    whole = suffix in _OTHERS or (path / "data.qda").is_file()
    if whole or (path / "study.toml").is_file():
        what = "a whole project of another program" if whole else "a whole study"
        notes = "" if whole else f"; its notes alone are in {one_line(str(path / 'notes'))}"
        return (
            f"{shown} is {what}, which becomes a study of its own: `sibtui new STUDY --from` it, or f in the welcome"
            f" (plain `sibtui`){notes}."
        )
    return ""


def read(line: str, how: How, progress: Progress = lambda _done, _of: None) -> Reading:
    """Read what the paths on a line lead to. InputError when it is nothing that comes in here.

    `progress` is told (done, of) in files, of 0 while they are looked for; by raising it ends the reading.
    """
    paths = paths_in(line)
    if not paths:
        raise InputError("Write the path of a file or a folder.")
    try:
        return _read(paths, how, progress)
    except OSError as error:  # a name that is too long, a folder that is closed
        raise InputError(f"That cannot be read: {error.strerror}.") from error


def _read(paths: Sequence[Path], how: How, progress: Progress) -> Reading:
    for path in paths:
        if other := elsewhere(path):
            raise InputError(other)
    if len(paths) == 1 and (codebook := _codebook(paths[0])) is not None:
        return codebook
    found = find_files(paths, lambda: progress(0, 0))
    files: list[ReadFile] = []
    for path in found.files:
        progress(len(files), len(found.files))
        file = read_file(path, encoding=how.encoding)
        files.append(with_speakers(file) if how.speakers else file)
    progress(len(files), len(files))
    return Reading(tuple(files), found.told)


def _codebook(path: Path) -> Reading | None:
    """What is in a file that is a codebook; None when it is none."""
    suffix = path.suffix.lower()
    if suffix not in (*CODEBOOKS, *_TABLES) or not path.is_file():
        return None
    data = read_bytes(path)
    if suffix == ".qdc":
        from sibtui.formats.import_text import import_lines  # noqa: PLC0415 - rare
        from sibtui.formats.refi_codebook import read_qdc  # noqa: PLC0415

        found = read_qdc(str(path), data)
        return Reading(told=tuple(import_lines(found.report)), codes=found.study.codes)
    from sibtui.formats.codebook_files import is_of_taguette, read_codebook  # noqa: PLC0415

    if suffix == ".toml":
        return Reading(codes=read_codebook(str(path), data))
    header = {cell.strip(" \"'\ufeff").casefold() for cell in _first_line(data).replace(";", ",").split(",")}
    if {"source", "code"} <= header and header & {"quote", "start"}:
        raise InputError(f"{one_line(str(path))} holds codings, no notes: `sibtui coding import` brings them in.")
    try:
        return Reading(codes=read_codebook(str(path), data)) if "path" in header or is_of_taguette(data) else None
    except SibtuiError:  # a survey that has such a column
        return None


def _first_line(data: bytes) -> str:
    return data[:4000].split(b"\n", 1)[0].decode("utf-8", "replace").replace("\t", ",").strip()


class Incoming:
    """What was read, and what the researcher says of it. `items` are what would become of it now."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.how = How()
        self.reading = Reading()
        self.out: set[str] = set()
        self.names: dict[str, str] = {}
        self.items: Sequence[Item] = ()

    def take(self, reading: Reading) -> None:
        """Something else was read: what was said of single sources goes with what was read before."""
        again = [file.path for file in reading.files] == [file.path for file in self.reading.files]
        self.reading = reading
        if not again:
            self.out.clear()
            self.names.clear()
        self.judge()

    def judge(self) -> None:
        """Work out anew what would become of all that was read."""
        drafts = dict(self._drafts())
        coming = [key for key in drafts if key not in self.out]
        report = dict(zip(coming, self.project.sources.foresee(drafts[key] for key in coming), strict=True))
        self.items = [self._item(key, file, drafts.get(key), report.get(key)) for key, file in self._keys()]

    def _keys(self) -> Iterator[tuple[str, ReadFile]]:
        for at, file in enumerate(self.reading.files):
            yield from ((f"{at}.{row}", file) for row in range(max(1, len(file.drafts))))

    def _drafts(self) -> Iterator[tuple[str, SourceDraft]]:
        for at, file in enumerate(self.reading.files):
            for row, draft in enumerate(file.drafts):
                told = self.how.on(draft)
                key = f"{at}.{row}"
                yield key, replace(told, name=self.names[key]) if key in self.names else told

    def _item(self, key: str, file: ReadFile, draft: SourceDraft | None, foreseen: Added | None) -> Item:
        if draft is None:
            return Item(key, file, "refused", Path(file.path).name, file.why)
        if foreseen is None:
            return Item(key, file, "out", draft.name, "", draft)
        if foreseen.outcome == "added":
            return Item(key, file, "new", draft.name, "", draft, foreseen.new_cases)
        if foreseen.outcome == "same":
            why = f"It is in the study already, as {one_line(foreseen.name)}."
            return Item(key, file, "same", draft.name, why, draft)
        why = foreseen.why.partition(":")[0] + ": r gives this one another name."
        return Item(key, file, "refused", draft.name, why, draft)

    @property
    def coming(self) -> list[Item]:
        return [item for item in self.items if item.outcome == "new"]

    @property
    def new_codes(self) -> int:
        known = {code.path for code in self.project.codes.list()}
        return sum(code.path not in known for code in self.reading.codes or ())

    @property
    def told(self) -> str:
        """What Enter would do."""
        if self.reading.codes is not None:
            there = len(self.reading.codes) - self.new_codes
            also = f"; {plural(there, 'code')} there already, brought up to date" if there else ""
            return f"A codebook: {plural(self.new_codes, 'new code')}{also}"
        counts = {
            outcome: sum(item.outcome == outcome for item in self.items) for outcome in ("same", "refused", "out")
        }
        parts = [f"{plural(len(self.coming), 'source')} to bring in"]
        words = {"same": "there already", "refused": "refused", "out": "left out"}
        return ", ".join(parts + [f"{counts[outcome]:,} {word}" for outcome, word in words.items() if counts[outcome]])

    def store(self, project: Project, progress: Progress = lambda _done, _of: None) -> Stored:
        """Bring it in, as one act; `project` may be another connection to the study. By raising, `progress` ends it: nothing is kept."""
        if self.reading.codes is not None:
            report = project.codes.import_(self.reading.codes)
            return Stored(
                f"{plural(report.added, 'code')} added, {report.changed} changed, {report.same} there already"
            )
        coming = self.coming

        def drafts() -> Iterator[SourceDraft]:
            for done, item in enumerate(coming):
                progress(done, len(coming))
                if item.draft is not None:
                    yield item.draft
            progress(len(coming), len(coming))

        added = project.sources.add(drafts())
        names = tuple(each.name for each in added if each.outcome == "added")
        refused = [each for each in added if each.outcome == "refused"]
        told = f"{plural(len(names), 'source')} added" + (f": {one_line(names[0])}" if len(names) == 1 else "")
        if refused:
            told += f"; {len(refused)} refused: {one_line(refused[0].name, 40)}: {refused[0].why}"
        return Stored(told, names)


@dataclass(frozen=True, slots=True)
class Stored:
    """What came in: in a sentence, and the names of the new sources."""

    told: str
    names: tuple[str, ...] = ()


def line_told(line: str) -> str:
    """What the paths of a line that is being written are, as far as a look tells."""
    try:
        return _told(paths_in(line))
    except OSError as error:
        return f"That cannot be: {error.strerror}."


def _told(paths: Sequence[Path]) -> str:
    if not paths:
        return "A file, several, or a folder. Tab completes; a file dragged into the window writes its path."
    other = next(filter(None, map(elsewhere, paths)), "")
    if other:
        return other
    gone = [path for path in paths if not path.exists()]
    if gone:
        return f"There is no {one_line(str(gone[0]))}: Tab shows what there is."
    if len(paths) > 1:
        return f"{len(paths)} files or folders: Enter looks into them. Nothing is stored yet."
    path = paths[0]
    what = "A folder" if path.is_dir() else "A table" if is_survey(path) else "A file"
    return f"{what}: Enter looks into it. Nothing is stored yet."
