"""XML elements of a REFI-QDA project: containers of elements, Notes (memos), and references to Notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec.xml_text import content, value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def container(tag: str, parts: Iterable[str], *, around: str = "") -> Iterator[str]:
    """Yield the XML of the element `tag` with `parts` as its content.

    If there are no parts, yield nothing, because the schema forbids an empty element. If `around` is given, the element
    `tag` is put into an element with the name `around`.
    """
    inside = list(parts)
    if inside:
        yield f"<{around}><{tag}>\n" if around else f"<{tag}>\n"
        yield from inside
        yield f"</{tag}></{around}>\n" if around else f"</{tag}>\n"


def references(notes: Iterable[str] | None) -> Iterator[str]:
    """Yield the XML of a reference to each Note (memo). `notes` are the GUIDs (ids) of the Notes."""
    return (f'<NoteRef targetGUID="{guid}"/>\n' for guid in notes or ())


def note(guid: str, title: str, text: str, attributes: str = "", description: str = "") -> str:
    """Return the XML of a Note (memo). `attributes` is the XML of further attributes, such as the creation time."""
    element = f"<Description>{content(description)}</Description>" if description else ""
    return (
        f'<Note guid="{guid}" name="{value(title)}"{attributes}>'
        f"{element}<PlainTextContent>{content(text)}</PlainTextContent></Note>\n"
    )
