"""`project.proposals`: codes that coders of a team propose, and the decisions on these proposals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import sibtui
from sibtui.errors import ConflictError, InputError, NotFoundError
from sibtui.model.arguments import Numbers, as_name, as_numbers, between, choice, maybe_choice, several
from sibtui.model.codebook import identical_path, path_key
from sibtui.model.folding import identical
from sibtui.model.records import PROPOSAL_STATES, Code, CodeProposal, Lineage, Origin, ProposalState
from sibtui.model.text import one_line, plural
from sibtui.project.codes import Codes
from sibtui.project.importing.code_rows import clean_path
from sibtui.project.shared.base import Noun
from sibtui.project.shared.code_proposals import present_proposals
from sibtui.store import codes as code_rows
from sibtui.store import proposals as rows
from sibtui.store import study as study_rows


class Proposals(Noun):
    """`project.proposals`: codes that coders propose. A proposal becomes a code when it is accepted.

    >>> project.proposals.add("Wider system/Peer roles", definition="People help who were helped.").state
    'open'
    """

    def list(self, *, state: ProposalState | None = None) -> Sequence[CodeProposal]:
        """Return the proposals, oldest first. `state` limits them to "open", "merged" or "rejected" proposals.

        Raises InputError for an unknown state.

        >>> project.proposals.list(state="open")
        []
        """
        state = maybe_choice("state of a proposal", state, PROPOSAL_STATES)
        return [proposal for proposal in present_proposals(self._store) if state in {None, proposal.state}]

    def get(self, number: int) -> CodeProposal:
        """Return the proposal with this id. Raises NotFoundError when there is no such proposal.

        >>> project.proposals.get(project.proposals.add("Leaving").id).path
        'Leaving'
        """
        return self._numbered([number])[0]

    def clusters(
        self, *, similar: bool = True, name_at_least: float = 80, words_at_least: float = 50
    ) -> Sequence[sibtui.ProposalCluster]:
        """Return the open proposals in clusters. The proposals of one cluster may mean the same code.

        Without `similar`, a cluster has only proposals with the same path. With `similar`, proposals with similar names
        or definitions are also in one cluster. Two names are similar if their similarity is at least `name_at_least`
        (token sort ratio, 0 to 100); the order of words does not matter. Two definitions are similar if they have at
        least `words_at_least` percent of their words in common. Raises OutOfRangeError for a limit below 0 or above
        100.

        >>> two = project.proposals.add("Peer roles").id, project.proposals.add("Roles of peers").id
        >>> [proposal.path for proposal in project.proposals.clusters()[0].proposals]
        ['Peer roles', 'Roles of peers']
        """
        from sibtui.model.proposals import cluster

        between("likeness of names", name_at_least, 0, 100)
        between("share of words", words_at_least, 0, 100)
        with self._store.snapshot():
            paths = list(self._session.paths().values())
            return cluster(
                self.list(state="open"),
                paths,
                similar=similar,
                name_at_least=name_at_least,
                words_at_least=words_at_least,
            )

    def add(self, path: str, *, definition: str = "", coder: str | None = None) -> CodeProposal:
        """Propose a code, and return the proposal. The codebook does not change.

        `coder` is the author; by default, it is the current coder. Raises InputError for a path that cannot be used,
        ConflictError when this coder has the same open proposal already.

        >>> project.proposals.add("Leaving", definition="People leave early.", coder="R2").coder
        'R2'
        """
        draft = sibtui.CodeProposalDraft(as_name(path), as_name(definition), coder)
        # A summary has no names: an erasure of words replaces those of the rows
        with self._session.act("code propose", "1 code"):
            added = self.insert(self._new([draft]))
            if not added:
                raise ConflictError(
                    f"“{one_line(path, 60)}” with this definition is an open proposal of this coder already."
                )
        return self.get(added[0])

    def import_(
        self, drafts: sibtui.CodeDraft | Iterable[sibtui.CodeDraft], *, coder: str | None = None
    ) -> sibtui.Proposed:
        """Propose the codes of a codebook as one act (one step of undo). Return how many proposals are new.

        A code that this coder has proposed already, with the same path and definition, is not proposed again. `coder`
        is the author; the default is the current coder. Only the path and the definition of a draft are kept. Raises
        InputError for a path that cannot be used.

        >>> project.proposals.import_([CodeDraft("Leaving"), CodeDraft("Staying")], coder="R1").added
        2
        """
        every = list(several(drafts, sibtui.CodeDraft))
        with self._session.act("code propose", "codes") as act:
            proposed = (sibtui.CodeProposalDraft(each.path, each.definition, coder) for each in every)
            added = self.insert(self._new(proposed))
            act.summary = plural(len(added), "code")
        return sibtui.Proposed(len(added), len(every) - len(added))

    def insert(self, drafts: Iterable[sibtui.CodeProposalDraft]) -> Sequence[int]:
        """Add proposals, and return their ids.

        Call this inside an act (`with project.act(…)`, one step of undo). Raises InputError for a path that cannot be
        used.

        >>> with project.act("code propose", "a code"):
        ...     numbers = project.proposals.insert([CodeProposalDraft("Leaving")])
        """
        ids = {path_key(path): number for number, path in self._session.paths().items()}
        added = []
        for draft in drafts:
            state = choice("state of a proposal", draft.state, PROPOSAL_STATES)
            created = draft.created or self._session.now()
            decided = "" if state == "open" else draft.decided or created
            clean = replace(draft, path=clean_path(draft.path), state=state, decided=decided)
            code = ids.get(path_key(draft.code)) if draft.code and state == "merged" else None
            coder = study_rows.coder_id(self._store, draft.coder or self._session.coder)
            added.append(rows.add_proposal(self._store, clean, coder, created, code))
        return added

    def _new(self, drafts: Iterable[sibtui.CodeProposalDraft]) -> Iterator[sibtui.CodeProposalDraft]:
        """Yield the drafts whose coder has no open proposal with the same path and definition."""
        known = {_facts(each) for each in self.list(state="open")}
        coders = [each.name for each in study_rows.coders(self._store)]
        for draft in drafts:
            coder = draft.coder or self._session.coder
            clean = replace(draft, definition=draft.definition.strip(), coder=identical(coder, coders) or coder)
            if _facts(clean) not in known:
                known.add(_facts(clean))
                yield clean

    def accept(
        self,
        numbers: Numbers,
        into: str | None = None,
        *,
        definition: str | None = None,
        origin: Origin | None = None,
        because: str = "",
    ) -> Code:
        """Merge open proposals into one code, and return the code.

        `numbers` are the ids of the proposals. `into` is the whole path of an existing or a new code. By default, it is
        the path that `clusters` gives to these proposals. The history of the code keeps the path and the definition of
        each proposal.

        The code gets `definition`. If `definition` is None, the code keeps its own. If it has none, it gets the
        definition of the proposal with the same path, or else the first definition among the proposals.

        Raises NotFoundError for an unknown id, ConflictError for a decided proposal or a retired code, InputError for a
        path or a value that cannot be used.

        >>> number = project.proposals.add("Wider system/Peer roles", definition="People help who were helped.").id
        >>> project.proposals.accept(number, "Wider system/Peers", because="One topic.").path
        'Wider system/Peers'
        """
        from sibtui.model.proposals import agreed_path

        chosen = as_numbers(numbers)
        with self._session.act("code accept", plural(len(chosen), "proposal")) as act:
            proposals = self._open(chosen)
            paths = list(self._session.paths().values())
            path = clean_path(agreed_path(proposals, paths)[0] if into is None else as_name(into))
            code = self._agreed(path, proposals, definition, origin)
            decided = self._session.now()
            for proposal in proposals:
                note = "; ".join(filter(None, (f"proposed by {proposal.coder}", because.strip())))
                event = Lineage("merged", decided, self._session.coder, proposal.path, proposal.definition, note)
                code_rows.add_lineage(self._store, code.id, event)
            rows.decide(self._store, chosen, "merged", code.id, because.strip(), decided)
            act.summary = f"{plural(len(chosen), 'proposal')} into {code.path}"
        return Codes(self._session).get(code.path)

    def _agreed(
        self, path: str, proposals: Sequence[CodeProposal], definition: str | None, origin: Origin | None
    ) -> Code:
        """Return the code into which proposals are merged, with its new definition and the status “active”.

        A missing code is added. `definition` has the same meaning as in `accept`. Raises ConflictError when the code is
        retired.
        """
        codes = Codes(self._session)
        known = {code.path: code for code in code_rows.codes(self._store)}
        there = identical_path(path, known)
        if there is not None and known[there].status == "retired":
            raise ConflictError(f"“{there}” is retired.", "restore-code")
        own = [proposal for proposal in proposals if path_key(proposal.path) == path_key(path)]
        first = next((each.definition for each in (*own, *proposals) if each.definition), "")
        kept = known[there].definition if there is not None else ""
        text = (kept or first) if definition is None else definition
        with codes.colours_kept():
            codes.insert([sibtui.CodeDraft(path, text, origin=origin, status="active")])
            path = there or path
            if definition is not None and not definition.strip():
                codes.set(path, definition="")
        return codes.get(path)

    def reject(self, numbers: Numbers, because: str) -> Sequence[CodeProposal]:
        """Reject open proposals with a reason, and return them. Rejected proposals stay in the list, with the reason.

        Raises NotFoundError for an unknown id, ConflictError for a decided proposal, InputError for an empty reason.

        >>> [each.state for each in project.proposals.reject(project.proposals.add("Leaving").id, because="Too broad.")]
        ['rejected']
        """
        chosen = as_numbers(numbers)
        if not isinstance(because, str) or not because.strip():
            raise InputError("A rejected proposal needs a reason.", "because")
        with self._session.act("code reject", plural(len(chosen), "proposal")):
            self._open(chosen)
            rows.decide(self._store, chosen, "rejected", None, because.strip(), self._session.now())
        return self._numbered(chosen)

    def _open(self, numbers: Sequence[int]) -> Sequence[CodeProposal]:
        """Return the proposals with these ids.

        Raises ConflictError when one of them is not open, InputError when no id is given.
        """
        if not numbers:
            raise InputError("Give the number of a proposal.", "list-proposals")
        proposals = self._numbered(numbers)
        for proposal in proposals:
            if proposal.state != "open":
                raise ConflictError(f"Proposal {proposal.id} is {proposal.state} already.", "list-proposals")
        return proposals

    def _numbered(self, numbers: Iterable[int]) -> Sequence[CodeProposal]:
        known = {proposal.id: proposal for proposal in present_proposals(self._store)}
        for number in numbers:
            if number not in known:
                raise NotFoundError(f"There is no proposal {number}.", "list-proposals")
        return [known[number] for number in numbers]


def _facts(proposal: CodeProposal | sibtui.CodeProposalDraft) -> tuple[tuple[str, ...], str, str | None]:
    return path_key(proposal.path), proposal.definition, proposal.coder
