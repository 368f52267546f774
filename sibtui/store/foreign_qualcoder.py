"""The reader of projects of QualCoder, in any version. A project is a folder `.qda` with the database `data.qda`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.foreign_rows import QualCoderCase, QualCoderCode, QualCoderCoding, QualCoderProject, QualCoderSource
from sibtui.store.foreign import Foreign, open_foreign, text, whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_DATA = "data.qda"


def read_qualcoder(path: Path) -> QualCoderProject:
    """Return the content of a QualCoder project. `path` is the folder (`.qda`) of the project, or the database in it.

    Raises InputError when `path` is not a QualCoder project.
    """
    database_path = path / _DATA if path.is_dir() else path
    if not database_path.is_file():
        raise InputError(f"{path.name} is not a project of QualCoder: it has no {_DATA}.")
    name = path.stem if path.is_dir() else path.resolve().parent.stem
    with open_foreign(database_path) as database:
        if not database.has("source", "code_name", "code_text"):
            raise InputError(
                f"{path.name} is not a project of QualCoder: it lacks the tables source, code_name and code_text."
            )
        about = database.rows("project", "memo date") or [("", "")]
        return QualCoderProject(
            name,
            text(about[0][0]),
            text(about[0][1]),
            sources=tuple(_sources(database)),
            codes=tuple(_codes(database)),
            codings=tuple(_codings(database)),
            cases=tuple(_cases(database)),
            attributes=tuple(
                (text(of), text(label), text(kind))
                for of, label, kind in database.rows("attribute_type", "caseOrFile name valuetype")
            ),
            values=tuple(
                (text(of), text(label), whole(at), text(value))
                for of, label, at, value in database.rows("attribute", "attr_type name id value", "ORDER BY attrid")
            ),
            annotations=tuple(_annotations(database)),
            journals=tuple(
                (text(label), text(entry), text(owner), text(date))
                for label, entry, owner, date in database.rows("journal", "name jentry owner date", "ORDER BY jid")
            ),
            media=tuple(_media(database)),
        )


def _sources(database: Foreign) -> Iterator[QualCoderSource]:
    for at, name, fulltext, memo, date in database.rows("source", "id name fulltext memo date", "ORDER BY id"):
        yield QualCoderSource(
            whole(at), text(name), None if fulltext is None else text(fulltext), text(memo), text(date)
        )


def _codings(database: Foreign) -> Iterator[QualCoderCoding]:
    for fid, cid, start, end, quote, owner, memo, date, main in database.rows(
        "code_text", "fid cid pos0 pos1 seltext owner memo date important", "ORDER BY fid, pos0, pos1, ctid"
    ):
        yield QualCoderCoding(
            whole(fid),
            whole(cid),
            whole(start),
            whole(end),
            text(quote),
            text(owner),
            text(memo),
            text(date),
            bool(main),
        )


def _annotations(database: Foreign) -> Iterator[tuple[int, int, int, str, str, str]]:
    for fid, start, end, memo, owner, date in database.rows(
        "annotation", "fid pos0 pos1 memo owner date", "ORDER BY fid, pos0, anid"
    ):
        yield whole(fid), whole(start), whole(end), text(memo), text(owner), text(date)


def _media(database: Foreign) -> Iterator[tuple[str, int]]:
    for table, what in (("code_image", "codings of pictures"), ("code_av", "codings of sound and film")):
        if rows := database.rows(table, "cid"):
            yield what, len(rows)


def _codes(database: Foreign) -> list[QualCoderCode]:
    categories = [
        QualCoderCode(whole(at), text(name), text(memo), "", None if above is None else whole(above), category=True)
        for at, name, memo, above in database.rows("code_cat", "catid name memo supercatid", "ORDER BY catid")
    ]
    codes = [
        QualCoderCode(
            whole(at), text(name), text(memo), text(colour), None if above is None else whole(above),
            None if code is None else whole(code),
        )
        for at, name, memo, colour, above, code in database.rows(
            "code_name", "cid name memo color catid supercid", "ORDER BY cid"
        )
    ]  # fmt: skip
    return categories + codes


def _cases(database: Foreign) -> list[QualCoderCase]:
    places: dict[int, list[tuple[int, int, int]]] = {}
    for case, source, start, end in database.rows("case_text", "caseid fid pos0 pos1", "ORDER BY id"):
        places.setdefault(whole(case), []).append((whole(source), whole(start), whole(end)))
    return [
        QualCoderCase(whole(at), text(name), text(memo), tuple(places.get(whole(at), ())))
        for at, name, memo in database.rows("cases", "caseid name memo", "ORDER BY caseid")
    ]
