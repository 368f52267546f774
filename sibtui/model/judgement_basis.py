"""The evidence of a cell at the time when a user judged the cell, and the changes of the evidence since then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sibtui.model.frozen import dataclass, replace
from sibtui.model.text import listed, one_line, plural

if TYPE_CHECKING:
    from sibtui.model.presence import Rule

_SHOWN = 60


@dataclass(frozen=True, slots=True, order=True)
class BasisQuote:
    """A coding of a matrix cell, as it was when a user judged the cell.

    `source` and `cases` are ids that are the same in all copies of the study. `before` and `after` are the texts
    directly before and after the quote; they help to find its place. After an erasure, `quote`, `before` and `after`
    are empty.
    """

    source: str
    quote: str
    before: str
    after: str
    stance: str
    certainty: str
    cases: tuple[str, ...] = ()

    def erased(self) -> BasisQuote:
        """Return this coding without its words. This is used when the words are erased from the study.

        >>> BasisQuote("s1", "No money", "We had ", ", she wrote", "supports", "firm").erased().quote
        ''
        """
        return replace(self, quote="", before="", after="")


@dataclass(frozen=True, slots=True)
class JudgementBasis:
    """The facts about a cell at the time when a user judged it.

    `computed` is the computed state, and `rule` the thresholds. `codes` are the codes of the row as (id that is the
    same in all copies of the study, path). `open` are the reasons why evidence could have been missing, such as an
    unread source. `covered_by` is the reason why the topic of the row counted as covered, such as “asked”. `quotes` are
    the codings of the cell.
    """

    computed: str
    rule: str
    codes: tuple[tuple[str, str], ...]
    open: tuple[str, ...]
    covered_by: str
    quotes: tuple[BasisQuote, ...]

    def changes(self, now: JudgementBasis) -> tuple[str, ...]:
        """Return a clause for each difference between these facts and `now`, the present facts of the cell.

        If the result is empty, the judgement still fits the evidence.
        """
        clauses = []
        if _parts(self.rule) != _parts(now.rule):
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
        """Return a copy in which `change` was applied to each quote.

        >>> quote = BasisQuote("s1", "No money", "We had ", ", she wrote", "supports", "firm")
        >>> basis = JudgementBasis("present", "1/1", (), (), "", (quote,)).with_quotes(BasisQuote.erased)
        >>> basis.changes(JudgementBasis("present", "1/1", (), (), "", ()))
        ('1 quote was erased',)
        """
        return replace(self, quotes=tuple(map(change, self.quotes)))

    def to_json(self) -> str:
        import json
        from dataclasses import asdict

        return json.dumps(asdict(self), ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> JudgementBasis:
        """Return the facts that `to_json` has written. Raises ValueError, KeyError or TypeError for any other text."""
        import json

        return cls.from_values(json.loads(text))

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> JudgementBasis:
        """Return the facts from plain values (dicts, lists and texts), as in JSON or in the files of a study folder."""
        quotes = (BasisQuote(**{**quote, "cases": tuple(quote.get("cases", ()))}) for quote in values["quotes"])
        return cls(
            str(values["computed"]), str(values["rule"]), tuple((str(uid), str(path)) for uid, path in values["codes"]),
            tuple(map(str, values["open"])), str(values["covered_by"]), tuple(quotes),
        )  # fmt: skip


def rule_in_words(rule: Rule) -> str:
    """Return the rule for a present cell in short form, such as `2/1 with an interview`.

    This means: at least 2 quotes from at least 1 source, and at least one of the sources must be an interview.
    """
    more = [f"{rule.kinds} kinds"] if rule.kinds > 1 else []
    return " with ".join(
        [
            f"{rule.quotes}/{rule.sources}",
            *more,
            *(f"an {kind}" if kind[0] in "aeiou" else f"a {kind}" for kind in rule.needs),
        ]
    )


def _parts(rule: str) -> frozenset[str]:
    """Return the parts of a rule in short form. Older judgements have the kinds of source in any order."""
    return frozenset(rule.split(" with "))


def _codes(basis: JudgementBasis) -> str:
    return " + ".join(path for _, path in basis.codes) or "no code"


def _differences(before: Counter[BasisQuote], now: Counter[BasisQuote]) -> list[str]:
    """Return clauses about quotes that were added, removed or changed.

    If a removed and an added quote have the same words and place, they count as one changed quote.
    """
    removed, added = sorted((before - now).elements()), sorted((now - before).elements())
    changed = [quote for quote in removed if _place(quote) in {_place(other) for other in added}]
    places = {_place(quote) for quote in changed}
    gone = [quote for quote in removed if quote.quote and _place(quote) not in places]
    new = [quote for quote in added if _place(quote) not in places]
    corrected = {_words(quote) for quote in gone} & {_words(quote) for quote in new}
    return [
        *_quotes(changed, "has another stance, certainty or case", "have another stance, certainty or case"),
        *_quotes(
            [quote for quote in new if _words(quote) in corrected],
            "was corrected or is at another place",
            "were corrected or are at another place",
        ),
        *_quotes([quote for quote in gone if _words(quote) not in corrected], "is gone", "are gone"),
        *_erased([quote for quote in removed if not quote.quote]),
        *_quotes([quote for quote in new if _words(quote) not in corrected], "is new", "are new"),
    ]


def _words(quote: BasisQuote) -> tuple[str, str]:
    """Return the id of the source, and the quote on one line, shortened for a message."""
    return quote.source, one_line(quote.quote, _SHOWN)


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
    """Return the reasons without the word “again”, so that reasons from older versions of sibtui can be compared.

    Older versions also wrote “again” about a source that had never been read.
    """
    return [reason.replace(" not read again for ", " not read for ") for reason in reasons]


def _reading(before: tuple[str, ...], now: tuple[str, ...]) -> str:
    if not before:
        return f"nothing was open, and now {listed(now)}"
    return f"it was open that {listed(before)}, now {f'that {listed(now)}' if now else 'nothing is open'}"


def _topic(covered_by: str) -> str:
    return covered_by or "not asked"
