"""The choice of the evidence that counts in a table, as one list with all kinds of source and all coders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.arguments import as_names
from sibtui.model.filters import EvidenceFilter
from sibtui.model.records import KINDS
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.project import Project


def evidence_choices(project: Project) -> list[tuple[str, str]]:
    """Return the rows of a list for the user: a pair (key, label) for each kind of source and each coder."""
    found = [(f"kind {kind}", f"kind of source: {kind}") for kind in KINDS]
    return [*found, *((f"coder {coder.name}", f"coder: {one_line(coder.name)}") for coder in project.coders)]


def evidence_keys(chosen: EvidenceFilter) -> list[str]:
    """Return the keys of a filter: one key for each of its kinds of source and coders.

    `evidence_choices` lists all keys.
    """
    kinds, coders = as_names(chosen.kinds), as_names(chosen.coders)
    return [*(f"kind {kind}" for kind in kinds), *(f"coder {coder}" for coder in coders)]


def evidence_of_keys(keys: Iterable[str]) -> EvidenceFilter:
    """Return the filter for these keys. This is the inverse of `evidence_keys`."""
    names: dict[str, list[str]] = {"kind": [], "coder": []}
    for key in keys:
        what, _, name = key.partition(" ")
        names[what].append(name)
    return EvidenceFilter(tuple(kind for kind in KINDS if kind in names["kind"]), tuple(names["coder"]))


def evidence_words(chosen: EvidenceFilter) -> str:
    """Return a filter in words, such as `interviews, reports by Ana`. Empty if the filter excludes nothing."""
    kinds, coders = as_names(chosen.kinds), as_names(chosen.coders)
    sources = [f"{kind}s" for kind in kinds if kind != "other"] + (["other sources"] if "other" in kinds else [])
    return " by ".join(filter(None, [", ".join(sources), ", ".join(map(one_line, coders))]))
