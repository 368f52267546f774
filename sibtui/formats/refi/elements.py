"""Elements of a REFI-QDA project: containers, and references to notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def container(tag: str, parts: Iterable[str], *, around: str = "") -> Iterator[str]:
    """Yield the parts within their element. Nothing without parts: the schema does not allow an empty element."""
    inside = list(parts)
    if inside:
        yield f"<{around}><{tag}>\n" if around else f"<{tag}>\n"
        yield from inside
        yield f"</{tag}></{around}>\n" if around else f"</{tag}>\n"


def references(notes: Iterable[str] | None) -> Iterator[str]:
    """Return the references to notes, given by their ids."""
    return (f'<NoteRef targetGUID="{guid}"/>\n' for guid in notes or ())
