"""The computed files of a replication package: tables, evidence, lists and exports.

They are computed from the study in the package, once when the package is written, and again when it is checked.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from sibtui import __version__
from sibtui.errors import InputError
from sibtui.formats.codec.file_names import unique_stems
from sibtui.formats.documents.lists import list_document
from sibtui.formats.documents.matrix import matrix_document
from sibtui.formats.registry import render_bytes
from sibtui.formats.study_folder.codebook_files import write_codebook_csv
from sibtui.project.exporting.appendix import appendix_chunks
from sibtui.project.exporting.pictures import drawing_problem, picture_bytes
from sibtui.project.replication.manifest import (
    CLAIMS,
    CODEBOOK,
    CODINGS,
    EVIDENCE,
    FLAT,
    METHODS,
    PICTURES,
    QDPX,
    README,
    TABLES,
)
from sibtui.project.replication.readme import readme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from sibtui.model.table import Table
    from sibtui.project import Project
    from sibtui.project.replication.manifest import ReplicationFacts

    File = tuple[str, bytes | Iterable[bytes]]

_CHUNK = 1 << 20
_FORMS = ("md", "csv")


def rebuilt_files(rebuilt: Project, facts: ReplicationFacts, room: Path, step: Callable[[], None]) -> Iterator[File]:
    """Yield (name, content) of each file that is made from the study in a package. The tables come first.

    Large files are first written to the folder `room`. If the package has no notes, the report on the methods is left
    out, because it counts sentences of the notes. `step` is called while a large file is made, and may raise to cancel.
    """
    names = [definition.name for definition in rebuilt.matrices.list()]
    stems = dict(zip(names, unique_stems(names), strict=True))
    for name, stem in stems.items():
        document = matrix_document(rebuilt.matrices.show(name))
        yield from ((f"{TABLES}/{stem}.{form}", render_bytes(document, form)) for form in _FORMS)
    for name, stem in stems.items():
        traced = rebuilt.matrices.traced(name, lazily=True)
        yield from ((f"{EVIDENCE}/{stem}.{form}", appendix_chunks(traced, form)) for form in _FORMS)
    if facts.pictures and not drawing_problem():
        yield from _pictures(rebuilt, stems)
    yield f"{CODEBOOK}.md", rebuilt.reports.codebook_document("md")
    yield f"{CODEBOOK}.csv", write_codebook_csv(rebuilt.codes.export())
    yield (
        CODINGS,
        (chunk.encode("utf-8", "surrogatepass") for chunk in rebuilt.exports.codings_csv(progress=lambda _: step())),
    )
    if rebuilt.claims.list():
        yield from of_table(CLAIMS, rebuilt.claims.check().table())
    if facts.notes:
        yield from ((name, _by_version(data, facts)) for name, data in methods_files(rebuilt))
    rebuilt.exports.qdpx(room / QDPX, progress=lambda _done, _of: step())
    yield QDPX, _chunks(room / QDPX)
    rebuilt.exports.sqlite(room / FLAT, progress=lambda _: step())
    yield FLAT, _chunks(room / FLAT)
    yield README, readme(rebuilt, facts, stems).encode("utf-8", "surrogatepass")


def _pictures(rebuilt: Project, stems: Mapping[str, str]) -> Iterator[File]:
    """Yield (name, content) of the picture of each table. Tables of texts and very large tables have no picture."""
    for name, stem in stems.items():
        with suppress(InputError):
            yield f"{PICTURES}/{stem}.svg", picture_bytes(rebuilt.matrices.show(name).picture(), "svg")


def methods_files(project: Project) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of the two files with the report on the methods of a study: Markdown and CSV."""
    return of_table(METHODS, project.reports.methods("none"))


def of_table(stem: str, table: Table) -> Iterator[tuple[str, bytes]]:
    """Yield (name, content) of the Markdown and the CSV file of a report. `stem` is the name without extension."""
    return ((f"{stem}.{form}", render_bytes(list_document(table), form)) for form in _FORMS)


def _by_version(data: bytes, facts: ReplicationFacts) -> bytes:
    """Return the content of a file after replacing the version number of this program by the one in `facts`.

    Otherwise, the files in a package from another version of the program would appear to be changed.
    """
    return data.replace(f"sibtui {__version__}".encode(), f"sibtui {facts.sibtui}".encode())


def _chunks(file: Path) -> Iterator[bytes]:
    with file.open("rb") as data:
        while chunk := data.read(_CHUNK):
            yield chunk
