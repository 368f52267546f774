"""The search for words that resemble a name: parts of the name, or words with a similar spelling."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from sibtui.model.name_finder import folded, words

_PART = 3
"""The least number of letters in a part of a name. Shorter parts are not searched for."""
_NEAR, _LONG = 4, 8
"""The least length of a name in which one letter may differ, and the least length of a name in which two letters may differ."""
_SMALL = 6
"""The least number of letters in a word without capitals that is compared with names."""
_ORDINARY = 3
"""The ratio above which a word with a capital counts as an ordinary word, and not as a name.

The ratio is the number of times the word is in small letters, divided by the number of times it has a capital.
"""

Likeness = tuple[Literal["part", "near"], str]
"""(the way in which a word resembles a name, the name)."""


def near_names(names: Iterable[str], counted: Mapping[str, int]) -> dict[str, Likeness]:
    """Return a map: word of the texts that resembles a name → (“part” or “near”, name).

    “part” is for a part of the name, and “near” for a similar spelling. A word that equals a whole name is left out.
    `counted` is a map: word of the texts → number of its occurrences.
    """
    whole, parts = _words_of(names)
    single = {folded(name) for name in whole.values()}
    by_form: dict[str, list[str]] = {}
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for word, count in counted.items():
        form = folded(word)
        by_form.setdefault(form.strip("0123456789"), []).append(word)
        (small if word[:1].islower() else capital)[form] += count
    found: dict[str, Likeness] = {}
    for form, (likeness, name) in _likenesses(whole, parts, [*by_form]).items():
        for word in by_form[form]:
            key = folded(word)
            is_small = word[:1].islower()
            too_short = is_small and (likeness == "part" or len(form) < _SMALL)
            ordinary = not is_small and small[key] > _ORDINARY * capital[key]
            if key not in single and not too_short and not ordinary:
                found[word] = likeness, name
    return found


def _words_of(names: Iterable[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return two maps: form of a whole name → name, and form of a part of a name → name.

    A form is in small letters, without accents and spaces.
    """
    whole, parts = dict[str, str](), dict[str, str]()
    for name in names:
        every = words().findall(name)
        whole.setdefault("".join(map(folded, every)), name)
        for word in every if len(every) > 1 else ():
            if len(word) >= _PART and not word[:1].islower():
                parts.setdefault(folded(word), name)
    return whole, parts


def _likenesses(whole: Mapping[str, str], parts: Mapping[str, str], forms: list[str]) -> dict[str, Likeness]:
    """Return a map for the `forms` of words that resemble a name: form → (“part” or “near”, the most similar name).

    “part” is for a word that equals a part of a name; “near” is for a similar spelling. “part” is preferred.
    """
    from rapidfuzz.distance import OSA
    from rapidfuzz.process import extract

    nearest: dict[str, tuple[int, Likeness]] = {}
    for wanted, name in {**parts, **whole}.items():
        most = 0 if len(wanted) < _NEAR else 1 if len(wanted) < _LONG else 2
        for form, distance, _ in extract(wanted, forms, scorer=OSA.distance, score_cutoff=most, limit=None):
            likeness: Likeness = ("part" if distance == 0 and wanted in parts else "near"), name
            if len(form) >= _PART and (form not in nearest or distance < nearest[form][0]):
                nearest[form] = int(distance), likeness
    return {form: likeness for form, (_, likeness) in nearest.items()}
