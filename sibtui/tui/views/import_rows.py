"""The preview of an import as list rows, and the details of one item as lines."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sibtui.model.messages import Message
from sibtui.model.text import one_line, plural
from sibtui.tui.hints import worded
from sibtui.tui.widgets.row_list import ListRow
from sibtui.tui.widgets.text_lines import Line, cells_of, cut, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sibtui.model.drafts import CodeDraft
    from sibtui.project.importing.coding_preview import CodingItem, CodingPreview
    from sibtui.project.importing.preview import CodebookComparison, ImportItem, ImportPreview

_MARKS = {"new": "+", "out": " ", "same": "=", "refused": "!"}
_OUTCOMES = {"out": "left out", "same": "already in the study", "refused": "refused"}
_SNIPPET = 400
_IN_STUDY, _IN_FILE = "study:", "file:"
_CONTEXT = 20
"""When two long texts are compared, this many characters before their first difference are shown."""
_ENCODINGS = {
    "": "detected for each file", "utf-8": "Unicode", "utf-16": "Unicode, two bytes a character", "cp1252": "Western Europe, Windows",
    "iso8859-15": "Western Europe, Unix", "mac_roman": "Western Europe, old Macs", "cp850": "Western Europe, DOS",
    "cp1250": "Central Europe", "cp1251": "Cyrillic", "cp1253": "Greek", "cp1254": "Turkish", "cp1255": "Hebrew",
    "cp1256": "Arabic", "gb18030": "Chinese, simplified", "big5": "Chinese, traditional", "cp932": "Japanese", "cp949": "Korean",
}  # fmt: skip
DETECTED, OTHER_ENCODING = "detected", "other"
"""The keys of two rows in the list of encodings: “detect the encoding”, and “another encoding”."""


def item_rows(items: Sequence[ImportItem], marked: Collection[str] = ()) -> list[ListRow]:
    """Return a row for each source to import, and for each file that cannot be read.

    `?` marks the sources that the user should check before the import. `*` marks the sources whose keys (identifiers)
    are in `marked`.
    """
    return [
        ListRow(
            item.key,
            one_line(item.name, 200),
            mark=f"{_outcome_mark(item)}{'*' if item.key in marked else ' '}",
            right=" · ".join(_facts(item)),
            quiet=item.outcome != "new",
        )
        for item in items
    ]


def _outcome_mark(item: ImportItem) -> str:
    return "?" if item.outcome == "new" and item.messages else _MARKS[item.outcome]


def _facts(item: ImportItem) -> list[str]:
    facts = [Path(item.file.path).suffix.lower().removeprefix(".") or "no extension"]
    facts += [item.encoding] if item.encoding else []
    if item.draft is not None and len(item.file.drafts) > 1:
        facts.append(plural(len(item.draft.text), "character"))
    else:
        facts.append(size(item.file.size))
    if item.outcome != "new":
        facts.insert(0, _OUTCOMES[item.outcome])
    elif item.draft is not None:
        facts = [*map(one_line, item.draft.cases), *facts]
    return facts


def size(count: int) -> str:
    """Return a number of bytes as text with its unit, such as “1.5 KB”."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.1f} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def item_lines(item: ImportItem, width: int, keymap: Mapping[str, str]) -> list[Line]:
    """Return lines about a source to import: its file, its warnings, its properties, and the beginning of its text."""
    lines: list[Line] = [[(row, "quiet")] for row in wrapped(one_line(item.file.path), width)]
    for message in item.messages:
        lines += [[(row, "warning")] for row in wrapped(one_line(worded(message, keymap)), width)]
    if item.draft is None:
        return lines
    draft = item.draft
    cases = ", ".join(f"{case} (new)" if case in item.new_cases else case for case in draft.cases) or "no case"
    facts = [draft.kind, "word for word" if draft.fidelity == "verbatim" else "notes", cases]
    facts += [f"{name}: {value}" for name, value in draft.attributes.items()]
    lines.append([(cut(" · ".join(map(one_line, facts)), width), "text")])
    return [*lines, *([(row, "quiet")] for row in wrapped(_beginning(draft.text, item.encoding), width))]


def _beginning(text: str, encoding: str) -> str:
    """Return the beginning of a text.

    If the encoding is a guess, return the text around the first character beyond ASCII, where errors are visible.
    """
    start = 0
    if "sure" in encoding and not text.isascii():
        start = max(0, next(at for at, character in enumerate(text) if not character.isascii()) - 30)
    return one_line(("… " if start else "") + text[start : start + _SNIPPET])


def code_rows(codes: Sequence[CodeDraft], compared: CodebookComparison) -> list[ListRow]:
    return [_code_row(f"{at}", code.path, compared) for at, code in enumerate(codes)]


def _code_row(key: str, path: str, compared: CodebookComparison) -> ListRow:
    if path in compared.differing:
        return ListRow(key, one_line(path, 200), mark="≠ ", right=f"differs: {', '.join(compared.differing[path])}")
    exists = path in compared.known
    mark, right = ("= ", "already in the study") if exists else ("+ ", "new code")
    return ListRow(key, one_line(path, 200), mark=mark, right=right, quiet=exists)


def code_lines(code: CodeDraft, compared: CodebookComparison, width: int) -> list[Line]:
    """Return lines about a code to import: its path, and the fields that differ from the code in the study.

    For a new code, the definition of the code follows the path instead.
    """
    lines: list[Line] = [[(row, "text")] for row in wrapped(one_line(code.path), width)]
    differences = compared.differing.get(code.path)
    if differences is None:
        definition = code.definition or "It has no definition."
        return [*lines, *([(row, "text")] for row in wrapped(definition, width))]
    for field, (before, after) in differences.items():
        lines += _difference(field, one_line(before), one_line(after), width)
    return lines


def _difference(field: str, before: str, after: str, width: int) -> list[Line]:
    """Return two lines: the value of a field in the study, and the value in the file.

    If the values are longer than a line, the lines begin shortly before the first difference.
    """
    shorter = min(len(before), len(after))
    same = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    start = max(0, same - _CONTEXT) if max(len(before), len(after)) + len(f"{field} {_IN_FILE} ") > width else 0
    lines: list[Line] = []
    for label, value in ((_IN_STUDY, before), (_IN_FILE, after)):
        shown = f"… {value[start:]}" if start else value or "nothing"
        lines.append([(cut(f"{field} {label} {shown}", width), "text")])
    return lines


def coding_rows(items: Sequence[CodingItem]) -> list[ListRow]:
    """Return list rows for the preview of an import.

    They show messages, new codes, the first few codings, and the rows of the file that cannot be imported.
    """
    marks = {"message": "? ", "code": "+ ", "coding": "+ ", "refused": "! "}
    return [
        ListRow(
            f"{at}", one_line(item.text, 300), mark=marks[item.kind], right=one_line(item.right, 80),
            quiet=item.kind == "refused", prose=True,
        )
        for at, item in enumerate(items)
    ]  # fmt: skip


def coding_lines(item: CodingItem, width: int, keymap: Mapping[str, str]) -> list[Line]:
    """Return the details of an item in the preview of a table of codings: sentences about it, and its text.

    For a row that cannot be imported, the sentences state the problem. They also show the passage of the source that
    is most similar to the quote.
    """
    message = item.kind == "message"
    text = worded(Message(item.text, item.hint), keymap) if message else item.text
    lines: list[Line] = [[(row, "warning")] for each in item.details for row in wrapped(one_line(each), width)]
    return [*lines, *([(row, "warning" if message else "text")] for row in wrapped(one_line(text, 2000), width))]


def option_lines(preview: ImportPreview, more: str, width: int, keys: Mapping[str, str]) -> list[Line]:
    """Return the options of an import as lines, each with the key that changes it.

    `more` describes changed options that have no key. `keys` is a map: name of a command → label of its key.
    """
    if preview.reading.codes is None:
        return _option_lines(_source_options(preview, more), width, keys)
    if not preview.compared.differing:
        return []
    value = "changed to those of the file" if preview.update else "left as they are"
    return _option_lines({"update": ("codes that differ", value)}, width, keys)


def _source_options(preview: ImportPreview, more: str) -> dict[str, tuple[str, str]]:
    """Return a dict: name of a command → (label, value) of the option that this command changes.

    The values are those of the marked sources, or of all sources if none is marked.
    """

    def shown(name: str, words: Callable[[Any], str]) -> str:
        value = preview.value(name)
        return "different" if value is None and name not in ("kind", "fidelity", "encoding") else words(value)

    fidelities = {"notes": "notes", "verbatim": "word for word"}
    marked = len(preview.marked)
    return {
        "mark": ("for", plural(marked, "marked source") if marked else "all sources"),
        "case": ("case", shown("cases", lambda cases: ", ".join(map(one_line, cases)) or "as in the files")),
        "kind": ("kind", shown("kind", lambda kind: kind or "as in the files")),
        "fidelity": ("words", shown("fidelity", lambda words: fidelities.get(words or "", "as in the files"))),
        "encoding": ("encoding", shown("encoding", lambda name: one_line(name or "detected", 30))),
        "speakers": ("speakers", shown("speakers", lambda found: _speakers(found, preview.value("speaker_pattern")))),
        "language": ("language", shown("language", lambda name: one_line(name or preview.language or "guessed"))),
        "options": ("more", more or "…"),
    }  # fmt: skip


def _speakers(found: bool, pattern: str | None) -> str:
    if not found:
        return "not looked for"
    return f"by {one_line(pattern, 30)}" if pattern else "recognised"


def coding_option_lines(preview: CodingPreview, more: str, width: int, keys: Mapping[str, str]) -> list[Line]:
    """Return the options for importing a table of codings as lines, each with the key that changes it.

    `more` and `keys` are those of `option_lines`.
    """
    options = preview.options
    shown = {
        "codings": ("read as", "codings"),
        "new_codes": ("missing codes", "are added" if options.new_codes else "are not added"),
        "update": ("codings that differ", "are changed" if options.update else "stay"),
        "options": ("columns and more", more or "…"),
    }
    return _option_lines(shown, width, keys)


def _option_lines(shown: Mapping[str, tuple[str, str]], width: int, keys: Mapping[str, str]) -> list[Line]:
    """Return options as lines. `shown` is a map: name of a command → (label, value) of its option."""
    lines: list[Line] = [[]]
    room = width
    for name, (label, value) in shown.items():
        value = cut(value, max(10, width - len(label) - 6))  # noqa: PLW2901 - cut to the room available
        need = cells_of([(f"{keys[name]} {label}: {value}   ", "")])
        if need > room + 3 and lines[-1]:
            lines.append([])
            room = width
        room -= need
        lines[-1] = [*lines[-1], (keys[name], "key"), (f" {label}: ", "quiet"), (value, "text"), ("   ", "quiet")]
    return lines


def encoding_rows() -> list[ListRow]:
    """Return the rows of the list of encodings.

    The first row makes the program detect the encoding. The last row lets the user type the name of another encoding.
    """
    rows = [ListRow(name or DETECTED, f"{name:<12}{region}" if name else region) for name, region in _ENCODINGS.items()]
    return [*rows, ListRow(OTHER_ENCODING, "another encoding, by name …")]
