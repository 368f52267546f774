"""The language of queries: what parses, and the character that an error names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import InputError, QueryError
from sibtui.model.query.parser import DEEPEST, parse
from sibtui.model.query.tokens import tokens
from sibtui.model.query.tree import (
    COMPARATORS,
    AttributeTerm,
    Conjunction,
    Disjunction,
    Negation,
    Query,
    Related,
    Relation,
    Term,
)

A, B, C = (Term("code", name) for name in "ABC")


def without_places(query: Any) -> Any:
    """Return a tree in which every part is at character 1."""
    match query:
        case Term():
            return replace(query, at=1)
        case AttributeTerm():
            return replace(query, at=1, value_at=1)
        case Negation():
            return Negation(without_places(query.operand))
        case Related():
            right = None if query.right is None else without_places(query.right)
            relation = replace(query.relation, at=1)
            return replace(query, left=without_places(query.left), relation=relation, right=right)
        case _:
            return type(query)(tuple(map(without_places, query.operands)))


def tree(text: str) -> Query:
    parsed: Query = without_places(parse(text))
    return parsed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("code A", A),
        ("CODE A", A),
        ('code "Rate card"', Term("code", "Rate card")),
        ("code 'Rate card'", Term("code", "Rate card")),
        ("code “Rate card”", Term("code", "Rate card")),
        ("code „Rate card“", Term("code", "Rate card")),
        ('code "a ""b"""', Term("code", 'a "b"')),
        ("code O'Brien/Wider-system", Term("code", "O'Brien/Wider-system")),
        ('code "not"', Term("code", "not")),
        ('exactly "X"', Term("exactly", "X")),
        ("kind Interview", Term("kind", "interview")),
        ('stance "counters"', Term("stance", "counters")),
        ("certainty tentative", Term("certainty", "tentative")),
        ("round 2", Term("round", "2")),
        ("waiting", Term("waiting")),
        ("judged", Term("judged")),
        ("FOR Paper", Term("for paper")),
        ("how Search", Term("how", "search")),
        ("query 'My query'", Term("query", "My query")),
        ("set 'My set'", Term("set", "My set")),
        ('text "rate card" and memo x', Conjunction((Term("text", "rate card"), Term("memo", "x")))),
        *((f"attribute Stage {sign} 3", AttributeTerm("Stage", sign, "3")) for sign in COMPARATORS),
        ('attribute"Stage of"="Early"', AttributeTerm("Stage of", "=", "Early")),
        ("code A and code B or code C", Disjunction((Conjunction((A, B)), C))),
        ("code A and (code B or code C)", Conjunction((A, Disjunction((B, C))))),
        ("not code A and code B", Conjunction((Negation(A), B))),
        ("not (code A and code B)", Negation(Conjunction((A, B)))),
        ("not not code A", Negation(Negation(A))),
        ("((code A))", A),
    ],
)
def test_terms_and_logic(text: str, expected: Query) -> None:
    assert tree(text) == expected


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("overlapping code B", Relation("overlapping")),
        ("inside code B", Relation("inside")),
        ("containing code B", Relation("containing")),
        ("same place as code B", Relation("same place")),
        *((f"in the same {unit} as code B", Relation("within", unit)) for unit in ("sentence", "paragraph", "section", "source")),
        ("within 200 characters of code B", Relation("within", "character", 200)),
        ("within 1 character of code B", Relation("within", "character", 1)),
        ("within 3 sentences of code B", Relation("within", "sentence", 3)),
        ("within 1 paragraph of code B", Relation("within", "paragraph", 1)),
        ("followed by code B within 200 characters", Relation("followed by", "character", 200)),
        ("followed by (code B) within 2 paragraphs", Relation("followed by", "paragraph", 2)),
    ],
)  # fmt: skip
def test_relations_with_and_without_not(text: str, relation: Relation) -> None:
    assert tree(f"code A {text}") == Related(A, relation, B)
    assert tree(f"code A not {text}") == Related(A, relation, B, negated=True)
    assert tree(f"not code A {text} and code C") == Conjunction((Negation(Related(A, relation, B)), C))


def test_alone_has_no_right_side() -> None:
    alone = Related(A, Relation("alone"), None)
    assert tree("code A alone or code B") == Disjunction((alone, B))
    assert tree("code A not alone") == replace(alone, negated=True)


TERMS = (
    "“not”, “(”, “code”, “exactly”, “case”, “source”, “set”, “kind”, “coder”, “round”, “stance”, “certainty”, “text”, “memo”, "
    "“how”, “query”, “waiting”, “judged”, “for” or “attribute”"
)
RELATIONS = "“overlapping”, “inside”, “containing”, “same”, “in”, “within”, “followed”"


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("", 1, f"the query ends; expected {TERMS}."),
        ("  ", 3, f"the query ends; expected {TERMS}."),
        ("code", 5, "the query ends; expected the name of a code."),
        ("case and", 6, "expected the name of a case, but found “and”."),
        ('code " "', 6, "expected the name of a code between the quotation marks."),
        ('code "Rate', 6, "the quotation mark is not closed."),
        ("code A or", 10, f"the query ends; expected {TERMS}."),
        ("code A ! code B", 8, "“!” has no meaning here."),
        ("code Rate card", 11, f"expected “not”, {RELATIONS}, “alone”, “and” or “or”, but found “card”. A name with spaces needs quotation marks."),
        ('code "Rate card" overlaping code B', 18, f"expected “not”, {RELATIONS}, “alone”, “and” or “or”, but found “overlaping”. Did you mean “overlapping”?"),
        ("code A not", 11, f"the query ends; expected {RELATIONS} or “alone”."),
        ("code A not and code B", 12, f"expected {RELATIONS} or “alone”, but found “and”."),
        ("(code A", 8, f"the query ends; expected “not”, {RELATIONS}, “alone”, “and”, “or” or “)”."),
        ("code A)", 7, f"expected “not”, {RELATIONS}, “alone”, “and” or “or”, but found “)”."),
        ("code A alone alone", 14, "expected “and” or “or”, but found “alone”."),
        ("code A overlapping not code B", 20, f"expected {TERMS.removeprefix('“not”, ')}, but found “not”."),
        ("code A same as code B", 13, "expected “place”, but found “as”."),
        ("code A same place code B", 19, "expected “as”, but found “code”."),
        ("code A in same source as code B", 11, "expected “the”, but found “same”."),
        ("code A in the source as code B", 15, "expected “same”, but found “source”."),
        ("code A in the same page as code B", 20, "expected “sentence”, “paragraph”, “section” or “source”, but found “page”."),
        ("code A in the same source code B", 27, "expected “as”, but found “code”."),
        ("code A within characters of code B", 15, "expected a number, but found “characters”."),
        ("code A within 3 of code B", 17, "expected “characters”, “character”, “sentences”, “sentence”, “paragraphs” or “paragraph”, but found “of”."),
        ("code A within 3 sentences code B", 27, "expected “of”, but found “code”."),
        ("code A followed code B", 17, "expected “by”, but found “code”."),
        ("code A followed by code B", 26, "the query ends; expected “within”."),
        ("kind intervew", 6, "expected “interview”, “document”, “report” or “other”, but found “intervew”. Did you mean “interview”?"),
        ("how serch", 5, "expected “reading”, “search”, “speaker” or “heading”, but found “serch”. Did you mean “search”?"),
        ("for papers", 5, "expected “paper”, but found “papers”. Did you mean “paper”?"),
        ("stance", 7, "the query ends; expected “supports” or “counters”."),
        ("certainty 'sure'", 11, "expected “firm” or “tentative”, but found “sure”."),
        ("round first", 7, "a round is a whole number, 1 or more, not “first”."),
        ("round 0", 7, "a round is a whole number, 1 or more, not “0”."),
        ("round ²", 7, "a round is a whole number, 1 or more, not “²”."),
        ("round 99999999999999", 7, "a round is a whole number, 1 or more, not “99999999999999”."),
        ("attribute Stage", 16, "the query ends; expected “=”, “!=”, “<”, “<=”, “>” or “>=”."),
        ("attribute Stage =", 18, "the query ends; expected a value."),
        ("attribute = 3", 11, "expected the name of an attribute, but found “=”."),
    ],
)  # fmt: skip
def test_an_error_names_the_character_and_what_can_be_there(text: str, position: int, reason: str) -> None:
    with pytest.raises(QueryError) as error:
        parse(text)
    assert (error.value.position, error.value.reason) == (position, reason)
    assert str(error.value) == f"Character {position} of the query: {reason}"
    assert isinstance(error.value, InputError)


def test_an_error_lists_the_words_that_can_follow() -> None:
    with pytest.raises(QueryError) as error:
        parse("code A in the same")
    assert error.value.expected == ("sentence", "paragraph", "section", "source")


@pytest.mark.parametrize("part", ["(", "not "])
def test_deep_nesting_is_refused(part: str) -> None:
    closing = ")" if part == "(" else ""
    assert parse(f"{part * DEEPEST}code A{closing * DEEPEST}")
    with pytest.raises(QueryError, match="more than 100 brackets and nots"):
        parse(f"{part * 5000}code A")
    assert parse(" or ".join([f"({part}code A{closing})"] * 500))


def test_places_are_those_of_the_text() -> None:
    text = '  code "A b" followed by ( attribute S >= 3 ) within 2 sentences'
    parsed: Any = parse(text)
    for part, start in ((parsed.left, '"A b"'), (parsed.relation, "followed"), (parsed.right, "S >=")):
        assert text[part.at - 1 :].startswith(start)
    assert text[parsed.right.value_at - 1] == "3"


names = st.text(alphabet="ab \"'“”(=not", min_size=1, max_size=6).filter(str.strip)
units = st.sampled_from(("sentence", "paragraph"))
relations = st.one_of(
    st.sampled_from([Relation("overlapping"), Relation("inside"), Relation("containing"), Relation("same place")]),
    st.builds(lambda unit: Relation("within", unit), st.sampled_from(("sentence", "paragraph", "section", "source"))),
    st.builds(Relation, st.sampled_from(("within", "followed by")), units, st.integers(1, 300)),
)  # fmt: skip
terms = st.one_of(
    st.builds(Term, st.sampled_from(("code", "exactly", "case", "source", "coder", "text", "memo")), names),
    st.sampled_from([Term("waiting"), Term("judged"), Term("for paper"), Term("how", "search"), Term("kind", "report"), Term("stance", "counters"), Term("round", "2")]),
    st.builds(AttributeTerm, names, st.sampled_from(COMPARATORS), names),
)  # fmt: skip


def deeper(inner: st.SearchStrategy[Query]) -> st.SearchStrategy[Query]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(Related, inner, relations, inner, st.booleans()),
        st.builds(lambda left, negated: Related(left, Relation("alone"), None, negated), inner, st.booleans()),
        st.builds(Negation, inner), st.builds(Conjunction, several), st.builds(Disjunction, several),
    )  # fmt: skip


def quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def written(query: Query) -> str:
    """Return a query as text, with brackets around every part."""
    match query:
        case Term():
            return f"{query.word} {quoted(query.value)}" if query.value else query.word
        case AttributeTerm():
            return f"attribute {quoted(query.name)} {query.comparator} {quoted(query.value)}"
        case Negation():
            return f"not ({written(query.operand)})"
        case Related():
            return f"({written(query.left)}) {'not ' * query.negated}{_written_relation(query)}"
        case _:
            word = " and " if isinstance(query, Conjunction) else " or "
            return word.join(f"({written(each)})" for each in query.operands)


def _written_relation(query: Related) -> str:
    relation = query.relation
    if query.right is None:
        return "alone"
    right = f"({written(query.right)})"
    distance = f"within {relation.distance} {relation.unit}s"
    if relation.word == "followed by":
        return f"followed by {right} {distance}"
    if relation.word == "within":
        return f"{distance} of {right}" if relation.distance else f"in the same {relation.unit} as {right}"
    return f"{'same place as' if relation.word == 'same place' else relation.word} {right}"


queries: st.SearchStrategy[Query] = st.recursive(terms, deeper, max_leaves=6)


@given(queries)
@example(Disjunction((Conjunction((A, B)), C)))
@example(Related(Disjunction((A, B)), Relation("followed by", "sentence", 2), Negation(C), negated=True))
def test_a_written_query_parses_to_its_tree(query: Query) -> None:
    assert tree(written(query)) == query


@given(st.text(alphabet="code A()and or\"'=<!not within 3 sentences", max_size=40))
def test_every_text_parses_or_has_an_error_inside_it(text: str) -> None:
    try:
        parse(text)
    except QueryError as error:
        assert 1 <= error.position <= len(text) + 1  # noqa: PT017 - the error is one of two results


@given(st.text(alphabet="ab \n()=<>\"“”'", max_size=30).filter(lambda text: "!" not in text))
def test_tokens_and_spaces_are_the_whole_text(text: str) -> None:
    try:
        found = list(tokens(text))
    except QueryError:
        return
    at = 0
    for token in found:
        assert not text[at : token.at - 1].strip()
        at = token.end
    assert at == len(text)
