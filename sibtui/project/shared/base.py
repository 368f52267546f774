"""The base class of `project.sources`, `project.codes` and so on, and the session that all of them need.

The session has the open study, the current coder and the clock.
"""

from __future__ import annotations

import datetime as dt
import os
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.folding import identical
from sibtui.model.names import resolve_name
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import rounds as round_rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from sibtui.model.records import Code, Coding
    from sibtui.store.connection import OpenAct, Store
    from sibtui.store.rounds import BlindRound


def now() -> str:
    """Return the current time in ISO 8601, in UTC, with milliseconds, such as `2026-11-28T16:30:10.250Z`.

    The milliseconds are never zero. An import would shorten `…10.000Z` to `…10Z`, which is sorted after `…10.250Z`.
    """
    return _stored(dt.datetime.now(dt.UTC))


def a_millisecond_after(time: str) -> str:
    """Return a stored time plus one millisecond.

    If its milliseconds would then be zero, add one more (see `now`).

    >>> a_millisecond_after("2026-11-28T16:30:00.999Z")
    '2026-11-28T16:30:01.001Z'
    """
    return _stored(dt.datetime.fromisoformat(time) + dt.timedelta(milliseconds=1))


def _stored(moment: dt.datetime) -> str:
    return (
        moment.replace(tzinfo=None, microsecond=max(moment.microsecond, 1000)).isoformat(timespec="milliseconds") + "Z"
    )


def default_coder() -> str:
    """Return the name in the environment variable `SIBTUI_CODER`, or else the user's login name, or else "coder"."""
    named = os.environ.get("SIBTUI_CODER", "").strip()
    return named or _login_name() or "coder"  # a bare container has no login name


def _login_name() -> str:
    """Return the user's login name, by the same rules as `getpass.getuser`; empty if there is none.

    `getpass` is not used, because importing it takes longer than opening a study.
    """
    for variable in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if name := os.environ.get(variable):
            return name
    try:
        import pwd

        return pwd.getpwuid(os.getuid()).pw_name
    except (ImportError, OSError, KeyError):
        return ""


class Session:
    """An open study, the coder who works on it, and the clock.

    Each change of the study gets a later time than the changes before it, even within one millisecond, or after the
    clock was set back. Times must be in order because they are compared: for example, a code can require that all
    sources read before a certain time are read again.
    """

    def __init__(self, store: Store, coder: str | None, clock: Callable[[], str]) -> None:
        self.store = store
        self.key_file: Path | None = None
        """The key file of pseudonyms that `pseudonyms.use_key` set, for all parts of the program that read the key."""
        self._clock = clock
        self._coder = coder
        self._last = ""

    @property
    def coder(self) -> str:
        if self._coder is None:
            self._coder = default_coder()
        return self._coder

    def set_coder(self, name: str, known: Iterable[str]) -> str:
        """Set the name of the current coder, and return the name.

        If `known` has the name in another spelling, this spelling is used. Raises InputError for an empty name.
        """
        name = " ".join(name.split())
        if not name:
            raise InputError("A coder needs a name.")
        self._coder = identical(name, known) or name
        return self._coder

    @property
    def blind(self) -> BlindRound | None:
        """The open blind round of the current coder, or None."""
        return round_rows.open_blind(self.store, self.coder)

    def hides(self, coding: Coding) -> bool:
        """Return whether the open blind round of the current coder hides a coding."""
        blind = self.blind
        return blind is not None and (coding.coder, coding.round) != (self.coder, blind.number)

    def refuse_in_blind_round(self, what: str) -> None:
        """Raise InputError in a blind round. `what` names the report or action that needs the hidden codings."""
        if self.blind is not None:
            raise InputError(f"{what} needs codings that the open blind round hides.", "end-round")

    def now(self) -> str:
        """Return the time of the clock or the last time that this session has used, whichever is later."""
        self._last = max(self._last, self._clock())
        return self._last

    def act(self, verb: str, summary: str) -> AbstractContextManager[OpenAct]:
        last = self._last
        if self.now() == last:
            self._last = a_millisecond_after(last)
        return self.store.act(verb, summary, coder=self.coder, at=self._last)

    def case_id(self, label: str) -> int:
        ids = case_rows.case_ids(self.store)
        return ids[resolve_name("case", label, ids)]

    def source_id(self, name: str) -> int:
        """Return the id of the source with this name. Raises NotFoundError when there is no such source.

        The name may differ from the stored name in capital letters, spaces, quotation marks and dashes.
        """
        # An import calls this once per source: reading all names each time would grow with the square of the study
        number = source_rows.find(self.store, name)
        if number is not None:
            return number
        ids = source_rows.source_ids(self.store)
        return ids[resolve_name("source", name, ids)]

    def code(self, path: str) -> Code:
        """Return a code. `path` is its whole path, or a part that matches no other code.

        Raises NotFoundError when the path is unknown, AmbiguousError when it is not unique.
        """
        from sibtui.model.codebook import resolve

        codes = {code.path: code for code in code_rows.codes(self.store)}
        return codes[resolve(path, list(codes))]

    def code_id(self, path: str) -> int:
        """Return the id of the code that `code` would return. If `path` is the whole path, the codebook is not read."""
        from sibtui.model.codebook import split_path

        found = code_rows.find(self.store, split_path(path))
        return found[0] if found else self.code(path).id

    def paths(self) -> dict[int, str]:
        """Return a map: code id → path, in the order of the codebook."""
        return code_rows.paths(self.store)


class Noun:
    """The base class of `project.sources`, `project.codes` and so on."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def __repr__(self) -> str:
        """Return the class and the path of the study.

        Nothing is read from the study, because notebooks call this often.
        """
        return f"<{type(self).__name__} of {str(self._session.store.path)!r}>"

    @property
    def _store(self) -> Store:
        return self._session.store
