"""Lasting ids: ids of items that do not change.

An item keeps its lasting id when it is renamed, copied with the study, or written to a folder or an exchange file. A
new item of a study gets a random id. An item of an older file, or of a folder without ids, gets a derived id: it is
computed from the id of the study and the first known facts of the item. So two copies of an old study get the same ids
when they are upgraded separately.
"""

from __future__ import annotations

from hashlib import sha1, sha256
from uuid import UUID, uuid5

OURS = UUID("6f1c8a52-3d0e-5b7c-9a44-736962747569")
"""The UUID namespace from which all derived ids are computed."""

_DIGITS = 32
_VARIANT = {digit: f"{int(digit, 16) & 3 | 8:x}" for digit in "0123456789abcdef"}


class DerivedIds:
    """Computes the derived ids of the items of one study: UUIDs of version 5 (RFC 9562), in a namespace that depends on the study's id."""

    def __init__(self, study: str) -> None:
        self.study = str(uuid5(OURS, study))
        self._hash = sha1(UUID(self.study).bytes, usedforsecurity=False)
        self._issued: dict[str, int] = {}

    def of(self, *facts: str) -> str:
        """Return the id of an item. `facts` are its kind, followed by facts that distinguish it from other items of the same kind."""
        # The algorithm of uuid5 inline, because a large study derives an id for each of its codings
        digest = self._hash.copy()
        digest.update("\0".join(facts).encode("utf-8", "surrogatepass"))
        h = digest.hexdigest()
        return f"{h[:12]}5{h[13:16]}{_VARIANT[h[16]]}{h[17:32]}"

    def next_of(self, *facts: str) -> str:
        """Return the id of the next item with these facts. If several items have the same facts, each call returns a different id."""
        uid = first = self.of(*facts)
        while uid in self._issued:
            self._issued[first] += 1
            uid = self.of(*facts, str(self._issued[first]))
        self._issued[uid] = 1
        return uid


def may_be_derived(uid: str) -> bool:
    """Return whether an id has the version digit of a derived id (see `DerivedIds.of`).

    A random id has this digit in one case of 16. So most random ids are recognised without computing a derived id.
    """
    return uid[12:13] == "5"


def source_facts(name: str) -> tuple[str, ...]:
    return "source", name


def case_facts(label: str) -> tuple[str, ...]:
    return "case", label


def attribute_facts(owner: str, name: str) -> tuple[str, ...]:
    return "attribute", owner, name


def code_facts(parent: str, name: str, since: str) -> tuple[str, ...]:
    """Return the facts from which the id of a code is derived. `parent` is the id of the code above it, empty for a theme."""
    return "code", parent, name, since


def coding_facts(source: str, start: int, end: int, code: str, coder: str, created: str) -> tuple[str, ...]:
    """Return the facts from which the id of a coding is derived. `source` and `code` are ids."""
    return "coding", source, str(start), str(end), code, coder, created


def memo_facts(target: str, of: str, coder: str, created: str) -> tuple[str, ...]:
    """Return the facts from which the id of a memo is derived.

    `target` is the kind of the item that the memo is about, `of` the item's id or empty.
    """
    return "memo", target, of, coder, created


def proposal_id(code: str) -> str:
    """Return the id of the proposal that a merge makes for a code. `code` is the lasting id of the code.

    Two merges of one study make the same proposal. The id does not depend on the name of the code, so the proposal is
    also found after the code was renamed.
    """
    return sha256(f"proposal of {code}".encode()).hexdigest()[:_DIGITS]


def proposal_facts(path: str, definition: str, coder: str, created: str) -> tuple[str, ...]:
    return "proposal", path, definition, coder, created


def query_facts(name: str) -> tuple[str, ...]:
    return "query", name


def set_facts(name: str) -> tuple[str, ...]:
    return "set of sources", name


def claim_facts(key: str) -> tuple[str, ...]:
    return "claim", key


def answer_facts(item: str) -> tuple[str, ...]:
    return "method answer", item


def matrix_facts(name: str) -> tuple[str, ...]:
    return "matrix", name


def dashed(uid: str) -> str:
    """Return an id in the usual form of a UUID, with four hyphens."""
    return f"{uid[:8]}-{uid[8:12]}-{uid[12:16]}-{uid[16:20]}-{uid[20:]}"
