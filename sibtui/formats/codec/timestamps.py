"""Timestamps in the form in which they are stored: ISO 8601 in UTC with a Z, such as `2020-05-14T16:30:00Z`."""

from __future__ import annotations

import re
from datetime import UTC, datetime

_CANONICAL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?Z", re.ASCII)


def from_datetime(moment: datetime) -> str:
    """Return a datetime as a timestamp. A datetime without a time zone counts as UTC.

    Raises ValueError when the year in UTC is not from 1 to 9999.
    """
    try:
        utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError(f"{moment} is out of range") from error
    precision = "microseconds" if utc.microsecond % 1000 else "milliseconds" if utc.microsecond else "seconds"
    return utc.replace(tzinfo=None).isoformat(timespec=precision) + "Z"


def instant(text: str) -> str:
    """Return the timestamp, in the stored form, for a date and time in any form of ISO 8601.

    Raises ValueError for any other text.
    """
    moment = datetime.fromisoformat(text.strip())
    return text if _CANONICAL.fullmatch(text) else from_datetime(moment)


def instant_or_none(text: str | None) -> str | None:
    """Return a time from another program as a timestamp in the stored form; None if it is missing or not ISO 8601."""
    try:
        return instant(text) if text else None
    except ValueError:
        return None


def is_canonical(text: str) -> bool:
    """Return whether a text is a timestamp in exactly the form in which sibtui stores timestamps."""
    try:
        return from_datetime(datetime.fromisoformat(text)) == text
    except ValueError:
        return False
