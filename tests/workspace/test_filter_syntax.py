"""The filter line of the quotes."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.model.filters import CodingFilter
from sibtui.model.records import CERTAINTIES, KINDS, STANCES
from sibtui.workspace.filter_syntax import EXAMPLE, read_filter, resolve_names, write_filter


def test_a_filter_line_can_contain_every_kind_of_part():
    line = 'code:"Money/Paid in advance" case:A case:B source:a1 kind:interview coder:R1 speaker:"Ann L" counters tentative they said'
    assert read_filter(line) == CodingFilter(
        codes=("Money/Paid in advance",), cases=("A", "B"), sources=("a1",), kinds=("interview",), coders=("R1",), speakers=("Ann L",),
        stance="counters", certainty="tentative", text="they said",
    )  # fmt: skip


def test_the_example_is_a_valid_filter():
    assert read_filter(EXAMPLE).cases == ("SIB A",)


@pytest.mark.parametrize(
    ("line", "criteria"),
    [
        ("", CodingFilter()),
        ("unattributed", CodingFilter(unattributed=True)),
        ("for-paper how:search", CodingFilter(for_paper=True, how=("search",))),
        ("no-subcodes", CodingFilter(subcodes=False)),
        ('set:pilot set: "first visits"', CodingFilter(sets=("pilot", "first visits"))),
        ("attribute:mode=online", CodingFilter(attributes={"mode": "online"})),
        (
            'attribute: "Stage of development" = "Early on" x',
            CodingFilter(attributes={"Stage of development": "Early on"}, text="x"),
        ),
        ('attribute:"a=b"="c=""d"""', CodingFilter(attributes={"a=b": 'c="d"'})),
        ("Attribute:a=1 attribute:b=2", CodingFilter(attributes={"a": "1", "b": "2"})),
        ('"counters"', CodingFilter(text="counters")),
        ('"case:A"', CodingFilter(text="case:A")),
        ("case: A code:  Trust", CodingFilter(cases=("A",), codes=("Trust",))),
        ("Prompt: and", CodingFilter(text="Prompt: and")),
        ("stance:c", CodingFilter(stance="counters")),
        ("CASE:A Counters", CodingFilter(cases=("A",), stance="counters")),
        ('say "no way"', CodingFilter(text="say no way")),
        ('unclosed "word', CodingFilter(text='unclosed "word')),
    ],
)
def test_a_filter_line_is_parsed_to_its_filter(line, criteria):
    assert read_filter(line) == criteria


@pytest.mark.parametrize(
    "line",
    [
        "colour:red",
        "stance:x",
        "kind:",
        "certainty:so",
        "attribute:mode",
        "attribute:",
        "attribute:=x",
        "attribute:a=",
        "set:",
    ],
)
def test_an_invalid_part_is_refused(line):
    with pytest.raises(InputError):
        read_filter(line)


def test_a_partial_name_is_completed_when_it_matches_one_name():
    found = resolve_names(CodingFilter(cases=("b", "q"), sources=("A1",), coders=("R",)), cases=["SIB A", "SIB B"], sources=["a1", "a10"], coders=["R1", "R2"])  # fmt: skip
    assert found.cases == ("SIB B", "q")
    assert found.sources == ("A1",)
    assert found.coders == ("R",)


# what a line of filters gives a meaning to: quotation marks, colons, blanks, and its own words
NAME = st.text('ab:=" ', min_size=1, max_size=5) | st.sampled_from(
    ["counters", "case:A", '"', '""', "é日", "no-subcodes"]
)
NAMES = st.lists(NAME, max_size=2).map(tuple)


@given(
    st.builds(
        CodingFilter,
        codes=NAMES,
        subcodes=st.booleans(),
        cases=NAMES,
        sources=NAMES,
        sets=NAMES,
        attributes=st.dictionaries(NAME, NAME, max_size=2),
        kinds=st.lists(st.sampled_from(KINDS), max_size=2).map(tuple),
        coders=NAMES,
        stance=st.none() | st.sampled_from(STANCES),
        certainty=st.none() | st.sampled_from(CERTAINTIES),
        text=st.sampled_from(["", "word", "two words", 'a "quote"', "case:A", "counters", "a:b", '"', "  "]),
        unattributed=st.booleans(),
    )
)
@example(CodingFilter())
@example(CodingFilter(codes=('"',)))
@example(CodingFilter(cases=("a ", " a", " ")))
@example(CodingFilter(coders=("case:A",), text="case:A"))
@example(CodingFilter(attributes={"a=b": "=", "x y": " "}))
@example(CodingFilter(attributes={'a"': ":", ':"b': '"'}))
@example(CodingFilter(sources=("counters",), text="counters", stance="counters"))
def test_reading_a_written_filter_gives_the_same_filter(criteria):
    assert read_filter(write_filter(criteria)) == criteria
