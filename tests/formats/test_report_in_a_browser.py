"""The report of a study in a real browser, without scripts and without a network: on the screen, and as it is printed."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from typing import TYPE_CHECKING

import pypdf
import pytest
from test_report_html import REPORT

from sibtui.formats import report_html

if TYPE_CHECKING:
    from pathlib import Path

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--proxy-server=127.0.0.1:9",  # nothing listens there: whatever a page fetches does not come
)  # fmt: skip
WITHOUT_SCRIPTS = {"profile": {"default_content_setting_values": {"javascript": 2}}}

pytestmark = pytest.mark.skipif(BROWSER is None, reason="no chromium or google-chrome is here to open the page with")


def browse(folder: Path, written: str, *options: str) -> subprocess.CompletedProcess[str]:
    """What the browser says of the page, in a profile of its own in which scripts are off."""
    settings = folder / "profile" / "Default" / "Preferences"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(WITHOUT_SCRIPTS))
    page = folder / "report.html"
    page.write_text(written, encoding="utf-8")
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder / 'profile'}", *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)


def printed(folder: Path, written: str) -> list[str]:
    """The text of each page as it is printed, blanks collapsed."""
    browse(folder, written, "--no-pdf-header-footer", f"--print-to-pdf={folder / 'report.pdf'}")
    pages = pypdf.PdfReader(io.BytesIO((folder / "report.pdf").read_bytes())).pages
    return [" ".join(page.extract_text().split()) for page in pages]


def test_scripts_are_off_in_this_browser(tmp_path):
    written = "<noscript>None ran</noscript><script>document.body.append('One ' + 'ran')</script>"
    shown = browse(tmp_path, written, "--dump-dom").stdout
    assert "None ran" in shown
    assert "One ran" not in shown


def test_the_page_is_shown_with_nothing_refused_and_nothing_fetched(tmp_path):
    done = browse(tmp_path, report_html.render(REPORT), "--dump-dom", "--enable-logging=stderr")
    assert "<h1>Working in four programmes</h1>" in done.stdout
    assert done.stdout.count("<blockquote>") == 8
    assert "Content Security Policy" not in done.stderr
    assert "ERR_" not in done.stderr


def test_the_page_is_more_than_white_paper(tmp_path):
    sizes = []
    for name, written in (("empty", "<!DOCTYPE html><title>x</title>"), ("report", report_html.render(REPORT))):
        picture = tmp_path / f"{name}.png"
        browse(tmp_path, written, f"--screenshot={picture}", "--window-size=1000,1400")
        sizes.append(picture.stat().st_size)
    assert sizes[1] > 5 * sizes[0]


def test_the_page_prints_with_every_quote_and_numbered_pages(tmp_path):
    pages = printed(tmp_path, report_html.render(REPORT))
    text = " ".join(pages)
    assert text.count("Weekly meetings, by her account.") == 2
    assert "↑" not in text
    assert [page.startswith(f"{number} ") for number, page in enumerate(pages, 1)] == [True] * len(pages)


def test_in_print_the_codebook_and_each_matrix_begin_a_page_and_short_tables_share_one(tmp_path):
    pages = printed(tmp_path, report_html.render(REPORT))
    assert "The method in figures" in pages[0]
    assert pages[0].endswith("Table 2 a")
    assert pages[1].startswith("2 Codebook")
    assert pages[2].startswith("3 Types of working in each SIB")
    assert pages[-1].startswith(f"{len(pages)} Quotes")
