"""Messages: facts, and the id of a piece of advice. The front end words the advice with its own flags or keys."""

from __future__ import annotations

from typing import NamedTuple


class Message(NamedTuple):
    """Facts for the researcher in one sentence. `hint` is the id of a piece of advice, or empty."""

    facts: str
    hint: str = ""


def with_advice(facts: str, advice: str) -> str:
    """Return the facts, followed by the advice.

    The advice follows a colon. It is a separate sentence if the facts have a colon already, or are empty.
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
