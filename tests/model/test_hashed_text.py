"""Tests of texts whose bytes and SHA-256 are known."""

from __future__ import annotations

import pickle

from sibtui.model.hashed_text import HashedText


def test_a_hashed_text_equals_the_same_ordinary_text() -> None:
    text = HashedText.of("Añda", "Añda".encode(), "de8f")
    assert text == "Añda"
    assert hash(text) == hash("Añda")
    assert (text.data, text.sha256) == ("Añda".encode(), "de8f")


def test_a_part_of_a_hashed_text_is_an_ordinary_text() -> None:
    text = HashedText.of("Ada", b"Ada", "de8f")
    assert type(text[:2]) is str
    assert type(text.replace("A", "E")) is str


def test_a_pickled_hashed_text_keeps_its_hash() -> None:
    text = pickle.loads(  # noqa: S301 - our own bytes
        pickle.dumps(HashedText.of("Ada", b"Ada", "de8f"))
    )
    assert (text, text.data, text.sha256) == ("Ada", b"Ada", "de8f")
