"""A code that a merge has added to one copy as proposed is no difference to the active code of the other copy."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sibtui.model.drafts import CodeProposalDraft, StudyDraft
from sibtui.model.lasting_ids import proposal_id
from sibtui.model.proposed_codes import with_equal_proposals
from sibtui.model.study_alignment import Sides
from sibtui.model.study_items import CODE_STATUS, items_of

from .study_copies import AT, STUDY, added, changed, found, merged

BY_ID = CodeProposalDraft("Cash", "", "Ben", AT, uid=proposal_id("t2"))
BY_PATH = CodeProposalDraft("money", "", "Ben", AT, uid="p9")
OF_ANOTHER = CodeProposalDraft("Cash", "", "Ben", AT, uid="p9")


def proposed(proposal: CodeProposalDraft = BY_ID) -> StudyDraft:
    return added(changed(STUDY, "codes", "t2", status="proposed"), "proposals", proposal)


def status(draft: StudyDraft, other: StudyDraft) -> str:
    return str(merged(draft, other).items.kinds["code"]["t2"][CODE_STATUS])


REJECTED = replace(BY_ID, state="rejected", reason="No.", decided=AT)


@pytest.mark.parametrize("proposal", [BY_ID, BY_PATH, REJECTED])
def test_each_copy_keeps_its_status_of_a_code_that_one_has_as_a_proposal(proposal: CodeProposalDraft) -> None:
    assert found(merged(STUDY, proposed(proposal))) == [("proposal", proposal.uid, "", "add")]
    assert status(STUDY, proposed(proposal)) == "active"
    assert found(merged(proposed(proposal), STUDY)) == [("proposal", proposal.uid, "", "keep")]
    assert status(proposed(proposal), STUDY) == "proposed"


@pytest.mark.parametrize(
    "proposal", [OF_ANOTHER, replace(BY_ID, state="merged", code="Money", decided=AT)], ids=["other", "accepted"]
)
def test_a_proposed_code_without_a_waiting_proposal_is_a_change(proposal: CodeProposalDraft) -> None:
    assert status(STUDY, proposed(proposal)) == "proposed"


def test_another_status_is_taken_in_place_of_the_proposed_one() -> None:
    retired = changed(STUDY, "codes", "t2", status="retired")
    assert status(proposed(), retired) == status(retired, proposed()) == "retired"
    assert not merged(proposed(), retired).open


def test_without_a_common_version_nothing_is_changed() -> None:
    sides = Sides(items_of(STUDY), items_of(proposed()))
    assert with_equal_proposals(sides) is sides


def test_a_code_of_one_copy_is_left_alone() -> None:
    less = replace(
        STUDY, codes=STUDY.codes[:3], codings=STUDY.codings[:2], readings=(), topics=(), memos=(), matrices=(),
        proposals=STUDY.proposals[1:],
    )  # fmt: skip
    sides = Sides(items_of(less), items_of(STUDY), items_of(STUDY))
    assert with_equal_proposals(sides) == sides
