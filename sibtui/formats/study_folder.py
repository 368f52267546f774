"""A whole study as a folder of plain text: made to be kept in git, and to be written by hand as well."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codebook_files import read_codebook, write_codebook_toml
from sibtui.formats.codings_csv import COLUMNS, draft_row, read_codings
from sibtui.formats.csv_rows import read_rows, refuse
from sibtui.formats.file_names import stems
from sibtui.formats.matrix_toml import read_placed, write_matrix
from sibtui.formats.notes import SUFFIXES, parse_note, write_note
from sibtui.formats.spreadsheet import write_csv
from sibtui.formats.study_tables import StudyTables, native, read_memos, read_tables, write_memos, write_tables
from sibtui.model.drafts import StudyDraft
from sibtui.model.records import ASKED, Coverage
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sibtui.model.drafts import CodingDraft, SourceDraft
    from sibtui.model.matrix import MatrixDefinition

STUDY, CODEBOOK, MEMOS = "study.toml", "codebook.toml", "memos.toml"
CODINGS, COVERAGE = "codings.csv", "coverage.csv"
NOTES, MATRICES = "notes", "matrices"
COVERAGE_COLUMNS = ("source", "topic", "state")


def read_study(files: Mapping[str, bytes]) -> StudyDraft:
    """The study in a folder, given as its files by path (`notes/a1.md`). Files may be missing; others are not looked at.

    InputError names the file, and the line or entry. What a hand-written folder leaves open is open in the draft.
    """
    notes = list(_notes(files))
    if STUDY not in files and not notes:
        raise InputError(f"There is no study in this folder: neither a {STUDY} nor notes in {NOTES}/.")
    tables = read_tables(STUDY, files[STUDY]) if STUDY in files else StudyTables()
    return StudyDraft(
        study=tables.study,
        coders=tables.coders,
        attributes=tables.attributes,
        cases=tables.cases,
        sources=_in_order(notes, tables.order),
        codes=read_codebook(CODEBOOK, files[CODEBOOK]) if CODEBOOK in files else (),
        codings=tuple(read_codings(CODINGS, files[CODINGS])) if CODINGS in files else (),
        coverage=tuple(_read_coverage(files[COVERAGE])) if COVERAGE in files else (),
        memos=read_memos(MEMOS, files[MEMOS]) if MEMOS in files else (),
        matrices=_read_matrices(files),
    )


def write_study(draft: StudyDraft) -> Iterator[tuple[str, bytes]]:
    """The files of a study, one by one, by path. The same study makes the same bytes; `read_study` reads them back."""
    yield STUDY, write_tables(draft)
    if draft.codes:
        yield CODEBOOK, write_codebook_toml(draft.codes)
    if draft.codings:
        yield CODINGS, _codings(draft.codings)
    if draft.coverage:
        yield COVERAGE, _csv(COVERAGE_COLUMNS, [(c.source, c.topic, c.state) for c in draft.coverage])
    if draft.memos:
        yield MEMOS, write_memos(draft.memos)
    matrices = zip(stems(matrix.name for matrix in draft.matrices), draft.matrices, strict=True)
    for position, (stem, matrix) in enumerate(matrices, 1):
        yield f"{MATRICES}/{stem}.toml", write_matrix(matrix, position=position)
    kinds = {attribute.name: attribute.kind for attribute in draft.attributes if attribute.of == "source"}
    for stem, source in zip(stems(source.name for source in draft.sources), draft.sources, strict=True):
        typed = {name: native(kinds.get(name), value) for name, value in source.attributes.items()}
        # A file system may spell é in another way than it was told: then the note itself must say its name
        told = stem if stem.isascii() else ""
        yield f"{NOTES}/{stem}.md", write_note(replace(source, attributes=typed), stem=told)


def _notes(files: Mapping[str, bytes]) -> Iterator[tuple[str, SourceDraft]]:
    for path in sorted(files):
        parts = PurePosixPath(path).parts
        if parts[0] != NOTES or any(part.startswith(".") for part in parts) or len(parts) == 1:
            continue
        if PurePosixPath(path).suffix.lower() in SUFFIXES:
            data = files[path]
            # A text of control characters, written by us, must not be taken for a binary file
            yield path, parse_note(path, data, encoding="utf-8" if data.startswith(b"---") and _is_utf8(data) else None)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _in_order(notes: Sequence[tuple[str, SourceDraft]], order: Sequence[str]) -> tuple[SourceDraft, ...]:
    """The sources that study.toml lists, in its order, then the others by the names of their files."""
    named: dict[str, SourceDraft] = {}
    for path, source in notes:
        if source.name in named:
            raise InputError(f"{path}: another note is named “{one_line(source.name, 60)}” too.")
        named[source.name] = source
    for name in order:
        if name not in named:
            raise InputError(
                f"{STUDY}, [study]: “sources” lists “{one_line(name, 60)}”, but no note in {NOTES}/ is named so."
            )
    return tuple(named[name] for name in dict.fromkeys(chain(order, named)))


def _read_matrices(files: Mapping[str, bytes]) -> tuple[MatrixDefinition, ...]:
    found: list[tuple[bool, int, str, MatrixDefinition]] = []
    for path in sorted(files):
        pure = PurePosixPath(path)
        if str(pure.parent) == MATRICES and pure.suffix == ".toml" and not pure.name.startswith("."):
            position, definition = read_placed(path, files[path])
            found.append((position is None, position or 0, path, definition))
    return tuple(definition for *_, definition in sorted(found, key=lambda each: each[:3]))


def _codings(drafts: Sequence[CodingDraft]) -> bytes:
    if all(draft.nth is None for draft in drafts):
        return _csv(COLUMNS, map(draft_row, drafts))
    return _csv((*COLUMNS, "nth"), ((*draft_row(draft), draft.nth or "") for draft in drafts))


def _csv(columns: tuple[str, ...], rows: Iterable[tuple[str | int, ...]]) -> bytes:
    return "".join(write_csv(columns, rows)).encode()


def _read_coverage(data: bytes) -> Iterator[Coverage]:
    for line, (source, topic, state) in read_rows(COVERAGE, data, COVERAGE_COLUMNS, COVERAGE_COLUMNS):
        if not source or not topic:
            refuse(COVERAGE, line, f"there is no {'topic' if source else 'source'}")
        if state not in ASKED:
            refuse(COVERAGE, line, f"“state” is “{one_line(state, 40)}”; it is one of {', '.join(ASKED)}")
        yield Coverage(source, topic, state)
