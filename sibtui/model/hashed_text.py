"""A text whose SHA-256 is known, because it is the unchanged content of a file."""

from __future__ import annotations


class HashedText(str):
    """A text with its bytes in UTF-8 and their SHA-256, so that an import encodes and hashes each text only once.

    Any text made from a HashedText, such as a slice, is an ordinary `str`.

    >>> text = HashedText.of("Ada", b"Ada", "de8f…")
    >>> text, text.data, type(text[:2]).__name__
    ('Ada', b'Ada', 'str')
    """

    __slots__ = ("data", "sha256")

    data: bytes
    sha256: str

    @classmethod
    def of(cls, text: str, data: bytes, sha256: str) -> HashedText:
        """Return a text that knows its bytes. `data` is the text in UTF-8, and `sha256` is the hash of `data`."""
        made = cls(text)
        made.data, made.sha256 = data, sha256
        return made
