"""Cutting a text into the units on which coders are compared: turns of speakers, paragraphs, sentences and so on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from sibtui.model.agreement.units import without_headings
from sibtui.model.sentences import Sentences

if TYPE_CHECKING:
    from sibtui.model.agreement.unitizing import CharacterRange
    from sibtui.model.agreement.units import FixedUnit


def units_of(
    text: str, unit: FixedUnit, language: str, *, headings: bool = True, speaker_pattern: str = ""
) -> Sequence[CharacterRange]:
    """Return the places of the units of a text, in order: turns, paragraphs, sentences, or the whole text.

    If turns are wanted and the text has no speakers, return its paragraphs. `speaker_pattern` finds the names of
    speakers, as in `project.sources.speakers`. If `headings` is False, headings are left out of paragraphs and
    sentences.
    """
    if unit == "source":
        return [(0, len(text))] if text.strip() else []
    if unit == "turn":
        from sibtui.formats.sources.speakers import turns

        if found := turns(text, speaker_pattern):
            return [(turn.segment.start, turn.segment.end) for turn in found]
    cut = Sentences(text, language)
    units = list(cut.spans() if unit == "sentence" else cut.paragraph_spans())
    return units if headings else list(without_headings(units, text))
