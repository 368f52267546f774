"""Actions on one or several codings. Each action is one entry of the history, and returns a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.drafts import CodeDraft
from sibtui.model.text import listed, one_line, plural
from sibtui.workspace.codebook_view import short, whole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sibtui.model.records import Certainty, Coding, Stance
    from sibtui.project import Project
    from sibtui.workspace.case_choice import CaseAnswer
    from sibtui.workspace.code_search import CodeChoice


class QuoteActions:
    """Actions on codings. An action without any coding raises an InputError."""

    def __init__(self, project: Project, changed: Callable[[Sequence[Coding]], object] = lambda _: None) -> None:
        """After each action except `remove`, `changed` is called with the changed codings."""
        self._project = project
        self._changed = changed

    def toggle_stance(self, codings: Sequence[Coding]) -> str:
        """Make all codings counter-evidence, or supporting if all are counter-evidence already. Return a message."""
        stance: Stance = "supports" if all(coding.stance == "counters" for coding in codings) else "counters"
        self._changed(self._project.codings.set(_numbers(codings), stance=stance))
        return f"{_subject(codings)}: {'counter-evidence' if stance == 'counters' else 'supports'}"

    def toggle_certainty(self, codings: Sequence[Coding]) -> str:
        """Make all codings tentative, or firm if all are tentative already. Return a message."""
        certainty: Certainty = "firm" if all(coding.certainty == "tentative" for coding in codings) else "tentative"
        self._changed(self._project.codings.set(_numbers(codings), certainty=certainty))
        return f"{_subject(codings)}: {certainty}"

    def toggle_for_paper(self, codings: Sequence[Coding]) -> str:
        """Mark all codings as quotes for the paper, or unmark them if all are marked already. Return a message."""
        chosen = not all(coding.for_paper for coding in codings)
        self._changed(self._project.codings.set(_numbers(codings), for_paper=chosen))
        return f"{_subject(codings)}: {'for the paper' if chosen else 'not for the paper'}"

    def attribute(self, codings: Sequence[Coding], cases: Sequence[str]) -> str:
        """Replace the cases of all these codings, and return a message."""
        self._changed(self._project.codings.attribute(_numbers(codings), cases))
        return f"{_subject(codings)}: {one_line(', '.join(cases)) or 'no case'}"

    def change_cases(self, codings: Sequence[Coding], answer: CaseAnswer) -> str:
        """Replace the cases of all these codings, or only add and remove some (see `CaseAnswer`). Return a message."""
        groups: dict[tuple[str, ...], list[Coding]] = {}
        for coding in codings:
            groups.setdefault(answer.applied_to(coding.cases), []).append(coding)
        if len(groups) < 2:
            return self.attribute(codings, next(iter(groups), ()))
        with self._project.act("coding set", f"coding {listed(map(str, _numbers(codings)), 5)}"):
            changed = [
                each
                for cases, some in groups.items()
                for each in self._project.codings.attribute(_numbers(some), cases)
            ]
        self._changed(changed)
        before = answer.before or ()
        added = [case for case in answer.cases if case not in before]
        removed = [case for case in before if case not in answer.cases]
        facts = [f"{listed(cases)} {verb}" for cases, verb in ((added, "added"), (removed, "removed")) if cases]
        return f"{_subject(codings)}: {one_line(', '.join(facts)) or 'no change'}"

    def set_code(self, codings: Sequence[Coding], picked: CodeChoice) -> str:
        """Replace the codes of these codings, and return a message. A new code is first added to the codebook."""
        path, others = picked.path, [coding for coding in codings if coding.code != picked.path]
        if codings and not others:
            return f"Nothing changed: the code is {one_line(short(path))} already."
        if not picked.new:
            self._changed(self._project.codings.set(_numbers(others), code=path))
            return f"{_subject(others)} → {one_line(short(path))}"
        with self._project.act("coding set", f"new code {path}"):
            path = self._project.codes.add(CodeDraft(path)).path
            changed = self._project.codings.set(_numbers(codings), code=path)
        self._changed(changed)
        before = f", instead of {_subject(codings)}" if len(codings) == 1 else f" for {_subject(codings)}"
        return f"New code: {one_line(whole(path))}{before}"

    def set_memo(self, codings: Sequence[Coding], memo: str) -> str:
        """Set the same memo for all these codings, and return a message. An empty text removes their memos."""
        self._changed(self._project.codings.set(_numbers(codings), memo=memo))
        return "Memo saved." if memo else "Memo removed."

    def remove(self, codings: Sequence[Coding]) -> str:
        self._project.codings.remove(_numbers(codings))
        return f"Removed: {_subject(codings)}"


def _numbers(codings: Sequence[Coding]) -> list[int]:
    if not codings:
        raise InputError("There is no quote here.")
    return [coding.id for coding in codings]


def _subject(codings: Sequence[Coding]) -> str:
    return one_line(short(codings[0].code)) if len(codings) == 1 else plural(len(codings), "quote")
