"""A list in which the user chooses coders and kinds of source, to limit the codings that a table counts."""

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
    """Return (key, label) for each choice: one choice per kind of source, and one per coder.

    A key is, for example, `kind interview`.
    """
    found = [(f"kind {kind}", f"kind of source: {kind}") for kind in KINDS]
    return [*found, *((f"coder {coder.name}", f"coder: {one_line(coder.name)}") for coder in project.coders)]


def evidence_keys(chosen: EvidenceFilter) -> list[str]:
    """Return the keys (see `evidence_choices`) of the chosen coders and the chosen kinds of source."""
    kinds, coders = as_names(chosen.kinds), as_names(chosen.coders)
    return [*(f"kind {kind}" for kind in kinds), *(f"coder {coder}" for coder in coders)]


def evidence_of_keys(keys: Iterable[str]) -> EvidenceFilter:
    """Return the filter for the coders and the kinds of source that these keys name."""
    names: dict[str, list[str]] = {"kind": [], "coder": []}
    for key in keys:
        what, _, name = key.partition(" ")
        names[what].append(name)
    return EvidenceFilter(tuple(kind for kind in KINDS if kind in names["kind"]), tuple(names["coder"]))


def evidence_words(chosen: EvidenceFilter) -> str:
    """Return the filter in words, such as `interviews, reports by Ana`; empty if it excludes nothing."""
    kinds, coders = as_names(chosen.kinds), as_names(chosen.coders)
    sources = [f"{kind}s" for kind in kinds if kind != "other"] + (["other sources"] if "other" in kinds else [])
    return " by ".join(filter(None, [", ".join(sources), ", ".join(map(one_line, coders))]))
