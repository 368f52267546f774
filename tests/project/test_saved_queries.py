"""`project.queries`: queries with a name, in other queries, in folders and files, and in the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import ConflictError, InputError, NotFoundError, QueryError
from sibtui.formats.refi.reader import read_qdpx
from sibtui.formats.refi.writer import write_qdpx
from sibtui.formats.study_folder.folder import read_study, write_study
from sibtui.model.drafts import QueryDraft
from sibtui.project import Project
from sibtui.project.shared.study_io import study_draft

from .study import apply_code

if TYPE_CHECKING:
    from pathlib import Path


def ids(project: Project, where: str) -> list[int]:
    return [coding.id for coding in project.codings.list(where=where)]


def test_a_saved_query_finds_the_codings_of_today(coded: Project) -> None:
    saved = coded.queries.save("  Ben's   work ", "coder Ben")
    assert (saved.name, saved.expression) == ("Ben's work", "coder Ben")
    before = ids(coded, 'query "Ben\'s work"')
    new = apply_code(coded, "A1", "Groups", coder="Ben")
    assert set(ids(coded, 'query "BEN’S work"')) == {*before, new.id}
    assert ids(coded, 'query "Ben\'s work" and source A1') == [new.id]
    assert ids(coded, 'not query "Ben\'s work"') == ids(coded, "coder Ana")


def test_a_query_can_use_other_queries(coded: Project) -> None:
    coded.queries.save("Ben", "coder Ben")
    coded.queries.save("Ben in B1", "query Ben and source B1")
    assert ids(coded, "query 'Ben in B1'") == ids(coded, "coder Ben and source B1")


def test_a_query_that_uses_itself_is_refused(coded: Project) -> None:
    coded.queries.save("One", "coder Ben")
    coded.queries.save("Two", "query One or waiting")
    with pytest.raises(QueryError, match="uses itself"):
        coded.queries.save("One", "query Two", replace=True)
    assert coded.queries.get("One").expression == "coder Ben"
    with pytest.raises(QueryError, match="uses itself"):
        coded.queries.save("Three", "query Three")
    assert [query.name for query in coded.queries.list()] == ["One", "Two"]


def test_the_message_about_an_unknown_query_lists_only_queries_that_can_be_used(coded: Project) -> None:
    with pytest.raises(QueryError, match="no query is named “Other”: there are none yet"):
        coded.queries.save("New", "query Other")
    with pytest.raises(QueryError, match="no query is named “New”: there are none yet"):
        coded.queries.save("News", "query New")  # “did you mean News?” would lead to a query that uses itself
    coded.queries.save("One", "coder Ben")
    coded.queries.save("Two", "query One")
    coded.queries.save("Three", "query Two")
    coded.queries.save("Four", "coder Ana")
    with pytest.raises(QueryError, match="no query is named “Zoe”: there are “Four”\\."):
        coded.queries.save("ONE", "query Zoe", replace=True)
    with pytest.raises(QueryError, match="no query is named “Xyzzyx”: there are “Four”, “One” and “Two”\\."):
        coded.queries.save("Three", "query Xyzzyx", replace=True)


@pytest.mark.parametrize("expression", ["", "code", "case Nowhere", "query Nothing"])
def test_a_query_that_cannot_be_used_is_not_saved(coded: Project, expression: str) -> None:
    acts = coded.history.list(limit=1)
    with pytest.raises(QueryError):
        coded.queries.save("Bad", expression)
    assert coded.queries.list() == []
    assert coded.history.list(limit=1) == acts


def test_a_name_is_used_once_and_not_empty(coded: Project) -> None:
    coded.queries.save("Ben", "coder Ben")
    with pytest.raises(ConflictError, match="There is already a query “Ben”"):
        coded.queries.save("BEN", "waiting")
    assert coded.queries.save("BEN", "waiting", replace=True).name == "Ben"
    with pytest.raises(InputError, match="needs a name"):
        coded.queries.save(" ", "waiting")
    with pytest.raises(NotFoundError, match="No query is named “Zoe”"):
        coded.queries.get("Zoe")


def test_an_error_inside_a_saved_query_names_the_query_and_the_character(coded: Project) -> None:
    coded.queries.save("Groups", "coder Ben and code Groups")
    coded.codes.remove("Innovation/Groups")
    with pytest.raises(QueryError) as error:
        coded.codings.count(where="waiting or query Groups")
    assert error.value.position == 18
    assert error.value.reason.startswith("in the query “Groups”, character 20: no code is named “Groups”")
    assert error.value.saved == "Groups"


def test_an_error_in_a_query_that_a_saved_query_uses_names_only_the_query_with_the_error(coded: Project) -> None:
    coded.queries.save("Groups", "coder Ben and code Groups")
    coded.queries.save("Doubtful", "query Groups and certainty tentative")
    coded.codes.remove("Innovation/Groups")
    with pytest.raises(QueryError) as error:
        coded.codings.count(where="waiting or query Doubtful")
    assert error.value.position == 18
    assert error.value.reason.startswith("in the query “Groups”, character 20: no code is named “Groups”")


def test_saving_and_removing_can_be_undone(coded: Project) -> None:
    coded.queries.save("Ben", "coder Ben")
    coded.queries.save("Ben", "waiting", replace=True)
    assert coded.queries.remove("ben").expression == "waiting"
    assert coded.queries.list() == []
    coded.history.undo()
    assert coded.queries.get("Ben").expression == "waiting"
    coded.history.undo()
    assert coded.queries.get("Ben").expression == "coder Ben"
    coded.history.undo()
    assert coded.queries.list() == []
    coded.history.redo(3)
    assert coded.queries.list() == []
    with pytest.raises(NotFoundError):
        coded.queries.remove("Ben")


def test_a_query_that_other_queries_use_is_not_removed(coded: Project) -> None:
    coded.queries.save("Ben", "coder Ben")
    coded.queries.save("One", "query BEN and source B1")
    coded.queries.save("Two", "waiting or not query Ben")
    with coded.act("query save", "x"):
        coded.queries.insert([QueryDraft("Bad", "query Ben wrong"), QueryDraft("Gone", "query Nothing")])
        coded.queries.insert([QueryDraft("Itself", "query Itself")])
    with pytest.raises(ConflictError, match=r"^The query Ben is used in 2 queries: “One” and “Two”\.$") as error:
        coded.queries.remove("ben")
    assert error.value.hint == "change-queries"
    assert coded.queries.get("Ben").expression == "coder Ben"
    for name in ("Two", "One", "Ben", "Itself"):
        assert coded.queries.remove(name).name == name


def test_a_folder_carries_the_queries(coded: Project, tmp_path: Path) -> None:
    for name, expression in (("Ben", "coder Ben"), ('A "b"', "query Ben\nand waiting")):
        coded.queries.save(name, expression)
    draft = study_draft(coded._session)
    assert [(query.name, query.expression) for query in draft.queries] == [
        ("Ben", "coder Ben"), ('A "b"', "query Ben\nand waiting"),
    ]  # fmt: skip
    assert read_study(dict(write_study(draft))).queries == draft.queries
    with Project.create(tmp_path / "again.sibtui", draft=draft) as again:
        assert [(q.name, q.expression, q.uid) for q in again.queries.list()] == [
            (q.name, q.expression, q.uid) for q in coded.queries.list()
        ]


def test_a_folder_without_queries_has_no_file_of_them(coded: Project) -> None:
    assert "queries.toml" not in dict(write_study(study_draft(coded._session)))


def test_a_qdpx_file_carries_the_queries(coded: Project) -> None:
    coded.queries.save("Ben", "coder Ben")
    draft = read_qdpx("study.qdpx", write_qdpx(study_draft(coded._session))).study
    assert [(query.name, query.expression) for query in draft.queries] == [("Ben", "coder Ben")]


def test_an_empty_query_of_a_study_is_refused(empty: Project) -> None:
    for draft in (QueryDraft(" ", "waiting"), QueryDraft("x", "")):
        with pytest.raises(InputError, match="needs a name and an expression"), empty.act("query save", "x"):
            empty.queries.insert([draft])


def test_two_queries_of_one_name_in_a_folder_are_refused(empty: Project) -> None:
    drafts = [QueryDraft("Ben", "waiting"), QueryDraft("BEN", "judged")]
    with pytest.raises(ConflictError, match="There is already a query"), empty.act("query save", "x"):
        empty.queries.insert(drafts)


def test_queries_follow_codes_that_are_renamed_moved_or_merged(coded: Project) -> None:
    coded.queries.save("Q", "code Brokering overlapping (exactly 'budgets' or coder Ben) and not code Strengths")
    before = ids(coded, "query Q")
    coded.codes.rename("Brokering", "Coaching")
    assert coded.queries.get("Q").expression.startswith("code \"Strengths/Coaching\" overlapping (exactly 'budgets' or")
    coded.codes.move("Strengths/Coaching", under="Innovation")
    coded.codes.rename("Strengths", 'So-called "assets"')
    assert coded.queries.get("Q").expression == (
        'code "Innovation/Coaching" overlapping (exactly \'budgets\' or coder Ben) and not code "So-called ""assets"""'
    )
    assert ids(coded, "query Q") == before
    coded.codes.merge("Budgets", into="Coaching")
    assert 'exactly "Innovation/Coaching"' in coded.queries.get("Q").expression
    coded.history.undo(4)
    assert coded.queries.get("Q").expression.startswith("code Brokering overlapping (exactly 'budgets'")
    assert ids(coded, "query Q") == before


def test_queries_follow_cases_and_sources(coded: Project) -> None:
    coded.queries.save("Q", "case 'SIB A' and source A1")
    before = ids(coded, "query Q")
    coded.cases.set("SIB A", new_label="Housing")
    coded.sources.set("A1", new_name="house 1")
    assert coded.queries.get("Q").expression == 'case "Housing" and source "house 1"'
    assert ids(coded, "query Q") == before
    coded.cases.set("Housing", position=2)
    coded.history.undo(3)
    assert coded.queries.get("Q").expression == "case 'SIB A' and source A1"


def test_a_query_that_cannot_be_read_stays_as_it_is(coded: Project) -> None:
    with coded.act("query save", "x"):
        coded.queries.insert([QueryDraft("Bad", "code Brokering wrong"), QueryDraft("Gone", "code Nothing or case X")])
    coded.codes.rename("Brokering", "Coaching")
    assert [query.expression for query in coded.queries.list()] == ["code Brokering wrong", "code Nothing or case X"]


def test_a_check_lists_queries_that_name_something_that_is_gone(coded: Project) -> None:
    coded.queries.save("Doubts", "stance counters")
    coded.queries.save("Both", "query Doubts and not waiting")
    assert [finding for finding in coded.check() if finding.what == "query"] == []
    coded.history.undo(2)
    with coded.act("query save", "x"):
        coded.queries.insert([QueryDraft("Both", "query Doubts and not waiting")])
    [finding] = [finding for finding in coded.check() if finding.what == "query"]
    assert (finding.kind, finding.where) == ("open", "Both")
    assert "no query is named “Doubts”" in finding.message


def test_queries_follow_cases_that_are_merged(coded: Project) -> None:
    coded.queries.save("In A", 'code Brokering and case "SIB A" or case "SIB B"')
    coded.cases.merge("SIB A", into="SIB B")
    assert coded.queries.get("In A").expression == 'code Brokering and case "SIB B" or case "SIB B"'
    assert coded.codings.count(where='query "In A"') > 0
    assert [each for each in coded.check() if each.what == "query"] == []
    coded.history.undo()
    assert coded.queries.get("In A").expression == 'code Brokering and case "SIB A" or case "SIB B"'


def test_queries_follow_attributes_that_are_renamed(coded: Project) -> None:
    coded.attributes.add("case", "size", "number")
    coded.cases.set("SIB A", attributes={"size": "3"})
    coded.queries.save("Large", "attribute Size > 2")
    coded.attributes.set("case", "size", new_name="number of people")
    assert coded.queries.get("Large").expression == 'attribute "number of people" > 2'
    assert coded.codings.count(where="query Large") > 0


def test_a_query_on_one_name_of_two_attributes_finds_the_same_after_a_rename(coded: Project) -> None:
    coded.attributes.add("case", "size", "number")
    coded.attributes.add("source", "size", "number")
    coded.cases.set("SIB A", attributes={"size": "3"})
    coded.sources.set(coded.sources.list()[-1].name, attributes={"size": "4"})
    coded.queries.save("Large", "not attribute size > 2 and certainty firm")
    before = ids(coded, "query Large")
    coded.attributes.set("case", "size", new_name="people")
    assert coded.queries.get("Large").expression == (
        'not (attribute "people" > 2 or attribute "size" > 2) and certainty firm'
    )
    assert ids(coded, "query Large") == before
    coded.attributes.set("source", "size", new_name="people")
    assert ids(coded, "query Large") == before


def test_a_query_follows_the_attribute_whose_kind_fits_its_value(coded: Project) -> None:
    coded.attributes.add("case", "people", "text")
    coded.attributes.add("source", "people", "number")
    coded.cases.set("SIB A", attributes={"people": "many"})
    coded.queries.save("Many", "attribute people = many")
    before = ids(coded, "query Many")
    assert before
    coded.attributes.set("source", "people", kind="text")
    assert coded.queries.get("Many").expression == "attribute people = many"
    coded.attributes.set("source", "people", kind="number")
    coded.attributes.set("case", "people", new_name="folk")
    assert coded.queries.get("Many").expression == 'attribute "folk" = many'
    assert ids(coded, "query Many") == before
    coded.attributes.set("source", "people", new_name="persons")
    assert coded.queries.get("Many").expression == 'attribute "folk" = many'
