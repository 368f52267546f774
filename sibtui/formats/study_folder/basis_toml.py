"""The basis of a judgement or summary, as TOML tables.

The basis is the evidence of the cell at the time when a person judged or summarised it.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sibtui.formats.codec.toml_tables import table_of_all
from sibtui.model.judgement_basis import BasisQuote, JudgementBasis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sibtui.formats.codec.toml_tables import Fields


def basis_tables(owner: str, basis: JudgementBasis) -> Iterator[str]:
    """Yield the basis of a judgement or summary as TOML tables: one table with facts, and then a table for each quote.

    `owner` is the TOML key of the judgement or summary.
    """
    yield table_of_all(
        f"[{owner}.basis]",
        {
            "computed": basis.computed,
            "rule": basis.rule,
            "codes": tuple(f"{uid} {path}" for uid, path in basis.codes),
            "open": basis.open,
            "covered_by": basis.covered_by,
        },
    )
    for quote in basis.quotes:
        yield table_of_all(f"[[{owner}.basis.quote]]", asdict(quote))


def read_basis(fields: Fields) -> JudgementBasis | None:
    """Return the basis in the TOML table of a judgement or summary; None if it has no basis."""
    basis = fields.maybe_table("basis")
    if basis is None:
        return None
    result = JudgementBasis(
        computed=basis.text("computed"),
        rule=basis.text("rule"),
        codes=tuple((uid, path) for uid, _, path in (code.partition(" ") for code in basis.texts("codes"))),
        open=basis.texts("open"),
        covered_by=basis.text("covered_by"),
        quotes=tuple(_quote(quote) for quote in basis.tables("quote")),
    )
    basis.done()
    return result


def _quote(fields: Fields) -> BasisQuote:
    quote = BasisQuote(
        **{name: fields.text(name) for name in ("source", "quote", "before", "after", "stance", "certainty")},
        cases=fields.texts("cases"),
    )
    fields.done()
    return quote
