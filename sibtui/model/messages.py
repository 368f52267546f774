"""Messages: facts, and the id of a hint.

The command line and the screen each have their own words for a hint, and find them by this id.
"""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """A message: one sentence with facts, and the id of a hint about what to do. The id is empty if there is no hint."""

    facts: str
    hint: str = ""


def with_advice(facts: str, advice: str) -> str:
    """Return facts and advice as one text. `facts` is a sentence or empty, `advice` a clause about what to do.

    The advice is written after the facts and a colon. If the facts already have a colon, or are empty, the advice is
    written as a separate sentence.
    """
    if not advice:
        return facts
    first = advice.split(" ", 1)[0]
    is_key = len(first) == 1 or "+" in first  # o and O are two keys
    sentence = advice if is_key else f"{advice[:1].upper()}{advice[1:]}"
    if not facts:
        return f"{sentence}."
    if ": " in facts or not facts.endswith("."):
        return f"{facts} {sentence}."
    return f"{facts[:-1]}: {advice}."
