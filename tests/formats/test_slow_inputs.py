"""Files that would take quadratic time: each is read in linear time, or refused with a sentence."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from sibtui.errors import InputError
from sibtui.formats.codec.toml_tables import load
from sibtui.formats.other_programs.taguette_text import plain
from sibtui.formats.registry import read_source

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 5
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\n"


def source(suffix: str) -> Callable[[str], object]:
    return lambda text: read_source(f"a{suffix}", text.encode())


READ = {
    "unclosed voice tags": (source(".vtt"), lambda: VTT + "<v " * 200_000),
    "a voice tag of spaces": (source(".vtt"), lambda: VTT + "<v" + " " * 400_000),
    "a tag of spaces": (source(".vtt"), lambda: VTT + "x <lang" + " " * 400_000 + "y"),
    "runs of spaces of Taguette": (plain, lambda: "<p>a" + " " * 400_000 + "b</p>"),
    "runs of tabs of Taguette": (plain, lambda: "<p>a" + " \t" * 200_000 + "\nb</p>"),
    "a font with a long name": (source(".rtf"), lambda: r"{\rtf1 {\fonttbl" + r"{\f0 A;}" * 50_000 + "}x}"),
    "columns of one name": (source(".csv"), lambda: ",".join(["c"] * 6_000) + "\n" + ",".join(["x"] * 6_000)),
}
REFUSED = {
    "attributes": (
        source(".html"),
        lambda: "<p" + "".join(f" a{number}=1" for number in range(200_000)) + ">x</p>",
        "a.html has a tag with more than 2,000 attributes: it was not read.",
    ),
    "quoted attributes": (
        source(".html"),
        lambda: "<p" + "".join(f" a{number}='>'" for number in range(50_000)) + ">x</p>",
        "a.html has a tag with more than 2,000 attributes: it was not read.",
    ),
    "columns": (
        source(".csv"),
        lambda: ",".join(f"c{number}" for number in range(100_000)) + "\n" + "x," * 99_999,
        "a.csv has 100,000 columns, and a table has at most 16,384: it was not read.",
    ),
    "short rows below a long one": (
        source(".csv"),
        lambda: ",".join(f"c{number}" for number in range(16_000)) + "\nx" * 100_000,
        "a.csv has rows of up to 16,000 cells among short ones: it was not read.",
    ),
    "parts of a key": (
        lambda text: load("a.toml", text.encode()),
        lambda: "a" + ".b" * 200_000 + " = 1",
        "a.toml cannot be read: one of its keys has more than 100 parts.",
    ),
}


@pytest.mark.parametrize("kind", READ)
def test_a_file_that_is_slow_by_construction_is_read_in_time(kind: str) -> None:
    read, make = READ[kind]
    text = make()
    start = time.process_time()
    assert read(text)
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize("kind", REFUSED)
def test_a_file_that_no_reader_can_read_in_time_is_refused(kind: str) -> None:
    read, make, sentence = REFUSED[kind]
    text = make()
    start = time.process_time()
    with pytest.raises(InputError) as refused:
        read(text)
    assert str(refused.value) == sentence
    assert time.process_time() - start < SECONDS


def test_a_long_attribute_and_a_page_of_many_tags_are_read() -> None:
    page = (
        f"<p title=\"{'a word and ' * 3_000}\" data-x='{'1, 2, ' * 3_000}'>Seen</p>" + "<p class=a id=b>x</p>" * 2_000
    )
    (draft,) = read_source("a.html", page.encode())
    assert draft.text.startswith("Seen")
