"""The check of a claim about a value: an attribute of a case, or a number that the study counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.errors import StatementError
from sibtui.model.claims.statement import parse_number
from sibtui.model.claims.verdicts import CheckedClaim
from sibtui.model.folding import name_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.model.claims.claim import Claim

_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def judge_number(claim: Claim, found: int) -> CheckedClaim:
    """Return the checked claim about a number. `found` is the number in the study.

    Raises StatementError if the claim states no number.
    """
    fits = parse_number(claim.statement).fits(found)
    because = () if fits else (f"the study has {found:,}",)
    return CheckedClaim(claim, "holds" if fits else "contradicted", f"{found:,}", because)


def judge_values(claim: Claim, found: Mapping[str, str]) -> CheckedClaim:
    """Return the checked claim about the values of an attribute. `found` maps each case to its value in the study.

    The claim holds if every value equals the statement. It holds with reserve if all values contain the statement,
    but some have further words. It is contradicted if a value does not contain the statement.
    """
    shown = "; ".join(f"{case}: {value or 'no value'}" for case, value in found.items())
    odd = [f"{case}: {value or 'no value'}" for case, value in found.items() if not _fits(claim.statement, value)]
    if odd:
        return CheckedClaim(claim, "contradicted", shown, tuple(odd))
    longer = [
        f"{case}: the value has more words" for case, value in found.items() if not _equals(claim.statement, value)
    ]
    return CheckedClaim(claim, "holds with reserve" if longer else "holds", shown, tuple(longer))


def _equals(stated: str, value: str) -> bool:
    if name_key(stated) == name_key(value):
        return True
    if _NUMBER.fullmatch(value.strip()) is None:
        return False
    try:
        return parse_number(stated).fits(float(value))
    except StatementError:
        return False


def _fits(stated: str, value: str) -> bool:
    if _equals(stated, value):
        return True
    words = re.escape(name_key(stated))
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", name_key(value)) is not None
