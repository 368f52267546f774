from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.formats.codec.timestamps import from_datetime, instant, instant_or_none, is_canonical


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2020-05-14T16:30:00Z", "2020-05-14T16:30:00Z"),
        ("2020-05-14T16:30:00.100000Z", "2020-05-14T16:30:00.100000Z"),
        ("2020-05-14T17:30:00+01:00", "2020-05-14T16:30:00Z"),
        ("2020-05-14 16:30", "2020-05-14T16:30:00Z"),
        (" 2020-05-14 ", "2020-05-14T00:00:00Z"),
        ("2020-05-14T16:30:00.25", "2020-05-14T16:30:00.250Z"),
    ],
)
def test_timestamp_is_in_utc(text, moment):
    assert instant(text) == moment


@pytest.mark.parametrize(
    "text", ["", "soon", "2020-13-01", "2020-02-30T00:00:00Z", "9999-12-31T23:59:59-01:00", "16:30"]
)
def test_text_that_is_not_a_timestamp_is_refused(text):
    with pytest.raises(ValueError, match=r"."):
        instant(text)


# whole seconds, milliseconds and microseconds, and their neighbours
MOMENTS = st.builds(
    lambda moment, microsecond: moment.replace(microsecond=microsecond),
    st.datetimes(timezones=st.just(UTC)),
    st.sampled_from([0, 1, 250, 999, 1000, 1001, 100_000, 250_000, 999_000, 999_999]),
)


@given(MOMENTS)
@example(datetime(1, 1, 1, tzinfo=UTC))
@example(datetime(9999, 12, 31, 23, 59, 59, 999_999, UTC))
def test_any_timestamp_is_read_back(moment):
    text = from_datetime(moment)
    assert is_canonical(text)
    assert datetime.fromisoformat(instant(text)) == moment


@pytest.mark.parametrize("text", ["2020-05-14", "2020-05-14T16:30:00.100000Z", "2020-05-14T16:30:00+00:00", "x"])
def test_other_forms_of_a_timestamp_are_not_canonical(text):
    assert not is_canonical(text)


def test_a_missing_or_unreadable_time_gives_none():
    assert [instant_or_none(text) for text in (None, "", "yesterday")] == [None, None, None]
    assert instant_or_none("2020-05-14T17:30:00+01:00") == "2020-05-14T16:30:00Z"
