"""The comparison of a quotation in a draft with the sources: does a source have the same or similar words?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, get_args

from sibtui.model.frozen import dataclass
from sibtui.model.quotations.letters import LetterText, letters_of, parts_of
from sibtui.model.quotations.marks import DraftQuotation
from sibtui.model.quotations.similar_places import similar_passages
from sibtui.model.segments import Segment
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

QuotationStatus = Literal["exact", "altered", "paraphrase in the source", "not found"]
"""The result of the comparison of a quotation.

“Paraphrase” means: the words are in a source, but they are words of a note-taker, and not of a person who spoke.
"""
QUOTATION_STATUSES: tuple[QuotationStatus, ...] = get_args(QuotationStatus)

ALIKE = 80.0
"""The lowest similarity (0-100) at which a passage of a source counts as the original of an altered quotation."""
_LONGEST_GAP = 600
"""The largest number of letters in a source that may be between two parts of a quotation with a cut."""
_FEWEST_LETTERS = 12
"""The least number of letters in a quotation for a search for similar words. A shorter quotation is similar to many passages by accident."""
_MOST_CHANGES = 6
_BESIDE = 40
"""The number of characters before and after a passage that are searched for the first and the last word of the quotation."""
_ORDER = "the parts are far apart, or in another order"


@dataclass(frozen=True, slots=True)
class QuotedSource:
    """A source in which quotations are searched for. `verbatim` is set if it has the words of the speaker."""

    name: str
    text: LetterText
    verbatim: bool


@dataclass(frozen=True, slots=True)
class CheckedQuotation:
    """A quotation of a draft, and the result of its search in the sources.

    `source` and `segment` are the place found. If nothing was found, `source` is empty, and `segment` is None.
    `difference` shows the words that differ, as `“words of the source” → “words of the draft”`.
    """

    quotation: DraftQuotation
    status: QuotationStatus
    source: str = ""
    segment: Segment | None = None
    difference: tuple[str, ...] = ()


def quoted_source(name: str, text: str, *, verbatim: bool) -> QuotedSource:
    return QuotedSource(name, LetterText(text), verbatim)


def check_quotation(quotation: DraftQuotation, sources: Sequence[QuotedSource]) -> CheckedQuotation:
    """Return the result of the search for a quotation in the sources.

    The result is the first of these that applies:

    1. A source has the same words, as spoken.
    2. A source has the same words, in a paraphrase.
    3. A source has similar words.
    4. No source has similar words.
    """
    parts = [letters_of(part) for part in parts_of(quotation.text)]
    paraphrase: CheckedQuotation | None = None
    for source in sources:
        for segment in _places(source.text, parts):
            if source.verbatim or _in_marks(source.text.text, segment):
                return CheckedQuotation(quotation, "exact", source.name, segment)
            paraphrase = paraphrase or CheckedQuotation(quotation, "paraphrase in the source", source.name, segment)
    return paraphrase or _altered(quotation, sources) or CheckedQuotation(quotation, "not found")


def _places(text: LetterText, parts: Sequence[str]) -> Iterable[Segment]:
    """Yield the places that have all parts in order, with at most `_LONGEST_GAP` letters between two parts."""
    start = text.find(parts[0])
    while start >= 0:
        end: int | None = start + len(parts[0])
        for part in parts[1:]:
            at = text.find(part, end or 0)
            end = at + len(part) if 0 <= at <= (end or 0) + _LONGEST_GAP else None
            if end is None:
                break
        if end is not None:
            yield Segment(*text.span(start, end))
        start = text.find(parts[0], start + 1)


def _in_marks(text: str, segment: Segment) -> bool:
    """Return whether a passage begins after an opening quotation mark that is not closed before the passage.

    Only marks in the same paragraph count.
    """
    start = text.rfind("\n", 0, segment.start) + 1
    before = text[start : segment.start]
    for opening, closing in (("“", "”"), ("„", "“"), ("«", "»")):
        if before.count(opening) > before.count(closing):
            return True
    return before.count('"') % 2 == 1


def _altered(quotation: DraftQuotation, sources: Sequence[QuotedSource]) -> CheckedQuotation | None:
    """Return the result for the passage that is most similar to the quotation; None if no passage is similar enough."""
    parts = parts_of(quotation.text)
    if sum(len(letters_of(part)) for part in parts) < _FEWEST_LETTERS:
        return None
    found = _most_similar([part.strip() for part in parts], [source.text for source in sources])
    if found is None or found[0] < ALIKE:
        return None
    _, at, places = found
    source, text = sources[at], sources[at].text.text
    segment = Segment(min(place.start for _, place in places), max(place.end for _, place in places))
    changes = tuple(change for part, place in places for change in word_changes(place.quote(text), part))
    spoken = source.verbatim or _in_marks(text, segment)
    status: QuotationStatus = "altered" if spoken else "paraphrase in the source"
    return CheckedQuotation(quotation, status, source.name, segment, changes[:_MOST_CHANGES] or (_ORDER,))


def _most_similar(
    parts: Sequence[str], texts: Sequence[LetterText]
) -> tuple[float, int, list[tuple[str, Segment]]] | None:
    """Return (similarity, index of the text, places) for the text that is most similar to the parts of a quotation.

    Each place is (part, passage). The similarity is the mean of the similarities of the parts, weighted by their
    lengths. The result is None if no text has a similar passage for every part.
    """
    found = [similar_passages(part, texts) for part in parts]
    length = sum(map(len, parts))
    best: tuple[float, int, list[tuple[str, Segment]]] | None = None
    for at in set.intersection(*(set(each) for each in found)):
        score = sum(each[at][0] * len(part) for each, part in zip(found, parts, strict=True)) / length
        if best is None or (score, -at) > (best[0], -best[1]):
            text = texts[at].text
            best = (
                score,
                at,
                [(part, _widened(text, part.split(), each[at][1])) for each, part in zip(found, parts, strict=True)],
            )
    return best


def _widened(text: str, words: Sequence[str], segment: Segment) -> Segment:
    """Return the passage, extended by the neighbouring words that belong to the quotation.

    The word before the passage is added if it equals the first of `words`, the words of the quotation. The word
    after the passage is added if it equals the last of `words`.
    """
    start, end = segment.start, segment.end
    before = re.search(r"[^\W_]+(?=[\W_]*\Z)", text[max(0, start - _BESIDE) : start])
    if before is not None and letters_of(before[0]) == letters_of(words[0]):
        start -= min(start, _BESIDE) - before.start()
    after = re.match(r"[\W_]*([^\W_]+)", text[end : end + _BESIDE])
    if after is not None and letters_of(after[1]) == letters_of(words[-1]):
        end += after.end()
    return Segment(start, end)


def word_changes(source: str, draft: str) -> list[str]:
    """Return the differences between two passages, each as `“words of the source” → “words of the draft”`.

    Neighbouring words that differ are one difference. If one passage lacks the words, `nothing` is in their place.

    >>> word_changes("nine in ten of them", "nine out of ten of them")
    ['“in” → “out of”']
    """
    from rapidfuzz.distance import Levenshtein

    before, after = _DIVIDED.sub("", source).split(), draft.split()
    folded = [[letters_of(word) for word in words] for words in (before, after)]
    runs: list[list[int]] = []
    for edit in Levenshtein.opcodes(*folded):
        if edit.tag == "equal":
            continue
        if runs and runs[-1][1] == edit.src_start and runs[-1][3] == edit.dest_start:
            runs[-1][1], runs[-1][3] = edit.src_end, edit.dest_end
        else:
            runs.append([edit.src_start, edit.src_end, edit.dest_start, edit.dest_end])
    return [f"{_shown(before[a:b])} → {_shown(after[c:d])}" for a, b, c, d in runs]


_DIVIDED = re.compile(r"(?<=\w)-\n\s*(?=\w)")
"""The pattern of a hyphen at the end of a line that divides a word."""


def _shown(words: Sequence[str]) -> str:
    return f"“{one_line(' '.join(words), 60)}”" if words else "nothing"
