"""A claim: a statement of a paper, tied to rows of matrices, or to a figure of the study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from sibtui.model.arguments import Names, as_names, choice
from sibtui.model.frozen import dataclass
from sibtui.model.records import CERTAINTIES, Certainty

if TYPE_CHECKING:
    from collections.abc import Mapping

Join = Literal["any", "all"]
"""How several rows are joined: a column counts if it has an X in any row, or in all rows."""
JOINS: tuple[Join, ...] = get_args(Join)

Registry = Literal["", "interviews", "people", "organisations", "cases", "sources", "coders", "attributes"]
"""A number that the study counts. `attributes` are the attributes of cases. Empty for a claim about something else."""
REGISTRIES: tuple[Registry, ...] = get_args(Registry)

CodebookCount = Literal["", "themes", "codes", "deductive", "emergent"]
"""A number of codes. `codes` are the codes below the themes. Empty for a claim about something else."""
CODEBOOK_COUNTS: tuple[CodebookCount, ...] = get_args(CodebookCount)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of a paper. `key` is its id, `text` its sentence, `place` the part of the paper where it is.

    `rows` are pairs of a matrix and the label of a row; `codes` are used in place of rows. `statement` is about them, such as
    `in 3` (see `model.claims.statement`). Or the claim is about an `attribute` of a `case`, a number of the `registry`, or a number of the
    `codebook`; `statement` is then the value. `certainty` is "tentative" if the sentence hedges. `human` is the reason why the author keeps it.
    """

    key: str
    text: str
    place: str = ""
    rows: tuple[tuple[str, str], ...] = ()
    codes: Names = ()
    statement: str = ""
    join: Join = "any"
    attribute: str = ""
    case: str = ""
    registry: Registry = ""
    codebook: CodebookCount = ""
    certainty: Certainty = "firm"
    human: str = ""
    uid: str = ""

    def __post_init__(self) -> None:
        rows = tuple((matrix.strip(), label.strip()) for matrix, label in self.rows)
        object.__setattr__(self, "rows", rows)
        object.__setattr__(self, "codes", as_names(self.codes))
        for name, what, allowed in (
            ("join", "way to join rows", JOINS),
            ("registry", "number of the registry", REGISTRIES),
            ("codebook", "number of the codebook", CODEBOOK_COUNTS),
            ("certainty", "certainty", CERTAINTIES),
        ):
            object.__setattr__(self, name, choice(what, getattr(self, name), allowed))

    @property
    def subject(self) -> tuple[str, ...]:
        """The items that the claim is about, in words: rows, codes, an attribute, or a number."""
        if self.attribute:
            return (f"{self.attribute}, {self.case}" if self.case else self.attribute,)
        if self.registry or self.codebook:
            counted = self.registry or self.codebook
            return (f"{counted}, {self.case}" if self.case else counted,)
        return tuple(f"{matrix} / {label}" for matrix, label in self.rows) + tuple(self.codes)


_FACTS = ("codes", "statement", "join", "attribute", "case", "registry", "codebook", "certainty")
_DEFAULTS: dict[str, Any] = {"join": "any", "certainty": "firm"}


def facts_of(claim: Claim) -> dict[str, Any]:
    """Return the fields of a claim but for its id, texts and place, without those that have their default value."""
    rows = [list(row) for row in claim.rows]
    facts: dict[str, Any] = {"rows": rows} if rows else {}
    for name in _FACTS:
        value = getattr(claim, name)
        if value and value != _DEFAULTS.get(name):
            facts[name] = list(value) if isinstance(value, tuple) else value
    return facts


def claim_of(key: str, text: str, place: str, facts: Mapping[str, Any], human: str, uid: str) -> Claim:
    """Return a claim from its stored fields. Unknown facts are left out."""
    known = {name: value for name, value in facts.items() if name in _FACTS}
    rows = tuple((str(row[0]), str(row[1])) for row in facts.get("rows", ()))
    return Claim(key, text, place, rows, human=human, uid=uid, **known)


def row_of(text: str) -> tuple[str, str]:
    """Return (matrix, label) of a row in the form `matrix / label`. The label is empty if the text has no ` / `.

    >>> row_of("table-1 / Enhanced staff discretion/flexibility")
    ('table-1', 'Enhanced staff discretion/flexibility')
    """
    matrix, _, label = text.partition(" / ")
    return matrix.strip(), label.strip()
