"""How codings survive corrections: generated edits of the sample notes, with the right places known.

    python -m tests.benchmarks.reanchoring

prints precision (the automatic placements that are right) and recall (the places that are found automatically) per kind of edit, beside
those of a plain walk through a diff.
"""

# ruff: noqa: T201 - printing a table is what it is for

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from sibtui.model.reanchor import reanchor

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

NOTES = Path(__file__).parents[2] / "sample_notes" / "notes"
WORDS = (
    "harbour", "velvet", "copper", "lantern", "orchard", "thunder", "marble", "pepper", "violin", "saddle", "glacier", "meadow",
)  # fmt: skip


@dataclass
class Token:
    """A word, or the characters between words. `origin` is its place in the old text; None when it was inserted."""

    text: str
    origin: tuple[int, int] | None


def tokens(text: str) -> list[Token]:
    return [Token(match[0], match.span()) for match in re.finditer(r"\w+|\W+", text)]


def _lines(made: list[Token]) -> list[list[Token]]:
    """Return the paragraphs: token lists that end with an empty line."""
    paragraphs: list[list[Token]] = [[]]
    for token in made:
        paragraphs[-1].append(token)
        if "\n\n" in token.text:
            paragraphs.append([])
    return [paragraph for paragraph in paragraphs if paragraph]


def typos(made: list[Token], chance: random.Random) -> list[Token]:
    for token in made:
        if token.text.isalpha() and len(token.text) > 3 and chance.random() < 0.03:
            at = chance.randrange(len(token.text) - 1)
            token.text = (
                token.text[:at] + chance.choice(["", token.text[at + 1], token.text[at] * 2]) + token.text[at + 1 :]
            )
    return made


def inserted(made: list[Token], chance: random.Random) -> list[Token]:
    paragraphs = _lines(made)
    for _ in range(3):
        words = " ".join(chance.choices(WORDS, k=30)).capitalize()
        paragraphs.insert(chance.randrange(len(paragraphs)), [Token(f"{words}.\n\n", None)])
    return list(chain.from_iterable(paragraphs))


def moved(made: list[Token], chance: random.Random) -> list[Token]:
    paragraphs = _lines(made)
    paragraph = paragraphs.pop(chance.randrange(len(paragraphs) - 1))
    paragraphs.insert(chance.randrange(len(paragraphs)), paragraph)
    return list(chain.from_iterable(paragraphs))


def removed(made: list[Token], chance: random.Random) -> list[Token]:
    paragraphs = _lines(made)
    for _ in range(2):
        if len(paragraphs) > 2:
            paragraphs.pop(chance.randrange(len(paragraphs) - 1))
    return list(chain.from_iterable(paragraphs))


def reworded(made: list[Token], chance: random.Random) -> list[Token]:
    for paragraph in chance.sample(_lines(made), 3):
        for token in paragraph:
            if token.text.isalpha() and chance.random() < 0.5:
                token.text = chance.choice(WORDS)
    return made


def names(made: list[Token], chance: random.Random) -> list[Token]:
    known = sorted({token.text for token in made if token.text.istitle() and len(token.text) > 3})
    for number, name in enumerate(chance.sample(known, min(5, len(known)))):
        for token in made:
            if token.text == name:
                token.text = f"[person {number}]"
    return made


EDITS: dict[str, Callable[[list[Token], random.Random], list[Token]]] = {
    "typos": typos, "inserted paragraphs": inserted, "a moved paragraph": moved, "removed paragraphs": removed,
    "rewording": reworded, "replaced names": names,
}  # fmt: skip


def places(text: str, chance: random.Random) -> list[tuple[int, int]]:
    """Return places of 1 to 25 words."""
    words = [match.span() for match in re.finditer(r"\w+", text)]
    found = []
    for _ in range(40):
        first = chance.randrange(len(words))
        last = min(len(words) - 1, first + chance.choice([0, 1, 3, 8, 24]))
        found.append((words[first][0], words[last][1]))
    return found


def truth(made: Sequence[Token], place: tuple[int, int]) -> tuple[int, int] | None:
    """Return the right place in the new text, from the first to the last word that is left; None when no word is left."""
    at, spans = 0, []
    for token in made:
        if (
            token.origin
            and place[0] <= token.origin[0]
            and token.origin[1] <= place[1]
            and re.match(r"[\w\[]", token.text)
        ):
            spans.append((at, at + len(token.text)))
        at += len(token.text)
    return (spans[0][0], spans[-1][1]) if spans else None


def is_torn(made: Sequence[Token], place: tuple[int, int]) -> bool:
    """Return whether a passage moved away from within the place, so that it has no single right place."""
    order = [token.origin[0] for token in made if token.origin]
    at = next((at for at, origin in enumerate(order) if origin >= place[0]), 0)
    inside = [origin for origin in order if place[0] <= origin < place[1]]
    at = order.index(inside[0]) if inside else at
    return order[at : at + len(inside)] != sorted(inside)


@dataclass
class Score:
    """Counts of right and wrong automatic placements, and of places that exist."""

    right: int = 0
    wrong: int = 0
    exist: int = 0

    def add(self, made: tuple[int, int] | None, right: tuple[int, int] | None, text: str, quote: str) -> None:
        """Count a placement. The same words as before, at the right passage, are right too."""
        self.exist += right is not None
        if made is not None:
            overlaps = right is not None and made[0] < right[1] and right[0] < made[1]
            kept = overlaps and text[made[0] : made[1]] == quote
            same = kept or (right is not None and _words(text, made) == _words(text, right))
            self.right += same
            self.wrong += not same

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.exist)


def _words(text: str, place: tuple[int, int]) -> tuple[int, int]:
    """Return a place without the characters at its ends that are not of words."""
    start, end = place
    while start < end and not (text[start].isalnum() or text[start] == "["):
        start += 1
    while end > start and not (text[end - 1].isalnum() or text[end - 1] == "]"):
        end -= 1
    return start, end


def walk(old: str, new: str, wanted: Sequence[tuple[int, int]]) -> list[tuple[int, int] | None]:
    """Return the places after a plain walk through a diff of the characters."""
    steps = Levenshtein.opcodes(old, new)

    def position(at: int) -> int:
        for step in steps:
            if step.src_start <= at < step.src_end:
                return min(step.dest_start + at - step.src_start, step.dest_end)
        return len(new)

    moved_to = [(position(start), position(end - 1) + 1) for start, end in wanted]
    return [(start, end) if end > start else None for start, end in moved_to]


def measure(rounds: int, seed: int = 1) -> dict[str, tuple[Score, Score]]:
    """Return kind of edit → the scores of sibtui and of the plain walk."""
    chance = random.Random(seed)
    scores = {kind: (Score(), Score()) for kind in EDITS}
    for _ in range(rounds):
        for file in sorted(NOTES.glob("*.md")):
            old = file.read_text(encoding="utf-8").split("---\n", 2)[-1]
            for kind, edit in EDITS.items():
                made = edit(tokens(old), chance)
                new = "".join(token.text for token in made)
                wanted = places(old, chance)
                ours = [
                    (each.segment.start, each.segment.end) if each.certain else None
                    for each in reanchor(old, new, wanted)
                ]
                for place, own, plain in zip(wanted, ours, walk(old, new, wanted), strict=True):
                    if is_torn(made, place):
                        continue
                    right = truth(made, place)
                    quote = old[place[0] : place[1]]
                    scores[kind][0].add(own, right, new, quote)
                    scores[kind][1].add(plain, right, new, quote)
    return scores


def main() -> None:
    print(f"{'edit':<22}{'precision':>10}{'recall':>9}   plain diff: precision, recall")
    for kind, (own, plain) in measure(3).items():
        print(f"{kind:<22}{own.precision:>10.4f}{own.recall:>9.3f}   {plain.precision:>21.3f}, {plain.recall:.3f}")


if __name__ == "__main__":
    main()
