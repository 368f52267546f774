"""docs/queries.md: its examples have the counts that it prints, and its grammar has the words of the parser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sibtui import Project
from sibtui.model.query.tree import TERM_WORDS, RelationWord, TextUnit
from sibtui.project.importing.study_folder_reader import sample_draft

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = (Path(__file__).parent.parent / "docs" / "queries.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"^\| `[^|]+` \| [^|]+ \| `([^|]+)` \| (\d+) \|$", PAGE, re.MULTILINE)
GRAMMAR = PAGE.split("## The grammar")[1]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Project]:
    with Project.create(tmp_path_factory.mktemp("sample") / "s.sibtui", draft=sample_draft(), coder="R9") as project:
        project.sets.add("pilot", ["a1", "b1"])
        project.queries.save("Doubts", "stance counters and certainty tentative")
        yield project


@pytest.mark.parametrize(("query", "count"), EXAMPLES, ids=[query for query, _ in EXAMPLES])
def test_an_example_finds_so_many_codings(query: str, count: str, sample: Project) -> None:
    assert sample.codings.count(where=query) == int(count)


def test_every_term_and_relation_has_an_example() -> None:
    examples = [query for query, _ in EXAMPLES]
    for word in (*TERM_WORDS, "attribute"):
        assert any(query.startswith(word) for query in examples), word
    relations = " ".join(examples)
    for relation in (*RelationWord.__args__, "not overlapping", *(f"same {unit}" for unit in TextUnit.__args__[1:])):
        assert relation in relations, relation


def test_the_grammar_has_every_word() -> None:
    quoted = " ".join(re.findall(r'"([^"]+)"', GRAMMAR)).split()
    words = " ".join((*TERM_WORDS, *RelationWord.__args__)).split()
    for word in (*words, *TextUnit.__args__[1:]):
        assert word in quoted or f"{word}s" in quoted, word
