"""A wrong number or argument is a usage error with one plain sentence."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.usefixtures("sample")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("history list --limit 0", "--limit 0: give a whole number of at least 1."),
        ("history list --limit ten", "--limit 'ten': give a whole number of at least 1."),
        ("undo 0", "N 0: give a whole number of at least 1."),
        ("coding decide 3 0 --take both", "N 0: give a whole number of at least 1."),
        ("source diff a1 0", "BEFORE 0: give a whole number of at least 1."),
        ("coding accept --min-score 101", "--min-score 101: give a whole number from 0 to 100."),
        ("report saturation --threshold 101", "--threshold 101.0: give a number from 0 to 100."),
        ("memo remove", "Missing argument 'NUMBER…'."),
        ("coding add a1 Trust --span 10:0", "'10:0' is not a span: END must be greater than START, as in 120:164."),
    ],
)
def test_a_wrong_number_is_a_usage_error_with_one_plain_sentence(run, arguments: str, message: str) -> None:
    refused = run(*arguments.split())
    assert refused.status == 2
    assert refused.err.splitlines()[-1].startswith("Error: ")
    assert refused.err.splitlines()[-1].endswith(message)
