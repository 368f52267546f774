"""Messages: facts, and the id of an advice that a front end words with its own flags or keys."""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """Facts for the researcher in one sentence. `hint` is the id of an advice, or empty."""

    facts: str
    hint: str = ""


def with_advice(facts: str, advice: str) -> str:
    """Return the facts with an advice: behind a colon, or as a sentence of its own when the facts have a colon already, or are empty."""
    if not advice:
        return facts
    if not facts:
        return f"{advice[:1].upper()}{advice[1:]}."
    if ": " in facts or not facts.endswith("."):
        return f"{facts} {advice[:1].upper()}{advice[1:]}."
    return f"{facts[:-1]}: {advice}."
