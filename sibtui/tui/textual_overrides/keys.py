"""The names that Textual gives to keys."""

from __future__ import annotations

# Textual has no public function for the name of a character, and a key map must use the name that a key event has.
from textual.keys import _character_to_key as name_of_character

__all__ = ["name_of_character"]
