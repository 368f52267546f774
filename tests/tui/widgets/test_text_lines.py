from __future__ import annotations

import pytest

from sibtui.model.text_width import width_of
from sibtui.tui.views.hint_lines import message_lines
from sibtui.tui.widgets.text_lines import cut_after_word, row_of, wrapped

PATH = "/home/researcher/projects/deworming/interviews/backups/study-2026-11-29-141133.sibtui"


def test_a_path_longer_than_a_row_is_broken_after_a_slash() -> None:
    rows = wrapped(f"The state before is {PATH}. Open it.", 40)
    assert "".join(rows) == f"The state before is{PATH}. Open it."
    assert all(len(row) <= 40 for row in rows)
    assert all(row.endswith("/") for row in rows[1:-1])


def test_a_path_that_fits_in_a_row_is_not_broken() -> None:
    assert wrapped("The state before is /home/r/study-2.sibtui", 30) == [
        "The state before is",
        "/home/r/study-2.sibtui",
    ]


def test_a_path_of_wide_characters_is_broken_after_a_slash() -> None:
    path = "/研究/质的研究/访谈/第一次访谈"
    assert width_of(path) > 18 > len(path)
    assert wrapped(path, 18) == ["/研究/质的研究/", "访谈/第一次访谈"]


def test_a_path_inside_a_longer_path_does_not_change_its_breaks() -> None:
    short, long = "/home/researcher/studies", "/home/researcher/studies/2026/backups-of-may"
    assert wrapped(long, 20) == ["/home/researcher/", "studies/2026/", "backups-of-may"]
    assert wrapped(f"{short} {long}", 20) == [*wrapped(short, 20), *wrapped(long, 20)]


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("They came to us", 15, "They came to us"),
        ("They came to us", 14, "They came to…"),
        ("They came to us", 13, "They came to…"),
        ("They came to us", 12, "They came…"),
        ("a" * 30, 12, "a" * 11 + "…"),
        ("b " + "a" * 60, 32, "b " + "a" * 29 + "…"),
        ("They wait …", 20, "They wait …"),
    ],
)
def test_an_excerpt_is_cut_after_a_whole_word(text: str, cells: int, shown: str) -> None:
    assert cut_after_word(text, cells) == shown


def test_a_message_takes_several_lines_before_it_is_cut() -> None:
    message = "Backup made: study.sibtui in /home/researcher/backups"

    def shown(most: int) -> list[str]:
        return ["".join(text for text, _ in line) for line in message_lines(message, 30, most, done=True)]

    assert shown(3) == ["✓ Backup made: study.sibtui in", "  /home/researcher/backups"]
    assert shown(1) == ["✓ Backup made: study.sibtui…"]
    assert [len(line) <= 30 for line in shown(2)] == [True, True]


def test_a_message_of_an_empty_list_has_as_many_rows_as_it_needs() -> None:
    assert [row_of("No codes yet: a adds one", at, 14) for at in range(3)] == ["No codes yet:", "a adds one", ""]
    assert row_of("No codes", 0, 0) == ""
