"""What would come into a study, as rows and lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sibtui.model.text import one_line, plural
from sibtui.tui.widgets.lines import Line, cut, wrapped
from sibtui.tui.widgets.row_list import Row

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sibtui.desk.incoming import How, Item
    from sibtui.model.drafts import CodeDraft

_MARKS = {"new": "+", "out": " ", "same": "=", "refused": "!"}
_SAID = {"out": "left out", "same": "there already", "refused": "refused"}
_SNIPPET = 400


def item_rows(items: Sequence[Item]) -> list[Row]:
    """A row a source, or a file that was refused. `?` marks what is to be looked at before it comes in."""
    return [
        Row(
            item.key,
            one_line(item.name, 200),
            mark=f"{'?' if item.outcome == 'new' and item.warnings else _MARKS[item.outcome]} ",
            right=" · ".join(_facts(item)),
            quiet=item.outcome != "new",
        )
        for item in items
    ]


def _facts(item: Item) -> list[str]:
    facts = [Path(item.file.path).suffix.lower().removeprefix(".") or "no suffix"]
    facts += [item.encoding] if item.encoding else []
    if item.draft is not None and len(item.file.drafts) > 1:
        facts.append(plural(len(item.draft.text), "character"))
    else:
        facts.append(size(item.file.size))
    return ([_SAID[item.outcome]] if item.outcome != "new" else []) + facts


def size(count: int) -> str:
    """Bytes as people write them."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.1f} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def item_lines(item: Item, width: int) -> list[Line]:
    """A source in full: where it is from, what would be known of it, what the reader says, how it begins."""
    lines: list[Line] = [[(cut(item.file.path, width), "quiet")]]
    for told in (item.why, *(f"{warning}." for warning in item.warnings)):
        lines += [[(row, "warning")] for row in wrapped(one_line(told), width)] if told else []
    if item.draft is None:
        return lines
    draft = item.draft
    cases = ", ".join(f"{case} (new)" if case in item.new_cases else case for case in draft.cases) or "no case"
    facts = [draft.kind, "word for word" if draft.fidelity == "verbatim" else "notes", cases]
    facts += [f"{name}: {value}" for name, value in draft.attributes.items()]
    lines.append([(cut(" · ".join(map(one_line, facts)), width), "text")])
    return [*lines, *([(row, "quiet")] for row in wrapped(_beginning(draft.text, item.encoding), width))]


def _beginning(text: str, encoding: str) -> str:
    """How the text begins; where its encoding is a guess, the first place that shows whether it is right."""
    start = 0
    if "sure" in encoding and not text.isascii():
        start = max(0, next(at for at, sign in enumerate(text) if not sign.isascii()) - 30)
    return one_line(("… " if start else "") + text[start : start + _SNIPPET])


def code_rows(codes: Sequence[CodeDraft], known: Collection[str]) -> list[Row]:
    return [
        Row(
            f"{at}",
            one_line(code.path, 200),
            mark="= " if code.path in known else "+ ",
            right="there already" if code.path in known else "new code",
            quiet=code.path in known,
        )
        for at, code in enumerate(codes)
    ]


def how_lines(how: How, width: int, keys: dict[str, str]) -> list[Line]:
    """What is said of all that comes in, and the keys that change it; as many lines as it takes."""
    told = {
        "case": ("case", ", ".join(map(one_line, how.cases)) or "as in the files"),
        "kind": ("kind", how.kind or "as in the files"),
        "fidelity": ("words", {"notes": "notes", "verbatim": "word for word"}.get(how.fidelity or "", "as in the files")),
        "encoding": ("encoding", one_line(how.encoding or "found out", 30)),
        "speakers": ("speakers", "recognised" if how.speakers else "not looked for"),
    }  # fmt: skip
    lines: list[Line] = [[]]
    room = width
    for name, (label, value) in told.items():
        value = cut(value, max(10, width - len(label) - 6))  # noqa: PLW2901 - cut to what there is
        need = len(keys[name]) + len(label) + len(value) + 5
        if need > room and lines[-1]:
            lines.append([])
            room = width
        room -= need
        lines[-1] = [*lines[-1], (keys[name], "key"), (f" {label}: ", "quiet"), (value, "text"), ("   ", "quiet")]
    return lines
