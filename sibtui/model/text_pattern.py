"""Regular expressions that find words in any spelling.

For example, `don't` finds don’t, and `first` finds ﬁrst, which begins with a ligature. All spellings are in the
regular expression, so the text is not converted. A conversion would take ten times as long as the search (measured
with 24 million characters).

The library `regex` was tried in 2026: it can ignore letter case, but not these differences. No other library builds
such a regular expression.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from sibtui.model.folding import LAYOUT, fold_character
from sibtui.model.frozen import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

RANGES = (
    (0x41, 0x3400), (0xA640, 0xABC0), (0xF900, 0x10000), (0x10400, 0x10800), (0x10C80, 0x10E00), (0x11080, 0x11A00),
    (0x16100, 0x16130), (0x16D60, 0x16D70), (0x16E40, 0x16EE0), (0x1CCD6, 0x1CCFA), (0x1D15E, 0x1D800), (0x1E030, 0x1E070),
    (0x1E900, 0x1E922), (0x1EE00, 0x1F270), (0x1FBF0, 0x1FBFA), (0x2F800, 0x2FA20),
)  # fmt: skip
"""Ranges of code points. Every code point that folding changes is in one of them. A test checks this."""
_VOWELS, _FINALS = (0x1161, 0x1176), (0x11A8, 0x11C3)
_SYLLABLES = (0xAC00, 0xD7A4)
_LONGEST_RUN = 12
"""The largest number of letters in a run of overlapping ligatures.

A longer run, such as forty times `.`, is split, because its pattern would be too long.
"""

_SPACES = r"[^\S\n]*+"
HYPHENS = "-‐¬"
"""The characters that divide a word at the end of a line. Some PDF documents have `¬` as a soft hyphen."""
_HYPHEN = "[-¬]|‐"  # one class of all three takes three times as long to compile, for each letter of a quote
LINE_END = rf"{_SPACES}\n[\s\d]*+"
"""The pattern of the line end inside a divided word. At the end of a page, it also matches empty lines and a page number."""
_LINE_END_BEFORE_NUMBER = rf"{_SPACES}\n\s*+"

_Alternative = tuple[str, str]
"""One way to write a letter: (the possible first characters, pattern of the text after the first character)."""


@dataclass(frozen=True, slots=True)
class _Variants:
    """The ways in which the letters of a search can be written in a text.

    The letters of a search are folded (converted so that similar characters become equal).

    - `single`: a map: folded letter → other characters that are folded to this letter.
    - `several`: a map: group of letters, such as `fi` → characters, such as the ligature ﬁ, that are folded to this
      group.
    - `composed`: a map: letter, such as `é` → the (simpler letter, accent) pairs that form it.
    - `marks`: a map: letter → accents that change it into another letter.
    - `all_marks`: all accents.
    - `layout`: invisible characters that may be anywhere in a word.
    - `line_ends`: set if words can be divided at the end of a line.
    """

    single: Mapping[str, str]
    several: Mapping[str, str]
    composed: Mapping[str, Sequence[tuple[str, str]]]
    marks: Mapping[str, str]
    all_marks: frozenset[str]
    layout: str = LAYOUT
    line_ends: bool = True

    def within(self, characters: frozenset[str]) -> _Variants:
        """Return the variants that can occur in a text with only these characters."""
        return _Variants(
            {letter: present for letter, every in self.single.items() if (present := _only(every, characters))},
            {letters: present for letters, every in self.several.items() if (present := _only(every, characters))},
            {
                letter: present_pairs
                for letter, pairs in self.composed.items()
                if (
                    present_pairs := [
                        pair for pair in pairs if characters.intersection(pair[1] + self.single.get(pair[1], ""))
                    ]
                )
            },
            {letter: found for letter, every in self.marks.items() if (found := _only(every, characters))},
            self.all_marks,
            _only(self.layout, characters),
            "\n" in characters and not characters.isdisjoint(f"{HYPHENS}\u00ad"),
        )

    @property
    def skipped(self) -> str:
        return f"[{self.layout}]*+" if self.layout else ""

    @property
    def between_words(self) -> str:
        return rf"{self.skipped}\s[\s{self.layout}]*+"

    @property
    def between_letters(self) -> str:
        """The regular expression for the text between two letters of a word: nothing, or a hyphen and a line end."""
        return (
            rf"{self.skipped}(?:(?:{_HYPHEN}|(?<=\u00ad)){LINE_END}{self.skipped})?+"
            if self.line_ends
            else self.skipped
        )


def _only(candidates: str, characters: frozenset[str]) -> str:
    return "".join(character for character in candidates if character in characters)


@lru_cache(4096)
def text_pattern(words: str, *, case: bool = False, of: frozenset[str] | None = None) -> re.Pattern[str] | None:
    """Return the regular expression that finds the words in any spelling; None if there are no words.

    With `case`, capitals must be equal. The words may be on several lines of the text. A match begins and ends with
    characters of the words. `of` is the set of the characters of the text, if it is known: the regular expression is
    then built many times faster, but may miss matches in texts with other characters.
    """
    variants = _variants(case=case) if of is None else _variants_in(of, case=case)
    folded = searched(words, case=case).split()
    last = len(folded) - 1
    parts = [_Word(word, variants, first=at == 0, last=at == last) for at, word in enumerate(folded)]
    pattern = variants.between_words.join(word.pattern() for word in parts)
    if any(word.cut for word in parts):  # the pattern of a run that was split may not find the words as typed
        typed = r"\s++".join(map(re.escape, words.split()))
        pattern = f"(?:{pattern}|{typed})"
    return re.compile(pattern) if parts else None


def searched(words: str, *, case: bool = False) -> str:
    """Return the words in the form in which a search compares them: folded letters, and single spaces.

    With `case`, capitals stay capitals. Accents at the very start are removed.
    """
    plain = re.sub(f"[{LAYOUT}]", "", words).split()
    folded = " ".join(_letters(word, case=case) for word in plain)
    if folded[:1].isascii():  # nearly always. The map of all variants takes longer than a search
        return folded
    return folded.lstrip("".join(_variants(case=case).all_marks) + " ")


def join(letter: str, mark: str) -> str:
    """Return the single character for a letter with an accent (`mark`); empty if there is no such character."""
    if (letter, mark) == ("i", "\u0307"):  # the dot of İ and of its lower case
        return "i"
    made = unicodedata.normalize("NFC", letter + mark)
    return made if len(made) == 1 else ""


def _letters(word: str, *, case: bool) -> str:
    """Return the folded letters of a word. A letter and its accent become one character, if Unicode has it."""
    letters: list[str] = []
    composable = False
    for character in word:
        folded = fold_character(character, case=case)
        composed = join(letters[-1], folded) if composable and len(folded) == 1 else ""
        if composed:
            letters[-1] = composed
        else:
            letters += folded
        composable = len(folded) == 1
    return "".join(letters)


@lru_cache(2)
def _variants(*, case: bool) -> _Variants:
    single: defaultdict[str, str] = defaultdict(str)
    several: defaultdict[str, str] = defaultdict(str)
    composed: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    marks: defaultdict[str, str] = defaultdict(str)
    for character in (chr(point) for start, end in RANGES for point in range(start, end)):
        folded = fold_character(character, case=case)
        if folded != character:
            (single if len(folded) == 1 else several)[folded] += character
        elif unicodedata.decomposition(character):
            for letter, mark in _decomposed(character):
                composed[character].append((letter, mark))
                marks[letter] += mark
    composed["i"].append(("i", "\u0307"))
    marks["i"] += "\u0307"
    jamo = {chr(point) for span in (_VOWELS, _FINALS) for point in range(*span)}
    return _Variants(single, several, composed, marks, frozenset(jamo.union(*marks.values())))


@lru_cache(8)
def _variants_in(characters: frozenset[str], *, case: bool) -> _Variants:
    return _variants(case=case).within(characters)


def _decomposed(character: str) -> Iterator[tuple[str, str]]:
    """Yield each way to write a character as (letter, accent): `é` is (`e`, acute accent).

    A character with two accents can have two ways: `ậ` is (`ạ`, circumflex) or (`â`, dot below). A way is left out
    if the letter has no code point of its own, or if `join` makes another character from the letter and the accent.
    """
    parts = unicodedata.normalize("NFD", character)
    for at in range(1, len(parts)):
        letter = unicodedata.normalize("NFC", parts[:at] + parts[at + 1 :])
        if len(letter) == 1 and join(letter, parts[at]) == character:
            yield letter, parts[at]


class _Word:
    """One word of a search. It builds the part of the regular expression for this word.

    `first` is set for the first word of the search: it may begin inside a ligature of the text. `last` is set for
    the last word: it may end inside a ligature. `cut` becomes true if a chain of overlapping ligatures is too long.
    The regular expression then lacks some spellings of the word.
    """

    def __init__(self, letters: str, variants: _Variants, *, first: bool, last: bool) -> None:
        self._letters = letters
        self._variants = variants
        self._first = first
        self._last = last
        self.cut = False
        self._spans = self._find_spans()

    def pattern(self) -> str:
        parts: list[str] = []
        at, length = 0, len(self._letters)
        while at < length:
            end = self._end_of_run(at)
            alternatives = self._alternatives(at, end)
            begins = at == 0 and self._first
            parts.append(_first_pattern(alternatives, self._second(end)) if begins else _one_of(alternatives))
            if end < length:
                parts.append(self._between(end))
            at = end
        return "".join(parts)

    def _find_spans(self) -> dict[tuple[int, int], str]:
        """Return a map: (start, end) of a part of the word → characters, such as ligatures, that replace the part."""
        letters, length = self._letters, len(self._letters)
        found: defaultdict[tuple[int, int], str] = defaultdict(str)
        for read_as, characters in self._variants.several.items():
            if read_as[0] in letters or read_as[-1] in letters or letters in read_as:
                for start, end in self._places(read_as):
                    found[start, end] += characters
        return {span: "".join(dict.fromkeys(found[span])) for span in found if span != (0, length) or found[span]}

    def _places(self, read_as: str) -> Iterator[tuple[int, int]]:
        """Yield (start, end) of each part of the word that a ligature with the letters `read_as` can replace.

        The first and the last word of a search may also begin or end inside a ligature: a search for `in` may begin at
        the `i` of `ﬁ`.
        """
        letters, length = self._letters, len(self._letters)
        at = letters.find(read_as)
        while at >= 0:
            yield at, at + len(read_as)
            at = letters.find(read_as, at + 1)
        for cut in range(1, len(read_as)):
            if self._first and letters.startswith(read_as[cut:]):
                yield 0, len(read_as) - cut
            if self._last and letters.endswith(read_as[:cut]):
                yield length - cut, length
        if self._first and self._last and letters in read_as[1:-1]:
            yield 0, length

    def _end_of_run(self, start: int) -> int:
        """Return the end of the run of letters that begins at `start`.

        Letters that one ligature can replace are in the same run. Any other letter is a run by itself. A run of
        more than `_LONGEST_RUN` letters is cut after this number of letters.
        """
        at = end = start + 1
        while True:
            end = max((to for begin, to in self._spans if start <= begin < at and to - begin > 1), default=end)
            self.cut |= end > start + _LONGEST_RUN
            end = min(max(end, at), max(start + _LONGEST_RUN, at))
            if at >= end:
                return end
            at += 1

    def _alternatives(self, at: int, end: int) -> list[_Alternative]:
        """Return the ways to write the letters from `at` to before `end`.

        A ligature for three letters comes before a ligature for two letters.
        """
        longer = [(self._spans[at, to], self._rest(to, end)) for to in range(end, at, -1) if (at, to) in self._spans]
        rest = self._rest(at + 1, end)
        return longer + [(characters, follows + rest) for characters, follows in self._letter(at)]

    def _rest(self, at: int, end: int) -> str:
        return self._between(at) + self._parts(at, end) if at < end else ""

    def _parts(self, at: int, end: int) -> str:
        """Return the regular expression for the letters from `at` to before `end`.

        It is built from the regular expressions of the two halves, and from ligatures that reach over the middle.
        """
        if end - at < 2:
            return _one_of(self._alternatives(at, end)) if at < end else ""
        middle = (at + end) // 2
        ways = [f"{self._parts(at, middle)}{self._between(middle)}{self._parts(middle, end)}"]
        for (start, to), characters in self._spans.items():
            if at <= start < middle < to <= end:
                before = self._parts(at, start) + self._between(start) if start > at else ""
                ways.append(f"{before}{_any_of(characters)}{self._rest(to, end)}")
        return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"

    def _second(self, end: int) -> str:
        """Return all characters that can be the second character of a match.

        The result is empty if a match can have only one character. `end` is the end of the run of letters that
        begins at 0 (see `_end_of_run`).
        """
        ends = {to for begin, to in self._spans if begin == 0 and to <= end} | {1}
        if len(self._letters) in ends:
            return ""
        marks = unicodedata.normalize("NFD", self._letters[0])[1:] + "\u0307"
        following = self._variants.layout + "".join(mark + self._variants.single.get(mark, "") for mark in marks)
        for to in ends:
            following += HYPHENS if self._may_break_before(to) else ""
            following += "".join(characters for (begin, _), characters in self._spans.items() if begin == to)
            following += "".join(characters for characters, _ in self._letter(to))
        return following

    def _between(self, at: int) -> str:
        """Return the regular expression for characters that a match may have before the letter at `at`.

        For example, a hyphen and a line end may be there.
        """
        return self._variants.between_letters if self._may_break_before(at) else self._variants.skipped

    def _may_break_before(self, at: int) -> bool:
        return self._variants.line_ends and _is_letter(self._letters[at - 1]) and _is_letter(self._letters[at])

    def _letter(self, at: int) -> list[_Alternative]:
        """Return the ways to write the letter at `at`.

        An `e` before a combining accent is another letter: it matches in a search for `é`, but not in a search for `e`.
        """
        letter, following = self._letters[at], self._letters[at + 1 : at + 2]
        marks = self._marks(letter)
        bare = f"(?!{self._variants.skipped}{_class(marks)})" if marks and (not following or following in marks) else ""
        ways = [(characters, follows + bare) for characters, follows in self._written(letter)]
        if letter == "-" and at and following.isalnum() and self._variants.line_ends:
            line_end = LINE_END if _is_letter(following) else _LINE_END_BEFORE_NUMBER
            ways += [(HYPHENS, line_end), ("", rf"(?<=\u00ad){line_end}")]
        return ways

    def _written(self, letter: str) -> list[_Alternative]:
        """Return the ways to write a letter: as a single character, or as a simpler letter followed by an accent."""
        single = self._variants.single
        ways = [(letter + single.get(letter, ""), "")]
        for base, mark in self._composed(letter):
            marks = self._variants.skipped + _class(mark + single.get(mark, ""))
            bases = [(letter + single.get(letter, ""), "")] if base == letter else self._written(base)
            ways += [(characters, follows + marks) for characters, follows in bases]
        return ways

    def _composed(self, letter: str) -> Sequence[tuple[str, str]]:
        if _SYLLABLES[0] <= ord(letter) < _SYLLABLES[1]:
            return list(_decomposed(letter))
        return self._variants.composed.get(letter, ())

    def _marks(self, letter: str) -> str:
        marks = self._variants.marks.get(letter, "")
        single = self._variants.single
        if 0x1100 <= ord(letter) < 0x1113:
            marks = "".join(map(chr, range(*_VOWELS)))
        elif _SYLLABLES[0] <= ord(letter) < _SYLLABLES[1] and (ord(letter) - _SYLLABLES[0]) % 28 == 0:
            marks = "".join(map(chr, range(*_FINALS)))
        return "".join(mark + single.get(mark, "") for mark in marks)


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _any_of(characters: str) -> str:
    return re.escape(characters) if len(characters) == 1 else _class(characters)


def _class(characters: str) -> str:
    return "[" + re.sub(r"([][\\^&~|-])", r"\\\1", characters) + "]"


def _one_of(alternatives: Sequence[_Alternative]) -> str:
    parts = [(_any_of(characters) if characters else "") + follows for characters, follows in _grouped(alternatives)]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _first_pattern(alternatives: Sequence[_Alternative], second: str) -> str:
    """Return the regular expression for the beginning of a search. `alternatives` are the ways to write this beginning.

    For speed, the regular expression begins with a character class of all possible first characters. It then tests
    whether the next character is in `second`. If `second` is empty, there is no such test.
    """
    grouped = _grouped(alternatives)
    follows = f"(?={_coarse(second)})" if second else ""
    all_characters = "".join(characters for characters, _ in grouped)
    if len(grouped) == 1 and max(all_characters) <= "\uffff":
        return _any_of(all_characters) + follows + grouped[0][1]
    parts = [f"(?<={_class(characters)}){rest}" for characters, rest in grouped]
    return f"{_coarse(all_characters)}{follows}(?:{'|'.join(parts)})"


def _coarse(characters: str) -> str:
    """Return a character class of a regular expression that matches these characters, and perhaps some others.

    Characters above U+FFFF become one range, because Python compares single characters of this kind one by one.
    """
    low = "".join(dict.fromkeys(character for character in characters if character <= "\uffff"))
    return _class(low) if low == characters else f"{_class(low)[:-1]}\U00010000-\U0010ffff]"


def _grouped(alternatives: Sequence[_Alternative]) -> list[_Alternative]:
    """Join alternatives that are neighbours and differ only in their first character."""
    groups: list[_Alternative] = []
    for characters, follows in alternatives:
        if groups and groups[-1][1] == follows and characters and groups[-1][0]:
            groups[-1] = "".join(dict.fromkeys(groups[-1][0] + characters)), follows
        else:
            groups.append((characters, follows))
    return groups
