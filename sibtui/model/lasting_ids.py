"""Lasting ids: a row keeps its id through renames, copies of the study, folders and exchange files.

A new row of a study gets a random id. A row of an older file, or of a folder without ids, gets an id that is derived from the id of
the study and the first known facts of the row: two copies that are upgraded separately then have the same ids.
"""

from __future__ import annotations

from hashlib import sha1
from uuid import UUID, uuid5

OURS = UUID("6f1c8a52-3d0e-5b7c-9a44-736962747569")
"""The namespace of all ids that sibtui derives."""

_VARIANT = {digit: f"{int(digit, 16) & 3 | 8:x}" for digit in "0123456789abcdef"}


class DerivedIds:
    """The derived ids of one study: UUIDs of version 5 (RFC 9562). The id of the study is their namespace."""

    def __init__(self, study: str) -> None:
        self.study = str(uuid5(OURS, study))
        self._hash = sha1(UUID(self.study).bytes, usedforsecurity=False)
        self._issued: dict[str, int] = {}

    def of(self, *facts: str) -> str:
        """Return the id of the item with these facts: its kind, then the facts that distinguish it from others of that kind."""
        # The algorithm of uuid5 inline, because a large study derives an id for each of its codings
        digest = self._hash.copy()
        digest.update("\0".join(facts).encode("utf-8", "surrogatepass"))
        h = digest.hexdigest()
        return f"{h[:12]}5{h[13:16]}{_VARIANT[h[16]]}{h[17:32]}"

    def next_of(self, *facts: str) -> str:
        """Return the id as `of` does. A second or later item with the same facts gets a different id."""
        uid = first = self.of(*facts)
        while uid in self._issued:
            self._issued[first] += 1
            uid = self.of(*facts, str(self._issued[first]))
        self._issued[uid] = 1
        return uid


def source_facts(name: str) -> tuple[str, ...]:
    return "source", name


def case_facts(label: str) -> tuple[str, ...]:
    return "case", label


def attribute_facts(owner: str, name: str) -> tuple[str, ...]:
    return "attribute", owner, name


def code_facts(parent: str, name: str, since: str) -> tuple[str, ...]:
    """Return the facts of a code. `parent` is the id of its parent code, empty for a theme."""
    return "code", parent, name, since


def coding_facts(source: str, start: int, end: int, code: str, coder: str, created: str) -> tuple[str, ...]:
    """Return the facts of a coding. `source` and `code` are ids."""
    return "coding", source, str(start), str(end), code, coder, created


def memo_facts(target: str, of: str, coder: str, created: str) -> tuple[str, ...]:
    """Return the facts of a memo; `of` is the id of its target, empty for the project."""
    return "memo", target, of, coder, created


def matrix_facts(name: str) -> tuple[str, ...]:
    return "matrix", name


def dashed(uid: str) -> str:
    """The id as UUIDs are usually written, in five groups."""
    return f"{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}"
