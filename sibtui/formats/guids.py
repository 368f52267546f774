"""GUIDs as REFI-QDA has them: ours made from what a thing is called, so that each export gives the same; others' compared."""

from __future__ import annotations

from hashlib import sha1
from uuid import UUID, uuid5

OURS = UUID("6f1c8a52-3d0e-5b7c-9a44-736962747569")
"""The name space of all GUIDs that sibtui makes."""

_LENGTH = 36
_VARIANT = {digit: f"{int(digit, 16) & 3 | 8:x}" for digit in "0123456789abcdef"}


class Guids:
    """GUIDs of the things of one study: version 5 (RFC 9562), the study's own GUID being the name space."""

    def __init__(self, study: str) -> None:
        self.study = str(uuid5(OURS, study))
        self._hash = sha1(UUID(self.study).bytes, usedforsecurity=False)
        self._given: dict[str, int] = {}

    def of(self, *key: str) -> str:
        """The GUID of the thing with this key: its kind, then what tells it from others of that kind."""
        # uuid5, written out: an export makes two GUIDs for each coding
        digest = self._hash.copy()
        digest.update("\0".join(key).encode("utf-8", "surrogatepass"))
        h = digest.hexdigest()
        return f"{h[:8]}-{h[8:12]}-5{h[13:16]}-{_VARIANT[h[16]]}{h[17:20]}-{h[20:32]}"

    def next_of(self, *key: str) -> str:
        """Like `of`; the second and later things with the same key get GUIDs of their own."""
        guid = first = self.of(*key)
        while guid in self._given:
            self._given[first] += 1
            guid = self.of(*key, str(self._given[first]))
        self._given[guid] = 1
        return guid


def same(guid: str | None) -> str:
    """The GUID as it is compared: programs write both cases, with or without braces."""
    if not guid:
        return ""
    return guid.lower() if len(guid) == _LENGTH else guid.strip().strip("{}").lower()
