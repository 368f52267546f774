from __future__ import annotations

import re

import pytest

from sibtui.errors import ConflictError, SibtuiError
from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft
from sibtui.model.segments import Segment
from sibtui.project import Project
from sibtui.workspace.actions import CodingActions
from sibtui.workspace.code_search import CodeChoice
from sibtui.workspace.session_state import StudyState
from sibtui.workspace.workspace import Workspace


def open_workspace(
    project: Project, source: str | None = None, words: str | None = None
) -> tuple[Workspace, CodingActions]:
    """Return a workspace and its actions. The source is open, and the words are selected."""
    workspace = Workspace(project, StudyState())
    workspace.load()
    if source is not None:
        workspace.open(source)
    if words is not None:
        at = workspace.text.index(words)
        workspace.select(Segment(at, at + len(words)))
    return workspace, CodingActions(workspace)


def selected(workspace: Workspace) -> str:
    assert workspace.selection is not None
    return workspace.selection.quote(workspace.text)


def test_a_new_workspace_opens_the_first_unread_source(study: Project):
    study.sources.set("a1", reading="read")
    workspace, _ = open_workspace(study)
    assert workspace.source is not None
    assert workspace.source.name == "m1"


def test_a_workspace_opens_at_the_stored_place(study: Project):
    place = StudyState()
    first = Workspace(study, place)
    first.load()
    first.open("m1")
    first.select(first.selecting.by_sentence(first.selecting.top(), 1))
    again = Workspace(study, place)
    again.load()
    assert (again.source and again.source.name, selected(again)) == ("m1", "In A it was the figures.")


def test_an_opposite_coding_on_the_same_words_is_named(study: Project):
    workspace, actions = open_workspace(study, "m1", "In A it was the figures.")
    assert "too" not in actions.apply("Trust")
    first = workspace.coding
    assert first is not None
    assert "too" not in actions.toggle_stance()
    assert f"codes these words as counters too (coding {first.id})" in actions.apply("Trust")
    actions.remove()
    assert "too" not in actions.toggle_stance()
    study.codes.add("Distrust")
    workspace.reload()
    actions.apply("Distrust")
    actions.toggle_stance()
    assert "codes these words as supports too" in actions.set_code(CodeChoice("Trust"))


def test_an_empty_study_has_an_empty_workspace(tmp_path):
    with Project.create(tmp_path / "empty.sibtui") as project:
        workspace, actions = open_workspace(project)
        assert workspace.source is None
        with pytest.raises(SibtuiError, match="nothing to code"):
            actions.apply("Trust")


def test_an_applied_code_covers_the_selection(study: Project):
    workspace, actions = open_workspace(study, "a1", "evicting people cost more")
    actions.apply("Paid in advance")
    (coding,) = study.codings.list()
    assert (coding.quote, coding.code, coding.cases) == (
        "evicting people cost more",
        "Money/Paid in advance",
        ("SIB A",),
    )
    assert workspace.coding == coding


def test_the_first_coding_starts_the_reading_and_one_undo_reverts_both(study: Project):
    workspace, actions = open_workspace(study, "a1", "evicting")
    actions.apply("Trust")
    assert study.sources.get("a1").reading == "in progress"
    assert workspace.source is not None
    assert (workspace.source.reading, workspace.source.codings) == ("in progress", 1)
    actions.undo()
    assert study.sources.get("a1").reading == "unread"
    assert workspace.source.codings == 0


def test_counts_after_changes_equal_the_counts_after_a_new_load(coded: Project):
    workspace, actions = open_workspace(coded, "a1", "evicting")
    actions.apply("Trust")
    actions.apply("Who carries the loss")
    actions.toggle_stance()
    actions.undo()
    actions.undo()
    actions.remove()
    fresh = Workspace(coded, StudyState())
    fresh.load()
    assert list(workspace.sources) == list(fresh.sources)
    for code in fresh.codebook.codes:
        assert workspace.codebook.count(code.path) == fresh.codebook.count(code.path)
        assert workspace.codebook.total(code.path) == fresh.codebook.total(code.path)
    assert list(workspace.spans) == list(fresh.spans)


def test_the_action_again_applies_the_code_used_last(study: Project):
    _, actions = open_workspace(study, "a1", "evicting")
    with pytest.raises(SibtuiError, match="No code was used yet"):
        actions.again()
    actions.apply("Trust")
    actions._workspace.select(actions._workspace.selecting.by_sentence(actions._workspace.selecting.top(), 1))
    actions.again()
    assert [coding.code for coding in study.codings.list()] == ["People/Trust", "People/Trust"]


def test_a_merged_code_is_not_applied_again(study: Project):
    workspace, actions = open_workspace(study, "a1", "evicting")
    actions.apply("Paid in advance")
    actions.apply("Trust")
    study.codes.merge("Trust", into="Who carries the loss")
    workspace.reload()
    assert workspace.last_code == "Money/Paid in advance"


def test_after_the_selection_moves_the_stance_is_set_on_the_coding_just_made(study: Project):
    workspace, actions = open_workspace(study, "a1", "evicting")
    actions.apply("Trust")
    workspace.select(workspace.selecting.end())
    assert "counter-evidence" in actions.toggle_stance()
    (coding,) = study.codings.list()
    assert coding.stance == "counters"


def test_only_a_coding_under_the_selection_is_removed(study: Project):
    workspace, actions = open_workspace(study, "a1", "evicting")
    actions.apply("Trust")
    workspace.select(workspace.selecting.end())
    with pytest.raises(SibtuiError, match="no coding under the selection"):
        actions.remove()


def test_respan_moves_a_coding_to_the_selection(coded: Project):
    workspace, actions = open_workspace(coded, "a1", "until March")
    workspace.select(workspace.selecting.start_by_word(workspace.selection, -1))
    actions.respan()
    assert [coding.quote for coding in coded.codings.list()][-1] == "trust until March"
    with pytest.raises(SibtuiError, match="covers exactly this already"):
        actions.respan()


def test_selected_words_become_an_in_vivo_code(study: Project):
    _, actions = open_workspace(study, "a1", "“We ask people to trust us,”")
    actions.in_vivo()
    code = study.codes.get("In vivo/We ask people to trust us")
    assert (code.origin, code.codings) == ("in vivo", 1)
    actions.undo()
    assert not [code for code in study.codes.list() if code.path.startswith("In vivo")]


def test_heading_marks_are_not_part_of_an_in_vivo_name(study: Project):
    _, actions = open_workspace(study, "a1", "# The investor")
    actions.in_vivo()
    assert study.codes.get("In vivo/The investor").codings == 1


def test_equal_words_give_one_in_vivo_code(study: Project):
    workspace, actions = open_workspace(study, "a1", "the fund")
    actions.in_vivo()
    workspace.select(Segment(workspace.text.index("the money"), workspace.text.index("the money") + 9))
    actions.in_vivo()
    workspace.open("m1")
    workspace.select(Segment(0, 3))
    assert study.codes.get("In vivo/the fund").codings == 1


def test_words_that_differ_in_letter_case_give_one_in_vivo_code(study: Project):
    study.codes.add(CodeDraft("In vivo/THE FUND"))
    _, actions = open_workspace(study, "a1", "the fund")
    actions.in_vivo()
    assert study.codes.get("In vivo/THE FUND").codings == 1


def test_a_new_code_is_made_and_applied_as_one_act(study: Project):
    _, actions = open_workspace(study, "a1", "evicting")
    actions.apply_new("Money/Cost of doing nothing")
    assert study.codes.get("Cost of doing nothing").codings == 1
    assert len(study.history.undo()) == 1
    assert list(study.codings.list()) == []
    assert "Money/Cost of doing nothing" not in [code.path for code in study.codes.list()]


def test_a_new_code_that_cannot_be_applied_is_not_in_the_codebook(study: Project, monkeypatch):
    workspace, actions = open_workspace(study, "a1", "evicting")

    def refuse(*_):
        raise ConflictError("no")

    monkeypatch.setattr(type(study.codings), "add", refuse)
    with pytest.raises(ConflictError):
        actions.apply_new("Money/Rent")
    assert workspace.code("Money/Rent") is None


def test_a_chosen_case_applies_up_to_the_end_of_the_section(study: Project):
    workspace, actions = open_workspace(study, "m1", "In A it was the figures.")
    actions.apply("Trust")
    actions.attribute(("SIB A",))
    workspace.select(workspace.selecting.by_sentence(workspace.selection, 1))
    actions.again()
    workspace.select(workspace.selecting.end())
    actions.again()
    assert [coding.cases for coding in study.codings.list()] == [("SIB A",), ("SIB A",), ()]
    assert workspace.context is None


def test_a_coding_without_a_case_counts_as_unattributed(study: Project):
    workspace, actions = open_workspace(study, "m1", "Of all four")
    assert "no case yet" in actions.apply("Trust")
    assert workspace.source is not None
    assert workspace.source.unattributed == 1
    actions.attribute(("SIB A", "SIB B"))
    assert workspace.source.unattributed == 0
    actions.attribute(())
    assert workspace.source.unattributed == 1


def test_next_and_previous_coding_visit_all_codings(coded: Project):
    coded.codings.add(CodingDraft("a1", "Trust", quote="The loss falls on the fund."))
    workspace, _ = open_workspace(coded, "a1")
    seen = []
    while workspace.to_coding(1):
        seen.append((workspace.coding and workspace.coding.code, selected(workspace)))
    assert seen == [
        ("Money/Who carries the loss", "The loss falls on the fund."),
        ("People/Trust", "The loss falls on the fund."),
        ("People/Trust", "until March"),
    ]
    assert workspace.to_coding(-1)
    assert workspace.to_coding(-1)
    assert not workspace.to_coding(-1)


def test_overlapping_codings_share_a_code_point_with_the_selection(coded: Project):
    workspace, _ = open_workspace(coded, "a1", "The loss falls on the fund.")
    start, end = workspace.selection.start, workspace.selection.end
    for selection, here in (
        (Segment(start - 1, start), 0), (Segment(start, start + 1), 1), (Segment(end - 1, end), 1), (Segment(end, end + 1), 0),
    ):  # fmt: skip
        workspace.select(selection)
        assert len(workspace.overlapping) == here


def test_the_coding_with_the_selected_words_is_active_or_else_the_shortest_coding(coded: Project):
    for quote in ("falls on the fund", "fund"):
        coded.codings.add(CodingDraft("a1", "Trust", quote=quote))
    workspace, _ = open_workspace(coded, "a1")
    at = workspace.text.index("The loss falls on the fund.")
    for selection, active in (
        (Segment(at, at + 27), "The loss falls on the fund."),  # as long as the coding
        (Segment(at, at + 20), "falls on the fund"),  # of two that begin here the shorter
        (Segment(at, at + 26), "fund"),
        (Segment(at, at + 3), "The loss falls on the fund."),
    ):
        workspace.active = None
        workspace.select(selection)
        assert workspace.coding is not None
        assert workspace.coding.quote == active


def test_the_active_coding_stays_active_while_it_overlaps_the_selection(coded: Project):
    coded.codings.add(CodingDraft("a1", "Trust", quote="falls on the fund"))
    workspace, _ = open_workspace(coded, "a1", "The loss falls on the fund.")
    before = workspace.active
    workspace.select(Segment(workspace.selection.start, workspace.selection.end - 1))
    assert workspace.active == before
    workspace.select(Segment(0, 3))
    assert workspace.active is None


def test_overlapping_codings_become_active_in_turn(coded: Project):
    coded.codings.add(CodingDraft("a1", "Trust", quote="falls on the fund"))
    workspace, _ = open_workspace(coded, "a1", "The loss falls on the fund.")
    first = workspace.active
    assert workspace.to_overlapping() is not None
    assert workspace.active != first
    workspace.to_overlapping()
    assert workspace.active == first


def test_the_search_for_an_uncoded_sentence_wraps_around(coded: Project):
    workspace, actions = open_workspace(coded, "a1", "The loss falls on the fund.")
    assert workspace.to_uncoded()
    assert selected(workspace) == "The charity is paid in advance."
    workspace.select(workspace.selecting.end())
    assert workspace.to_uncoded()
    assert selected(workspace) == "# The investor"
    while workspace.to_uncoded():
        actions.apply("Paid in advance")
    assert not workspace.to_uncoded()


def test_pinning_a_code_takes_the_next_free_digit_and_pinning_again_frees_the_digit(study: Project):
    workspace, actions = open_workspace(study, "a1", "evicting")
    actions.pin("People/Trust")
    actions.pin("Money/Paid in advance")
    actions.pinned(2)
    assert workspace.coding is not None
    assert workspace.coding.code == "Money/Paid in advance"
    actions.pin("People/Trust")
    with pytest.raises(SibtuiError, match="No code is pinned to 1"):
        actions.pinned(1)
    actions.pin("Money/Who carries the loss")
    assert workspace.place.pins["1"] == "Money/Who carries the loss"


def test_the_key_of_a_code_applies_the_code(study: Project):
    workspace, actions = open_workspace(study, "a1", "evicting")
    actions.by_letter("u")
    assert workspace.coding is not None
    assert workspace.coding.code == "People/Trust"
    with pytest.raises(SibtuiError, match="No code has the key Z"):
        actions.by_letter("z")


def test_undoing_a_large_act_reads_the_study_again(study: Project):
    workspace, actions = open_workspace(study, "a1", "evicting")
    study.codes.import_([CodeDraft(f"Other/Code {number}") for number in range(300)])
    workspace.reload()
    assert len(workspace.codebook.codes) == 307
    actions.undo()
    assert len(workspace.codebook.codes) == 6


def test_undo_in_another_source_updates_the_lists(coded: Project):
    workspace, actions = open_workspace(coded, "m1")
    actions.undo()
    assert next(source for source in workspace.sources if source.name == "a1").codings == 1
    assert workspace.codebook.count("People/Trust") == 0


def test_reload_reads_changes_by_another_program_and_keeps_the_selection(study: Project):
    workspace, _ = open_workspace(study, "a1", "evicting")
    with Project.open(study.path, coder="R2") as other:
        other.codings.add(CodingDraft("a1", "Trust", quote="evicting people"))
    workspace.reload()
    assert selected(workspace) == "evicting"
    assert [coding.coder for coding in workspace.overlapping] == ["R2"]


def test_the_same_words_stay_selected_in_a_corrected_text(study: Project):
    workspace, _ = open_workspace(study, "a1", "evicting people")
    study.sources.correct("a1", "A new line at the top.\n\n" + workspace.text)
    workspace.reload()
    assert selected(workspace) == "evicting people"


def test_after_the_open_source_is_removed_the_next_source_opens(study: Project):
    workspace, _ = open_workspace(study, "a1", "evicting people")
    study.sources.remove("a1")
    workspace.reload()
    assert workspace.source is not None
    assert workspace.source.name == "m1"
    assert workspace.selection == workspace.selecting.first()  # not the offsets of the removed source


def test_pinning_prefers_the_code_of_the_active_coding_to_the_code_used_last(study: Project):
    workspace, actions = open_workspace(study, "a1", "evicting")
    actions.apply("Trust")
    actions.apply("Paid in advance")
    workspace.active = next(coding.id for coding in workspace.overlapping if coding.code == "People/Trust")
    actions.pin_here()
    assert workspace.place.pins == {"1": "People/Trust"}
    workspace.move(lambda text, _: text.top())
    actions.pin_here()
    assert workspace.place.pins == {"1": "People/Trust", "2": "Money/Paid in advance"}


def test_a_search_wraps_around_both_ends(study: Project):
    workspace, _ = open_workspace(study, "a1")
    pattern = re.compile("they", re.IGNORECASE)
    found = workspace.search(pattern, 0, 1)
    assert found is not None
    second = workspace.search(pattern, found.end, 1)
    assert second is not None
    assert second.start > found.start
    assert workspace.search(pattern, second.end, 1) == found
    assert workspace.search(pattern, found.start, -1) == second
    assert workspace.search(re.compile("nowhere"), 0, 1) is None
    assert workspace.search(re.compile(""), 0, 1) is None


def test_a_memo_is_added_changed_and_removed(study: Project):
    _, actions = open_workspace(study, "a1", "evicting")
    actions.write_memo("source", "a1", None, "check this")
    number, text = actions.memo_of("source", "a1")
    assert text == "check this"
    actions.write_memo("source", "a1", number, "checked")
    assert actions.memo_of("source", "a1") == (number, "checked")
    actions.write_memo("source", "a1", number, " ")
    assert actions.memo_of("source", "a1") == (None, "")


def test_a_source_added_later_is_listed_after_reload(study: Project):
    workspace, _ = open_workspace(study, "a1")
    study.sources.add([SourceDraft("z9", "Late.")])
    workspace.reload()
    assert [source.name for source in workspace.sources] == ["a1", "m1", "x1", "z9"]
    assert workspace.neighbour(1) == "m1"
    assert workspace.neighbour(-1) is None
