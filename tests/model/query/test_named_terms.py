"""The names in a query, and the same query with other names."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from sibtui.errors import QueryError
from sibtui.model.query.named_terms import named_terms, with_names
from sibtui.model.query.parser import parse
from sibtui.model.query.tree import Query, Related, Relation, Term

from .test_parser import queries, without_places, written


def test_names_are_listed_from_left_to_right_with_their_marks() -> None:
    text = "not code 'A b' alone or (case C inside source d) and waiting and attribute e = f"
    found = named_terms(text)
    assert [(each.word, each.name, text[each.start : each.end]) for each in found] == [
        ("code", "A b", "'A b'"), ("case", "C", "C"), ("source", "d", "d"), ("attribute", "e", "e"),
    ]  # fmt: skip


def test_names_are_replaced_in_place() -> None:
    text = "code A overlapping  code 'A' or case A"
    first, second, _ = named_terms(text)
    assert with_names(text, {first.start: ['x "y"'], second.start: ["z"]}) == (
        'code "x ""y""" overlapping  code "z" or case A'
    )
    assert with_names(text, {}) == text


def test_an_attribute_can_get_several_names() -> None:
    text = "not  attribute 'size' >= \"2 or 3\" overlapping (code A)"
    (size, _) = named_terms(text)
    replaced = with_names(text, {size.start: ["people", "pages"]})
    assert replaced == 'not  (attribute "people" >= "2 or 3" or attribute "pages" >= "2 or 3") overlapping (code A)'
    parse(replaced)


def test_a_query_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(QueryError):
        named_terms("code")


@given(queries)
@example(Related(Term("code", "A"), Relation("alone"), None))
def test_replacing_each_name_by_itself_changes_nothing_but_marks(query: Query) -> None:
    text = written(query)
    same = with_names(text, {term.start: [term.name] for term in named_terms(text)})
    assert without_places(parse(same)) == query
