"""Lists of names with commas between them, such as `a1, b1`, in which a name can have commas too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.folding import name_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in a list. A name in double quotation marks can have commas.

    >>> split_names('a1, "Smith, J", b1')
    ('a1', 'Smith, J', 'b1')
    """
    import csv

    parts = next(csv.reader([" ".join(text.splitlines())], skipinitialspace=True), [])
    return tuple(name for part in parts if (name := part.strip()))


def names_in(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the names in a list with commas between them. A known name may contain commas itself.

    If the whole text is a known name, it is the only name. Otherwise, a text with double quotation marks is read by
    `split_names`, and the known names are not used.

    >>> names_in("Smith, J, b1", ["b1", "Smith, J"])
    ('Smith, J', 'b1')
    """
    keys = set(map(name_key, known))
    if name_key(text) in keys:
        return (text.strip(),)

    def length_of_name(parts: Sequence[str]) -> int:
        ends = range(len(parts), 1, -1)
        return next((end for end in ends if name_key(",".join(parts[:end])) in keys), 1)

    return names_by_length(text, length_of_name)


def names_by_length(text: str, length_of_name: Callable[[Sequence[str]], int]) -> tuple[str, ...]:
    """Return the names in a list with commas between them. A name may contain commas itself.

    `length_of_name` takes the remaining parts between commas, and returns how many of them form the next name. It is
    not called for a list with double quotation marks: there, each name with a comma is in such marks.
    """
    if '"' in text:
        return split_names(text)
    parts, names = text.split(","), list[str]()
    while parts:
        end = length_of_name(parts)
        names.append(",".join(parts[:end]).strip())
        parts = parts[end:]
    return tuple(filter(None, names))
