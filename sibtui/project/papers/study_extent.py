"""The extent of a study for the reports: the length of all texts, and the numbers of codings and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sibtui
from sibtui.errors import NotFoundError
from sibtui.model.agreement.decisions import CONSENSUS
from sibtui.model.report_values import Extent

if TYPE_CHECKING:
    from sibtui.project.shared.base import Session
    from sibtui.store.connection import Store


def study_extent(session: Session) -> Extent:
    """Return the extent of a study. Call this inside a snapshot of the store."""
    readers = [
        count
        for (count,) in session.store.query(
            "SELECT count(DISTINCT coder_id) FROM readings WHERE code_id IS NULL GROUP BY source_id"
        )
    ]
    [row] = session.store.query(
        "SELECT (SELECT total(length) FROM texts t WHERE version = (SELECT max(version) FROM texts WHERE source_id = t.source_id)),"
        " count(DISTINCT coder_id), count(*), total(stance = 'counters'), total(certainty = 'tentative'),"
        " total(NOT EXISTS (SELECT 1 FROM coding_cases cc WHERE cc.coding_id = c.id)),"
        " min(substr(nullif(created, ''), 1, 10)), max(substr(created, 1, 10)) FROM codings c"
        " WHERE coder_id NOT IN (SELECT id FROM coders WHERE lower(name) = ?)",
        (CONSENSUS,),
    )
    characters, coders, codings, countering, tentative, waiting, first, last = row
    decided, before, after = _decisions(session)
    return Extent(
        characters=int(characters),
        coders=coders,
        codings=codings,
        countering=int(countering),
        tentative=int(tentative),
        waiting=int(waiting),
        read=len(readers),
        read_by_several=sum(count > 1 for count in readers),
        first_day=first or "",
        last_day=last or "",
        decided=decided,
        before=before,
        after=after,
        found=_found(session.store),
    )


def _found(store: Store) -> dict[str, int]:
    """Return a map: “search”, “speaker” or “heading” → number of codings found in this way.

    Codings of the coder “consensus” are left out.
    """
    return dict(
        store.query(
            "SELECT how, count(*) FROM codings WHERE how <> ''"
            " AND coder_id NOT IN (SELECT id FROM coders WHERE lower(name) = ?) GROUP BY how",
            (CONSENSUS,),
        ).fetchall()
    )


def _decisions(session: Session) -> tuple[int, float | None, float | None]:
    """Return (number of decisions on disagreements, agreement before the decisions, agreement after the decisions).

    The agreement of the coders is in percent. It is None in a study without decisions, and when no coders can be
    compared.
    """
    from sibtui.project.agreement.reports import on_units
    from sibtui.project.shared.decisions import decisions

    decided = sum(1 for _ in decisions(session.store))
    if not decided:
        return 0, None, None
    try:
        before, after = (
            on_units(
                session, sibtui.CodingFilter(), unit="sentence", by="code", touch="any", headings=True, draws=0,
                seed=1, consensus=consensus,
            ).overall.percent
            for consensus in (False, True)
        )  # fmt: skip
    except NotFoundError:
        return decided, None, None
    return decided, before, after
