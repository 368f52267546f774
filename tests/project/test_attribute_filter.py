"""Filters of codings by the attributes of their cases and sources."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError, NotFoundError
from sibtui.model.filters import CodingFilter

if TYPE_CHECKING:
    from sibtui.project import Project

STAGE = "Stage of development"


def test_an_attribute_chooses_the_codings_of_its_cases_or_sources(sample: Project) -> None:
    by_query = [coding.id for coding in sample.codings.list(where=f'attribute "{STAGE}" = "Over half-way through"')]
    assert by_query
    assert [
        coding.id for coding in sample.codings.list(attribute={"STAGE of development": "over half-way through"})
    ] == by_query
    both = sample.codings.list(attribute={STAGE: "Over half-way through", "people": "2"}, where="stance counters")
    query = f'stance counters and attribute "{STAGE}" = "Over half-way through" and attribute people = 2'
    assert [coding.id for coding in both] == [coding.id for coding in sample.codings.list(where=query)]


def test_an_unknown_attribute_or_a_value_of_another_kind_is_refused(sample: Project) -> None:
    with pytest.raises(NotFoundError, match="No attribute is named “Nowhere”"):
        list(sample.codings.list(attribute={"Nowhere": "x"}))
    with pytest.raises(InputError, match=r"^people: “two” is not a number\.$"):
        list(sample.codings.list(attribute={"people": "two"}))


def test_the_lines_under_a_report_name_the_attributes() -> None:
    lines = list(CodingFilter(attributes={"Stage": "early", "people": "2"}).sentences())
    assert lines == ["Attribute: Stage = early and people = 2 only."]
