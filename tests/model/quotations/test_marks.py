"""The quotations in drafts: marks, block quotations, LaTeX, and markup inside a quotation."""

from __future__ import annotations

import pytest

from sibtui.model.quotations.marks import DraftForm, DraftQuotation, quotations


def texts(draft: str, form: DraftForm = "md") -> list[str]:
    return [each.text for each in quotations(draft, form)]


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        ("a “b c” d", ["b c"]),
        ("a „b c“ d „e f” g", ["b c", "e f"]),
        ("a « b c » d", ["b c"]),
        ("a ‘b c’ d", ["b c"]),
        ("we don’t ‘let it be’s end", []),
        ("it’s what they’d do", []),
        ('a "b c" d', ["b c"]),
        ('5" by 6"', []),
        ('(a "b" c)', ["b"]),
        ("“one\n\ntwo”", []),
        ("“one\ntwo”", ["one two"]),
        ("“…”", []),
        ("*“b **c** _d_”* and “snake_case”", ["b c d", "snake_case"]),
        (r"“a \[b\]”", ["a [b]"]),
        ("```\n“code”\n```\n“text”", ["text"]),
        ("> block of words\n> “and more”\n\nafter", ["block of words “and more”"]),
        ("> “All of it.”\n> — C3, SIB B\n", ["All of it."]),
        ("> x", ["x"]),
    ],
)
def test_quotations_of_markdown(draft: str, found: list[str]) -> None:
    assert texts(draft) == found


@pytest.mark.parametrize(
    ("draft", "found"),
    [
        ("a ``b c'' d", ["b c"]),
        ("a `b c' d", ["b c"]),
        (r"a \enquote{b \emph{c} d} e", ["b c d"]),
        ("\\begin{quote}\nWords\\ldots{} of\\\\~them: 90\\%.\n\\end{quote}", ["Words… of them: 90%."]),
        ("% ``comment''\n``text''", ["text"]),
        (r"“a \textbf[x]{b} {\itshape c}” d", ["a b c"]),
        ("> no block", []),
    ],
)
def test_quotations_of_latex(draft: str, found: list[str]) -> None:
    assert texts(draft, "tex") == found


def test_a_word_document_has_no_markup() -> None:
    assert texts("“a *b* \\emph{c}”\n\n> d", "docx") == ["a *b* \\emph{c}"]


def test_a_quotation_has_its_line() -> None:
    draft = "one\n“two”\n\n> three\n\n```\nx\n```\n“nine”"
    assert quotations(draft) == [DraftQuotation(2, "two"), DraftQuotation(4, "three"), DraftQuotation(9, "nine")]
    assert DraftQuotation(1, "two words").words == 2
