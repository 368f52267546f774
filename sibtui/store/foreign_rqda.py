"""The reader of projects of RQDA. A project is an SQLite file `.rqda` whose tables resemble those of QualCoder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.foreign_rows import QualCoderCase, QualCoderCode, QualCoderCoding, QualCoderProject, QualCoderSource
from sibtui.model.text import listed
from sibtui.store.foreign import Foreign, open_foreign, text, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PRESENT = "WHERE status IS NULL OR status <> 0"
"""The SQL condition for rows that are not deleted. A deleted row stays in the file, with the status 0."""
_FILE_CATEGORY = "file category"


def read_rqda(path: Path) -> QualCoderProject:
    """Return the content of an RQDA project. Raises InputError when the file is not an RQDA project."""
    with open_foreign(path) as database:
        if not database.has("source", "freecode", "coding"):
            raise InputError(f"{path.name} is not a project of RQDA: it lacks the tables source, freecode and coding.")
        about = database.rows("project", "memo date") or [("", "")]
        codes, warnings = _codes(database)
        values = tuple(_values(database))
        return QualCoderProject(
            path.stem,
            text(about[0][0]),
            text(about[0][1]),
            sources=tuple(
                QualCoderSource(whole(at), text(name), text(content), text(memo), text(date))
                for at, name, content, memo, date in database.rows(
                    "source", "id name file memo date", f"{_PRESENT} ORDER BY id"
                )
            ),
            codes=codes,
            codings=tuple(_codings(database)),
            cases=tuple(_cases(database)),
            attributes=tuple(_attributes(database, values)),
            values=values,
            annotations=tuple(
                (whole(fid), whole(at), whole(at), text(note), text(owner), text(date))
                for fid, at, note, owner, date in database.rows(
                    "annotation", "fid position annotation owner date", f"{_PRESENT} ORDER BY fid, position"
                )
            ),
            journals=tuple(
                (text(name), text(entry), text(owner), text(date))
                for name, entry, owner, date in database.rows(
                    "journal", "name journal owner date", f"{_PRESENT} ORDER BY rowid"
                )
            ),
            media=tuple(_media(database)),
            program="RQDA",
            warnings=warnings,
        )


def _codes(database: Foreign) -> tuple[tuple[QualCoderCode, ...], tuple[str, ...]]:
    """Return (categories and codes, warnings). If a code has several categories, only the first is kept."""
    categories = [
        QualCoderCode(whole(at), text(name), text(memo), "", None, category=True)
        for at, name, memo in database.rows("codecat", "catid name memo", f"{_PRESENT} ORDER BY catid")
    ]
    names = {category.id: category.name for category in categories}
    above: dict[int, list[int]] = {}
    for code, category in database.rows("treecode", "cid catid", f"{_PRESENT} ORDER BY rowid"):
        if whole(category) in names:
            above.setdefault(whole(code), []).append(whole(category))
    codes, warnings = [], []
    for at, name, memo, colour in database.rows("freecode", "id name memo color", f"{_PRESENT} ORDER BY id"):
        first, *more = above.get(whole(at), [None])
        codes.append(QualCoderCode(whole(at), text(name), text(memo), text(colour), first))
        if first is not None and more:
            others = listed((names[category] for category in more if category is not None), quoted=True)
            warnings.append(
                f"The code “{text(name)}” is below “{names[first]}”. Its other categories were left out: {others}."
            )
    return (*categories, *codes), tuple(warnings)


def _codings(database: Foreign) -> Iterator[QualCoderCoding]:
    for fid, cid, start, end, quote, owner, memo, date in database.rows(
        "coding", "fid cid selfirst selend seltext owner memo date", f"{_PRESENT} ORDER BY fid, selfirst, selend, rowid"
    ):
        yield QualCoderCoding(
            whole(fid), whole(cid), whole(start), whole(end), text(quote), text(owner), text(memo), text(date)
        )


def _cases(database: Foreign) -> Iterator[QualCoderCase]:
    places: dict[int, list[tuple[int, int, int]]] = {}
    for case, source, start, end in database.rows(
        "caselinkage", "caseid fid selfirst selend", f"{_PRESENT} ORDER BY rowid"
    ):
        places.setdefault(whole(case), []).append((whole(source), whole(start), whole(end)))
    for at, name, memo in database.rows("cases", "id name memo", f"{_PRESENT} ORDER BY id"):
        yield QualCoderCase(whole(at), text(name), text(memo), tuple(places.get(whole(at), ())))


def _values(database: Foreign) -> Iterator[tuple[str, str, int, str]]:
    for table, of, owner in (("caseAttr", "case", "caseID"), ("fileAttr", "file", "fileID")):
        for name, at, value in database.rows(table, f"variable {owner} value", f"{_PRESENT} ORDER BY rowid"):
            yield of, text(name), whole(at), text(value)
    names = {whole(at): text(name) for at, name in database.rows("filecat", "catid name", _PRESENT)}
    groups: dict[int, list[str]] = {}
    for source, category in database.rows("treefile", "fid catid", f"{_PRESENT} ORDER BY rowid"):
        if whole(category) in names:
            groups.setdefault(whole(source), []).append(names[whole(category)])
    for at, group in groups.items():
        yield "file", _FILE_CATEGORY, at, "; ".join(group)


def _attributes(database: Foreign, values: tuple[tuple[str, str, int, str], ...]) -> Iterator[tuple[str, str, str]]:
    """Yield (owner, name, kind) for each attribute that has values. The owner is "case" or "file".

    RQDA records the owner of each value, but not the owner of an attribute. `values` are the values of all attributes.
    """
    kinds = {text(name): text(kind) for name, kind in database.rows("attributes", "name class", _PRESENT)}
    for of, name in dict.fromkeys((of, name) for of, name, _, _ in values):
        yield of, name, kinds.get(name, "character")


def _media(database: Foreign) -> Iterator[tuple[str, int]]:
    for table, count in (("imageCoding", "codings of pictures"), ("image", "pictures"), ("coding2", "second codings")):
        if rows := database.rows(table, "owner", _PRESENT):
            yield count, len(rows)
