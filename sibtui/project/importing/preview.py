"""What is to come into a study: read first, looked at and put right, then stored as one act. Knows no widget."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from sibtui.errors import InputError, SibtuiError
from sibtui.model.languages import language_code
from sibtui.model.messages import Message
from sibtui.model.text import one_line, plural
from sibtui.project import SUFFIX
from sibtui.project.importing.files import (
    READERS,
    ReadFile,
    doubt,
    find_files,
    is_survey,
    read_bytes,
    read_file,
    with_speakers,
)
from sibtui.project.shared.typed_paths import paths_in
from sibtui.project.shared.validation import Validation

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.drafts import CodeDraft, SourceDraft
    from sibtui.model.progress import Progress
    from sibtui.model.records import Fidelity, Kind
    from sibtui.project import Project
    from sibtui.project.results import Added


CODEBOOKS = (".toml", ".qdc")
"""What is always a codebook; a .csv may be one."""
WANTED = (*READERS, *CODEBOOKS)
"""Suffixes of files that a line is completed by."""
_OTHERS = (".qdpx", ".sqlite3", ".sqlite", ".db", ".qda")
_TABLES = (".csv", ".tsv")
_TEXTS = (*(suffix for suffix in READERS if READERS[suffix].endswith((".plain_text", ".html", ".subtitles"))), *_TABLES)
"""Files whose bytes are text in some encoding."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Options for all sources of an import. Empty options leave the values of the files."""

    cases: tuple[str, ...] = ()
    kind: Kind | None = None
    fidelity: Fidelity | None = None
    encoding: str | None = None
    speakers: bool = False
    speaker_pattern: str = ""
    language: str = ""

    def on(self, draft: SourceDraft) -> SourceDraft:
        return replace(
            draft,
            cases=self.cases or draft.cases,
            cases_together="" if self.cases else draft.cases_together,
            kind=self.kind or draft.kind,
            fidelity=self.fidelity or draft.fidelity,
            language=self.language or draft.language,
        )


@dataclass(frozen=True, slots=True)
class ReadingProgress:
    """The files read, or the codes of a codebook (else None), and messages about ignored files."""

    files: tuple[ReadFile, ...] = ()
    messages: tuple[str, ...] = ()
    codes: tuple[CodeDraft, ...] | None = None


@dataclass(frozen=True, slots=True)
class ImportItem:
    """A source to import (`new`), one deselected by the user (`out`), or one that cannot be imported, with the reason."""

    key: str
    file: ReadFile
    outcome: Literal["new", "out", "same", "refused"]
    name: str
    why: str = ""
    draft: SourceDraft | None = None
    new_cases: tuple[str, ...] = ()
    hint: str = ""

    @property
    def messages(self) -> tuple[Message, ...]:
        """Why it does not come in, the reader's warnings, the content left out, and the guess of its encoding, each with a hint."""
        why = [Message(self.why, self.hint)] if self.why else []
        warnings = [Message(f"{notice}.") for notice in (self.draft.notices if self.draft else ())]
        guess = doubt(self.draft) if self.draft else ""
        return (*why, *warnings, *([Message(f"{guess}.", "encoding-guess")] if guess else []))

    @property
    def encoding(self) -> str:
        """How the bytes of a text were taken, and how sure that is; empty for what is no plain text."""
        if self.draft is None or Path(self.file.path).suffix.lower() not in _TEXTS:
            return ""
        sure = f", {self.draft.confidence * 100:.0f} of 100 sure" if doubt(self.draft) else ""
        return f"{self.draft.encoding}{sure}"


@dataclass(frozen=True, slots=True)
class CodebookComparison:
    """Codes that were read: the paths that the study has too, and those in which something differs, by field (before, after)."""

    known: frozenset[str] = frozenset()
    differing: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)


def whole_study(path: Path) -> Message | None:
    """Return the message for a path that holds a whole study; None for notes and codebooks."""
    suffix, shown = path.suffix.lower(), one_line(str(path))
    if suffix == SUFFIX:
        return Message(f"{shown} is a study itself.", "open-study")
    whole = suffix in _OTHERS or (path / "data.qda").is_file()
    if whole or (path / "study.toml").is_file():
        what = "a whole project of another program" if whole else "a whole study"
        notes = "" if whole else f"; its notes alone are in {one_line(str(path / 'notes'))}"
        return Message(f"{shown} is {what}, which becomes a study of its own{notes}.", "study-from")
    return None


def read(line: str, how: ImportOptions, progress: Progress = lambda _done, _of: None) -> ReadingProgress:
    """Read the files and folders on a line. Raises InputError for a file that cannot be imported as notes or codebook.

    `progress` receives (done, total) in files, with a total of 0 during the search, and may raise to cancel.
    """
    paths = paths_in(line)
    if not paths:
        raise InputError("Write the path of a file or a folder.")
    try:
        return _read(paths, how, progress)
    except OSError as error:  # a name too long, or a folder without permission
        raise InputError(f"The path cannot be read: {error.strerror}.") from error


def _read(paths: Sequence[Path], how: ImportOptions, progress: Progress) -> ReadingProgress:
    for path in paths:
        if whole := whole_study(path):
            raise InputError(*whole)
    if len(paths) == 1 and (codebook := _codebook(paths[0])) is not None:
        return codebook
    found = find_files(paths, lambda: progress(0, 0))
    files: list[ReadFile] = []
    for path in found.files:
        progress(len(files), len(found.files))
        file = read_file(path, encoding=how.encoding)
        files.append(with_speakers(file, pattern=how.speaker_pattern) if how.speakers else file)
    progress(len(files), len(files))
    return ReadingProgress(tuple(files), found.messages)


def _codebook(path: Path) -> ReadingProgress | None:
    """Return the codes of a codebook file; None for any other file."""
    suffix = path.suffix.lower()
    if suffix not in (*CODEBOOKS, *_TABLES) or not path.is_file():
        return None
    data = read_bytes(path)
    if suffix == ".qdc":
        from sibtui.formats.documents.import_lines import import_lines
        from sibtui.formats.refi.codebook import read_qdc

        found = read_qdc(str(path), data)
        return ReadingProgress(messages=tuple(import_lines(found.report)), codes=found.study.codes)
    from sibtui.formats.study_folder.codebook_files import is_of_taguette, read_codebook

    if suffix == ".toml":
        return ReadingProgress(codes=read_codebook(str(path), data))
    header = {cell.strip(" \"'\ufeff").casefold() for cell in _first_line(data).replace(";", ",").split(",")}
    if {"source", "code"} <= header and header & {"quote", "start"}:
        raise InputError(f"{one_line(str(path))} holds codings, no notes.", "import-codings")
    try:
        return (
            ReadingProgress(codes=read_codebook(str(path), data)) if "path" in header or is_of_taguette(data) else None
        )
    except SibtuiError:  # a survey with a column of this name
        return None


def _first_line(data: bytes) -> str:
    return data[:4000].split(b"\n", 1)[0].decode("utf-8", "replace").replace("\t", ",").strip()


class ImportPreview:
    """Files read, the options for them, and in `items` the outcome that an import would have now."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.how = ImportOptions()
        self.reading = ReadingProgress()
        self.out: set[str] = set()
        self.names: dict[str, str] = {}
        self.items: Sequence[ImportItem] = ()
        self.compared = CodebookComparison()
        self.update = False
        """Whether codes of the study change to the fields of the imported codebook."""

    def take(self, reading: ReadingProgress) -> None:
        """Replace the files read. Names and selections of single sources are dropped, unless the files are the same."""
        again = [file.path for file in reading.files] == [file.path for file in self.reading.files]
        self.reading = reading
        if not again:
            self.out.clear()
            self.names.clear()
            self.update = False
        self.judge()

    def judge(self) -> None:
        """Compute the outcomes of all sources again."""
        self.compared = self._compare()
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
                changed = self.how.on(draft)
                key = f"{at}.{row}"
                yield key, replace(changed, name=self.names[key]) if key in self.names else changed

    def _item(self, key: str, file: ReadFile, draft: SourceDraft | None, foreseen: Added | None) -> ImportItem:
        if draft is None:
            return ImportItem(key, file, "refused", Path(file.path).name, file.why, hint=file.hint)
        if foreseen is None:
            return ImportItem(key, file, "out", draft.name, "", draft)
        if foreseen.outcome == "added":
            return ImportItem(key, file, "new", draft.name, "", draft, foreseen.new_cases)
        if foreseen.outcome == "same":
            why = f"It is already in the study, as {one_line(foreseen.name)}."
            return ImportItem(key, file, "same", draft.name, why, draft)
        return ImportItem(key, file, "refused", draft.name, foreseen.why, draft, hint=foreseen.hint)

    @property
    def language(self) -> str:
        """Return the language of sources without their own; empty when it is guessed."""
        return self.how.language or self.project.study.language

    @property
    def coming(self) -> list[ImportItem]:
        return [item for item in self.items if item.outcome == "new"]

    def _compare(self) -> CodebookComparison:
        """Compare the codes read with those of the study. Raises InputError for an invalid code."""
        codes = self.reading.codes or ()
        known = {code.path for code in self.project.codes.list()}
        return CodebookComparison(
            frozenset(code.path for code in codes if code.path in known),
            {code.path: code.differences for code in self.project.codes.compare(codes)},
        )

    @property
    def summary(self) -> str:
        """The outcome of the import, in a sentence."""
        if self.reading.codes is not None:
            there, differing = len(self.compared.known), len(self.compared.differing)
            counted = plural(len({code.path for code in self.reading.codes} - self.compared.known), "new code")
            counted += f", {there:,} already in the study" if there else ""
            if differing:
                one = differing == 1
                does = (
                    ("changes" if one else "change") if self.update else "stays as it is" if one else "stay as they are"
                )
                counted += f"; {differing:,} {'differs' if one else 'differ'} and {does}"
            return f"A codebook: {counted}"
        counts = {
            outcome: sum(item.outcome == outcome for item in self.items) for outcome in ("same", "refused", "out")
        }
        parts = [f"{plural(len(self.coming), 'source')} to bring in"]
        words = {"same": "already in the study", "refused": "refused", "out": "left out"}
        return ", ".join(parts + [f"{counts[outcome]:,} {word}" for outcome, word in words.items() if counts[outcome]])

    def store(self, project: Project, progress: Progress = lambda _done, _of: None) -> ImportResult:
        """Store the sources or codes as one act. `project` may be another connection; `progress` may raise to cancel and roll back."""
        if self.reading.codes is not None:
            report = project.codes.import_(self.reading.codes, update=self.update)
            left = len(report.differing) - report.changed
            also = f", {left} left as {'it is' if left == 1 else 'they are'}" if left else ""
            return ImportResult(
                f"{plural(report.added, 'code')} added, {report.changed} changed, {report.same} already in the study{also}"
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
        message = f"{plural(len(names), 'source')} added" + (f": {one_line(names[0])}" if len(names) == 1 else "")
        if refused:
            message += f"; {len(refused)} refused: {one_line(refused[0].name, 40)}: {refused[0].why}"
        return ImportResult(message, names)


@dataclass(frozen=True, slots=True)
class ImportResult:
    """A message about an import, and the names of the new sources."""

    message: str
    names: tuple[str, ...] = ()


def validate_speaker_pattern(line: str) -> Validation:
    """Return whether a line is a pattern for the names of speakers, with a message. An empty line is none."""
    from sibtui.formats.sources.speaker_pattern import EXAMPLE, compile_pattern

    if not line.strip():
        return Validation(f"A regular expression with a group “speaker”: {EXAMPLE}  Empty: the usual forms.")
    try:
        compile_pattern(line.strip())
    except InputError as error:
        return Validation(str(error), "no", error.hint)
    return Validation("Every match is the label of a turn; the speech begins at its end.")


def validate_language(line: str) -> Validation:
    """Return whether a line names a language, with a message."""
    try:
        code = language_code(line)
    except InputError as error:
        return Validation(str(error), "no", error.hint)
    return Validation(
        f"Their language: {code}." if code else "Their language, such as de; empty: the study's, else guessed."
    )


def describe_paths(line: str) -> Message:
    """Return a message about the paths on a line. The files are not read."""
    try:
        return _describe(paths_in(line))
    except OSError as error:
        return Message(f"The path cannot be used: {error.strerror}.")


def _describe(paths: Sequence[Path]) -> Message:
    if not paths:
        return Message("A file, several, or a folder. A file dragged into the window writes its path.")
    whole = next(filter(None, map(whole_study, paths)), None)
    if whole is not None:
        return whole
    missing = [path for path in paths if not path.exists()]
    if missing:
        return Message(f"There is no {one_line(str(missing[0]))}.")
    if len(paths) > 1:
        return Message(f"{len(paths)} files or folders. Nothing is stored yet.")
    path = paths[0]
    what = "A folder" if path.is_dir() else "A table" if is_survey(path) else "A file"
    return Message(f"{what}. Nothing is stored yet.")
