"""What every noun of a project shares: the store, the coder, the clock, and acts."""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from sibtui.model.names import resolve_name
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from sibtui.model.records import Code
    from sibtui.store.connection import OpenAct, Store


def now() -> str:
    """The time, as it is stored: ISO 8601, UTC, to the millisecond, so that what happens in one second has an order.

    Milliseconds are never zero: without a fraction, `…10Z` would sort behind `…10.250Z`.
    """
    moment = dt.datetime.now(dt.UTC)
    moment = moment.replace(tzinfo=None, microsecond=max(moment.microsecond, 1000))
    return moment.isoformat(timespec="milliseconds") + "Z"


def default_coder() -> str:
    """`SIBTUI_CODER`, else the login name, else "coder"."""
    told = os.environ.get("SIBTUI_CODER", "").strip()
    if told:
        return told
    import getpass  # noqa: PLC0415 - a matrix is shown without it

    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no login name in a bare container
        return "coder"


class Session:
    """An open study and who works on it."""

    def __init__(self, store: Store, coder: str | None, clock: Callable[[], str]) -> None:
        self.store = store
        self.now = clock
        self._coder = coder

    @property
    def coder(self) -> str:
        if self._coder is None:
            self._coder = default_coder()
        return self._coder

    def act(self, verb: str, summary: str) -> AbstractContextManager[OpenAct]:
        return self.store.act(verb, summary, coder=self.coder, at=self.now())

    def case_id(self, label: str) -> int:
        ids = case_rows.case_ids(self.store)
        return ids[resolve_name("case", label, ids)]

    def source_id(self, name: str) -> int:
        ids = source_rows.source_ids(self.store)
        return ids[resolve_name("source", name, ids)]

    def code(self, path: str) -> Code:
        """The code that is named by its path or by a part of it that fits no other."""
        from sibtui.model.codebook import resolve  # noqa: PLC0415 - keeps the start short

        codes = {code.path: code for code in code_rows.codes(self.store)}
        return codes[resolve(path, list(codes))]

    def paths(self) -> dict[int, str]:
        """Code id → path, in the order of the codebook."""
        return {code.id: code.path for code in code_rows.codes(self.store)}


class Noun:
    """The base of `project.sources`, `project.codes` …"""

    def __init__(self, session: Session) -> None:
        self._session = session

    @property
    def _store(self) -> Store:
        return self._session.store
