"""Rows from the databases of other programs.

`sibtui.store` reads these rows, and `sibtui.formats` makes a study from them.
"""

from __future__ import annotations

from sibtui.model.frozen import dataclass


@dataclass(frozen=True, slots=True)
class TaguetteDocument:
    """A document of Taguette. `contents` is HTML."""

    id: int
    name: str
    description: str
    created: str
    contents: str


@dataclass(frozen=True, slots=True)
class TaguetteHighlight:
    """A highlight (a coding) of Taguette. `snippet` is the text of the highlight, as HTML.

    `start` and `end` count the UTF-8 bytes of the document without its HTML tags.
    """

    document: int
    start: int
    end: int
    snippet: str
    tags: tuple[int, ...]
    coder: str | None = None
    created: str | None = None


@dataclass(frozen=True, slots=True)
class TaguetteProject:
    """One project of a Taguette database. `tags` are its codes, as (id, path, description)."""

    name: str
    description: str
    created: str
    documents: tuple[TaguetteDocument, ...]
    tags: tuple[tuple[int, str, str], ...]
    highlights: tuple[TaguetteHighlight, ...]
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class QualCoderSource:
    """A file in a QualCoder project. `text` is None for sound, pictures and films. `note` is the memo on the file."""

    id: int
    name: str
    text: str | None
    note: str
    created: str


@dataclass(frozen=True, slots=True)
class QualCoderCode:
    """A code of QualCoder, or a category of codes if `category` is set.

    `above` is the id of its category, and `above_code` the id of the code above it; None if there is none.
    """

    id: int
    name: str
    note: str
    colour: str
    above: int | None
    above_code: int | None = None
    category: bool = False


@dataclass(frozen=True, slots=True)
class QualCoderCoding:
    """A coding of QualCoder. `start` and `end` count code points."""

    source: int
    code: int
    start: int
    end: int
    quote: str
    coder: str
    note: str
    created: str
    important: bool = False


@dataclass(frozen=True, slots=True)
class QualCoderCase:
    """A case of QualCoder. `places` are the passages that belong to the case, as (id of the source, start, end)."""

    id: int
    name: str
    note: str
    places: tuple[tuple[int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class QualCoderProject:
    """A project of QualCoder or of RQDA.

    These fields have a tuple for each row:

    - `attributes`: (kind of owner, name, kind of value). The kind of owner is “case” or “file”, and the kind of
      value is “character” or “numeric”.
    - `values`: (kind of owner, name of the attribute, id of the owner, value).
    - `annotations`: (id of the source, start, end, text, coder, created).
    - `journals`: (name, text, coder, created).

    `media` counts the items that are not imported, as (kind of item, number). A kind is, for example, “codings of
    pictures”.
    """

    name: str
    note: str
    created: str
    sources: tuple[QualCoderSource, ...]
    codes: tuple[QualCoderCode, ...]
    codings: tuple[QualCoderCoding, ...]
    cases: tuple[QualCoderCase, ...] = ()
    attributes: tuple[tuple[str, str, str], ...] = ()
    values: tuple[tuple[str, str, int, str], ...] = ()
    annotations: tuple[tuple[int, int, int, str, str, str], ...] = ()
    journals: tuple[tuple[str, str, str, str], ...] = ()
    media: tuple[tuple[str, int], ...] = ()
    program: str = "QualCoder"
    warnings: tuple[str, ...] = ()
