"""The lists of the sample study on a terminal of 80 columns."""

from __future__ import annotations

import re
import shlex

import pytest

from sibtui.model.text_width import width_of

LISTS = [
    "source list", "source show a1", "source search trust", "source topics", "reading list", "case list", "attribute list",
    "code list", "code list --flat --counts", "code list --similar", "code show 'Community assets'", "coding list --source a1",
    "coding show 1", "memo list", "memo show 1", "matrix list", "matrix show", "matrix evidence table-3", "report cases",
    "report interviews", "report codebook", "history list", "check", "study show",
]  # fmt: skip


@pytest.mark.usefixtures("sample")
@pytest.mark.parametrize("line", LISTS)
def test_no_line_is_too_wide_and_no_word_is_broken(run, monkeypatch, line: str) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    arguments = shlex.split(line)
    shown = run(*arguments, terminal=True).out
    assert shown
    assert max(map(width_of, shown.splitlines())) <= 80
    assert pieces(shown) <= pieces(run(*arguments).out)


def pieces(text: str) -> set[str]:
    """Return the words, split where a line may break."""
    return {piece for word in re.sub("─+", "", text).split() for piece in re.split(r"(?<=[/-])(?=[^\W\d_])", word)}
