"""The places of an import: the same answers from packed places, for sources in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from sibtui.project.importing import seen_places
from sibtui.project.importing.seen_places import SeenPlaces

if TYPE_CHECKING:
    from sibtui.project.importing.seen_places import CodingPlace, RowFields

largest = (1 << 28) - 1
ids = st.sampled_from([1, 2, 3, 1 << 40])
offsets = st.sampled_from([0, 1, 2, largest])
places = st.tuples(ids, ids, ids, offsets, offsets, st.sampled_from([1, 2]))
kinds = st.tuples(st.sampled_from(["supports", "counters"]), st.just("firm"), st.just(""), st.just((1,)))
changes = st.lists(st.tuples(places, st.lists(kinds, max_size=2).map(tuple)), max_size=30)


@given(changes=changes)
def test_packed_places_keep_their_fields(changes: list[tuple[CodingPlace, tuple[RowFields, ...]]]) -> None:
    seen, expected = SeenPlaces(), dict[object, object]()
    with patch.object(seen_places, "_OPEN", 1), patch.object(seen_places, "_RETURNS", 2):
        for place, fields in changes:
            assert seen.at(place) == expected.get(place, ())
            seen.set(place, fields)
            expected[place] = fields
        assert all(seen.at(place) == expected[place] for place, _ in changes)


def test_a_source_that_returns_again_and_again_is_not_packed_again() -> None:
    seen = SeenPlaces()
    with (
        patch.object(seen_places, "_OPEN", 1),
        patch.object(seen_places, "_packed", wraps=seen_places._packed) as packed,
    ):
        for turn in range(50):
            for source in (1, 2, 3):
                seen.set((source, 1, 1, turn, turn + 1, 1), ())
    assert packed.call_count <= 3 * (seen_places._RETURNS + 1)
