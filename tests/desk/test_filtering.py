"""The line that narrows a list of quotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sibtui.desk.filtering import EXAMPLE, meant, read_filter, write_filter
from sibtui.errors import InputError
from sibtui.model.filters import CodingFilter
from sibtui.model.records import CERTAINTIES, KINDS, STANCES


def test_every_part_can_be_told_in_one_line():
    line = 'code:"Money/Paid in advance" case:A case:B source:a1 kind:interview coder:R1 counters tentative they said'
    assert read_filter(line) == CodingFilter(
        codes=("Money/Paid in advance",), cases=("A", "B"), sources=("a1",), kinds=("interview",), coders=("R1",),
        stance="counters", certainty="tentative", text="they said",
    )  # fmt: skip


def test_the_example_that_is_shown_can_be_read():
    assert read_filter(EXAMPLE).cases == ("SIB A",)


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("", CodingFilter()),
        ("unattributed", CodingFilter(unattributed=True)),
        ("no-subcodes", CodingFilter(subcodes=False)),
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
def test_a_line_is_read(line, wanted):
    assert read_filter(line) == wanted


@pytest.mark.parametrize("line", ["colour:red", "stance:x", "kind:", "certainty:so"])
def test_what_is_no_filter_is_told(line):
    with pytest.raises(InputError):
        read_filter(line)


def test_a_part_of_a_name_means_the_one_that_it_fits():
    found = meant(CodingFilter(cases=("b", "q"), sources=("A1",), coders=("R",)), cases=["SIB A", "SIB B"], sources=["a1", "a10"], coders=["R1", "R2"])  # fmt: skip
    assert found.cases == ("SIB B", "q")
    assert found.sources == ("A1",)
    assert found.coders == ("R",)


NAMES = st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1).map(lambda t: t + " x"), max_size=2).map(tuple)  # fmt: skip


@given(
    st.builds(
        CodingFilter,
        codes=NAMES,
        subcodes=st.booleans(),
        cases=st.lists(st.text('ab" ', min_size=1), max_size=2).map(tuple),
        sources=NAMES,
        kinds=st.lists(st.sampled_from(KINDS), max_size=2).map(tuple),
        coders=NAMES,
        stance=st.none() | st.sampled_from(STANCES),
        certainty=st.none() | st.sampled_from(CERTAINTIES),
        text=st.sampled_from(["", "word", "two words", 'a "quote"', "case:A", "counters", "a:b", '"', "  "]),
        unattributed=st.booleans(),
    )
)
def test_a_filter_that_is_written_is_read_back(wanted):
    assert read_filter(write_filter(wanted)) == wanted
