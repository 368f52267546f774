"""Messages to the user: a sentence with facts, and the id of a hint.

The command line and the screen have different words for the same hint. They find these words by the id.
"""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """A message to the user: one sentence with facts, and the id of a hint on what to do next (empty for no hint)."""

    facts: str
    hint: str = ""


def with_advice(facts: str, advice: str) -> str:
    """Return facts and advice as one text, such as `It is locked: close the window.`

    `facts` is a sentence or empty, and `advice` is a clause about what to do. If the facts have a colon already, or
    are empty, the advice becomes a sentence of its own.
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
