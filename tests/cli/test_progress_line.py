"""The progress that commands show on a terminal."""

from __future__ import annotations

import sys
from contextlib import suppress

import pytest

from sibtui.cli.progress import progress


@pytest.mark.parametrize("fails", [False, True])
def test_the_line_of_progress_is_cleared_even_after_an_error(
    fails: bool, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    with suppress(ValueError), progress("codings") as advance:
        advance(1234)
        if fails:
            raise ValueError
    shown = capsys.readouterr().err
    assert "\rcodings: 1,234" in shown
    assert shown.endswith("\r\x1b[K")
