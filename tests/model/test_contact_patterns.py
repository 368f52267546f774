"""E-mail addresses, telephone numbers and postcodes are found; dates, times and amounts are not."""

from __future__ import annotations

import pytest

from sibtui.model.contact_patterns import contacts


def found(text: str) -> list[tuple[str, str]]:
    return [(kind, text[start:end]) for kind, start, end in contacts(text)]


@pytest.mark.parametrize("words", ["mary.jones@leeds.ac.uk", "m+1@x.org", "zoë@büro.de"])
def test_an_email_address_is_found(words: str) -> None:
    assert ("e-mail", words) in found(f"Write to {words}.")


@pytest.mark.parametrize(
    "words",
    ["+44 20 7946 0958", "0044 20 7946 0958", "020 7946 0958", "(0161) 496 0123", "07700 900123", "+49 (0)30 123456", "030/12345678",
     "212-555-0123", "(212) 555-0123", "06 12 34 56 78", "+31612345678"],
)  # fmt: skip
def test_a_telephone_number_is_found(words: str) -> None:
    assert found(f"Ring {words}, please") == [("phone", words)]


@pytest.mark.parametrize("words", ["LS2 9JT", "SW1A 1AA", "GIR 0AA", "K1A 0B1", "1012 AB", "D-50667", "CH-8001"])
def test_a_postcode_is_found(words: str) -> None:
    assert found(f"They live at {words}, nearby") == [("postcode", words)]


@pytest.mark.parametrize("text", ["Los Angeles, CA 90012", "Long Street 2, 50667 Köln", "50667 Köln"])
def test_a_postcode_beside_a_town_is_found(text: str) -> None:
    assert [kind for kind, _ in found(text)] == ["postcode"]


@pytest.mark.parametrize(
    "text",
    ["on 01.02.2020 at 12:30", "09/11/2001", "01.02.2020 12:30", "2020-05-14", "00:12:33.250 --> 00:12:35.000", "£10,000,000", "15000 people",
     "In 2019 EU funds", "1994-2001", "978-3-16-148410-0", "0.1234567890", "5.1 and 5.2", "@home", "A1 B2", "1234"],
)  # fmt: skip
def test_other_numbers_are_not_found(text: str) -> None:
    assert found(text) == []
