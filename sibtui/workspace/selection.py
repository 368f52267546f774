"""The segments of a text that the user can select by keys and clicks, such as a word, a sentence or a paragraph.

In most methods, `now` is the selected segment, and the result is the segment to select next.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Literal

from sibtui.model.segments import Segment
from sibtui.model.sentences import Sentences
from sibtui.model.text_width import graphemes

Step = Literal[-1, 1]
_PUNCTUATION = r".,;:!?\"“”()\[\]…。、，！？"
_WINDOW = 2048
"""The search for the end of a word reads at most this many characters, which is more than any word has."""
_CLUSTER = 64


@cache
def _word() -> re.Pattern[str]:
    """Return the pattern of a word or of a run of punctuation marks. It is compiled only when a key needs it."""
    return re.compile(rf"[^\s{_PUNCTUATION}]+|[{_PUNCTUATION}]+")


class TextSelection:
    """The segments that the user can select in one text. `sentences` are the sentences of the text.

    The argument `now` of the methods is the selected segment.
    """

    def __init__(self, text: str, sentences: Sentences | None = None) -> None:
        self.text = text
        self.sentences = sentences or Sentences(text)

    def first(self) -> Segment | None:
        """Return the segment that is selected when the text is opened; None if the text is empty."""
        return self.fitted(0, 0)

    def fitted(self, start: int, end: int) -> Segment | None:
        """Return the segment from `start` to `end`, or the nearest sentence if the text does not have this segment.

        Return None if the text is empty.
        """
        size = len(self.text)
        if size == 0:
            return None
        if 0 <= start < end <= size:
            return Segment(start, end)
        return self._at(min(max(start, 0), size - 1))

    def sentence(self, now: Segment) -> Segment:
        return self._at(now.start)

    def sentence_at(self, offset: int) -> Segment:
        """Return the sentence that contains an offset, or the nearest sentence."""
        return self._at(min(max(offset, 0), len(self.text) - 1))

    def word_at(self, offset: int) -> Segment:
        """Return the word that contains an offset, or the next word if the offset is between words."""
        begin = max(0, offset - _WINDOW)
        for match in _word().finditer(self.text, begin):
            if match.end() > offset:
                return Segment(*match.span())
        return self.sentence_at(offset)

    def clicked(self, offset: int, times: int) -> Segment:
        """Return the segment to select after a click at an offset.

        `times` is 1 for a click (sentence), 2 for a double click (word) and 3 for a triple click (paragraph).
        """
        if times == 2:
            return self.word_at(offset)
        sentence = self.sentence_at(offset)
        return self.paragraph(sentence) if times > 2 else sentence

    def paragraph(self, now: Segment) -> Segment:
        if not self.sentences:
            return self._whole()
        return self.sentences.paragraph(self.sentences.paragraph_of(now.start))

    def by_sentence(self, now: Segment, step: Step) -> Segment:
        """Return the sentence after (1) or before (-1) `now`; at an end of the text, the last or first sentence."""
        if not self.sentences:
            return self._whole()
        if step > 0:
            own = self._at(now.end - 1)
            return self.sentences.after(max(own.end, now.end)) or own
        own = self._at(now.start)
        return self.sentences.before(min(own.start, now.start)) or own

    def by_paragraph(self, now: Segment, step: Step) -> Segment:
        """Return the first sentence of the paragraph after (1) or before (-1) `now`."""
        if not self.sentences:
            return self._whole()
        at = self.sentences.paragraph_of(now.end - 1 if step > 0 else now.start) + step
        at = min(max(at, 0), self.sentences.paragraphs - 1)
        return self._at(self.sentences.paragraph(at).start)

    def top(self) -> Segment:
        return self._at(0)

    def end(self) -> Segment:
        return self._at(len(self.text) - 1)

    def grow(self, now: Segment) -> Segment:
        """Return `now`, extended to the end of its last sentence.

        If `now` already ends there, add the next sentence.
        """
        if not self.sentences:
            return self._whole()
        own = self._at(now.end - 1)
        if now.end < own.end:
            return Segment(now.start, own.end)
        following = self.sentences.after(now.end)
        return now if following is None else Segment(now.start, following.end)

    def shrink(self, now: Segment) -> Segment:
        """Return the selection `now` without its last sentence, even if only a part of this sentence is selected.

        If nothing would be left, return `now`.
        """
        if not self.sentences:
            return now
        own = self._at(now.end - 1)
        shorter = self.sentences.before(min(own.start, now.end))
        if shorter is None or shorter.end <= now.start:
            return now
        return Segment(now.start, min(shorter.end, now.end))

    def end_by_word(self, now: Segment, step: Step) -> Segment:
        """Return `now` with its end moved by one word, forward (1) or back (-1).

        Several punctuation characters in a row count as a word.
        """
        return Segment(now.start, self._word_end(now, step))

    def start_by_word(self, now: Segment, step: Step) -> Segment:
        """Return `now` with its start moved by one word, forward (1) or back (-1). For words, see `end_by_word`."""
        return Segment(self._word_start(now, step), now.end)

    def end_by_character(self, now: Segment, step: Step) -> Segment:
        """Return `now` with its end moved by one character, forward (1) or back (-1).

        A combining mark, such as an accent, is one character with the letter before it.
        """
        end = self._character(now.end, step)
        return Segment(now.start, end) if end > now.start else now

    def start_by_character(self, now: Segment, step: Step) -> Segment:
        """Return `now` with its start moved by one character, like `end_by_character`."""
        start = self._character(now.start, step)
        return Segment(start, now.end) if start < now.end else now

    def _at(self, offset: int) -> Segment:
        return self.sentences.at(offset) if self.sentences else self._whole()

    def _whole(self) -> Segment:
        return Segment(0, len(self.text))

    def _word_end(self, now: Segment, step: Step) -> int:
        if step > 0:
            match = _word().search(self.text, now.end)
            return now.end if match is None else min(match.end(), match.start() + _WINDOW)
        begin = max(now.start, now.end - _WINDOW)
        ends = [m.end() for m in _word().finditer(self.text, begin, now.end) if now.start < m.end() < now.end]
        if ends:
            return ends[-1]
        return begin if begin > now.start else now.end

    def _word_start(self, now: Segment, step: Step) -> int:
        if step > 0:
            limit = min(now.end, now.start + _WINDOW)
            for match in _word().finditer(self.text, now.start, limit):
                if match.start() > now.start:
                    return match.start()
            return limit if limit < now.end else now.start
        begin = max(0, now.start - _WINDOW)
        starts = [m.start() for m in _word().finditer(self.text, begin, now.start)]
        return starts[-1] if starts else begin

    def _character(self, offset: int, step: Step) -> int:
        if step > 0:
            ahead = graphemes(self.text[offset : offset + _CLUSTER])
            return offset + ahead[0][1] if ahead else offset
        begin = max(0, offset - _CLUSTER)
        behind = graphemes(self.text[begin:offset])
        return begin + behind[-1][0] if behind else offset
