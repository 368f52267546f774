"""Claims: statements of a paper that can be checked against rows of matrices or numbers of the study."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal, get_args

from sibtui.model.arguments import Names, as_names, choice
from sibtui.model.frozen import dataclass
from sibtui.model.records import CERTAINTIES, Certainty

if TYPE_CHECKING:
    from collections.abc import Mapping

Join = Literal["any", "all"]
"""The condition for a column to count for a claim about several rows: any row, or all rows, have an X in it."""
JOINS: tuple[Join, ...] = get_args(Join)

Registry = Literal["", "interviews", "people", "organisations", "cases", "sources", "coders", "attributes"]
"""The kind of items whose number a claim states. `attributes` are the attributes of cases.

Empty if a claim states no such number.
"""
REGISTRIES: tuple[Registry, ...] = get_args(Registry)

CodebookCount = Literal["", "themes", "codes", "deductive", "emergent"]
"""The kind of codes whose number a claim states.

`themes` are the codes at the top of the codebook, `codes` the codes below them. `deductive` and `emergent` are the
codes with this origin. Empty if a claim states no such number.
"""
CODEBOOK_COUNTS: tuple[CodebookCount, ...] = get_args(CodebookCount)


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement of a paper that is checked against the study.

    `key` is the id of the claim, `text` its sentence, and `place` the part of the paper with this sentence. A claim
    is about one of three things:

    - Matrix rows. `rows` has (matrix, row label) pairs. `codes` names codes; a code is checked like a row.
      `statement` gives the columns in which the rows have an X (the mark of a present cell), such as `in 3` (see
      `model.claims.statement`).
    - An `attribute` of cases. `case` names the cases; empty for all. `statement` is the value of the attribute.
    - A number. `registry` or `codebook` names the items that are counted, such as "people" or "themes". `statement`
      is a number such as `at least 20`. If interviews, people or organisations are counted, `case` can limit them to
      one case.

    `certainty` is "tentative" if the sentence is cautious (“may”, “seems”). `human` is the author's reason to keep
    the claim despite the result of the check. `uid` is an id that is the same in all copies of the study.
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
        """What the claim is about, in words: rows and codes, or an attribute, or a number."""
        if self.attribute:
            return (f"{self.attribute}, {self.case}" if self.case else self.attribute,)
        if self.registry or self.codebook:
            counted = self.registry or self.codebook
            return (f"{counted}, {self.case}" if self.case else counted,)
        return tuple(f"{matrix} / {label}" for matrix, label in self.rows) + tuple(self.codes)


_FACTS = ("codes", "statement", "join", "attribute", "case", "registry", "codebook", "certainty")
_DEFAULTS: dict[str, Any] = {"join": "any", "certainty": "firm"}


def facts_of(claim: Claim) -> dict[str, Any]:
    """Return a map: name of a field of the claim → value, without the fields that have their default values.

    The fields `key`, `uid`, `text`, `place` and `human` are left out, because they are stored on their own.
    """
    rows = [list(row) for row in claim.rows]
    facts: dict[str, Any] = {"rows": rows} if rows else {}
    for name in _FACTS:
        value = getattr(claim, name)
        if value and value != _DEFAULTS.get(name):
            facts[name] = list(value) if isinstance(value, tuple) else value
    return facts


def facts_text(claim: Claim) -> str:
    """Return the fields from `facts_of` as a JSON text; empty if all of them have their default values."""
    import json

    facts = facts_of(claim)
    return json.dumps(facts, ensure_ascii=False) if facts else ""


def facts_in(text: str) -> dict[str, Any]:
    """Return the fields in a JSON text that `facts_text` has written; empty if the text is damaged."""
    import json

    try:
        loaded = json.loads(text) if text else {}
    except ValueError:
        return {}
    return loaded if isinstance(loaded, dict) else {}


def claim_of(key: str, text: str, place: str, facts: Mapping[str, Any], human: str, uid: str) -> Claim:
    """Return a claim from its stored fields.

    `facts` maps the names of the other fields to their values; unknown names are ignored.
    """
    known = {name: value for name, value in facts.items() if name in _FACTS}
    rows = tuple((str(row[0]), str(row[1])) for row in facts.get("rows", ()))
    return Claim(key, text, place, rows, human=human, uid=uid, **known)


def row_of(text: str) -> tuple[str, str]:
    """Return (matrix, row label) from a text of the form `matrix / label`. Without ` / `, the label is empty.

    >>> row_of("table-1 / Enhanced staff discretion/flexibility")
    ('table-1', 'Enhanced staff discretion/flexibility')
    """
    matrix, _, label = text.partition(" / ")
    return matrix.strip(), label.strip()
