"""The effects of the commands of the screen of disagreements (see `trials`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.tui.trials import LOSS, Seen, Trial

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.project import Project

BEGIN = "f4 D wait"


def coded_twice(study: Project, _: object = None) -> None:
    """Let R1, R2 and R3 read a1. R1 has two codings there, and R2 codes one of these passages as counter-evidence."""
    for coder in ("R1", "R2", "R3"):
        study.readings.add("a1", coder=coder)
    study.codings.add("a1", LOSS, quote="The loss falls on the fund.", stance="counters", coder="R2", memo="Not so.")


def decided(seen: Seen) -> list[tuple[str, str]]:
    return [(coding.stance, coding.memo) for coding in seen.codings if coding.coder == "consensus"]


def trial(then: Callable[[Seen], bool], after: str = "") -> Trial:
    return Trial(then, BEGIN, after, coded_twice)


def with_long_memos(study: Project, _: object = None) -> None:
    """Do what `coded_twice` does, and give every coding a memo of 600 words."""
    coded_twice(study)
    study.codings.set([coding.id for coding in study.codings.list()], memo="A long memo. " * 200 + "Its end.")


DISAGREEMENTS = {
    "disagreement.first": trial(lambda seen: decided(seen) == [("supports", "")]),
    "disagreement.second": trial(lambda seen: decided(seen) == [("counters", "")]),
    "disagreement.both": Trial(lambda seen: decided(seen) == [("counters", "")], f"{BEGIN} down", "", coded_twice),
    "disagreement.neither": trial(lambda seen: seen.screen.browser.decided == 1 and not decided(seen)),
    "disagreement.reason": trial(lambda seen: decided(seen) == [("counters", "hi")], "h i escape 2"),
    "disagreement.open": trial(
        lambda seen: seen.on == "CodingScreen" and seen.selected == "The loss falls on the fund."
    ),
    "disagreement.more": Trial(
        lambda seen: seen.screen.query_one("#second").scroll_offset.y > 0, BEGIN, "", with_long_memos
    ),
    "disagreement.coders": trial(lambda seen: seen.screen.browser.coders == ("R1", "R3"), "down enter wait"),
}
