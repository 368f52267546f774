"""Number formats that show leading zeros, in the cells of workbooks.

A number with such a format is an id and not a quantity: 7 is shown as 007, P007 or 00-07.
"""

from __future__ import annotations

import re

_LITERAL = r'"([^"]*)"|\\(.)|_.|\[[^\]]*\]|([-/() :])'
_CODE = re.compile(rf"(?:{_LITERAL}|0)*")
_PART = re.compile(rf"{_LITERAL}|(0)")
_LONGEST = 60


def code_text(number: float, number_format: str) -> str | None:
    """Return a whole number as a text, as its number format shows it: with leading zeros and fixed characters.

    Return None for a number that is negative or not whole. Also return None if the format has no leading zeros, or has
    decimals, per cent, dates or a thousands separator.
    """
    form = number_format.partition(";")[0]
    if len(form) > _LONGEST or not _CODE.fullmatch(form) or number < 0 or not float(number).is_integer():
        return None
    parts = list(_PART.finditer(form))
    places = sum(part[4] is not None for part in parts)
    if places <= 1:
        return None
    digits = f"{int(number):0{places}}"
    extra = len(digits) - places
    groups = iter(
        [digits[: extra + 1], *digits[extra + 1 :]]
    )  # a number with more digits than zeros has the additional digits at the first zero
    return "".join(part[1] or part[2] or part[3] or "" if part[4] is None else next(groups) for part in parts)
