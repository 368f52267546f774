"""The actions of the codebook screen, without a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError
from sibtui.model.drafts import CodeDraft
from sibtui.workspace.codebook_actions import CodebookActions

if TYPE_CHECKING:
    from sibtui.project import Project


def test_merge_targets_are_codes_in_use_outside_the_code(study: Project):
    actions = CodebookActions(study)
    actions.load()
    by_path = {code.path: code for code in actions.codes}

    def offered(path: str) -> list[str]:
        return [code.path for code in actions.merge_targets(by_path[path])]

    assert offered("Money") == ["People", "People/Trust"]
    assert offered("People/Trust") == ["Money", "Money/Who carries the loss", "Money/Paid in advance", "People"]


def loaded(study: Project) -> CodebookActions:
    actions = CodebookActions(study)
    actions.load()
    return actions


def test_a_code_swaps_with_its_neighbour_except_at_the_ends_of_the_list(study: Project):
    study.codes.add(CodeDraft("People/Groups"))
    names = ["Trust", "Given up", "Groups"]
    for name, step, order in (
        ("Groups", -1, ["Trust", "Groups", "Given up"]),
        ("Groups", -1, ["Groups", "Trust", "Given up"]),
        ("Groups", 1, ["Trust", "Groups", "Given up"]),
        ("Groups", 1, names),
    ):
        actions = loaded(study)
        actions.shift(actions.get(f"People/{name}"), step)
        assert [code.name for code in study.codes.list(under="People")] == order
    actions = loaded(study)
    for name, step, word in (("Trust", -1, "first"), ("Groups", 1, "last")):
        with pytest.raises(ConflictError, match=f"{name} is the {word} there already"):
            actions.shift(actions.get(f"People/{name}"), step)


def test_a_code_is_put_directly_after_another(study: Project):
    actions = loaded(study)
    actions.put_after(actions.get("People/Trust"), actions.get("Money/Who carries the loss"))
    assert [code.name for code in study.codes.list(under="Money")] == [
        "Who carries the loss", "Trust", "Paid in advance",
    ]  # fmt: skip
    actions = loaded(study)
    actions.put_after(actions.get("Money/Who carries the loss"), actions.get("Money/Paid in advance"))
    assert [code.name for code in study.codes.list(under="Money")] == [
        "Trust", "Paid in advance", "Who carries the loss",
    ]  # fmt: skip


def test_after_a_removal_the_next_code_is_selected_or_at_the_end_the_previous_code(study: Project):
    actions = loaded(study)
    assert actions.remove(actions.get("Money/Who carries the loss"))[1] == "Money/Paid in advance"
    actions = loaded(study)
    assert actions.remove(actions.get("People/Given up"))[1] == "People/Trust"


def test_a_change_of_status_is_in_the_history_of_the_code(study: Project):
    for status, events in (
        ("retired", ["retired"]),
        ("proposed", ["retired", "restored"]),
        ("active", ["retired", "restored"]),
    ):
        actions = loaded(study)
        actions.set(actions.get("People/Trust"), "status", status)
        assert study.codes.get("People/Trust").status == status
        assert [event.event for event in study.codes.lineage("People/Trust")] == events
