"""The check of confidentiality finds names wherever they are, and traits that few people share."""

from __future__ import annotations

import pytest

from sibtui import CodeDraft, CodingDraft, InputError, NotFoundError, OutOfRangeError, Project, Segment, SourceDraft

from .study import opened

TEXT = "Mary came, and MARY left."


def found(project: Project, **options: object) -> list[tuple[str, str, str]]:
    return [(each.what, each.where, each.message) for each in project.pseudonyms.check(**options)]


@pytest.fixture
def named(empty: Project) -> Project:
    """Mary in a text, on her own with her role; the key has her name."""
    for name in "abc":
        draft = SourceDraft(name, "x", cases="A", attributes={"Role": "coach", "date": "2020-05-14"})
        empty.sources.add(draft, strict=True)
    empty.sources.add(
        SourceDraft("d", TEXT, cases="B", attributes={"Role": "coach", "date": "2020-05-14"}), strict=True
    )
    empty.pseudonyms.add("Mary", "Anna")
    return empty


def test_a_name_is_found_in_a_text_and_after_its_replacement_only_in_the_study_file(named: Project) -> None:
    few = ("few people", "d", "1 person shares B × coach × 2020-05-14, fewer than 3.")
    assert found(named) == [("name", "d", "the text has “Mary” 2 times, line 1."), few]
    named.pseudonyms.apply()
    assert found(named, exports_only=True) == [few]
    assert [each[:2] for each in found(named)] == [few[:2], ("earlier version", "version 1 of d")]
    named.memos.remove(named.memos.add("Ask Mary").id)
    assert {each[0] for each in found(named)} == {"few people", "earlier version", "history"}


def test_a_private_name_is_reported_and_looked_for(named: Project) -> None:
    named.cases.set("A", private_name="Leeds Homes")
    named.memos.add("As in Leeds Homes")
    assert [each for each in found(named, at_least=1) if each[1] != "d"] == [
        ("name", "memo 1", "the memo has “Leeds Homes”."),
        ("private name", "A", "has a private name in the study file; exports leave it out, unless you ask for it."),
    ]
    assert "private name" not in {each[0] for each in found(named, exports_only=True)}


def test_a_name_in_a_judged_quote_is_found(named: Project) -> None:
    from sibtui import MatrixDefinition, RowDefinition

    named.codes.add(CodeDraft("c"))
    coding = named.codings.add(CodingDraft("d", "c", Segment(0, 10)))
    named.matrices.define(MatrixDefinition("t", "", rows=[RowDefinition("r", "c")]))
    named.matrices.judge("t", "r", "B", "present", because="clear")
    named.codings.remove(coding.id)
    named.sources.remove("d")
    assert ("name", "t", "the judged quote has “Mary” 2 times.") in found(named, exports_only=True)


def test_people_are_counted_by_case_and_attributes(named: Project) -> None:
    assert found(named, at_least=1, exports_only=True)[1:] == []
    assert [each[1] for each in found(named, attributes="role", at_least=4)[1:]] == ["a, b and c", "d"]
    named.sources.set("d", attributes={"people": "3"})
    assert found(named)[1:] == []
    named.sources.set("a", attributes={"Role": None, "date": None})
    assert found(named)[1:] == [
        ("few people", "b and c", "2 people share A × coach × 2020-05-14, fewer than 3."),
    ]


def test_a_person_in_several_interviews_counts_once(named: Project) -> None:
    for name, people in (("a", "Ann; Ben"), ("b", "ann"), ("c", "Ben")):
        named.sources.set(name, attributes={"participants": people})
    assert found(named)[1] == ("few people", "a, b and c", "2 people share A × coach × 2020-05-14, fewer than 3.")


def test_an_interview_without_a_name_among_its_participants_has_the_number_of_people_that_it_gives(
    named: Project,
) -> None:
    few = ("few people", "d", "1 person shares B × coach × 2020-05-14, fewer than 3.")
    named.sources.set("d", attributes={"participants": " ; ,"})
    assert found(named)[1:] == [few]
    named.sources.set("d", attributes={"people": "0"})
    assert found(named)[1:] == [few]
    named.sources.set("d", attributes={"people": "3"})
    assert found(named)[1:] == []
    named.sources.set("d", attributes={"respondent": "Ann; Ben"})
    assert found(named)[1:] == [("few people", "d", "2 people share B × coach × 2020-05-14, fewer than 3.")]


def test_a_document_is_not_counted_as_a_person(named: Project) -> None:
    named.sources.set("d", kind="report")
    assert [each[0] for each in found(named)] == ["name"]


def test_a_name_in_a_coding_that_was_undone_is_found(named: Project) -> None:
    named.codes.add(CodeDraft("c"))
    ranges = [(start, end) for start in range(15) for end in range(start + 1, 25) if TEXT[start:end].strip()]
    named.codings.import_([CodingDraft("d", "c", Segment(*each), memo="Mary") for each in ranges])
    named.history.undo()
    assert "history" in {each[0] for each in found(named)}


def test_wrong_arguments_are_refused(named: Project) -> None:
    with pytest.raises(NotFoundError):
        named.pseudonyms.check(attributes="age")
    with pytest.raises(OutOfRangeError):
        named.pseudonyms.check(at_least=0)
    named.pseudonyms.key_file.chmod(0o644)
    with pytest.raises(InputError):
        named.pseudonyms.check()


def test_without_a_key_traits_and_private_names_are_checked(empty: Project) -> None:
    assert found(empty) == []
    with opened(empty.path) as again:
        again.sources.add(SourceDraft("a", "x", cases="A"), strict=True)
        assert [each[0] for each in found(again)] == ["few people"]
