"""docs/trust.md names tests that exist, and the figures that the slow tests print."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.damaging import KINDS

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "trust.md").read_text(encoding="utf-8")
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)


@cache
def functions_in(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))
    return frozenset(node.name for node in functions)


@pytest.mark.parametrize(("file", "name"), NAMED, ids=[name for _, name in NAMED])
def test_a_promise_names_a_test_that_exists(file: str, name: str) -> None:
    assert name in functions_in(file)


def test_every_promise_names_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and not line.startswith(("| promise", "| ---"))]
    assert len(rows) == len(NAMED) > 35


def test_the_figures_are_those_that_the_slow_tests_print() -> None:
    printed = set()
    for path in (ROOT / "tests" / "robustness").glob("test_*.py"):
        printed |= set(re.findall(r'figures\.add\("([^"]+)"', path.read_text(encoding="utf-8")))
    shown = dict(re.findall(r"^ +([\d,]+) ([a-z ]+)$", PAGE, re.MULTILINE))
    assert {name: number.replace(",", "") for number, name in shown.items()}.keys() == printed
    numbers = {name: int(number.replace(",", "")) for number, name in shown.items()}
    assert numbers["kills"] >= 300
    assert numbers["mutated inputs"] >= 2_000


def test_the_number_of_kinds_of_damage_is_the_true_one() -> None:
    assert f"each of {len(KINDS)} kinds of damage" in PAGE
