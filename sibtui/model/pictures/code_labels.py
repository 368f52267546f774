"""Labels of codes in pictures: the last name of a path, indented below the code above it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sibtui.model.codebook import join_path, split_path

if TYPE_CHECKING:
    from collections.abc import Sequence


def short_labels(paths: Sequence[str]) -> tuple[str, ...]:
    """Return the last name of each path. If several paths have this last name, return the whole path instead.

    >>> short_labels(["Staff/Training", "Staff/Pay", "Costs/Pay"])
    ('Training', 'Staff/Pay', 'Costs/Pay')
    """
    names = [split_path(path)[-1] for path in paths]
    alike = Counter(names)
    return tuple(name if alike[name] == 1 else path for name, path in zip(names, paths, strict=True))


def tree_labels(paths: Sequence[str]) -> tuple[tuple[str, int], ...]:
    """Return (label, level) for each path.

    The level of a path is the number of codes above it that are also in `paths`. The label is the part of the path
    below these codes.

    >>> tree_labels(["Staff", "Staff/Pay", "Costs/Rent"])
    (('Staff', 0), ('Pay', 1), ('Costs/Rent', 0))
    """
    listed = {split_path(path) for path in paths}
    labels = []
    for path in paths:
        names = split_path(path)
        above = [depth for depth in range(1, len(names)) if names[:depth] in listed]
        rest = names[above[-1] :] if above else names
        labels.append((rest[0] if len(rest) == 1 else join_path(rest), len(above)))
    return tuple(labels)
