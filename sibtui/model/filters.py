"""Filters of codings: one for lists and reports, and one for the codings that a matrix counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from sibtui.model.arguments import Names, Numbers, as_name, as_names, as_rounds, choices, maybe_choice
from sibtui.model.frozen import dataclass, field
from sibtui.model.records import CERTAINTIES, HOW_FOUND, KINDS, STANCES, Certainty, HowFound, Kind, Stance
from sibtui.model.text import listed, one_line


@dataclass(frozen=True, slots=True)
class CodingFilter:
    """A filter of codings. A coding passes if it matches every field that is set.

    A field of names can be set to one name or several, and is stored as a tuple. Names are checked later, when the
    filter is used in a project.

    - `codes`: includes sub-codes if `subcodes` is set.
    - `text`: a phrase that must be in the quote or the memo, in any spelling (as in a text search).
    - `unattributed`: if set, only codings without a case pass.
    - `speakers`: only codings that touch a turn of one of these speakers pass.
    - `speaker_pattern`: a regular expression for labels of speakers, with a group `speaker`. If it is empty, the
      usual forms of labels are found.
    - `where`: a query (see `docs/queries.md`).
    - `rounds`: the numbers of coders' rounds (passes through the sources).
    - `for_paper`: if set, only quotes for the paper pass.
    - `how`: the ways in which the passages were found, such as "search".
    - `attributes`: a map: attribute → value. Only codings of a source or a case with these values pass.
    - `sets`: names of sets of sources. Only codings in a source of one of these sets pass.

    Raises InputError for an unknown value of `kinds`, `stance`, `certainty` or `how`, and QueryError if the query is
    faulty.
    """

    codes: Names = ()
    subcodes: bool = True
    cases: Names = ()
    sources: Names = ()
    kinds: Kind | Iterable[Kind] = ()
    coders: Names = ()
    stance: Stance | None = None
    certainty: Certainty | None = None
    text: str = ""
    unattributed: bool = False
    speakers: Names = ()
    speaker_pattern: str = ""
    where: str = ""
    rounds: Numbers = ()
    for_paper: bool = False
    how: HowFound | Iterable[HowFound] = ()
    attributes: Mapping[str, str] = field(default_factory=dict)
    sets: Names = ()

    def __post_init__(self) -> None:
        for name in ("codes", "cases", "sources", "coders", "speakers", "sets"):
            object.__setattr__(self, name, as_names(getattr(self, name)))
        object.__setattr__(self, "kinds", choices("kind of source", self.kinds, KINDS))
        object.__setattr__(self, "stance", maybe_choice("stance", self.stance, STANCES))
        object.__setattr__(self, "certainty", maybe_choice("certainty", self.certainty, CERTAINTIES))
        check_query(self.where)
        object.__setattr__(self, "rounds", as_rounds(self.rounds))
        object.__setattr__(self, "how", choices("way of finding", self.how, HOW_FOUND))

    def sentences(self) -> Iterator[str]:
        """Yield a sentence for each field that is set, to print below a report. The field `coders` gets no sentence.

        >>> list(CodingFilter(sources="a1", stance="counters").sentences())
        ['Source: a1 only.', 'Codings with the stance “counters” only.']
        """
        named: tuple[tuple[str, Names], ...] = (
            ("Code" if self.subcodes else "Code, without the codes below it", self.codes),
            ("Case", self.cases), ("Source", self.sources), ("Set of sources", self.sets), ("Kind of source", self.kinds),
            ("Speaker", self.speakers),
        )  # fmt: skip
        for what, names in named:
            if listed_names := as_names(names):
                yield f"{what}: {listed(map(one_line, listed_names))} only."
        if rounds := as_rounds(self.rounds):
            yield f"Round: {listed(map(str, rounds))} only."
        for what, value in (("stance", self.stance), ("certainty", self.certainty)):
            if value:
                yield f"Codings with the {what} “{value}” only."
        if self.text.strip():
            yield f"Codings with “{one_line(self.text, 60)}” only."
        for is_set, sentence in (
            (self.unattributed, "Codings without a case only."),
            (self.for_paper, "Quotes for the paper only."),
            (
                self.attributes,
                f"Attribute: {listed(f'{one_line(n)} = {one_line(v)}' for n, v in self.attributes.items())} only.",
            ),
            (self.how, f"Codings found by {listed(as_names(self.how), last='or')} only."),
        ):
            if is_set:
                yield sentence
        if self.where:
            yield query_sentence(self.where)


def check_query(where: str) -> None:
    """Raise QueryError for a faulty query, and InputError if `where` is not a string. An empty query is valid."""
    if as_name(where):
        from sibtui.model.query.parser import parse

        parse(where)


def query_sentence(where: str, counted: Literal["Codings", "Sources"] = "Codings") -> str:
    """Return a sentence to print below a report: only codings (or sources) that match this query were counted.

    `counted` is the word for the counted items.
    """
    from sibtui.model.query.parser import parse
    from sibtui.model.query.tree import Term

    query = parse(where)
    if isinstance(query, Term) and query.word == "query":
        return f"{counted} of the saved query “{one_line(query.value, 500)}” only."
    if isinstance(query, Term) and query.word == "set":
        return f"Set of sources: {one_line(query.value, 500)} only."
    return f"{counted} of the query “{one_line(where, 500)}” only."


@dataclass(frozen=True, slots=True)
class EvidenceFilter:
    """A filter of the codings that a matrix counts, by kind of source, coder, round (a coder's pass) and query.

    An empty field allows all codings. Raises InputError for an unknown kind, and QueryError for a faulty query.
    """

    kinds: Kind | Iterable[Kind] = ()
    coders: Names = ()
    where: str = ""
    rounds: Numbers = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", choices("kind of source", self.kinds, KINDS))
        object.__setattr__(self, "coders", as_names(self.coders))
        check_query(self.where)
        object.__setattr__(self, "rounds", as_rounds(self.rounds))

    def __bool__(self) -> bool:
        return bool(self.kinds or self.coders or self.where or self.rounds)
