"""Lasting ids: ids of items that never change.

An item keeps its lasting id when it is renamed, copied with the study, or written to a folder or an exchange file. A
new item of a study gets a random id. An item of an older file, or of a folder without ids, gets a derived id. A derived
id is computed from the id of the study and the earliest known facts of the item, such as its first name. So two copies
of an old study get the same ids if they are upgraded separately.
"""

from __future__ import annotations

from hashlib import sha1, sha256
from uuid import UUID, uuid5

OURS = UUID("6f1c8a52-3d0e-5b7c-9a44-736962747569")
"""The UUID namespace from which all derived ids are computed."""

_DIGITS = 32
_VARIANT = {digit: f"{int(digit, 16) & 3 | 8:x}" for digit in "0123456789abcdef"}


class DerivedIds:
    """Computes ids for those items of one study that have no id. Equal facts of an item always give the same id.

    The ids are UUIDs of version 5 (RFC 9562), in a namespace that depends on the id of the study.
    """

    def __init__(self, study: str) -> None:
        self.study = str(uuid5(OURS, study))
        self._hash = sha1(UUID(self.study).bytes, usedforsecurity=False)
        self._issued: dict[str, int] = {}

    def of(self, *facts: str) -> str:
        """Return the id of an item. `facts` are its kind and further facts that no other item of this kind has."""
        # The algorithm of uuid5 inline, because a large study derives an id for each of its codings
        digest = self._hash.copy()
        digest.update("\0".join(facts).encode("utf-8", "surrogatepass"))
        h = digest.hexdigest()
        return f"{h[:12]}5{h[13:16]}{_VARIANT[h[16]]}{h[17:32]}"

    def next_of(self, *facts: str) -> str:
        """Return an id for one of several items with the same facts. Each call with the same facts returns another id."""
        uid = first = self.of(*facts)
        while uid in self._issued:
            self._issued[first] += 1
            uid = self.of(*facts, str(self._issued[first]))
        self._issued[uid] = 1
        return uid


def may_be_derived(uid: str) -> bool:
    """Return whether an id can be a derived id (see `DerivedIds.of`), by its version digit.

    This fast test excludes most random ids: only one in 16 has this digit.
    """
    return uid[12:13] == "5"


def source_facts(name: str) -> tuple[str, ...]:
    return "source", name


def case_facts(label: str) -> tuple[str, ...]:
    return "case", label


def attribute_facts(owner: str, name: str) -> tuple[str, ...]:
    return "attribute", owner, name


def code_facts(parent: str, name: str, since: str) -> tuple[str, ...]:
    """Return the facts from which the id of a code is computed. `parent` is the id of the code above it, or empty."""
    return "code", parent, name, since


def coding_facts(source: str, start: int, end: int, code: str, coder: str, created: str) -> tuple[str, ...]:
    """Return the facts from which the id of a coding is computed. `source` and `code` are ids."""
    return "coding", source, str(start), str(end), code, coder, created


def memo_facts(target: str, of: str, coder: str, created: str) -> tuple[str, ...]:
    """Return the facts from which the id of a memo is computed.

    `target` is the kind of the item that the memo is about, and `of` the item's id; empty for the study.
    """
    return "memo", target, of, coder, created


def proposal_id(code: str) -> str:
    """Return the id of the proposal that a merge of two studies makes for a code of the other study.

    `code` is the lasting id of the code. A second merge gives the same id, even if the code was renamed after the
    first merge.
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
