"""The references of cases to selections are the same as in a dict, also for GUIDs whose bytes occur across two references."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.formats.refi import cases_of_selections
from sibtui.formats.refi.cases_of_selections import CasesOfSelections

NULL = str(UUID(int=0))
guids = st.one_of(
    st.sampled_from([NULL, str(UUID(int=1)), str(UUID(int=1 << 32)), str(UUID(int=1 << 120)), "", "no GUID", "x" * 36]),
    st.uuids().map(str),
)


@pytest.fixture(params=[1, 4096], ids=["one group", "many groups"])
def groups(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cases_of_selections, "_GROUPS", request.param)


@pytest.mark.usefixtures("groups")
@given(st.lists(st.tuples(guids, st.integers(0, 3) | st.just(70_000)), max_size=20), guids)
@example([(NULL, 0), (NULL, 1), (NULL, 0)], NULL)  # all bytes are zero, so rows are found across two rows
@example([(str(UUID(int=1 << 120)), 0), (str(UUID(int=1)), 1)], str(UUID(int=1 << 32)))
@example([("no GUID", 2), ("no GUID", 2), ("no GUID", 0)], NULL.upper())
def test_the_cases_of_a_selection_are_those_added_for_it_in_their_order(
    added: list[tuple[str, int]], absent: str
) -> None:
    expected: dict[str, list[int]] = {absent: []}
    found = CasesOfSelections()
    for guid, number in added:
        numbers = expected.setdefault(guid, [])
        if number not in numbers:
            numbers.append(number)
        found.add(guid, number)
    assert {guid: list(found.of(guid)) for guid in expected} == expected
