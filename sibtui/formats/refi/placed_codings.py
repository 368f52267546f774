"""Codings for a REFI-QDA project: grouping them by source, and checking whether the file can hold them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from sibtui.model.lazy_items import LazyItems

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from sibtui.model.drafts import CodingDraft, SourceDraft, StudyDraft

NumberedCoding = tuple[int, "CodingDraft"]
"""A coding with its position in the study, as (position, coding)."""


def by_source(study: StudyDraft) -> Iterator[tuple[SourceDraft | None, Iterable[NumberedCoding]]]:
    """Yield (source, its codings) for each source of a study. Each coding has its position in the study.

    Codings whose source does not exist in the study come at the end, with None in place of the source.

    If the codings are in the order of the sources, they are read only once. The caller must read all codings of a
    source before it takes the next source.
    """
    if is_by_source(study):
        yield from _in_order(study)
        return
    groups: dict[str, list[NumberedCoding]] = {}
    for numbered in enumerate(study.codings):
        groups.setdefault(numbered[1].source, []).append(numbered)
    for source in study.sources:
        yield source, groups.pop(source.name, ())
    for rest in groups.values():
        yield None, rest


def is_by_source(study: StudyDraft) -> bool:
    """Return whether the codings are known to be in the order of the study's sources. The codings are not read."""
    return isinstance(study.codings, LazyItems) and study.codings.by_source


def _in_order(study: StudyDraft) -> Iterator[tuple[SourceDraft | None, Iterable[NumberedCoding]]]:
    groups = groupby(enumerate(study.codings), key=_source_of)
    name, group = next(groups, ("", ()))
    for source in study.sources:
        if name == source.name:
            yield source, group
            name, group = next(groups, ("", ()))
        else:
            yield source, ()
    while group:
        yield None, group
        name, group = next(groups, ("", ()))


def _source_of(numbered: NumberedCoding) -> str:
    return numbered[1].source


def has_place(coding: CodingDraft, text: str, codes: Container[str]) -> bool:
    """Return whether a coding can be written to a REFI-QDA project.

    The code must be in `codes`. The place of the passage must be certain, and fit `text`, the text of the source.
    """
    segment = coding.segment
    return (
        segment is not None
        and not coding.undecided
        and coding.code in codes
        and segment.end <= len(text)
        and (coding.quote is None or coding.quote == text[segment.start : segment.end])
    )
