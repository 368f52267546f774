from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, InputError, NotFoundError, OutOfRangeError
from sibtui.model.drafts import SourceDraft
from sibtui.model.records import TopicRecord
from sibtui.project import Project
from tests.growth import LINEAR, growth

from .study import TEXT, add_source, apply_code

if TYPE_CHECKING:
    from pathlib import Path


def cases_of(project: Project) -> list[tuple[str, tuple[str, ...]]]:
    return [(coding.source, coding.cases) for coding in project.codings.list()]


def test_a_source_has_the_values_of_its_draft(empty: Project) -> None:
    draft = SourceDraft(
        "I01", "text\x00 😀", "First interview", "interview", "verbatim", ("SIB B", "SIB A", "SIB B"), "read",
        "2020-03-01T09:00:00Z", "2020-02-01T09:00:00Z", {"people": 3, "online": True}, "I01.md", "e" * 64,
    )  # fmt: skip
    (added,) = empty.sources.add([draft])
    assert (added.outcome, added.name, added.new_cases) == ("added", "I01", ("SIB B", "SIB A"))
    source = empty.sources.get("I01")
    assert (source.title, source.kind, source.fidelity, source.cases) == (
        "First interview", "interview", "verbatim", ("SIB B", "SIB A"),
    )  # fmt: skip
    assert (source.reading, source.read_at, source.added) == ("read", "2020-03-01T09:00:00Z", "2020-02-01T09:00:00Z")
    assert (source.original, source.sha256, source.length, source.version) == ("I01.md", "e" * 64, 7, 1)
    assert source.attributes == {"people": "3", "online": "yes"}
    assert empty.sources.text("i01") == "text\x00 😀"


def test_names_with_outer_spaces_are_the_same_source_or_case(project: Project) -> None:
    drafts = [SourceDraft(" A1 ", "text"), SourceDraft(" I01", "text", cases=("SIB A ", "\tSIB C"))]
    assert [added.new_cases for added in project.sources.foresee(drafts)] == [(), ("SIB C",)]
    taken, added = project.sources.add(drafts)
    assert (taken.outcome, taken.name) == ("refused", "A1")
    assert (added.outcome, added.name, added.new_cases) == ("added", "I01", ("SIB C",))
    assert project.sources.get("I01").cases == ("SIB A", "SIB C")


def test_the_same_file_is_reported_and_skipped(empty: Project) -> None:
    draft = SourceDraft("I01", "text", sha256="a" * 64)
    empty.sources.add([draft])
    again = empty.sources.add([SourceDraft("other", "text", sha256="a" * 64), SourceDraft("I02", "b", sha256="b" * 64)])
    assert [(added.outcome, added.name) for added in again] == [("same", "I01"), ("added", "I02")]
    assert [source.name for source in empty.sources.list()] == ["I01", "I02"]


def test_a_file_that_cannot_be_added_does_not_prevent_the_others(project: Project) -> None:
    report = project.sources.add(
        [SourceDraft("A1", "x"), SourceDraft(" ", "x"), SourceDraft("half \ud800", "x"), SourceDraft("new", "x"),
         SourceDraft("bad", "x", attributes={"title": "a field"})]
    )  # fmt: skip
    assert [added.outcome for added in report] == ["refused", "refused", "refused", "added", "refused"]
    assert "already a source “A1”" in report[0].why
    assert "needs a name" in report[1].why
    assert "half a character" in report[2].why
    assert "field that every source has" in report[4].why
    assert [source.name for source in project.sources.list()] == ["A1", "B1", "AB", "new"]
    with pytest.raises(ConflictError, match="already a source “A1”"):
        project.sources.add([SourceDraft("strict", "x"), SourceDraft("A1", "x")], strict=True)
    assert "strict" not in [source.name for source in project.sources.list()]


def test_sources_are_listed_by_kind_case_and_reading(project: Project) -> None:
    def names(**wanted) -> list[str]:
        return [source.name for source in project.sources.list(**wanted)]

    assert names() == ["A1", "B1", "AB"]
    assert names(kinds=["report", "document"]) == ["B1"]
    assert names(case="sib a") == ["A1", "AB"]
    assert names(reading="unread") == ["AB"]
    with pytest.raises(NotFoundError, match="No case is named"):
        names(case="SIB Z")


def test_the_error_about_a_misspelt_source_names_the_most_similar_source(empty: Project) -> None:
    add_source(empty, "interview-01")
    with pytest.raises(NotFoundError, match="No source is named “interveiw-01”; did you mean “interview-01”"):
        empty.sources.text("interveiw-01")


def test_a_source_has_the_number_of_its_codings_and_of_those_without_a_case(project: Project) -> None:
    apply_code(project, "AB", "Brokering")
    apply_code(project, "AB", "Budgets", cases=("SIB A",))
    source = project.sources.get("AB")
    assert (source.codings, source.unattributed) == (2, 1)


def test_only_the_given_fields_change(project: Project) -> None:
    before = project.sources.get("A1")
    source = project.sources.set("a1", new_name=" A1b ", title="T", kind="document", fidelity="verbatim").source
    assert (source.name, source.title, source.kind, source.fidelity) == ("A1b", "T", "document", "verbatim")
    assert (source.cases, source.read_at, source.id) == (before.cases, before.read_at, before.id)
    assert project.sources.set("A1b", attributes={"mode": "phone"}).source.attributes == {"mode": "phone"}
    assert project.sources.set("A1b", attributes={"mode": None}).source.attributes == {}


@pytest.mark.parametrize(
    ("name", "why"),
    [("B1", "already a source “B1”"), (" b1\u00a0", "already a source “B1”"), ("  ", "needs a name"), ("", "a name")],
)
def test_a_source_cannot_take_a_name_that_is_taken_or_empty(project: Project, name: str, why: str) -> None:
    with pytest.raises((ConflictError, InputError), match=why):
        project.sources.set("A1", new_name=name)


def test_a_source_has_a_reading_time_only_while_it_is_read(project: Project) -> None:
    first = project.sources.get("A1").read_at
    assert project.sources.set("A1", title="T").source.read_at == first
    again = project.sources.set("A1", reading="read").source.read_at
    assert again > first
    assert project.sources.set("A1", reading="in progress").source.read_at is None
    assert project.sources.set("A1", reading="unread").source.reading == "unread"


def test_codings_follow_a_source_from_its_only_case_to_another(project: Project) -> None:
    apply_code(project, "A1", "Brokering")
    assert project.sources.set("A1", cases=["SIB B"]).codings == 1
    assert cases_of(project) == [("A1", ("SIB B",))]
    assert project.sources.get("A1").cases == ("SIB B",)


def test_codings_without_a_case_get_the_only_remaining_case(project: Project) -> None:
    apply_code(project, "AB", "Brokering")
    apply_code(project, "AB", "Budgets", cases=("SIB B",))
    assert project.sources.set("AB", cases=["SIB B"]).codings == 1
    assert cases_of(project) == [("AB", ("SIB B",)), ("AB", ("SIB B",))]


def test_codings_keep_their_cases_when_their_source_gets_more_cases(project: Project) -> None:
    apply_code(project, "A1", "Brokering")
    assert project.sources.set("A1", cases=["SIB B", "SIB A"]).codings == 0
    assert cases_of(project) == [("A1", ("SIB A",))]
    assert project.sources.get("A1").cases == ("SIB A", "SIB B")


def test_a_source_cannot_get_a_case_that_does_not_exist(project: Project) -> None:
    with pytest.raises(NotFoundError, match="No case is named “SIB Z”"):
        project.sources.set("A1", cases=["SIB Z"])


def test_a_corrected_text_is_a_new_version_to_which_the_codings_move(project: Project) -> None:
    start = TEXT.index("a personal budget")
    coding = apply_code(project, "A1", "Budgets", start, start + 17)
    text = "Notes, corrected. " + TEXT.replace("£500", "£ 500")
    carried = project.sources.correct("A1", text, original="A1-corrected.md", original_sha256="c" * 64)
    assert (carried.moved, carried.reworded, carried.undecided) == (1, (), ())
    source, moved = project.sources.get("A1"), project.codings.get(coding.id)
    assert (source.version, source.original, source.sha256, source.length) == (
        2,
        "A1-corrected.md",
        "c" * 64,
        len(text),
    )
    assert project.sources.text("A1") == text
    assert (moved.segment.quote(text), moved.quote) == ("a personal budget", "a personal budget")
    assert (moved.before, moved.after) == moved.segment.context(text)
    assert [finding for finding in project.check() if finding.what != "reading due"] == []


def test_a_text_with_carriage_returns_is_refused(project: Project) -> None:
    (added,) = project.sources.add([SourceDraft("I01", "one\r\ntwo", cases=("SIB Z",))])
    assert added.outcome == "refused"
    assert "carriage returns: pass it through `sibtui.model.text.normalise`" in added.why
    with pytest.raises(InputError, match="The text of “A1” has carriage returns"):
        project.sources.correct("A1", TEXT + "\r")
    assert project.sources.text("A1") == TEXT
    assert "SIB Z" not in [case.label for case in project.cases.list()]


def test_both_versions_of_a_corrected_file_are_recognised(empty: Project) -> None:
    empty.sources.add([SourceDraft("I01", "text", sha256="a" * 64)])
    empty.sources.correct("I01", "text!", original_sha256="b" * 64)
    for digest in ("a", "b"):
        (added,) = empty.sources.add([SourceDraft("other", "t", sha256=digest * 64)])
        assert (added.outcome, added.name) == ("same", "I01")


def test_topic_records_can_be_added_and_changed_and_removed(project: Project) -> None:
    project.sources.set_topic("B1", "Innovation", "asked")
    project.sources.set_topic("A1", "groups", "volunteered")
    project.sources.set_topic("A1", "Strengths", "not asked")
    assert project.sources.topics() == [
        TopicRecord("A1", "Strengths", "not asked"),
        TopicRecord("A1", "Innovation/Groups", "volunteered"),
        TopicRecord("B1", "Innovation", "asked"),
    ]
    project.sources.set_topic("A1", "Strengths", "asked")
    project.sources.set_topic("B1", "Innovation", None)
    assert [record.state for record in project.sources.topics()] == ["asked", "volunteered"]
    assert [act.summary for act in project.history.list(limit=2)] == [
        "Innovation not recorded in B1", "Strengths asked in A1",
    ]  # fmt: skip


def test_codings_are_removed_and_restored_with_their_source(project: Project) -> None:
    coding = apply_code(project, "A1", "Brokering")
    assert project.sources.remove("A1").name == "A1"
    with pytest.raises(NotFoundError):
        project.codings.get(coding.id)
    project.history.undo()
    assert project.codings.get(coding.id) == coding


@pytest.mark.parametrize("left", [[], ["SIB A"], ["SIB A", "SIB C"]], ids=len)
def test_a_source_cannot_lose_a_case_of_its_codings(project: Project, left: list[str]) -> None:
    project.cases.add("SIB C")
    coding = apply_code(project, "AB", "Brokering", cases=("SIB B",))
    with pytest.raises(ConflictError, match="“AB” has 1 coding about SIB B"):
        project.sources.set("AB", cases=left)
    assert project.sources.get("AB").cases == ("SIB A", "SIB B")
    project.codings.set(coding.id, cases=["SIB A"])
    assert project.sources.set("AB", cases=["SIB A"]).source.cases == ("SIB A",)


def test_a_case_without_a_label_refuses_only_its_own_source(empty: Project) -> None:
    report = empty.sources.add([SourceDraft("bad", "x", cases=("",)), SourceDraft("good", "y")])
    assert [(added.outcome, added.why) for added in report] == [
        ("refused", "A case needs a label, and one of this source's has none."),
        ("added", ""),
    ]
    assert [source.name for source in empty.sources.list()] == ["good"]


def test_a_case_whose_label_has_a_semicolon_is_found_before_the_label_is_split(project: Project) -> None:
    together = {"cases": ("Here", "there"), "cases_together": "Here; there"}
    project.sources.add([SourceDraft("first", "Text.", **together)])
    assert project.sources.get("first").cases == ("Here", "there")
    project.cases.add("Here; there")
    project.sources.add([SourceDraft("second", "Text.", **together)])
    assert project.sources.get("second").cases == ("Here; there",)


def test_several_sources_move_as_a_block_in_the_order_given(empty: Project) -> None:
    empty.sources.add([SourceDraft(name, f"Text of {name}.") for name in "abcde"])
    before = len(empty.history.list())
    assert [source.name for source in empty.sources.move(["b", "a"], 3)] == ["b", "a"]
    assert empty.sources.names() == ("c", "d", "b", "a", "e")
    assert empty.history.fact(empty.history.list(limit=1)[0]) == "2 sources: moved"
    empty.sources.move("e", 1)
    assert empty.sources.names() == ("e", "c", "d", "b", "a")
    empty.sources.move("e", 99)
    assert empty.sources.names() == ("c", "d", "b", "a", "e")
    assert len(empty.history.list()) == before + 3
    empty.history.undo(3)
    assert empty.sources.names() == tuple("abcde")


def test_a_move_of_no_sources_or_to_a_position_below_one_is_refused(empty: Project) -> None:
    empty.sources.add(SourceDraft("a", "Text."))
    with pytest.raises(InputError):
        empty.sources.move([], 1)
    with pytest.raises(OutOfRangeError):
        empty.sources.move("a", 0)


def test_the_preview_of_a_correction_lists_each_coding_with_its_new_place_or_none(empty: Project) -> None:
    empty.sources.add(SourceDraft("a", "Nobody called back. We waited."))
    empty.codes.add("Trust")
    for quote in ("Nobody called", "waited", "We"):
        empty.codings.add("a", "Trust", quote=quote)
    new = "At first, nobody rang. We waited."
    carried = empty.sources.foresee_correction("a", new)
    assert [(each.coding.quote, each.after and each.after.quote(new)) for each in carried] == [
        ("Nobody called", None),
        ("We", "We"),
        ("waited", "waited"),
    ]
    assert empty.sources.text("a").startswith("Nobody called back")
    with pytest.raises(InputError, match="carriage returns"):
        empty.sources.foresee_correction("a", "x\r\n")


def test_the_coder_gets_the_spelling_that_the_study_has(empty: Project) -> None:
    empty.memos.add("A first thought.")
    known = empty.coder
    assert empty.set_coder(f" {known.upper()} ") == known
    assert empty.set_coder("Ben  Okri") == "Ben Okri"
    assert empty.memos.add("Another.").coder == "Ben Okri"
    with pytest.raises(InputError):
        empty.set_coder("  ")


def test_adding_takes_time_in_proportion_to_the_sources(tmp_path: Path) -> None:
    def add(count: int) -> None:
        path = tmp_path / f"{count}.sibtui"
        path.unlink(missing_ok=True)
        with Project.create(path) as study:
            study.sources.add(SourceDraft(f"n{at}", "text", cases=f"Case {at}") for at in range(count))

    assert growth(add, 150) < LINEAR


def test_results_of_adding_sources_can_be_kept_without_texts(empty: Project) -> None:
    one, same, refused = empty.sources.add(
        [
            SourceDraft("a", "words", sha256="a" * 64),
            SourceDraft("b", "words", sha256="a" * 64),
            SourceDraft("a", "word"),
        ],
        keep_texts=False,
    )
    assert [(each.outcome, each.draft.text, each.characters) for each in (one, same, refused)] == [
        ("added", "", 5),
        ("same", "", 5),
        ("refused", "", 4),
    ]
    assert empty.sources.text("a") == "words"


def test_a_case_of_a_refused_source_is_made_for_the_next_source(empty: Project) -> None:
    drafts = [SourceDraft("a", "x", cases="New", attributes={"": 1}), SourceDraft("b", "x", cases="New")]
    refused, added = empty.sources.add(drafts)
    assert (refused.outcome, added.outcome, added.new_cases) == ("refused", "added", ("New",))
    assert empty.sources.get("b").cases == ("New",)
