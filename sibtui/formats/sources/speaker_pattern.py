"""Labels of speakers that match a regular expression of the user. The group `speaker` of the match is the name.

The library `regex` is used because it can stop at a time limit. `re` (tried in 2026) cannot: a pattern such as
`(a+)+:` can take hours. A pattern with repeats inside repeats may also take long to compile. `regex` has no time
limit for this, so the number of repeats is limited here.
"""

from __future__ import annotations

import re
import warnings
from math import prod
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.sources.speaker_labels import Label
from sibtui.model.folding import name_key
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regex import Pattern

SECONDS = 2.0
"""The time limit in seconds for finding the labels of one text. A good pattern needs a hundredth of this time for a long interview."""
_LONGEST, _MOST_REPEATS = 1_000, 10_000
_COUNT = re.compile(r"\{(\d*),?(\d*)\}")
EXAMPLE = r"^(?P<speaker>[^:\n]+):"


def compile_pattern(pattern: str) -> Pattern[str]:
    """Return the compiled pattern. Raises InputError when the pattern is not a regular expression or has no group `speaker`."""
    import regex

    counts = (max(map(int, filter(None, match.groups())), default=1) for match in _COUNT.finditer(pattern))
    if len(pattern) > _LONGEST or prod(max(1, count) for count in counts) > _MOST_REPEATS:
        raise InputError("The pattern for speakers is too long, or repeats its parts too often.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # [[a] is a set of two characters; a warning would end up between messages
            compiled = regex.compile(pattern, regex.MULTILINE)
    except regex.error as error:
        place = "" if error.pos is None else f", at character {error.pos + 1}"
        raise InputError(
            f"The pattern for speakers is not a regular expression: {one_line(error.msg)}{place}."
        ) from error
    except (RecursionError, OverflowError, ValueError) as error:
        raise InputError("The pattern for speakers cannot be used: it is too deeply nested.") from error
    if "speaker" not in compiled.groupindex:
        raise InputError(f"The pattern for speakers has no group “speaker” for the name, as in {EXAMPLE}.")
    return compiled


def labels_by_pattern(text: str, pattern: str) -> Sequence[Label]:
    """Return a label of a speaker for each match of the pattern, in the order of the text.

    The speech begins after the match. The group `speaker` of the pattern is the name: a match without a name is
    ignored. The pattern may also have a group `time`. Raises InputError for a pattern that cannot be used, or that
    takes longer than `SECONDS`.
    """
    found: list[Label] = []
    try:
        for match in compile_pattern(pattern).finditer(text, timeout=SECONDS, concurrent=True):
            name = " ".join((match["speaker"] or "").split())
            if name_key(name):
                timed = "time" in match.re.groupindex and bool(match["time"])
                found.append(Label(name_key(name), name, match.start(), match.end(), timed))
    except TimeoutError:
        raise InputError(
            "The pattern for speakers takes too long: simplify it, for example a repeat inside of a repeat."
        ) from None
    return found
