"""Parts of the XML of a project. They can be written in any order, and are stored until all parts are complete."""

from __future__ import annotations

from tempfile import SpooledTemporaryFile
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from types import TracebackType

_IN_MEMORY = 1 << 22
_CHUNK = 1 << 18


class XmlPart:
    """The XML inside an element. If it is long, it is in a temporary file and not in memory.

    The file has no name, so that a killed process leaves no text on the disk. It is removed at the end of the `with`
    block.
    """

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by __exit__
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._file.close()

    def put(self, text: str) -> None:
        self.size += self._file.write(text.encode())

    def chunks(self, tag: str) -> Iterator[bytes]:
        """Yield an element with the name `tag` and this XML as its content, in chunks of UTF-8.

        If there is no XML, yield nothing, because the schema does not allow an empty element.
        """
        if not self.size:
            return
        yield f"<{tag}>\n".encode()
        self._file.seek(0)
        while chunk := self._file.read(_CHUNK):
            yield chunk
        yield f"</{tag}>\n".encode()


class SelectionsOfCases:
    """A map from each case to its selections (coded passages). It needs only 16 bytes of memory per selection."""

    def __init__(self, labels: Iterable[str]) -> None:
        self._guids = {label: bytearray() for label in labels}

    @property
    def size(self) -> int:
        """The size in bytes of the XML that `references` yields, for all cases together."""
        return sum(len(guids) // 16 * len(_reference(bytes(16))) for guids in self._guids.values())

    def put(self, guid: str, labels: Iterable[str]) -> None:
        """Add a selection (a coded passage) to the cases with these labels. Unknown labels are ignored."""
        packed = bytes.fromhex(guid.replace("-", ""))
        for label in labels:
            if label in self._guids:
                self._guids[label] += packed

    def references(self, label: str) -> Iterator[str]:
        """Yield the XML references to the selections (coded passages) of the case with this label."""
        guids = self._guids[label]
        return (_reference(guids[at : at + 16]) for at in range(0, len(guids), 16))


def _reference(guid: bytes | bytearray) -> str:
    g = guid.hex()
    return f'<SelectionRef targetGUID="{g[:8]}-{g[8:12]}-{g[12:16]}-{g[16:20]}-{g[20:]}"/>\n'
