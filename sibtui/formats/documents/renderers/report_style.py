"""The style sheet of the report of a study. It has light and dark colours, a layout for narrow screens, and page breaks for print.

The shades of cells are blue, because readers who see few colours distinguish shades of one blue. Each text has a contrast of at least 4.5 to
1 with its ground, in both colour schemes.
"""

from __future__ import annotations

from pathlib import Path


def report_style() -> str:
    """Return the text of the style sheet, which is the file report.css beside this module."""
    return Path(__file__).with_name("report.css").read_text(encoding="utf-8")
