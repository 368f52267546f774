"""The file claims.toml, in a study folder or beside a manuscript: the claims of a paper about the study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sibtui.errors import InputError
from sibtui.formats.codec.toml_tables import document, load, table
from sibtui.model.claims.claim import CODEBOOK_COUNTS, JOINS, REGISTRIES, Claim, row_of
from sibtui.model.folding import name_key
from sibtui.model.records import CERTAINTIES
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.formats.codec.toml_tables import Fields


def read_claims(name: str, data: bytes) -> tuple[Claim, ...]:
    """Return the claims in a file. Raises InputError, which names the file and the faulty entry."""
    fields = load(name, data)
    claims = tuple(_claim(each) for each in fields.tables("claim"))
    fields.done()
    known: set[str] = set()
    for claim in claims:
        if name_key(claim.key) in known:
            raise InputError(f"{name}: two claims have the id “{one_line(claim.key, 60)}”.")
        known.add(name_key(claim.key))
    return claims


def write_claims(claims: Iterable[Claim]) -> bytes:
    """Return the claims as the bytes of claims.toml. Empty fields are left out."""
    return document([table("[[claim]]", _fields(claim)) for claim in claims])


def _fields(claim: Claim) -> dict[str, Any]:
    return {
        "id": claim.key,
        "text": claim.text,
        "where": claim.place,
        "rows": [_row(*row) for row in claim.rows],
        "codes": list(claim.codes),
        "says": claim.statement,
        "join": "" if claim.join == "any" else claim.join,
        "attribute": claim.attribute,
        "case": claim.case,
        "registry": claim.registry,
        "codebook": claim.codebook,
        "certainty": "" if claim.certainty == "firm" else claim.certainty,
        "human": claim.human,
        "uid": claim.uid,
    }


def _row(matrix: str, label: str) -> str | list[str]:
    """Return a row of a matrix as it is written in the file: the text `matrix / label`, or the list [matrix, label].

    The list is needed if the name of the matrix contains ` / `, or if the label is empty.
    """
    return [matrix, label] if " / " in matrix or not label else f"{matrix} / {label}"


def _claim(fields: Fields) -> Claim:
    claim = Claim(
        key=fields.needed("id"),
        text=fields.needed("text"),
        place=fields.text("where"),
        rows=_rows(fields),
        codes=fields.texts("codes"),
        statement=fields.text("says"),
        join=fields.one_of("join", JOINS, "any"),
        attribute=fields.text("attribute"),
        case=fields.text("case"),
        registry=fields.one_of("registry", REGISTRIES, ""),
        codebook=fields.one_of("codebook", CODEBOOK_COUNTS, ""),
        certainty=fields.one_of("certainty", CERTAINTIES, "firm"),
        human=fields.text("human"),
        uid=fields.text("uid"),
    )
    fields.done()
    subjects = sum(map(bool, (claim.rows or claim.codes, claim.attribute, claim.registry, claim.codebook)))
    if subjects > 1:
        raise InputError(
            f"{fields.where}: a claim has rows or codes, an attribute, a registry or a codebook: choose one."
        )
    return claim


def _rows(fields: Fields) -> tuple[tuple[str, str], ...]:
    """Return the rows of a claim as (matrix, label) pairs. `fields` is the TOML table of the claim.

    The file has one row or a list of rows. A row is a text such as `matrix / row`, or a list [matrix, row]. A list
    of two texts is one row if the first has no ` / `, as in `["table-1", "Trust"]`.
    """
    value = fields.raw("rows", [])
    entries = [value] if isinstance(value, str) else value
    if not isinstance(entries, list):
        raise fields.wrong("rows", "is not a list of rows such as “table-1 / Trust”")
    if _is_pair(entries) and not any(" / " in entry for entry in entries[:1]):
        entries = [entries]
    return tuple(_one_row(fields, entry) for entry in entries)


def _is_pair(entry: object) -> bool:
    return isinstance(entry, list) and len(entry) == 2 and all(isinstance(each, str) for each in entry)


def _one_row(fields: Fields, entry: str | Sequence[str]) -> tuple[str, str]:
    if isinstance(entry, str):
        return row_of(entry)
    if not _is_pair(entry):
        raise fields.wrong("rows", "is not a list of rows such as “table-1 / Trust”, or of pairs of a matrix and a row")
    return entry[0], entry[1]
