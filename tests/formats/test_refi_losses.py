from __future__ import annotations

from dataclasses import replace

from test_study_folder import SMALL

from sibtui.formats.refi.losses import losses
from sibtui.model.drafts import StudyDraft
from sibtui.model.records import Study


def test_losses_list_hidden_facts_with_their_location():
    doubtful = replace(SMALL.codings[0], stance="counters", certainty="tentative", cases=("Elsewhere",))
    lost = replace(SMALL.codings[0], source="nowhere")
    listed = {(loss.what, loss.count, loss.kept) for loss in losses(replace(SMALL, codings=(doubtful, lost)))}
    assert listed == {
        ("codings without a place in a text of the study", 1, "in the Note “sibtui”"),
        ("codings that are counter-evidence, which look like any other", 1, "in the Description of the selection"),
        ("tentative codings, which look like firm ones", 1, "in the Description of the selection"),
        ("codings of cases that the study does not have", 1, "in the Note “sibtui”"),
        ("origin, status, key or age of codes", 1, "in the Note “sibtui”"),
        ("events in the lives of codes", 1, "in the Note “sibtui”"),
        ("kinds and reading states of sources", 2, "in the Note “sibtui”"),
        ("titles of sources as fields of their own", 2, "in the Description of the source"),
        ("records of what sources were asked", 1, "in the Note “sibtui”"),
        ("proposals of codes", 2, "in the Note “sibtui”"),
        ("matrices with their notes and judgements", 2, "each in a Note, as TOML"),
        (
            "what memos on cases and matrices are about",
            1,
            "the memos are Notes; what they are on is in the Note “sibtui”",
        ),
    }


def test_an_empty_study_loses_nothing():
    assert losses(StudyDraft(Study("", "", "", "", 1))) == ()
