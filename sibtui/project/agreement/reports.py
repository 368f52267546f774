"""Reports on the agreement of coders: on units such as sentences, on freely chosen segments, and on single passages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.agreement.counts import projections
from sibtui.model.agreement.decisions import REPLACED, Decision, deciding
from sibtui.model.agreement.disagreements import Disagreement, disagreement_table, disagreements
from sibtui.model.agreement.intervals import LEAST_SOURCES, SourceDraws, UnitDraws
from sibtui.model.agreement.report import AgreementBasis, AgreementReport
from sibtui.model.agreement.rows import PAIR, Agreement, agreement
from sibtui.model.agreement.unitizing import merged_units
from sibtui.model.agreement.unitizing_report import UnitizingReport, free_agreement
from sibtui.model.arguments import as_rounds
from sibtui.model.text import listed, plural
from sibtui.project.agreement.comparison import Comparison
from sibtui.project.agreement.older_readings import OlderReading, in_words, without_subcodes_in_words
from sibtui.project.agreement.unit_counts import CountedUnits, count_units
from sibtui.project.shared.decisions import decisions, is_stale
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from sibtui.model.agreement.counts import CodeCounts
    from sibtui.model.agreement.report import By, Extra
    from sibtui.model.agreement.unitizing import CharacterRange
    from sibtui.model.agreement.units import FixedUnit, Touch
    from sibtui.model.filters import CodingFilter
    from sibtui.model.progress import Progress
    from sibtui.model.table import Table
    from sibtui.project.shared.base import Session

Draws = SourceDraws | UnitDraws | None


def on_units(
    session: Session,
    chosen: CodingFilter,
    *,
    unit: FixedUnit,
    by: By,
    touch: Touch,
    headings: bool,
    draws: int,
    seed: int,
    consensus: bool = False,
    of_pairs: Sequence[Extra] = (),
    progress: Progress | None = None,
) -> AgreementReport:
    """Return the agreement of coders about which units, such as sentences, have a code.

    The arguments are those of `reports.agreement`; `of_pairs` is named `extras` there. It names coefficients for two
    coders. To get them for more than two coders, `by` must be “coder pair”. Otherwise, InputError is raised. The errors
    of `Comparison` are raised too.
    """
    compared = Comparison(session, chosen, consensus=consensus)
    if of_pairs and by != "coder pair" and len(compared.coders) != PAIR:
        raise InputError(
            f"{listed(of_pairs)} {'are' if of_pairs[1:] else 'is'} for two coders, and {len(compared.coders)} are compared:"
            " name two of them, or compare by coder pair."
        )
    counts = count_units(compared, CountedUnits(unit, touch, headings, chosen.speaker_pattern), progress)
    few = len(compared.sources) < LEAST_SOURCES
    drawing: Draws = None
    if draws:
        drawing = UnitDraws(draws, seed) if few else SourceDraws(len(compared.sources), draws, seed)
    overall = agreement("all codes", list(counts.values()), drawing)
    remarks = [*_remarks(compared, chosen, headings=headings)]
    decided = sum(source in compared.sources for _, source, _ in decisions(session.store))
    if decided and not consensus:
        after = on_units(
            session, chosen, unit=unit, by="code", touch=touch, headings=headings, draws=0, seed=seed, consensus=True
        )
        remarks.append(_before_and_after(overall, after.overall, decided))
    basis = AgreementBasis(
        compared.coders, compared.names, compared.all_sources, unit, touch, compared.subcodes,
        "" if not draws else "units" if few else "sources", draws, seed, tuple(remarks), compared.between_rounds,
    )  # fmt: skip
    return AgreementReport(basis, by, tuple(_ROWS[by](compared, counts, drawing)), overall)


def _before_and_after(before: Agreement, after: Agreement, decided: int) -> str:
    shown = [f"{each.percent:.1f} %" for each in (before, after) if each.percent is not None]
    return f"All codes: {' before consensus, '.join(shown)} after it ({plural(decided, 'decision')})."


def _by_code(compared: Comparison, counts: dict[int, CodeCounts], draws: Draws) -> Iterator[Agreement]:
    for code in compared.codes:
        yield agreement(code.path, [counts[code.id]], draws)


def _by_source(compared: Comparison, counts: dict[int, CodeCounts], draws: Draws) -> Iterator[Agreement]:
    # one source cannot be drawn from
    units = UnitDraws(draws.number, draws.seed) if draws else None
    for at, name in enumerate(compared.names):
        yield agreement(name, [code.of_source(at) for code in counts.values()], units)


def _by_pair(compared: Comparison, counts: dict[int, CodeCounts], draws: Draws) -> Iterator[Agreement]:
    for one, other in combinations(range(len(compared.coders)), 2):
        project = projections(one, other)
        label = f"{compared.coders[one]} and {compared.coders[other]}"
        yield agreement(label, list(map(project, counts.values())), draws)


_ROWS: dict[By, Callable[[Comparison, dict[int, CodeCounts], Draws], Iterator[Agreement]]] = {
    "code": _by_code,
    "source": _by_source,
    "coder pair": _by_pair,
}


def on_free_segments(
    session: Session, chosen: CodingFilter, *, merge_touching: bool, consensus: bool = False
) -> UnitizingReport:
    """Return Krippendorff's alpha-U for each code.

    This coefficient compares segments that coders have chosen freely. If `merge_touching` is set, touching segments of
    a coder are joined first. A source is used for a code only if all coders have read the source for this code. Raises
    the errors of `Comparison`.
    """
    compared = Comparison(session, chosen, consensus=consensus)
    spans = dict(compared.spans())
    lengths = source_rows.lengths(session.store)
    rows = []
    for code in compared.codes:
        placed: list[list[CharacterRange]] = [[] for _ in compared.coders]
        sources: list[CharacterRange] = []
        position = 0
        for source in compared.sources:
            if not all(compared.read.readers(source, code.id)):
                continue
            for coder, own in spans.get(source, {}).get(code.id, {}).items():
                units = merged_units(own, touching=merge_touching)
                placed[coder] += [(position + start, position + end) for start, end in units]
            sources.append((position, position + lengths[source]))
            position += lengths[source]
        rows.append(free_agreement(code.path, placed, sources))
    remarks = tuple(_remarks(compared, chosen, headings=True))
    basis = AgreementBasis(
        compared.coders,
        compared.names,
        compared.all_sources,
        "free",
        subcodes=compared.subcodes,
        remarks=remarks,
        of_rounds=compared.between_rounds,
    )
    return UnitizingReport(basis, tuple(rows), merge_touching)


@dataclass(frozen=True, slots=True)
class DisagreementsFound:
    """The disagreements of two coders.

    `below` has sentences about the compared sources and codes, which are shown below the table. `older` are the
    readings that were left out, because a code was added or changed after the reading.
    """

    coders: tuple[str, str]
    found: tuple[Disagreement, ...]
    below: tuple[str, ...]
    older: tuple[OlderReading, ...] = ()

    def table(self) -> Table:
        return disagreement_table(self.found, self.coders, self.below)


def between_two(session: Session, chosen: CodingFilter) -> DisagreementsFound:
    """Return the passages that two coders coded differently.

    Raises the errors of `Comparison`, and InputError if the number of compared coders is not two.
    """
    compared = Comparison(session, chosen, separate=True)
    if len(compared.coders) != PAIR:
        raise InputError(
            f"Disagreements are between two coders, and {len(compared.coders)} are compared: name two of them."
        )
    one, other = compared.coders
    decided: dict[int, list[Decision]] = {}
    stale: set[Decision] = set()
    for _, source, decision in decisions(session.store):
        decided.setdefault(source, []).append(decision)
        if is_stale(session.store, source, decision):
            stale.add(decision)
    found = [
        _described(each, source, compared, decided.get(source, ()), stale)
        for source, codings in compared.codings()
        for each in disagreements(*([c for c in codings if compared.label(c) == each] for each in (one, other)))
    ]
    settled = sum(bool(each.decision) for each in found)
    basis = AgreementBasis(
        compared.coders, compared.names, compared.all_sources, "free", subcodes=False,
        remarks=(*_remarks(compared, chosen, headings=True), *([f"Decided: {settled} of {len(found)}."] if settled else [])),
        of_rounds=compared.between_rounds,
    )  # fmt: skip
    return DisagreementsFound((one, other), tuple(found), tuple(basis.lines()), compared.older)


def _described(
    found: Disagreement, source: int, compared: Comparison, decided: Sequence[Decision], stale: Collection[Decision]
) -> Disagreement:
    decision = deciding(found, decided)
    return replace(
        found,
        sentence=compared.sentence_around(source, *found.place),
        decision="" if decision is None else decision.outcome,
        reason="" if decision is None else decision.reason,
        stale=decision in stale,
    )


def _remarks(compared: Comparison, chosen: CodingFilter, *, headings: bool) -> Iterator[str]:
    if compared.consensus:
        yield REPLACED
    if not headings:
        yield "Headings are no units."
    yield from (replace(chosen, rounds=()) if compared.between_rounds else chosen).sentences()
    if compared.between_rounds:
        rounds = as_rounds(chosen.rounds)
        for (first, second), (least, most) in zip(pairwise(rounds), compared.days_between(), strict=True):
            span = f"{least}" if least == most else f"{least} to {most}"
            yield f"Days from the reading in round {first} to the reading of the same source in round {second}: {span}."
    if compared.older:
        yield f"Left out: {in_words(compared.older)}."
    if compared.without_subcodes:
        yield f"Left out: {without_subcodes_in_words(compared.without_subcodes)}."
    if compared.undecided:
        yield f"{plural(compared.undecided, 'coding')} without a decided place in a corrected text left out."
    if compared.merged:
        yield f"Codings of merged codes count for the codes that took them in ({plural(compared.merged, 'merge')})."
    if compared.retired:
        yield f"{plural(compared.retired, 'retired code')} left out."
