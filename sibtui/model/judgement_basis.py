"""The basis of a judgement, and its changes since the judgement was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from sibtui.model.presence import Rule

_SHOWN = 60


@dataclass(frozen=True, slots=True, order=True)
class BasisQuote:
    """A coding in the basis of a judgement. `source` and `cases` are lasting ids; `before` and `after` identify the place.

    An erased quote is empty: its words left the study for good.
    """

    source: str
    quote: str
    before: str
    after: str
    stance: str
    certainty: str
    cases: tuple[str, ...] = ()

    def erased(self) -> BasisQuote:
        """Return the quote without its words.

        >>> BasisQuote("s1", "No money", "We had ", ", she wrote", "supports", "firm").erased().quote
        ''
        """
        return replace(self, quote="", before="", after="")


@dataclass(frozen=True, slots=True)
class JudgementBasis:
    """The facts about a cell at the time of its judgement.

    `codes` are (lasting id, path) of the codes of the row. `open` are the reasons why more evidence was possible. `covered_by` is the
    reason why the topic counted as covered.
    """

    computed: str
    rule: str
    codes: tuple[tuple[str, str], ...]
    open: tuple[str, ...]
    covered_by: str
    quotes: tuple[BasisQuote, ...]

    def changes(self, now: JudgementBasis) -> tuple[str, ...]:
        """Return the differences between this basis and the present one, one clause each; empty when the judgement is not stale."""
        clauses = []
        if self.rule != now.rule:
            clauses.append(f"the thresholds were {self.rule}, and are {now.rule}")
        if {uid for uid, _ in self.codes} != {uid for uid, _ in now.codes}:
            clauses.append(f"the row drew on {_codes(self)}, and draws on {_codes(now)}")
        clauses += _differences(Counter(self.quotes), Counter(now.quotes))
        if _without_again(self.open) != _without_again(now.open):
            clauses.append(_reading(self.open, now.open))
        if self.covered_by != now.covered_by:
            clauses.append(f"the topic was {_topic(self.covered_by)}, and is {_topic(now.covered_by)}")
        if self.computed != now.computed and not clauses:
            clauses.append(f"the cell was {self.computed}, and is {now.computed}")
        return tuple(clauses)

    def with_quotes(self, change: Callable[[BasisQuote], BasisQuote]) -> JudgementBasis:
        """Return the basis with the quotes that `change` returns. The judgement is stale if one of them is erased.

        >>> quote = BasisQuote("s1", "No money", "We had ", ", she wrote", "supports", "firm")
        >>> basis = JudgementBasis("present", "1/1", (), (), "", (quote,)).with_quotes(BasisQuote.erased)
        >>> basis.changes(JudgementBasis("present", "1/1", (), (), "", ()))
        ('1 quote was erased',)
        """
        return replace(self, quotes=tuple(map(change, self.quotes)))

    def to_json(self) -> str:
        import json

        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> JudgementBasis:
        """Return the basis from a text of `to_json`. Raises ValueError, KeyError or TypeError when the text is not one."""
        import json

        return cls.from_values(json.loads(text))

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> JudgementBasis:
        """Return the basis from the plain values in JSON or in the files of a study folder."""
        quotes = (BasisQuote(**{**quote, "cases": tuple(quote.get("cases", ()))}) for quote in values["quotes"])
        return cls(
            str(values["computed"]), str(values["rule"]), tuple((str(uid), str(path)) for uid, path in values["codes"]),
            tuple(map(str, values["open"])), str(values["covered_by"]), tuple(quotes),
        )  # fmt: skip


def rule_in_words(rule: Rule) -> str:
    """Return the thresholds in short form: quotes/sources, then the kinds of source that the rule needs."""
    more = [f"{rule.kinds} kinds"] if rule.kinds > 1 else []
    return " with ".join(
        [
            f"{rule.quotes}/{rule.sources}",
            *more,
            *(f"an {kind}" if kind[0] in "aeiou" else f"a {kind}" for kind in rule.needs),
        ]
    )


def _codes(basis: JudgementBasis) -> str:
    return " + ".join(path for _, path in basis.codes) or "no code"


def _differences(before: Counter[BasisQuote], now: Counter[BasisQuote]) -> list[str]:
    """Return clauses on the quotes that were added, removed or changed. A changed quote is at the same place on both sides."""
    removed, added = sorted((before - now).elements()), sorted((now - before).elements())
    changed = [quote for quote in removed if _place(quote) in {_place(other) for other in added}]
    places = {_place(quote) for quote in changed}
    return [
        *_quotes(changed, "has another stance, certainty or case", "have another stance, certainty or case"),
        *_quotes([quote for quote in removed if quote.quote and _place(quote) not in places], "is gone", "are gone"),
        *_erased([quote for quote in removed if not quote.quote]),
        *_quotes([quote for quote in added if _place(quote) not in places], "is new", "are new"),
    ]


def _place(quote: BasisQuote) -> tuple[str, ...]:
    return quote.source, quote.quote, quote.before, quote.after


def _quotes(quotes: list[BasisQuote], one: str, many: str) -> list[str]:
    if not quotes:
        return []
    verb = one if len(quotes) == 1 else many
    return [f"{plural(len(quotes), 'quote')} {verb} (“{one_line(quotes[0].quote, _SHOWN)}”)"]


def _erased(quotes: list[BasisQuote]) -> list[str]:
    return [f"{plural(len(quotes), 'quote')} {'was' if len(quotes) == 1 else 'were'} erased"] if quotes else []


def _without_again(reasons: tuple[str, ...]) -> list[str]:
    """Return the reasons as judgements of older versions have them: they wrote “again” for a first reading too."""
    return [reason.replace(" not read again for ", " not read for ") for reason in reasons]


def _reading(before: tuple[str, ...], now: tuple[str, ...]) -> str:
    return f"it was open that {listed(before) or 'nothing'}, now that {listed(now) or 'nothing'}"


def _topic(covered_by: str) -> str:
    return covered_by or "not asked"
