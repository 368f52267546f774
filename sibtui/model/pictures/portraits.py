"""Document portraits: pictures of where the passages of each theme (top code) are in each source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.agreement.unitizing import merged_units
from sibtui.model.codebook import split_path
from sibtui.model.colours import colours
from sibtui.model.pictures.picture import MOST_STRETCHES, Portrait, PortraitSource, check_size, refuse_more
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sibtui.model.coverage import CodedPassage
    from sibtui.model.records import Code


def portrait(
    sources: Sequence[tuple[str, int, Iterable[CodedPassage]]], codes: Sequence[Code], notes: Sequence[str] = ()
) -> Portrait:
    """Return the document portrait of sources: one band per source, with a strip for each theme (top code).

    `sources` has (name, length, codings). Passages of one theme, including its sub-codes, are joined if they overlap or
    touch. Themes without codings are left out. Codings of retired codes are shown, too. Raises InputError if there are
    no sources or codings, or too many sources, themes or passages.
    """
    check_size(len(sources), row="source")
    theme_of = _themes(codes)
    merged = {name: _stretches(passages, theme_of) for name, _, passages in sources}
    used = {theme for stretches in merged.values() for theme in stretches}
    named = colours(codes)
    themes = [code for code in codes if code.id in used]
    check_size(len(themes), row="coded theme")
    refuse_more(sum(len(found) for each in merged.values() for found in each.values()), MOST_STRETCHES, "passage")
    index = {code.id: at for at, code in enumerate(themes)}
    rows = tuple(
        PortraitSource(
            name, length,
            tuple(
                (start, end, index[theme])
                for theme in sorted(merged[name], key=index.__getitem__)
                for start, end in merged[name][theme]
            ),
        )
        for name, length, _ in sources
    )  # fmt: skip
    names = tuple((split_path(code.path)[-1], named[code.path]) for code in themes)
    return Portrait("Where the themes are in each source", _described(rows, names), rows, names, tuple(notes))


def _themes(codes: Sequence[Code]) -> dict[int, int]:
    """Return a map: code id → id of its theme (the top code above it, or the code itself)."""
    parents = {code.id: code.parent for code in codes}
    found: dict[int, int] = {}
    for code in codes:
        theme = code.id
        while (parent := parents.get(theme)) is not None:
            theme = parent
        found[code.id] = theme
    return found


def _stretches(passages: Iterable[CodedPassage], theme_of: Mapping[int, int]) -> dict[int, list[tuple[int, int]]]:
    spans: dict[int, list[tuple[int, int]]] = {}
    for start, end, code, _ in passages:
        spans.setdefault(theme_of[code], []).append((start, end))
    return {theme: merged_units(found, touching=True) for theme, found in spans.items()}


def _described(sources: Sequence[PortraitSource], themes: Sequence[tuple[str, str]]) -> str:
    coded = {source.label: {theme for *_, theme in source.passages} for source in sources}
    without = [one_line(label) for label, found in coded.items() if not found]
    counts = [
        f"{one_line(name)} in {sum(at in found for found in coded.values())}" for at, (name, _) in enumerate(themes)
    ]
    sentences = [
        f"A line for each of {plural(len(sources), 'source')}, from its beginning to its end, shows where {plural(len(themes), 'theme')} were coded.",
        f"Sources with a theme: {listed(counts)}.",
    ]
    if without:
        sentences.append(f"Without a coding: {listed(without)}.")
    return " ".join(sentences)
