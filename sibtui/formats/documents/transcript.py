"""Texts of sources with their codings, for print: as a web page with codes in the margin, or as a Word document.

In the Word document, each coding is a comment.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from sibtui.formats.codec.word import CommentedRun, WordComment, WordDocument
from sibtui.formats.documents.renderers.html_style import HEAD
from sibtui.model.codebook import theme_of
from sibtui.model.coded_text import coded_lines
from sibtui.model.text import inert, line_in_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.model.coded_text import CodedLine, CodedSource, TextPiece
    from sibtui.model.records import Coding
    from sibtui.model.report_values import AppendixOptions

_HUES = ("#e69f00", "#56b4e9", "#009e73", "#f0e442", "#0072b2", "#d55e00", "#cc79a7", "#999999")
"""The colours of Okabe and Ito, which readers with any colour vision can distinguish.

Each new theme gets the next colour.
"""
_HEADING = re.compile(r"#{1,6}\s")
_STYLE = """\
body { font: 11pt/1.5 Georgia, "Times New Roman", serif; margin: 2em auto; max-width: 68em; padding: 0 1em; }
h1, h2 { line-height: 1.2; }
.line { display: grid; gap: 0 1.5em; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
.line > p { margin: 0 0 .6em; overflow-wrap: anywhere; white-space: pre-wrap; }
.line > .heading { font-weight: bold; }
.line > ul { font: 9pt/1.3 system-ui, sans-serif; list-style: none; margin: 0 0 .6em; padding: 0; }
.line li { border-left: 4px solid; margin-bottom: .3em; padding-left: .5em; }
mark { background: none; border-bottom: 2px solid; color: inherit; padding-bottom: 1px; }
sup { color: #555; font: 7pt system-ui, sans-serif; }
.memo { color: #444; display: block; font-style: italic; }
@page { margin: 1.5cm; @bottom-center { content: counter(page); font: 9pt Georgia, "Times New Roman", serif; } }
@media (max-width: 40em) { .line { display: block; } .line > ul { margin-left: 1em; } }
@media print { body { margin: 0; max-width: none; } .line > ul { break-inside: avoid; } section + section { break-before: page; } }
"""


def transcript_page(sources: Iterable[CodedSource], title: str, options: AppendixOptions) -> Iterator[str]:
    """Yield the lines of a web page with the texts of the sources and their codes in the margin.

    `options` states whether memos, and the names of the coders, are shown too. The page has no scripts.
    """
    themes: dict[str, int] = {}
    yield f"{HEAD}<title>{_text(title)}</title>\n<style>\n{_STYLE}</style>\n</head>\n<body>\n<h1>{_text(title)}</h1>\n"
    for source in sources:
        yield f"<section>\n<h2>{_text(_heading(source))}</h2>\n"
        for line in coded_lines(source):
            yield from _line(line, source.codings, themes, options)
        yield "</section>\n"
    yield "</body>\n</html>\n"


def _text(plain: str) -> str:
    return html.escape(line_in_file(plain))


def _heading(source: CodedSource) -> str:
    title = f": {source.title}" if source.title and source.title != source.name else ""
    return f"{source.name}{title}" + (f" ({', '.join(source.cases)})" if source.cases else "")


def _line(
    line: CodedLine, codings: Sequence[Coding], themes: dict[str, int], options: AppendixOptions
) -> Iterator[str]:
    if not line:
        return
    begun = [at for piece in line for at in piece.begins]
    notes = "".join(_note(at + 1, codings[at], themes, options) for at in begun)
    words = "".join(_piece(piece, codings, themes) for piece in line)
    heading = ' class="heading"' if _HEADING.match(line[0].text) else ""
    yield f'<div class="line"><p{heading}>{words}</p>{f"<ul>{notes}</ul>" if notes else ""}</div>\n'


def _piece(piece: TextPiece, codings: Sequence[Coding], themes: dict[str, int]) -> str:
    words = html.escape(inert(piece.text, keeps_marks=True))
    if piece.codings:
        words = f'<mark style="border-color:{_hue(codings[piece.codings[-1]], themes)}">{words}</mark>'
    begins = "".join(f"<sup>[{at + 1}</sup>" for at in piece.begins)
    ends = "".join(f"<sup>{at + 1}]</sup>" for at in reversed(piece.ends))
    return f"{begins}{words}{ends}"


def _note(number: int, coding: Coding, themes: dict[str, int], options: AppendixOptions) -> str:
    memo = f'<span class="memo">{_text(coding.memo)}</span>' if options.memos and coding.memo.strip() else ""
    return f'<li style="border-color:{_hue(coding, themes)}"><b>{number}</b> {_text(_label(coding, with_coder=options.coders))}{memo}</li>'


def _hue(coding: Coding, themes: dict[str, int]) -> str:
    theme = theme_of(coding.code)
    return _HUES[themes.setdefault(theme, len(themes)) % len(_HUES)]


def _label(coding: Coding, *, with_coder: bool) -> str:
    marks: list[str] = [coding.stance] if coding.stance != "supports" else []
    marks += [coding.certainty] if coding.certainty != "firm" else []
    marks += ["place undecided"] if coding.undecided else []
    marks += [coding.coder] if with_coder else []
    return coding.code + (f" ({', '.join(marks)})" if marks else "")


def transcript_word(sources: Iterable[CodedSource], title: str, options: AppendixOptions) -> bytes:
    """Return the bytes of a Word document with the texts of the sources. Each coding is a comment on its passage."""
    word = WordDocument(title)
    word.heading(title, 1)
    for source in sources:
        word.heading(_heading(source), 2)
        lines = ([CommentedRun(piece.text, piece.codings) for piece in line] for line in coded_lines(source) if line)
        word.commented_paragraphs(lines, [_comment(coding, options) for coding in source.codings])
    return word.save()


def _comment(coding: Coding, options: AppendixOptions) -> WordComment:
    memo = f"\n{coding.memo}" if options.memos and coding.memo.strip() else ""
    return WordComment(_label(coding, with_coder=False) + memo, coding.coder if options.coders else "")
