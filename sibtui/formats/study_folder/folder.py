"""A whole study as a folder of plain text files. The files can be written by hand and kept in git."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.csv_in import read_rows
from sibtui.formats.codec.csv_out import write_csv
from sibtui.formats.codec.draft_file import DraftFile
from sibtui.formats.codec.encodings import decode, is_utf8
from sibtui.formats.codec.file_names import unique_stems
from sibtui.formats.codec.line_errors import refuse
from sibtui.formats.codec.table_cells import moment, one_of
from sibtui.formats.sources.plain_text import SUFFIXES, parse_note, write_note
from sibtui.formats.study_folder.claims_toml import read_claims, write_claims
from sibtui.formats.study_folder.codebook_files import read_codebook, write_codebook_toml
from sibtui.formats.study_folder.codings_csv import COLUMNS, draft_row, read_values
from sibtui.formats.study_folder.matrix_toml import read_placed, write_matrix
from sibtui.formats.study_folder.methods_toml import read_answers, write_answers
from sibtui.formats.study_folder.proposals_toml import read_proposals, write_proposals
from sibtui.formats.study_folder.queries_toml import read_queries, write_queries
from sibtui.formats.study_folder.sets_toml import read_sets, write_sets
from sibtui.formats.study_folder.study_toml import (
    StudyTables,
    native_value,
    read_memos,
    read_tables,
    write_memos,
    write_tables,
)
from sibtui.formats.study_folder.summaries_toml import read_summaries, write_summaries
from sibtui.model.drafts import StudyDraft
from sibtui.model.lazy_items import LazyItems, heads
from sibtui.model.records import ASKED, Reading, TopicRecord
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager
    from typing import BinaryIO

    from sibtui.model.drafts import CodingDraft, SourceDraft
    from sibtui.model.matrix_definition import MatrixDefinition

STUDY, CODEBOOK, MEMOS, PROPOSALS = "study.toml", "codebook.toml", "memos.toml", "proposals.toml"
QUERIES, CLAIMS, METHODS = "queries.toml", "claims.toml", "methods.toml"
SUMMARIES, SETS = "summaries.toml", "sets.toml"
CODINGS, TOPICS, READINGS = "codings.csv", "topics.csv", "readings.csv"
COVERAGE = "coverage.csv"
"""The name that the file topics.csv had in older study folders."""
NOTES, MATRICES = "notes", "matrices"
FILES = (
    STUDY,
    CODEBOOK,
    CODINGS,
    TOPICS,
    COVERAGE,
    READINGS,
    MEMOS,
    PROPOSALS,
    QUERIES,
    SETS,
    CLAIMS,
    METHODS,
    SUMMARIES,
)
"""The names of the files at the top of a study folder."""
OWN = (f"{NOTES}/*", f"{MATRICES}/*", *(name for name in FILES if name != STUDY))
"""Patterns of the files that sibtui writes into a study folder.

An export removes older files that match and are not written again.
"""
TOPIC_COLUMNS = ("source", "topic", "state", "case")
READING_COLUMNS = ("source", "coder", "code", "round", "at")


_Row = tuple[str | int, ...]


def read_study(
    files: Mapping[str, bytes],
    report: Callable[[str], None] = lambda _: None,
    *,
    opened: Callable[[str], AbstractContextManager[bytes | BinaryIO]] | None = None,
) -> StudyDraft:
    """Return the study in a folder. `files` is a map: path of a file, such as `notes/a1.md` → its content.

    Files of a study may be missing, and other files are ignored. A field that a hand-written folder does not give is
    None in the result. `report` is called with one message for each kind of faulty row.

    To save memory, a note is read again when its text is needed, and the codings are in a temporary file. `opened` is a
    function that opens a file by its path. If it is given, the file of the codings is read in parts; otherwise as a
    whole. Raises InputError, which names the file and the line or entry.
    """
    notes, texts = [], {}
    for path, data in _notes(files):
        encoding = _encoding(data)
        note = parse_note(path, data, encoding=encoding)
        notes.append((path, replace(note, text="")))
        texts[note.name] = (path, encoding, hash(data), len(note.text))
    if STUDY not in files and not notes:
        raise InputError(f"There is no study in this folder: neither a {STUDY} nor notes in {NOTES}/.")
    tables = read_tables(STUDY, files[STUDY]) if STUDY in files else StudyTables()
    return StudyDraft(
        study=tables.study,
        coders=tables.coders,
        attributes=tables.attributes,
        cases=tables.cases,
        sources=_with_texts(files, texts, tuple(_identified(_in_order(notes, tables.order), tables.of_sources))),
        codes=read_codebook(CODEBOOK, files[CODEBOOK]) if CODEBOOK in files else (),
        codings=_codings_in(files, opened, report) if CODINGS in files else (),
        topics=tuple(
            record for name in (TOPICS, COVERAGE) if name in files for record in _read_topics(name, files[name], report)
        ),
        readings=tuple(_read_readings(files[READINGS], report)) if READINGS in files else (),
        rounds=tables.rounds,
        package=tables.package,
        memos=read_memos(MEMOS, files[MEMOS]) if MEMOS in files else (),
        proposals=read_proposals(PROPOSALS, files[PROPOSALS]) if PROPOSALS in files else (),
        queries=read_queries(QUERIES, files[QUERIES]) if QUERIES in files else (),
        sets=read_sets(SETS, files[SETS]) if SETS in files else (),
        claims=read_claims(CLAIMS, files[CLAIMS]) if CLAIMS in files else (),
        answers=read_answers(METHODS, files[METHODS]) if METHODS in files else (),
        matrices=_read_matrices(files),
        summaries=read_summaries(SUMMARIES, files[SUMMARIES]) if SUMMARIES in files else (),
        withdrawn=tables.withdrawn,
        erased_texts=tables.erased_texts,
    )


def write_study(draft: StudyDraft) -> Iterator[tuple[str, bytes]]:
    """Yield (path, content) of each file of a study. The same study always gives the same bytes."""
    return ((path, b"".join(chunks)) for path, chunks in write_in_chunks(draft))


def write_in_chunks(draft: StudyDraft) -> Iterator[tuple[str, Iterable[bytes]]]:
    """Yield (path, chunks of the content) of each file of a study.

    If `draft` reads its texts and codings only when they are needed, only one source and a few codings are in memory at
    a time.
    """
    yield STUDY, (write_tables(draft),)
    if draft.codes:
        yield CODEBOOK, (write_codebook_toml(draft.codes),)
    order = [source.name for source in heads(draft.sources)]
    if order or draft.codings:
        yield CODINGS, _codings(draft.codings, order)
    if order or draft.topics:
        topics = ((t.source, t.topic, t.state, t.case) for t in draft.topics)
        yield TOPICS, _csv(TOPIC_COLUMNS, _with_gaps(topics, order))
    if order or draft.readings:
        readings = ((r.source, r.coder, r.code or "", r.round, r.at) for r in draft.readings)
        yield READINGS, _csv(READING_COLUMNS, _with_gaps(readings, order))
    written: Sequence[tuple[str, bytes]] = (
        (MEMOS, write_memos(draft.memos)),
        (PROPOSALS, write_proposals(draft.proposals)),
        (QUERIES, write_queries(draft.queries)),
        (SETS, write_sets(draft.sets)),
        (CLAIMS, write_claims(draft.claims)),
        (SUMMARIES, write_summaries(draft.summaries)),
        (METHODS, write_answers(draft.answers)),
    )
    yield from ((name, (content,)) for name, content in written if content)
    matrices = zip(unique_stems(matrix.name for matrix in draft.matrices), draft.matrices, strict=True)
    for position, (stem, matrix) in enumerate(matrices, 1):
        yield f"{MATRICES}/{stem}.toml", (write_matrix(matrix, position=position),)
    kinds = {attribute.name: attribute.kind for attribute in draft.attributes if attribute.of == "source"}
    stems = unique_stems(source.name for source in heads(draft.sources))
    for stem, source in zip(stems, draft.sources, strict=True):
        typed = {name: native_value(kinds.get(name), value) for name, value in source.attributes.items()}
        # A file system may normalise é differently: then the note itself must hold its name.
        reliable = stem if stem.isascii() else ""
        yield f"{NOTES}/{stem}.md", (write_note(replace(source, attributes=typed), stem=reliable),)


def _notes(files: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    for path in sorted(files):
        parts = PurePosixPath(path).parts
        if parts[0] != NOTES or any(part.startswith(".") for part in parts) or len(parts) == 1:
            continue
        if PurePosixPath(path).suffix.lower() in SUFFIXES:
            yield path, files[path]


def _encoding(data: bytes) -> str | None:
    # A text of control characters that we wrote must not count as a binary file.
    return "utf-8" if data.startswith(b"---") and is_utf8(data) else None


def _with_texts(
    files: Mapping[str, bytes], texts: Mapping[str, tuple[str, str | None, int, int]], sources: Sequence[SourceDraft]
) -> Sequence[SourceDraft]:
    """Return the sources with their texts. To save memory, each iteration reads the text files again.

    `texts` is a map: name of a source → (path of its file, encoding or None, hash of the file, length of the text).
    The text is the last part of the file.
    """

    def text(path: str, encoding: str | None, before: int, length: int) -> str:
        data = files[path]
        if hash(data) != before:
            raise InputError(f"{path} was changed while the study was read: read it again.")
        decoded = decode(data, encoding, name=path).text
        return decoded[len(decoded) - length :]

    def whole() -> Iterator[SourceDraft]:
        return (replace(each, text=text(*texts[each.name])) for each in sources)

    return LazyItems(whole, len(sources), heads=sources)


def _codings_in(
    files: Mapping[str, bytes],
    opened: Callable[[str], AbstractContextManager[bytes | BinaryIO]] | None,
    report: Callable[[str], None],
) -> Sequence[CodingDraft]:
    """Return the codings in the folder as a sequence that reads them from a temporary file.

    `opened` and `report` are explained at `read_study`.
    """
    file = DraftFile()
    with nullcontext(files[CODINGS]) if opened is None else opened(CODINGS) as data:
        file.put_values(read_values(CODINGS, data, _of_file(CODINGS, report)))
    return LazyItems(lambda: (coding for _, coding in file), len(file))


def _in_order(notes: Sequence[tuple[str, SourceDraft]], order: Sequence[str]) -> tuple[SourceDraft, ...]:
    """Return the sources in the order of `order`, the list of names in study.toml. `notes` has (path, source).

    Sources that are not in the list follow at the end, in the order of their file names. Raises InputError if a name in
    the list has no source, or if two sources have the same name.
    """
    named: dict[str, SourceDraft] = {}
    for path, source in notes:
        if source.name in named:
            raise InputError(f"{path}: another note is named “{one_line(source.name, 60)}” too.")
        named[source.name] = source
    for name in order:
        if name not in named:
            raise InputError(
                f"{STUDY}, [study]: “sources” lists “{one_line(name, 60)}”, but no note in {NOTES}/ has this name."
            )
    return tuple(named[name] for name in dict.fromkeys(chain(order, named)))


def _read_matrices(files: Mapping[str, bytes]) -> tuple[MatrixDefinition, ...]:
    placed: list[tuple[bool, int, str, MatrixDefinition]] = []
    for path in sorted(files):
        pure = PurePosixPath(path)
        if str(pure.parent) == MATRICES and pure.suffix == ".toml" and not pure.name.startswith("."):
            position, definition = read_placed(path, files[path])
            placed.append((position is None, position or 0, path, definition))
    return tuple(definition for *_, definition in sorted(placed, key=lambda each: each[:3]))


def _codings(drafts: Sequence[CodingDraft], order: Sequence[str]) -> Iterator[bytes]:
    """Yield the codings as CSV, in chunks of bytes. `order` has the names of the sources in the order of the study.

    The columns in `_SELDOM` are written only if at least one coding needs them.
    """
    unused = drafts.unused if isinstance(drafts, LazyItems) else ()
    more = [name for name in _SELDOM if name not in unused and any(getattr(each, name) for each in drafts)]
    rows: Iterator[_Row] = map(_coding_row, drafts)
    if more:
        rows = ((*_coding_row(draft), *(_seldom(draft, name) for name in more)) for draft in drafts)
    return _csv((*COLUMNS, "id", "undecided", *more), _with_gaps(rows, order))


_SELDOM = ("nth", "round", "for_paper", "how")
"""Columns that few studies need. A file of codings has such a column only if some coding has a value in it."""


def _seldom(draft: CodingDraft, name: str) -> str | int:
    value: str | int | bool | None = getattr(draft, name)
    return "yes" if value is True else value or ""


def _coding_row(draft: CodingDraft) -> _Row:
    return *draft_row(draft), draft.uid, "yes" if draft.undecided else ""


def _with_gaps(rows: Iterable[_Row], order: Sequence[str]) -> Iterator[_Row]:
    """Yield the rows, with an empty line after the rows of each source. The first cell of a row is its source.

    `order` has the names of all sources. A source without rows also gets an empty line. So if two people add rows for
    two different sources, git can merge the changes, because they are at different places of the file. The rows stay in
    their order, even if it differs from `order`.
    """
    places = {name: at for at, name in enumerate(order)}
    reached = 0
    for row in rows:
        for _ in range(reached, places.get(str(row[0]), reached)):
            reached += 1
            yield ()
        yield row
    yield from ((),) * (len(order) - reached)


def _csv(columns: tuple[str, ...], rows: Iterable[_Row]) -> Iterator[bytes]:
    return (text.encode() for text in write_csv(columns, rows))


def _of_file(name: str, report: Callable[[str], None]) -> Callable[[str], None]:
    """Return a function that takes a warning about the file `name`, adds the name, and passes it to `report`."""
    return lambda clause: report(f"{name}: {clause}.")


def _read_topics(name: str, data: bytes, report: Callable[[str], None]) -> Iterator[TopicRecord]:
    named = _of_file(name, report)
    for line, (source, topic, state, case) in read_rows(name, data, TOPIC_COLUMNS, TOPIC_COLUMNS[:3], report=named):
        if not source or not topic:
            refuse(name, line, f"there is no {'topic' if source else 'source'}")
        yield TopicRecord(source, topic, one_of(state, ASKED, "state", name, line), case)


def _read_readings(data: bytes, report: Callable[[str], None]) -> Iterator[Reading]:
    named = _of_file(READINGS, report)
    for line, (source, coder, code, number, at) in read_rows(
        READINGS, data, READING_COLUMNS, ("source", "coder", "at"), report=named
    ):
        if not source or not coder:
            refuse(READINGS, line, f"there is no {'coder' if source else 'source'}")
        if number and not (number.isascii() and number.isdigit() and int(number) > 0):
            refuse(READINGS, line, f"“round” is “{one_line(number, 40)}”, not a whole number from 1")
        yield Reading(source, coder, moment(at, "at", READINGS, line), code or None, int(number or 1))


def _identified(sources: Iterable[SourceDraft], known: Mapping[str, tuple[str, str]]) -> Iterator[SourceDraft]:
    """Yield the sources with their ids and languages, which are in study.toml and not in the notes.

    `known` is a map: name of a source → (id that is the same in all copies of the study, language).
    """
    for source in sources:
        uid, language = known.get(source.name, ("", ""))
        yield replace(source, uid=uid or source.uid, language=language or source.language)
