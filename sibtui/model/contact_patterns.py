"""The search for e-mail addresses, telephone numbers and postcodes.

The patterns find the common forms of Europe and North America. A match is a guess that a researcher has to check.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

ContactKind = Literal["e-mail", "phone", "postcode"]

_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w@])")
_PHONE = re.compile(
    r"(?<![\w.,/-])(?:\+|00)[1-9](?:[ ()./-]{0,2}\d){6,13}(?![\w])"  # international
    r"|(?<![\w.,/-])\({0,1}0\d(?:[ ()./-]{0,2}\d){7,10}(?![\w])"  # national, with its 0
    r"|(?<![\w.,/-])\(?[2-9]\d{2}\)?[ .-]{1,2}\d{3}[ .-]\d{4}(?![\w])"  # North America
)
_POSTCODE = re.compile(
    r"(?<!\w)(?:GIR {0,1}0AA|[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2})(?!\w)"  # United Kingdom
    r"|(?<!\w)[ABCEGHJ-NPRSTVXY]\d[A-Z] ?\d[A-Z]\d(?!\w)"  # Canada
    r"|(?<!\w)(?!(?:19|20)\d\d )[1-9]\d{3} ?(?!SA|SD|SS)[A-Z]{2}(?!\w)"  # Netherlands
    r"|(?<=[A-Z]{2} )\d{5}(?:-\d{4})?(?!\w)"  # United States, after the state
    r"|(?<!\w)[A-Z]{1,2}-\d{4,5}(?!\w)"  # with the letters of a country
    r"|(?:(?<=, )|(?<=\n)|(?<![\s\S]))\d{5}(?= [A-ZÀ-Þ][^\W\d_]{2})"  # five digits before a town
)
_DATE = re.compile(r"(?:\d{1,2}[ ./-]\d{1,2}[ ./-](?:\d{2}|\d{4})|\d{4}[./-]\d{1,2}[./-]\d{1,2})(?: \d{1,2})?")


def contacts(text: str) -> Iterator[tuple[ContactKind, int, int]]:
    """Yield (kind, start, end) of each match: all e-mail addresses, then telephone numbers, then postcodes."""
    for match in _EMAIL.finditer(text) if "@" in text else ():
        yield "e-mail", *match.span()
    for match in _PHONE.finditer(text):
        if not _DATE.fullmatch(match[0]):
            yield "phone", *match.span()
    for match in _POSTCODE.finditer(text):
        yield "postcode", *match.span()
