"""Attribute values of new sources: no value refuses a source, and no order of sources changes the study."""

from __future__ import annotations

from typing import Any

import pytest

from sibtui import Project, SourceDraft
from sibtui.errors import ConflictError
from sibtui.model.matrix_definition import MatrixDefinition, RowDefinition
from tests.growth import LINEAR, growth


def draft(name: str, **attributes: Any) -> SourceDraft:
    return SourceDraft(name, f"Text of {name}.", attributes=attributes, sha256=name)


NUMBER, TEXT, CODE = draft("a", born=1969), draft("b", born="17/09/1984"), draft("c", born="007")


def stored(project: Project) -> Any:
    kinds = {attribute.name: attribute.kind for attribute in project.attributes.list("source")}
    return kinds, {source.name: dict(source.attributes) for source in project.sources.list()}


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize("order", [(NUMBER, TEXT, CODE), (CODE, TEXT, NUMBER), (TEXT, CODE, NUMBER)])
def test_any_order_in_one_import_or_several_gives_the_same_study(empty: Project, order: Any, together: bool) -> None:
    for drafts in [order] if together else [[each] for each in order]:
        assert {added.outcome for added in empty.sources.add(drafts)} == {"added"}
    assert stored(empty) == (
        {"born": "text"},
        {"a": {"born": "1969"}, "b": {"born": "17/09/1984"}, "c": {"born": "007"}},
    )


@pytest.mark.parametrize("order", [(NUMBER, TEXT, CODE), (TEXT, NUMBER, CODE), (TEXT, CODE, NUMBER)])
def test_an_attribute_with_mixed_values_is_reported_once_in_the_preview_and_the_import(
    empty: Project, order: Any
) -> None:
    foreseen = [str(mixed) for added in empty.sources.foresee(order) for mixed in added.mixed]
    earlier = "" if order[0] is NUMBER else ", and an earlier source has it"
    assert foreseen == [f"the attribute “born” is text: “17/09/1984” is not a number{earlier}"]
    assert [str(mixed) for added in empty.sources.add(order) for mixed in added.mixed] == foreseen


@pytest.mark.parametrize("kind", ["text", "date"])
def test_a_kind_that_a_saved_query_needs_is_not_changed(empty: Project, kind: Any) -> None:
    empty.attributes.add("source", "born", "number")
    empty.queries.save("Old", "attribute Born < 1950")
    empty.queries.save("Old and odd", "query Old and stance counters")
    empty.queries.save("Same in every kind", "attribute born = 1950")
    rows = (RowDefinition("Old", query="Old"), RowDefinition("Odd", query="Old and odd"))
    empty.matrices.define(MatrixDefinition("t", "", rows))
    with pytest.raises(ConflictError) as error:
        empty.attributes.set("source", "born", kind=kind)
    assert str(error.value) == (
        "The attribute “born” must stay a number: the query “Old” compares it as a number, for the rows “Old” of t and “Odd” of t."
        if kind == "text"
        else "The attribute “born” must stay a number: the queries “Old” and “Same in every kind” compare it as a number,"
        " for the rows “Old” of t and “Odd” of t."
    )
    assert empty.attributes.get("source", "born").kind == "number"


def test_the_kind_of_an_attribute_changes_if_its_queries_work_with_both_kinds(empty: Project) -> None:
    empty.attributes.add("source", "born", "number")
    empty.attributes.add("source", "asked", "yes/no")
    empty.queries.save("Same", "attribute born = 1950 and not attribute asked = yes")
    assert empty.attributes.set("source", "born", kind="text").kind == "text"
    assert empty.attributes.set("source", "asked", kind="text").kind == "text"
    assert empty.attributes.set("source", "born", kind="number").kind == "number"


def test_a_source_with_a_value_that_a_saved_query_cannot_compare_is_refused(empty: Project) -> None:
    empty.sources.add([NUMBER, draft("y", asked="yes")])
    empty.queries.save("Old", "attribute born < 1950")
    empty.queries.save("Asked", "attribute asked = true")
    coming = [
        draft("b", left=1, Born="unknown"),
        CODE,
        draft("d", left="yes", asked="perhaps"),
        draft("e", left="yes"),
    ]
    foreseen = empty.sources.foresee(coming)
    assert [added.outcome for added in foreseen] == ["refused", "added", "refused", "added"]
    assert [added.why for added in foreseen if added.why] == [
        "Attribute “Born”: “unknown” is not a number; the query “Old” compares it as a number.",
        "Attribute “asked”: “perhaps” is neither yes nor no; the query “Asked” compares it as yes or no.",
    ]
    done = empty.sources.add(coming)
    assert [(added.outcome, added.why, added.hint, added.mixed) for added in done] == [
        (added.outcome, added.why, added.hint, added.mixed) for added in foreseen
    ]
    assert stored(empty)[0] == {"born": "number", "asked": "yes/no", "left": "yes/no"}
    empty.queries.remove("Old")
    assert [added.outcome for added in empty.sources.add(coming)] == ["added", "same", "refused", "same"]
    assert stored(empty)[0]["born"] == "text"


def test_undo_restores_the_kind_of_an_attribute_and_its_values(empty: Project) -> None:
    empty.sources.add(NUMBER)
    empty.sources.add(TEXT)
    assert stored(empty)[0] == {"born": "text"}
    empty.history.undo()
    assert stored(empty) == ({"born": "number"}, {"a": {"born": "1969"}})


def test_a_refused_source_leaves_no_attribute_and_changes_none(empty: Project) -> None:
    refused = draft("b", born="unknown", left=1, **{" ": 2})
    outcomes = [added.outcome for added in empty.sources.add([NUMBER, refused, draft("d", left="yes", born=3)])]
    assert outcomes == ["added", "refused", "added"]
    assert stored(empty) == (
        {"born": "number", "left": "yes/no"},
        {"a": {"born": "1969"}, "d": {"born": "3", "left": "yes"}},
    )


@pytest.mark.slow
def test_the_time_of_an_import_is_proportional_to_its_attributes_and_rows(tmp_path) -> None:
    def add(rows: int, attributes: int) -> None:
        path = tmp_path / "s.sibtui"
        path.unlink(missing_ok=True)
        drafts = (draft(str(row), **{f"q{at}": row * at % 97 for at in range(attributes)}) for row in range(rows))
        with Project.create(path) as project:
            project.sources.add(drafts)

    assert growth(lambda attributes: add(5, attributes), 250) < LINEAR
    assert growth(lambda rows: add(rows, 2), 25_000) < LINEAR
