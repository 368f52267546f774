"""The quotations in a draft: passages in quotation marks, and block quotations of Markdown and LaTeX."""

from __future__ import annotations

import re
from typing import Literal

from sibtui.model.frozen import dataclass

DraftForm = Literal["md", "tex", "docx"]
"""The form of a draft: Markdown or plain text, LaTeX, or the text of a Word document, whose lines are its paragraphs."""

_TEXT = r"(?:(?!\n[^\S\n]*\n)[^{stop}]){{1,5000}}?"
_PAIRS = (
    r"“(?P<a>" + _TEXT.format(stop="“”") + r")”",
    r"„(?P<b>" + _TEXT.format(stop="„“”") + r")[“”]",
    r"«(?P<c>" + _TEXT.format(stop="«»") + r")»",
    r"(?<![^\W_])‘(?P<d>" + _TEXT.format(stop="‘") + r")’(?![^\W_])",
    r'(?<![\w"\\])"(?=\S)(?P<e>' + _TEXT.format(stop='"') + r')(?<=\S)"(?![^\W_])',
)
_LATEX_PAIRS = (
    r"``(?P<f>(?:(?!\n[^\S\n]*\n|``|'').){1,5000}?)''",
    r"\\enquote\*?\{(?P<g>(?:[^{}]|\{[^{}]*\}){1,5000}?)\}",
    r"\\begin\{(?P<env>quote|quotation|displayquote)\}(?P<h>.{1,20000}?)\\end\{(?P=env)\}",
    r"(?<!`)`(?!`)(?P<i>(?:(?!\n[^\S\n]*\n|[`']).){1,5000}?)'(?!')",
)
_PLAIN = re.compile("|".join(_PAIRS), re.DOTALL)
_TEX = re.compile("|".join((*_LATEX_PAIRS, *_PAIRS)), re.DOTALL)
_BLOCK = re.compile(r"(?:^[^\S\n]{0,3}>[^\n]*(?:\n|\Z))+", re.MULTILINE)
_FENCE = re.compile(r"^(```+|~~~+)[^\n]*\n.*?(?:^\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
_COMMENT = re.compile(r"(?<!\\)%[^\n]*")
_OPENING, _CLOSING = "“„«\"‘'", "”“»\"’'"


@dataclass(frozen=True, slots=True)
class DraftQuotation:
    """A quotation in a draft. `line` is the number of its first line, from 1. `text` has no quotation marks and no markup."""

    line: int
    text: str

    @property
    def words(self) -> int:
        return len(self.text.split())


def quotations(text: str, form: DraftForm = "md") -> list[DraftQuotation]:
    """Return the quotations in a draft, in order. A passage in quotation marks cannot continue in the next paragraph.

    >>> quotations("She wrote: “We open doors […] of the doorway.”")
    [DraftQuotation(line=1, text='We open doors […] of the doorway.')]
    """
    text = _without_code(text, form)
    found: list[tuple[int, str]] = []
    if form == "md":
        found += [(match.start(), _unquoted(match[0])) for match in _BLOCK.finditer(text)]
        text = _BLOCK.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)
    for match in (_TEX if form == "tex" else _PLAIN).finditer(text):
        words = next(part for name, part in match.groupdict().items() if name != "env" and part is not None)
        found.append((match.start(), words))
    lines = _LineNumbers(text)
    made = (DraftQuotation(lines.of(start), _cleaned(words, form)) for start, words in sorted(found))
    return [each for each in made if re.search(r"[^\W_]", each.text)]


def _without_code(text: str, form: DraftForm) -> str:
    """Return the text with spaces in place of code blocks (Markdown) or comments (LaTeX).

    Line numbers stay the same.
    """
    pattern = {"md": _FENCE, "tex": _COMMENT}.get(form)
    return text if pattern is None else pattern.sub(lambda match: re.sub(r"[^\n]", " ", match[0]), text)


def _unquoted(block: str) -> str:
    """Return the text of a block quotation in Markdown, without quotation marks around the whole text.

    Lines that begin with a dash are left out, because they name the source.
    """
    lines = [re.sub(r"^\s*>\s?", "", line) for line in block.splitlines()]
    kept = [line for line in lines if not re.match(r"\s*[—–―-]{1,2}\s*\S", line)]
    text = "\n".join(kept).strip()
    if len(text) > 1 and text[0] in _OPENING and text[-1] in _CLOSING:
        return text[1:-1]
    return text


def _cleaned(words: str, form: DraftForm) -> str:
    if form == "tex":
        words = re.sub(r"\\(?:l?dots|textellipsis)\b(?:\{\})?", "…", words)
        for _ in range(3):
            words = re.sub(r"\\[a-zA-Z]+\*?(?:\[[^\]]*\])?\{([^{}]*)\}", r"\1", words)
        words = re.sub(r"\\([%&$#_{}])", r"\1", words).replace("~", " ").replace("---", "—").replace("--", "–")
        words = re.sub(r"\\[a-zA-Z]+\s*|[{}]|\\\\", " ", words)
    elif form == "md":
        words = re.sub(r"(?<!\\)(\*\*|\*|__|(?<!\w)_|_(?!\w))", "", words)
        words = re.sub(r"\\([\\`*_{}\[\]()#+.!-])", r"\1", words)
    return " ".join(words.split())


class _LineNumbers:
    """Finds the line numbers of offsets in a text. Pass the offsets in rising order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at, self._line = 0, 1

    def of(self, offset: int) -> int:
        self._line += self._text.count("\n", self._at, offset)
        self._at = offset
        return self._line
