"""The effects of the commands of the screen of a merge (see `trials`)."""

from __future__ import annotations

from pathlib import Path
from shutil import copy
from typing import TYPE_CHECKING

from sibtui.project import Project
from tests.tui.trials import LOSS, Seen, Trial

if TYPE_CHECKING:
    from collections.abc import Callable

BEGIN = "plus t . s i b t u i enter wait"


def changed_twice(study: Project, _: object = None) -> None:
    """Write t.sibtui, a copy of the study. Both change the memo of coding 1 and a definition, and the copy has a new coding."""
    theirs = copy(study.path, Path("t.sibtui"))
    with Project.open(theirs, coder="Eva") as other:
        other.codings.set(1, memo="Theirs.")
        other.codes.set(LOSS, definition="Theirs too.")
        other.codings.add("a1", LOSS, quote="The charity is paid in advance.")
    study.codings.set(1, memo="Mine.")
    study.codes.set(LOSS, definition="Mine too.")


def choices(seen: Seen) -> list[str | None]:
    decisions = seen.screen.decisions
    return [decisions.choice(each) for each in decisions.differences[: decisions.conflicts]]


def trial(then: Callable[[Seen], bool], before: str = BEGIN, after: str = "") -> Trial:
    return Trial(then, before, after, changed_twice)


MERGE = {
    "merge.mine": trial(lambda seen: choices(seen) == ["mine", None]),
    "merge.theirs": trial(lambda seen: choices(seen) == ["theirs", None]),
    "merge.both": trial(lambda seen: choices(seen) == ["both", None]),
    "merge.rest_mine": trial(lambda seen: choices(seen) == ["mine", "mine"]),
    "merge.rest_theirs": trial(lambda seen: choices(seen) == ["theirs", "theirs"]),
    "merge.coders": trial(lambda seen: seen.screen.decisions.names == {"Eva": "h"}, after="end enter h enter wait"),
    "merge.bring": trial(
        lambda seen: seen.study.codings.get(1).memo == "Theirs." and any(c.coder == "Eva" for c in seen.codings),
        f"{BEGIN} t",
        "wait",
    ),
}
