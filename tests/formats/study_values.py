"""Values as hostile as a study may hold, for the round trips of files."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from sibtui.formats.notes import FIELDS
from sibtui.model.drafts import SourceDraft
from sibtui.model.records import FIDELITIES, KINDS, READINGS

TRICKY = [
    "",
    "---",
    "---\n",
    "\n",
    "\n\n---\n\n",
    "...",
    "a: b",
    "- x",
    "# x",
    "yes",
    "null",
    "~",
    "007",
    "1_000",
    "16:30",
    "2020-03-17",
    "2020-03-17T10:00:00Z",
    "'=1+1",
    "=1+1",
    "@x",
    "-",
    "?",
    "\\",
    "\\?",
    "a; b",
    "a\\; b;",
    '"""',
    "'''",
    '"',
    "a\x00b",
    "\x0b\x1c\x85\u2028\u2029",
    "\u202eabc\u2066",
    "\ufeff",
    "<<",
    "&a",
    "*a",
    "!t",
    "%YAML",
    "a,b",
    "[x]",
    "{x}",
    "\t x \t",
    "é😀",
    "con",
    "../x",
    ".x",
]


def texts(*, min_size: int = 0, cr: bool = True) -> st.SearchStrategy[str]:
    """Text of any characters; without `cr`, as normalised."""
    any_text = st.sampled_from([t for t in TRICKY if len(t) >= min_size]) | st.text(
        st.characters(codec="utf-8"), min_size=min_size, max_size=20
    )
    if cr:
        return any_text | any_text.map(lambda text: f"\r{text}\r\n")
    return any_text.map(lambda text: text.replace("\r", "\n"))


names = texts(min_size=1)
instants = st.datetimes().map(lambda moment: moment.isoformat(timespec="seconds") + "Z") | st.sampled_from(
    ["2020-05-14T16:30:00.250Z", "2020-05-14T16:30:00.000250Z", "2020-05-14T16:30:00.100000Z"]
)
values = (
    texts()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False)
    | st.booleans()
    | st.dates(min_value=date(1, 1, 1))
)


@st.composite
def sources(draw: st.DrawFn) -> SourceDraft:
    return SourceDraft(
        name=draw(names),
        text=draw(texts(cr=False)),
        title=draw(texts()),
        kind=draw(st.sampled_from(KINDS)),
        fidelity=draw(st.sampled_from(FIDELITIES)),
        cases=tuple(draw(st.lists(names, max_size=3))),
        reading=draw(st.sampled_from(READINGS)),
        read_at=draw(st.none() | instants),
        added=draw(st.none() | instants),
        attributes=draw(st.dictionaries(names.filter(lambda name: name not in FIELDS), values, max_size=3)),
        original=draw(texts()),
        sha256=draw(st.sampled_from(["", "0" * 64, "e" * 64])),
    )
