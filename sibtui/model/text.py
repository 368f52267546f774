"""Forms of texts: the form in which an imported text is stored, and short, safe forms for messages and tables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LINE_END = re.compile(r"\r\n?")
_MARKS = "\u061c\u200e\u200f\u202a-\u202c\u2066-\u2069"
"""Marks, embeddings and isolates, which set the direction of text. The overrides can disguise text, and are not here."""
# C0 (except tab and newline), DEL, C1, overrides, line and paragraph separators, surrogates. `re` compiles it when it is first used.
_UNSAFE_IN_FILES = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202d\u202e\ud800-\udfff]"
_UNSAFE = f"{_UNSAFE_IN_FILES[:-1]}{_MARKS}]"
_LONGEST_WORD = 20
"""The largest length of a word that is left out as a whole at the end of an excerpt. A longer word is cut."""
_SPACE = re.compile(r"\s")
TOGETHER = 1000
"""The largest number of texts that are joined for one test of all of them."""
_SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def normalise(decoded: str) -> str:
    """Return the text in the form that is stored: without a byte order mark, and with LF for each line break.

    All offsets in a source refer to this form.
    """
    text = decoded.removeprefix("\ufeff")
    return _LINE_END.sub("\n", text) if "\r" in text else text


def _picture(match: re.Match[str]) -> str:
    point = ord(match[0])
    if point < 0x20:
        return chr(0x2400 + point)
    return "\u2421" if point == 0x7F else "\ufffd"


def inert(text: str, *, keeps_marks: bool = False) -> str:
    """Return the text with each control character replaced by a visible character, so that none reaches a terminal.

    Tabs and newlines are kept. Use `keeps_marks` for files: the marks that set the direction of text in Hebrew and
    Arabic are then kept, too. Overrides of the direction are always replaced, because they can disguise text. The
    number of code points does not change.
    """
    if text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable():  # faster than the pattern
        return text
    return re.sub(_UNSAFE_IN_FILES if keeps_marks else _UNSAFE, _picture, text)


def inert_words(text: str) -> tuple[str, ...]:
    """Return the words of a text, split at whitespace, with control characters replaced as in `inert`."""
    return tuple(inert(text).split())


def one_line(text: str, width: int | None = None, *, keeps_marks: bool = False) -> str:
    """Return the text on one line, with single spaces. A text over `width` code points is cut and ends with “…”.

    Control characters are replaced as in `inert`.
    """
    # Most texts are one line already: testing this takes a third of the time of joining the words.
    is_flat = text.isprintable() and "  " not in text and text == text.strip()
    flat = text if is_flat else " ".join(inert(text, keeps_marks=keeps_marks).split())
    return flat if width is None or len(flat) <= width else flat[: width - 1].rstrip() + "…"


def line_in_file(text: str) -> str:
    """Return the text on one line for a file. Unlike `one_line`, it keeps harmless marks of direction (see `inert`)."""
    return one_line(text, keeps_marks=True)


def are_lines(texts: Sequence[str]) -> bool:
    """Return True if `one_line` certainly changes none of the texts; otherwise False.

    The result can be False although no text would change.
    """
    joined = f"|{'|'.join(texts)}|"
    return joined.isprintable() and not any(spaces in joined for spaces in ("  ", " |", "| "))


def one_lines(texts: Sequence[str], width: int) -> list[str]:
    """Return the results of `one_line` for all texts. Pass at most `TOGETHER` texts: they are tested as one text."""
    heads = [text[: width + 1] for text in texts]
    # if the first characters of a long text do not change, the text is cut after them
    if width < 1 or not (are_lines(heads) or are_lines(texts)):
        return [one_line(text, width) for text in texts]
    return [head if len(head) <= width else head[: width - 1].rstrip() + "…" for head in heads]


def excerpt(text: str, width: int) -> str:
    """Return the text on one line, cut to at most `width` code points. If possible, it is cut after a whole word."""
    flat = " ".join(inert_words(text))
    if len(flat) <= width:
        return flat
    words = flat[:width].rpartition(" ")[0]
    return f"{words}…" if words and width - len(words) <= _LONGEST_WORD else flat[: width - 1] + "…"


def last_words(text: str, most: int) -> str:
    """Return the last words of a text, with at most `most` code points.

    The result begins with a whole word. Only if the last word alone is too long, it is cut.
    """
    end = text[-most:]
    if len(text) <= most or text[-most - 1].isspace():
        return end
    space = _SPACE.search(end)
    return end[space.end() :] if space else end


def first_words(text: str, most: int) -> str:
    """Return the first words of a text, with at most `most` code points.

    The result ends with a whole word. If even the first word is too long, it is cut.
    """
    return last_words(text[: most + 1][::-1], most)[::-1]


def plural(count: int, one: str, many: str | None = None) -> str:
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(names: Iterable[str], limit: int = 10, *, last: str = "and", quoted: bool = False) -> str:
    """Return the names as one phrase, such as `a, b and c`.

    `last` is the word before the last name; `quoted` puts names in quotation marks. If there are more than `limit`
    names, the phrase ends with the number of omitted names: `a, b and 4 more`. It never ends with “and 1 more”: the
    last name is shown instead.
    """
    every = [f"“{name}”" for name in names] if quoted else list(names)
    if len(every) > limit + 1:
        return f"{', '.join(every[:limit])} and {len(every) - limit:,} more"
    return f"{', '.join(every[:-1])} {last} {every[-1]}" if len(every) > 1 else "".join(every)


def listed_clauses(clauses: Iterable[str], limit: int, total: int | None = None) -> str:
    """Return the clauses joined by semicolons.

    If there are more than `limit` clauses, the text ends with the number of omitted clauses: `a; b; and 4 more`. If
    only the last item of `clauses` would be omitted, it is shown instead. If `total` is given, it is the number of all
    clauses, and `clauses` may have only the first ones.
    """
    every = list(clauses)
    count = len(every) if total is None else total
    shown = every[:limit] if count > limit + 1 else every
    more = count - len(shown)
    return "; ".join([*shown, f"and {more:,} more"] if more else shown)


def describe_difference(field: str, before: str, after: str, width: int | None = None) -> str:
    """Return a phrase about a changed field, such as `name “a” → “b”`, with values of at most `width` code points."""
    values = (f"“{one_line(value, width)}”" if value.strip() else "nothing" for value in (before, after))
    return f"{field} {' → '.join(values)}"


def around_difference(before: str, after: str, width: int) -> tuple[str, str]:
    """Return both texts, each on one line, cut to `width` code points around their first difference."""
    first, second = one_line(before), one_line(after)
    same = next(
        (at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(len(first), len(second))
    )
    start = max(0, same - width // 2)
    if start == 0 or max(len(first), len(second)) <= width:
        return one_line(first, width), one_line(second, width)
    return one_line(f"…{first[start + 1 :]}", width), one_line(f"…{second[start + 1 :]}", width)


def superscript(number: int) -> str:
    return str(number).translate(_SUPERSCRIPT)
