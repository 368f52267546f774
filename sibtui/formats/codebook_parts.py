"""What a codebook says of each code, in plain words, for each format to escape in its own way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sibtui.model.codebook import split_path
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sibtui.model.drafts import CodeDraft
    from sibtui.model.report import CodeFigures

_FIELDS = (
    ("Definition", "definition"),
    ("When to use", "include"),
    ("When not to use", "exclude"),
    ("Example", "example"),
)


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """One code. `depth` is 0 for a theme; `fields` are (label, text), those that have a text; `facts` is one line."""

    depth: int
    name: str
    fields: tuple[tuple[str, str], ...]
    facts: str


def entries(codes: Sequence[CodeDraft], figures: Mapping[str, CodeFigures]) -> Iterator[CodeEntry]:
    """The codes in their order. Who changed a code is not told: a coder is often a login name."""
    for code in codes:
        names = split_path(code.path) or ("",)
        fields = [(label, text) for label, field in _FIELDS if (text := getattr(code, field)).strip()]
        if code.lineage:
            fields.append(("History", "; ".join(f"{e.event} {e.at[:10]}: {one_line(e.path)}" for e in code.lineage)))
        yield CodeEntry(len(names) - 1, one_line(names[-1]), tuple(fields), _facts(code, figures.get(code.path)))


def _facts(code: CodeDraft, figures: CodeFigures | None) -> str:
    facts: list[str] = [fact for fact in (code.origin, code.status) if fact]
    if figures is not None:
        facts += [_some(figures.quotes, "quote"), _some(figures.sources, "source"), _some(figures.cases, "case")]
    return ", ".join(facts)


def _some(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
