"""The part of `project.codings` about disagreements between coders: listing them and deciding them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Unpack

import sibtui
from sibtui.errors import ConflictError, NotFoundError
from sibtui.model.arguments import Names, Numbers, as_names, as_numbers, choice
from sibtui.model.filters import CodingFilter
from sibtui.model.records import Coding, DecisionTake
from sibtui.project.shared.base import Noun
from sibtui.project.shared.keywords import filter_of
from sibtui.store import codings as rows
from sibtui.store import study as study_rows

if TYPE_CHECKING:
    from sibtui.project.agreement.reports import DisagreementsFound


class CodingDecisions(Noun):
    def disagreements(
        self, criteria: CodingFilter | None = None, **words: Unpack[sibtui.FilterWords]
    ) -> Sequence[sibtui.Disagreement]:
        """Return the passages that two coders coded differently, ordered by source and place.

        The arguments and the errors are those of `reports.disagreements`. The field `decision` of a disagreement is
        empty until the disagreement is decided.

        >>> read = project.readings.add("b1", coder="R9")
        >>> {each.kind for each in project.codings.disagreements(coder=["R2", "R9"], code="Personal budgets")}
        {'only A'}
        """
        from sibtui.project.agreement.reports import between_two

        with self._store.snapshot():
            return between_two(self._session, filter_of(criteria, words)).found

    def decide(self, numbers: Numbers, take: DecisionTake, *, reason: str = "", coder: Names = ()) -> Sequence[Coding]:
        """Decide disagreements of two coders.

        Return the codings of the coder “consensus” that result from the decisions. `numbers` are the ids of codings in
        the disagreements. `take` is the choice: "1" for the first coder, "2" for the second coder, "both" or "neither".
        `reason` becomes the memo of the returned codings. `coder` names the two coders in order. This argument can
        be left out if only two coders have read the same source.

        The codings of the two coders do not change. In a matrix, the codings of “consensus” count in place of the
        codings in the disagreement. A second decision on the same codings replaces the first.

        Raises InputError for a choice that is not possible, NotFoundError for a coding that is in no disagreement, and
        the errors of `reports.disagreements`.

        >>> read = project.readings.add("b1", coder="R9")
        >>> found, *others = project.codings.disagreements(coder=["R2", "R9"], code="Personal budgets")
        >>> [made] = project.codings.decide(found.number, "1", reason="A budget all the same.", coder=["R2", "R9"])
        >>> made.coder, made.segment == found.first.segment, made.memo
        ('consensus', True, 'A budget all the same.')
        """
        from sibtui.model.agreement.decisions import TAKES, outcome, places_in_words
        from sibtui.project.agreement.reports import between_two

        take, chosen = choice("decision", take, TAKES), dict.fromkeys(as_numbers(numbers))
        with self._session.act("coding decide", "") as act:
            sources = dict.fromkeys(self._coding(number).source for number in chosen)
            compared = between_two(self._session, CodingFilter(sources=tuple(sources), coders=as_names(coder)))
            by_coding = {coding.id: found for found in compared.found for coding in found.codings}
            for number in chosen:
                if number not in by_coding:
                    raise self._without_disagreement(number, compared)
            found = {each.number: each for each in (by_coding[number] for number in chosen)}.values()
            words = outcome(take, compared.coders)
            act.summary = f"{places_in_words(found)}: {words}"
            made = [self._decide(each, take, words, reason.strip()) for each in found]
        return [self._coding(number) for number in dict.fromkeys(number for each in made for number in each)]

    def _without_disagreement(self, number: int, compared: DisagreementsFound) -> NotFoundError:
        """Return the error for a coding that is in no disagreement.

        If its code was added or changed after a coder's reading of the source, the coding is not compared. The message
        then names this reading.
        """
        from sibtui.project.agreement.older_readings import in_words

        coding = self._coding(number)
        older = [each for each in compared.older if (each.source, each.code) == (coding.source, coding.code)]
        if older:
            return NotFoundError(f"Coding {number} is not compared: {in_words(older)}.", "record-reading")
        names = " and ".join(compared.coders)
        return NotFoundError(f"{names} do not disagree about coding {number}.", "list-disagreements")

    def _coding(self, number: int) -> Coding:
        coding = rows.coding(self._store, number)
        if coding is None:
            raise NotFoundError(f"There is no coding {number}.", "list-codings")
        return coding

    def _decide(self, found: sibtui.Disagreement, take: DecisionTake, words: str, reason: str) -> Sequence[int]:
        """Store a decision on a disagreement, and return the ids of the resulting codings of the coder “consensus”.

        `words` describe the decision in the memo that records it. Earlier decisions that the new one replaces are
        removed.
        """
        from sibtui.model.agreement.decisions import CONSENSUS, Decision, consensus_drafts
        from sibtui.project.shared.decisions import basis
        from sibtui.store import memos

        source = self._session.source_id(found.source)
        settled = frozenset(coding.uid for coding in found.codings)
        self._withdraw(source, settled)
        numbers = [self._made(draft) for draft in consensus_drafts(found, take, reason)]
        made = tuple(self._coding(number).uid for number in numbers)
        title, text = Decision(words, settled, made, reason, basis(self._store, source, settled)).memo()
        coder = study_rows.coder_id(self._store, CONSENSUS)
        memos.add_memo(self._store, "source", source, title, text, coder, self._session.now())
        return numbers

    def _made(self, draft: sibtui.CodingDraft) -> int:
        """Add a coding of the coder “consensus”, and return its id.

        If an earlier decision made an equal coding, return the id of the earlier coding.
        """
        from sibtui.model.agreement.decisions import CONSENSUS
        from sibtui.model.opposites import opposite_words
        from sibtui.project.importing.coding_rows import CodingRowBuilder

        row, cases, _ = CodingRowBuilder(self._session, CONSENSUS).place(draft)
        present = rows.codings(
            self._store,
            rows.Selection(codes=(row[1],), sources=(row[0],), coders=(row[2],)),
            paths={row[1]: draft.code},
        )
        others = list(present)
        equal = [
            each.id
            for each in others
            if (each.segment, each.stance, each.certainty) == (draft.segment, draft.stance, draft.certainty)
        ]
        if equal:
            return equal[0]
        number, _ = rows.add_codings(self._store, [(row, cases)])
        if opposed := opposite_words(self._coding(number), others):
            raise ConflictError(f"Another decision holds the opposite: {opposed}")
        return number

    def _withdraw(self, source: int, settled: frozenset[str]) -> None:
        """Remove the earlier decisions that a new decision replaces.

        `settled` has the `uid` of each coding in the new decision. Earlier decisions about these codings are
        removed. But a decision that is also about another coding stays as long as that coding exists.

        The “consensus” codings of a removed decision are removed too, unless another decision has made them as well.
        """
        from sibtui.project.shared.decisions import decisions
        from sibtui.store import decisions as decision_rows
        from sibtui.store import memos

        kept = list(decisions(self._store, source))
        old = [
            (memo, decision)
            for memo, _, decision in kept
            if decision.settled & settled
            and not decision_rows.coding_ids(self._store, source, decision.settled - settled)
        ]
        removed = {memo for memo, _ in old}
        needed = {uid for memo, _, decision in kept if memo not in removed for uid in decision.made}
        gone = {uid for _, decision in old for uid in decision.made} - needed
        rows.remove(self._store, decision_rows.coding_ids(self._store, source, gone))
        for memo in removed:
            memos.remove_memo(self._store, memo)
