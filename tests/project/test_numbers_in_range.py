"""Numbers that are given to public methods are checked: what is out of range is refused by its value and the range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from sibtui.errors import InputError, OutOfRangeError
from sibtui.model.presence import Rule
from sibtui.model.segments import Segment

from .study import dump, matrix
from .test_public_api import PUBLIC, hints_of, parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.project import Project

REFUSED: dict[tuple[str, str], tuple[Callable[[Project, Any], object], Any, str]] = {
    ("codings.list", "limit"): (lambda p, n: p.codings.list(limit=n), -1, "0 or more"),
    ("codings.to_dicts", "limit"): (lambda p, n: p.codings.to_dicts(limit=n), -1, "0 or more"),
    ("history.list", "limit"): (lambda p, n: p.history.list(limit=n), -1, "0 or more"),
    ("history.changes", "limit"): (lambda p, n: p.history.changes(1, limit=n), -1, "0 or more"),
    ("history.change_texts", "limit"): (lambda p, n: p.history.change_texts(1, limit=n), -1, "0 or more"),
    ("history.change_texts", "width"): (lambda p, n: p.history.change_texts(1, width=n), -1, "0 or more"),
    ("history.facts", "limit"): (lambda p, n: p.history.facts(1, limit=n), -1, "0 or more"),
    ("history.undo", "steps"): (lambda p, n: p.history.undo(n), -1, "0 or more"),
    ("history.redo", "steps"): (lambda p, n: p.history.redo(n), -2, "0 or more"),
    ("cases.set", "position"): (lambda p, n: p.cases.set("SIB B", position=n), -3, "1 or more"),
    ("attributes.set", "position"): (lambda p, n: p.attributes.set("case", "size", position=n), 0, "1 or more"),
    ("codes.move", "position"): (lambda p, n: p.codes.move("Groups", "Innovation", position=n), -3, "1 or more"),
    ("codes.similar", "name_at_least"): (lambda p, n: p.codes.similar(name_at_least=n), -1, "from 0 to 100"),
    ("codes.similar", "overlap_at_least"): (lambda p, n: p.codes.similar(overlap_at_least=n), 1.5, "from 0 to 1"),
    ("codings.import_table", "accept"): (
        lambda p, n: p.codings.import_table(b"source,code,quote\n", accept=n), 101, "from 0 to 100",
    ),
    ("matrices.show", "first_note"): (lambda p, n: p.matrices.show(matrix(), first_note=n), -1, "0 or more"),
    ("proposals.clusters", "name_at_least"): (lambda p, n: p.proposals.clusters(name_at_least=n), -1, "from 0 to 100"),
    ("proposals.clusters", "words_at_least"): (lambda p, n: p.proposals.clusters(words_at_least=n), 101, "from 0 to 100"),
    ("pseudonyms.check", "at_least"): (lambda p, n: list(p.pseudonyms.check(at_least=n)), 0, "1 or more"),
    ("reports.agreement", "draws"): (lambda p, n: p.reports.agreement(draws=n), -1, "0 or more"),
    ("reports.agreement", "seed"): (lambda p, n: p.reports.agreement(seed=n), -1, "0 or more"),
    ("sources.kwic", "width"): (lambda p, n: list(p.sources.kwic("card", width=n)), 0, "1 or more"),
    ("quotes.check", "fewest"): (lambda p, n: p.quotes.check("draft.md", fewest=n), 0, "1 or more"),
    ("reports.saturation", "base"): (lambda p, n: p.reports.saturation(base=n), 0, "1 or more"),
    ("reports.saturation", "run"): (lambda p, n: p.reports.saturation(run=n), 0, "1 or more"),
    ("reports.saturation", "threshold"): (lambda p, n: p.reports.saturation(threshold=n), 101, "0 to 100"),
    ("reports.saturation", "shuffles"): (lambda p, n: p.reports.saturation(shuffles=n), 0, "1 or more"),
    ("reports.saturation", "seed"): (lambda p, n: p.reports.saturation(seed=n), -1, "0 or more"),
    ("reports.words", "at_least"): (lambda p, n: p.reports.words(at_least=n), 0, "1 or more"),
    ("reports.cooccurrence", "at_least"): (lambda p, n: p.reports.cooccurrence(at_least=n), 0, "1 or more"),
    ("sources.move", "position"): (lambda p, n: p.sources.move("A1", n), 0, "1 or more"),
    ("sources.text_of_version", "version"): (lambda p, n: p.sources.text_of_version("A1", n), 0, "1 or more"),
    ("sources.diff", "before"): (lambda p, n: p.sources.diff("A1", n), 0, "1 or more"),
    ("sources.diff", "after"): (lambda p, n: p.sources.diff("A1", after=n), -1, "1 or more"),
    ("Project.set_study", "first_note"): (lambda p, n: p.set_study(first_note=n), -1, "0 or more"),
}  # fmt: skip
ELSEWHERE = {
    "number",  # of a thing: one that is not there is not found
    "numbers",
    "codings",
    "of",  # the number of a coding
    "nth",  # as well
    "progress",
    "round",  # test_rounds.py tests the numbers of rounds
    "rounds",
    "act",
    "within",  # of a search; tests/model/test_search_terms.py has its range
}


@pytest.mark.parametrize(("name", "argument"), REFUSED)
def test_a_number_out_of_range_is_refused_with_its_value_and_the_range(
    coded: Project, name: str, argument: str
) -> None:
    call, given, allowed = REFUSED[name, argument]
    coded.attributes.add("case", "size")
    before = dump(coded.path)
    with pytest.raises(OutOfRangeError, match=f" is {given}: it must be .*{allowed}"):
        call(coded, given)
    with pytest.raises(OutOfRangeError, match="it must be a "):
        call(coded, "x")
    with pytest.raises(OutOfRangeError):
        call(coded, True)
    assert dump(coded.path) == before


def test_every_number_argument_of_a_public_method_is_tested() -> None:
    found = {
        (name, argument)
        for name in PUBLIC
        for argument, hint in hints_of(name).items()
        if parts(hint) & {int, float} and argument not in ELSEWHERE
    }
    assert found == set(REFUSED)


@pytest.mark.parametrize("make", [lambda: Rule(0), lambda: Rule(1, -1), lambda: Rule(kinds=0), lambda: Rule("2")])
def test_an_impossible_threshold_is_an_input_error(make: Callable[[], Rule]) -> None:
    with pytest.raises(InputError, match=r"^The threshold of \w+ is .+: it must be a whole number, 1 or more.$"):
        make()


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3), ("0", 3), (0.5, 3), (False, 3)])
def test_an_impossible_segment_is_an_input_error(start: Any, end: Any) -> None:
    with pytest.raises(
        InputError, match=f"^{start}:{end} is not a segment: it must begin at 0 or later and not be empty.$"
    ):
        Segment(start, end)


def test_width_of_a_printed_table_is_one_or_more(coded: Project) -> None:
    with pytest.raises(InputError, match="The width is -5: it must be a whole number, 1 or more"):
        coded.matrices.show(matrix()).to_text(width=-5)
