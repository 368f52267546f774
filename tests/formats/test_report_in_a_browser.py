"""The report of a study in a real browser without scripts and network, on the screen and in print."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import unicodedata
from typing import TYPE_CHECKING

import pypdf
import pytest
from drawing import report_in
from test_report_html import REPORT

if TYPE_CHECKING:
    from pathlib import Path

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--proxy-server=127.0.0.1:9",  # no server listens on this port: a page cannot load anything
)  # fmt: skip
WITHOUT_SCRIPTS = {"profile": {"default_content_setting_values": {"javascript": 2}}}

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no chromium or google-chrome is here to open the page with"),
]


def browse(folder: Path, written: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Return the browser's output for the page, from a new profile without scripts."""
    settings = folder / "profile" / "Default" / "Preferences"
    settings.parent.mkdir(parents=True, exist_ok=True)
    settings.write_text(json.dumps(WITHOUT_SCRIPTS))
    page = folder / "report.html"
    page.write_text(written, encoding="utf-8")
    command = [str(BROWSER), *FLAGS, f"--user-data-dir={folder / 'profile'}", *options, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)


def printed(folder: Path, written: str) -> list[str]:
    """Return the text of each printed page, with spaces collapsed and the ligatures of some fonts (ﬁ) separated."""
    browse(folder, written, "--no-pdf-header-footer", f"--print-to-pdf={folder / 'report.pdf'}")
    pages = pypdf.PdfReader(io.BytesIO((folder / "report.pdf").read_bytes())).pages
    return [" ".join(unicodedata.normalize("NFKC", page.extract_text()).split()) for page in pages]


def test_the_browser_of_the_tests_does_not_run_scripts(tmp_path):
    written = "<noscript>None ran</noscript><script>document.body.append('One ' + 'ran')</script>"
    output = browse(tmp_path, written, "--dump-dom").stdout
    assert "None ran" in output
    assert "One ran" not in output


def test_page_loads_without_violations_and_requests(tmp_path):
    done = browse(tmp_path, report_in("html", REPORT), "--dump-dom", "--enable-logging=stderr")
    assert "<h1>Working in four programmes</h1>" in done.stdout
    assert done.stdout.count("</blockquote>") == 8
    assert "Content Security Policy" not in done.stderr
    assert "ERR_" not in done.stderr


def test_page_is_not_empty(tmp_path):
    sizes = []
    for name, written in (("empty", "<!DOCTYPE html><title>x</title>"), ("report", report_in("html", REPORT))):
        picture = tmp_path / f"{name}.png"
        browse(tmp_path, written, f"--screenshot={picture}", "--window-size=1000,1400")
        sizes.append(picture.stat().st_size)
    assert sizes[1] > 5 * sizes[0]


def test_the_page_prints_with_every_quote_and_numbered_pages(tmp_path):
    pages = printed(tmp_path, report_in("html", REPORT))
    text = " ".join(pages)
    assert text.count("Weekly meetings, by her account.") == 2
    assert "↑" not in text
    assert [page.startswith(f"{number} ") for number, page in enumerate(pages, 1)] == [True] * len(pages)


def test_a_matrix_is_on_one_printed_page_and_the_codebook_and_the_quotes_begin_a_page(tmp_path):
    pages = printed(tmp_path, report_in("html", REPORT))
    whole = [page for page in pages if "Brokering by staff" in page and "Includes volunteers; see the account" in page]
    assert whole
    begins = [page.split(" ", 1)[1] for page in pages]
    assert sum(page.startswith("Codebook") for page in begins) == 1
    assert sum(page.startswith("Quotes Places are counted") for page in begins) == 1
