"""The style sheet of the report of a study.

It has light and dark colours, a layout for narrow screens, and page breaks. All shades of cells are shades of blue,
which people with colour blindness can distinguish. The contrast of each text to its background is at least 4.5 to 1, in
both colour schemes.
"""

from __future__ import annotations

from pathlib import Path


def report_style() -> str:
    """Return the CSS text of the style sheet. It is stored in the file report.css beside this module."""
    return Path(__file__).with_name("report.css").read_text(encoding="utf-8")
