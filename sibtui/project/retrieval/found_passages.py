"""Passages that the program finds, so that one command can code all of them.

Each passage contains the words of a search, is spoken by one speaker, or is below a heading.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import groupby
from typing import TYPE_CHECKING

from sibtui.errors import InputError, NotFoundError
from sibtui.formats.sources.speakers import turns
from sibtui.model.arguments import as_names, choice
from sibtui.model.folding import fold, name_key
from sibtui.model.frozen import dataclass
from sibtui.model.languages import DEFAULT, guess_language
from sibtui.model.names import resolve_name
from sibtui.model.query.windows import headed_sections, section_bounds
from sibtui.model.records import FOUND_SPANS
from sibtui.model.search_terms import SearchTerms
from sibtui.model.segments import Segment
from sibtui.model.sentences import Sentences
from sibtui.model.text import one_line
from sibtui.project.retrieval.search import text_matches
from sibtui.project.shared.resolve_filter import chosen_sources, selection
from sibtui.project.shared.speaker_turns import speakers
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from sibtui.model.arguments import Names, Within
    from sibtui.model.filters import CodingFilter
    from sibtui.model.records import FoundBy, FoundSpan
    from sibtui.project.shared.base import Session


@dataclass(frozen=True, slots=True)
class PassageSearch:
    """A search for passages: by words, by speakers or by a heading.

    `chosen` limits the sources by name, set and case. `span` is “match”, or names a unit: “sentence”, “paragraph”,
    “turn” (passage of one speaker) or “section”. A search by words finds the match, or the unit around it. A search by
    speakers or by a heading finds the whole passage, or each unit in it. Raises InputError for an unknown span, or if
    not exactly one of `words`, `speakers` and `heading` is given.
    """

    chosen: CodingFilter
    span: FoundSpan = "match"
    words: Names = ()
    whole_words: bool = False
    stem: str = ""
    regex: bool = False
    speakers: Names = ()
    speaker_pattern: str = ""
    heading: str = ""
    within: Within | None = None

    def __post_init__(self) -> None:
        choice("span", self.span, FOUND_SPANS)
        if bool(self.words) + bool(self.speakers) + bool(self.heading.strip()) != 1:
            raise InputError("Give one of these: words to search for, a speaker, or a heading.")

    @property
    def how(self) -> FoundBy:
        return "search" if self.words else "speaker" if self.speakers else "heading"


def found_passages(session: Session, search: PassageSearch) -> Iterator[tuple[str, Segment]]:
    """Yield (name of the source, segment) of each passage that is found, ordered by source and place.

    Duplicates are left out. Raises NotFoundError for an unknown name, InputError for words or a pattern that cannot be
    used.
    """
    known = chosen_sources(session, search.chosen, selection(session, search.chosen))
    if search.words:
        found = _around_words(session, search, known)
    elif search.speakers:
        found = _of_speakers(session, search, known)
    else:
        found = _below_heading(session, search, known)
    yield from dict.fromkeys(found)


def _around_words(session: Session, search: PassageSearch, known: Mapping[int, str]) -> Iterator[tuple[str, Segment]]:
    ids = {name: number for number, name in known.items()}
    terms = SearchTerms(as_names(search.words), search.whole_words, search.stem, search.regex, search.within)
    for name, matches in groupby(text_matches(session, terms), key=lambda match: match.source):
        if name not in ids:
            continue
        widen = _widening(session, ids[name], search)
        yield from ((name, widen(match.segment)) for match in matches)


def _widening(session: Session, source: int, search: PassageSearch) -> Callable[[Segment], Segment]:
    """Return a function: segment of a match → segment of the unit (sentence, turn or other) that contains the match.

    If the unit is the turn, a match outside of all turns is widened to its paragraph.
    """
    if search.span == "match":
        return lambda match: match
    text = source_rows.text(session.store, source)
    if search.span == "section":
        sections = _sections(text)
        return lambda match: _joined(match, *(_section_at(sections, offset) for offset in (match.start, match.end - 1)))
    cut = Sentences(text, _language(session, source, text))
    spoken = [speech for _, speech in _speeches(text, search.speaker_pattern)] if search.span == "turn" else []

    def widen(match: Segment) -> Segment:
        own = [each for each in spoken if each.start < match.end and match.start < each.end]
        if own:
            return Segment(min(own[0].start, match.start), max(own[-1].end, match.end))
        unit = cut.at if search.span == "sentence" else lambda offset: cut.paragraph(cut.paragraph_of(offset))
        return _joined(match, unit(match.start), unit(match.end - 1))

    return widen


def _joined(match: Segment, first: Segment, last: Segment) -> Segment:
    return Segment(min(first.start, match.start), max(last.end, match.end))


def _sections(text: str) -> list[Segment]:
    """Return the non-empty sections of a text (the parts below headings), without spaces at the start and the end."""
    trimmed = (
        (start + len(body) - len(body.lstrip()), start + len(body.rstrip()))
        for start, end in zip(*section_bounds(text), strict=True)
        for body in (text[start:end],)
    )
    return [Segment(start, end) for start, end in trimmed if start < end]


def _section_at(sections: Sequence[Segment], offset: int) -> Segment:
    """Return the section that contains an offset, or else the nearest section before the offset."""
    at = bisect_right(sections, offset, key=lambda section: section.start)
    return sections[max(0, at - 1)]


def _of_speakers(session: Session, search: PassageSearch, known: Mapping[int, str]) -> Iterator[tuple[str, Segment]]:
    store = session.store
    heard = speakers(store, known, search.speaker_pattern)
    wanted = {name_key(resolve_name("speaker", name, heard)) for name in as_names(search.speakers)}
    for number, name in known.items():
        text = source_rows.text(store, number)
        for speaker, speech in _speeches(text, search.speaker_pattern):
            if name_key(speaker) in wanted:
                yield from _inside(session, number, name, text, speech, search.span)


def _speeches(text: str, pattern: str = "") -> Iterator[tuple[str, Segment]]:
    """Yield (speaker, segment of the spoken words) for each turn, a passage of one speaker.

    The segment does not contain the speaker's name, and ends before a heading. Turns without words are left out.
    """
    headings = section_bounds(text)[0]
    for turn in turns(text, pattern):
        at = bisect_right(headings, turn.speech)
        limit = min((turn.segment.end, *headings[at : at + 1]))
        end = turn.speech + len(text[turn.speech : limit].rstrip())
        if turn.speech < end:
            yield turn.speaker, Segment(turn.speech, end)


def _below_heading(session: Session, search: PassageSearch, known: Mapping[int, str]) -> Iterator[tuple[str, Segment]]:
    words, found = fold(search.heading).strip(), False
    for number, name in known.items():
        text = source_rows.text(session.store, number)
        for heading, start, end in headed_sections(text):
            if words not in fold(heading):
                continue
            found = True
            body = text[start:end]
            first, last = end - len(body.lstrip()), start + len(body.rstrip())
            if first < last:
                yield from _inside(session, number, name, text, Segment(first, last), search.span)
    if not found:
        raise NotFoundError(f"No heading has “{one_line(search.heading, 60)}”.")


def _inside(
    session: Session, source: int, name: str, text: str, passage: Segment, span: FoundSpan
) -> Iterator[tuple[str, Segment]]:
    """Yield (name of the source, segment) of each unit in a passage. `span` names the unit, such as “sentence”.

    For “match”, the whole passage is the only unit. The same is true for “turn” in a passage without turns.
    """
    start = passage.start
    if span == "match":
        yield name, passage
        return
    own = passage.quote(text)
    if span == "section":
        units = _sections(own)
    elif span == "turn":
        units = [speech for _, speech in _speeches(own)] or [Segment(0, len(own))]
    else:
        cut = Sentences(own, _language(session, source, text))
        units = list(cut.all()) if span == "sentence" else [cut.paragraph(at) for at in range(cut.paragraphs)]
    for unit in units:
        yield name, Segment(start + unit.start, start + unit.end)


def _language(session: Session, source: int, text: str) -> str:
    own = session.store.scalar("SELECT language FROM sources WHERE id = ?", (source,))
    return own or study_rows.study(session.store).language or guess_language(text) or DEFAULT
