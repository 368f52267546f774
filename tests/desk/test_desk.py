from __future__ import annotations

import re

import pytest

from sibtui.desk.cases import letters
from sibtui.desk.deeds import Deeds
from sibtui.desk.desk import Desk
from sibtui.desk.memory import Place
from sibtui.errors import SibtuiError
from sibtui.model.drafts import CodeDraft, CodingDraft, SourceDraft
from sibtui.model.segments import Segment
from sibtui.project import Project


def open_desk(project: Project, source: str | None = None, words: str | None = None) -> tuple[Desk, Deeds]:
    """A desk with a source open, and these words of it selected."""
    desk = Desk(project, Place())
    desk.load()
    if source is not None:
        desk.open(source)
    if words is not None:
        at = desk.text.index(words)
        desk.select(Segment(at, at + len(words)))
    return desk, Deeds(desk)


def selected(desk: Desk) -> str:
    assert desk.selection is not None
    return desk.selection.quote(desk.text)


def test_a_desk_opens_the_first_source_that_is_not_read(study: Project):
    study.sources.set("a1", reading="read")
    desk, _ = open_desk(study)
    assert desk.source is not None
    assert desk.source.name == "m1"


def test_a_desk_opens_where_it_was_left(study: Project):
    place = Place()
    first = Desk(study, place)
    first.load()
    first.open("m1")
    first.select(first.selecting.by_sentence(first.selecting.top(), 1))
    again = Desk(study, place)
    again.load()
    assert (again.source and again.source.name, selected(again)) == ("m1", "In A it was the figures.")


def test_an_empty_study_has_an_empty_desk(tmp_path):
    with Project.create(tmp_path / "empty.sibtui") as project:
        desk, deeds = open_desk(project)
        assert desk.source is None
        with pytest.raises(SibtuiError, match="nothing to code"):
            deeds.apply("Trust")


def test_what_is_applied_covers_what_is_selected(study: Project):
    desk, deeds = open_desk(study, "a1", "evicting people cost more")
    deeds.apply("Paid in advance")
    (coding,) = study.codings.list()
    assert (coding.quote, coding.code, coding.cases) == (
        "evicting people cost more",
        "Money/Paid in advance",
        ("SIB A",),
    )
    assert desk.coding == coding


def test_the_first_coding_of_a_source_puts_its_reading_in_progress_and_undo_takes_both_back(study: Project):
    desk, deeds = open_desk(study, "a1", "evicting")
    deeds.apply("Trust")
    assert study.sources.get("a1").reading == "in progress"
    assert desk.source is not None
    assert (desk.source.reading, desk.source.codings) == ("in progress", 1)
    deeds.undo()
    assert study.sources.get("a1").reading == "unread"
    assert desk.source.codings == 0


def test_counts_are_those_of_the_study_without_asking_it(coded: Project):
    desk, deeds = open_desk(coded, "a1", "evicting")
    deeds.apply("Trust")
    deeds.apply("Who carries the loss")
    deeds.toggle_stance()
    deeds.undo()
    deeds.undo()
    deeds.remove()
    fresh = Desk(coded, Place())
    fresh.load()
    assert list(desk.sources) == list(fresh.sources)
    for code in fresh.codebook.codes:
        assert desk.codebook.count(code.path) == fresh.codebook.count(code.path)
        assert desk.codebook.total(code.path) == fresh.codebook.total(code.path)
    assert list(desk.spans) == list(fresh.spans)


def test_again_applies_the_code_used_last(study: Project):
    _, deeds = open_desk(study, "a1", "evicting")
    with pytest.raises(SibtuiError, match="No code was used yet"):
        deeds.again()
    deeds.apply("Trust")
    deeds._desk.select(deeds._desk.selecting.by_sentence(deeds._desk.selecting.top(), 1))
    deeds.again()
    assert [coding.code for coding in study.codings.list()] == ["People/Trust", "People/Trust"]


def test_a_code_that_was_merged_away_is_not_applied_again(study: Project):
    desk, deeds = open_desk(study, "a1", "evicting")
    deeds.apply("Paid in advance")
    deeds.apply("Trust")
    study.codes.merge("Trust", into="Who carries the loss")
    desk.reload()
    assert desk.last_code == "Money/Paid in advance"


def test_qualifying_acts_on_the_coding_just_made_though_the_selection_went_on(study: Project):
    desk, deeds = open_desk(study, "a1", "evicting")
    deeds.apply("Trust")
    desk.select(desk.selecting.end())
    assert "counter-evidence" in deeds.toggle_stance()
    (coding,) = study.codings.list()
    assert coding.stance == "counters"


def test_removing_acts_on_a_coding_in_sight_only(study: Project):
    desk, deeds = open_desk(study, "a1", "evicting")
    deeds.apply("Trust")
    desk.select(desk.selecting.end())
    with pytest.raises(SibtuiError, match="no coding under the selection"):
        deeds.remove()


def test_a_coding_can_be_given_another_span(coded: Project):
    desk, deeds = open_desk(coded, "a1", "until March")
    desk.select(desk.selecting.start_by_word(desk.selection, -1))
    deeds.respan()
    assert [coding.quote for coding in coded.codings.list()][-1] == "trust until March"
    with pytest.raises(SibtuiError, match="covers just this already"):
        deeds.respan()


def test_words_of_the_text_become_a_code(study: Project):
    _, deeds = open_desk(study, "a1", "“We ask people to trust us,”")
    deeds.in_vivo()
    code = study.codes.get("In vivo/We ask people to trust us")
    assert (code.origin, code.codings) == ("in vivo", 1)
    deeds.undo()
    assert not [code for code in study.codes.list() if code.path.startswith("In vivo")]


def test_the_signs_of_a_heading_are_no_part_of_a_codes_name(study: Project):
    _, deeds = open_desk(study, "a1", "# The investor")
    deeds.in_vivo()
    assert study.codes.get("In vivo/The investor").codings == 1


def test_the_same_words_give_the_same_code(study: Project):
    desk, deeds = open_desk(study, "a1", "the fund")
    deeds.in_vivo()
    desk.select(Segment(desk.text.index("the money"), desk.text.index("the money") + 9))
    deeds.in_vivo()
    desk.open("m1")
    desk.select(Segment(0, 3))
    assert study.codes.get("In vivo/the fund").codings == 1


def test_a_new_code_is_made_and_applied_as_one_act(study: Project):
    _, deeds = open_desk(study, "a1", "evicting")
    deeds.apply_new("Money/Cost of doing nothing")
    assert study.codes.get("Cost of doing nothing").codings == 1
    assert len(study.history.undo()) == 1
    assert list(study.codings.list()) == []
    assert "Money/Cost of doing nothing" not in [code.path for code in study.codes.list()]


def test_the_case_told_holds_to_the_end_of_the_section(study: Project):
    desk, deeds = open_desk(study, "m1", "In A it was the figures.")
    deeds.apply("Trust")
    deeds.attribute(("SIB A",))
    desk.select(desk.selecting.by_sentence(desk.selection, 1))
    deeds.again()
    desk.select(desk.selecting.end())
    deeds.again()
    assert [coding.cases for coding in study.codings.list()] == [("SIB A",), ("SIB A",), ()]
    assert desk.context is None


def test_a_coding_without_a_case_counts_as_unattributed(study: Project):
    desk, deeds = open_desk(study, "m1", "Of all four")
    assert "no case yet" in deeds.apply("Trust")
    assert desk.source is not None
    assert desk.source.unattributed == 1
    deeds.attribute(("SIB A", "SIB B"))
    assert desk.source.unattributed == 0
    deeds.attribute(())
    assert desk.source.unattributed == 1


def test_next_and_previous_coding_go_through_all_of_them(coded: Project):
    coded.codings.add(CodingDraft("a1", "Trust", quote="The loss falls on the fund."))
    desk, _ = open_desk(coded, "a1")
    seen = []
    while desk.to_coding(1):
        seen.append((desk.coding and desk.coding.code, selected(desk)))
    assert seen == [
        ("Money/Who carries the loss", "The loss falls on the fund."),
        ("People/Trust", "The loss falls on the fund."),
        ("People/Trust", "until March"),
    ]
    assert desk.to_coding(-1)
    assert desk.to_coding(-1)
    assert not desk.to_coding(-1)


def test_overlapping_codings_are_meant_in_turn(coded: Project):
    coded.codings.add(CodingDraft("a1", "Trust", quote="falls on the fund"))
    desk, _ = open_desk(coded, "a1", "The loss falls on the fund.")
    first = desk.active
    assert desk.to_overlapping() is not None
    assert desk.active != first
    desk.to_overlapping()
    assert desk.active == first


def test_the_next_uncoded_sentence_is_found_and_the_search_goes_round(coded: Project):
    desk, deeds = open_desk(coded, "a1", "The loss falls on the fund.")
    assert desk.to_uncoded()
    assert selected(desk) == "The charity is paid in advance."
    desk.select(desk.selecting.end())
    assert desk.to_uncoded()
    assert selected(desk) == "# The investor"
    while desk.to_uncoded():
        deeds.apply("Paid in advance")
    assert not desk.to_uncoded()


def test_pins_take_the_next_free_digit_and_are_let_go(study: Project):
    desk, deeds = open_desk(study, "a1", "evicting")
    deeds.pin("People/Trust")
    deeds.pin("Money/Paid in advance")
    deeds.pinned(2)
    assert desk.coding is not None
    assert desk.coding.code == "Money/Paid in advance"
    deeds.pin("People/Trust")
    with pytest.raises(SibtuiError, match="No code is pinned to 1"):
        deeds.pinned(1)
    deeds.pin("Money/Who carries the loss")
    assert desk.place.pins["1"] == "Money/Who carries the loss"


def test_a_code_is_applied_by_its_letter(study: Project):
    desk, deeds = open_desk(study, "a1", "evicting")
    deeds.by_letter("u")
    assert desk.coding is not None
    assert desk.coding.code == "People/Trust"
    with pytest.raises(SibtuiError, match="No code has the key Z"):
        deeds.by_letter("z")


def test_undoing_something_big_reads_the_study_anew(study: Project):
    desk, deeds = open_desk(study, "a1", "evicting")
    study.codes.import_([CodeDraft(f"Other/Code {number}") for number in range(300)])
    desk.reload()
    assert len(desk.codebook.codes) == 307
    deeds.undo()
    assert len(desk.codebook.codes) == 6


def test_undo_in_another_note_shows_in_the_lists(coded: Project):
    desk, deeds = open_desk(coded, "m1")
    deeds.undo()
    assert next(source for source in desk.sources if source.name == "a1").codings == 1
    assert desk.codebook.count("People/Trust") == 0


def test_another_hands_changes_come_in_without_losing_the_place(study: Project):
    desk, _ = open_desk(study, "a1", "evicting")
    with Project.open(study.path, coder="R2") as other:
        other.codings.add(CodingDraft("a1", "Trust", quote="evicting people"))
    desk.reload()
    assert selected(desk) == "evicting"
    assert [coding.coder for coding in desk.here] == ["R2"]


def test_a_corrected_text_keeps_the_words_selected(study: Project):
    desk, _ = open_desk(study, "a1", "evicting people")
    study.sources.correct("a1", "A new line at the top.\n\n" + desk.text)
    desk.reload()
    assert selected(desk) == "evicting people"


def test_a_source_removed_by_another_hand_gives_way_to_the_next(study: Project):
    desk, _ = open_desk(study, "a1")
    study.sources.remove("a1")
    desk.reload()
    assert desk.source is not None
    assert desk.source.name == "m1"


def test_searching_goes_round_both_ends(study: Project):
    desk, _ = open_desk(study, "a1")
    pattern = re.compile("they", re.IGNORECASE)
    found = desk.search(pattern, 0, 1)
    assert found is not None
    second = desk.search(pattern, found.end, 1)
    assert second is not None
    assert second.start > found.start
    assert desk.search(pattern, second.end, 1) == found
    assert desk.search(pattern, found.start, -1) == second
    assert desk.search(re.compile("nowhere"), 0, 1) is None
    assert desk.search(re.compile(""), 0, 1) is None


def test_memos_are_written_changed_and_taken_away(study: Project):
    _, deeds = open_desk(study, "a1", "evicting")
    deeds.write_memo("source", "a1", None, "check this")
    number, text = deeds.memo_of("source", "a1")
    assert text == "check this"
    deeds.write_memo("source", "a1", number, "checked")
    assert deeds.memo_of("source", "a1") == (number, "checked")
    deeds.write_memo("source", "a1", number, " ")
    assert deeds.memo_of("source", "a1") == (None, "")


@pytest.mark.parametrize(
    ("cases", "told"),
    [(["SIB A", "SIB B"], "ab"), (["North", "South", "Nearby"], "nse"), (["1", "2"], "12"), (["Ü", "Ü2"], "a2"), (["A", "A!", "A!!"], "abc")],
)  # fmt: skip
def test_each_case_has_a_letter_of_its_own(cases: list[str], told: str):
    assert "".join(letters(cases)) == told


def test_a_source_added_later_is_in_the_list(study: Project):
    desk, _ = open_desk(study, "a1")
    study.sources.add([SourceDraft("z9", "Late.")])
    desk.reload()
    assert [source.name for source in desk.sources] == ["a1", "m1", "x1", "z9"]
    assert desk.neighbour(1) == "m1"
    assert desk.neighbour(-1) is None
