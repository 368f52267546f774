"""Parts of a worksheet's XML that its cell values do not show: hidden rows, and formulas without a stored result."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator

_HIDDEN = re.compile(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"')
_UNCOMPUTED = re.compile(
    rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)


def sheet_marks(data: bytes, part: str) -> Iterator[str]:
    """Yield what is hidden or missing in a worksheet, as parts of sentences. `part` is its file in the workbook."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        xml = archive.read(part)
    if hidden := len(_HIDDEN.findall(xml)):
        yield f"{plural(hidden, 'hidden row')} {'was' if hidden == 1 else 'were'} read like the others"
    if formulas := len(_UNCOMPUTED.findall(xml)):
        yield f"{plural(formulas, 'formula')} without a stored result {'is' if formulas == 1 else 'are'} empty"
