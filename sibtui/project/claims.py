"""`project.claims`: the claims (statements) of a paper, and their comparison with the study."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import sibtui
from sibtui.errors import ConflictError, InputError
from sibtui.model.arguments import AnyPath, as_name, choices, several
from sibtui.model.folding import identical
from sibtui.model.names import name_in_use, resolve_name
from sibtui.model.presence import STATES, State
from sibtui.model.text import one_line, plural
from sibtui.project.shared.base import Noun
from sibtui.store import claims as rows


class Claims(Noun):
    """`project.claims`: the claims of a paper, which are statements about the tables and the numbers of the study.

    >>> claim = Claim("C2", "all but one of the SIBs", rows=[("table-1", "More flexible workload distribution")], statement="in all but 1")
    >>> project.claims.check(claim).claims[0].verdict
    'holds'
    """

    def list(self) -> Sequence[sibtui.Claim]:
        """Return the stored claims, in their order.

        >>> [claim.key for claim in project.claims.list()][:3]
        ['C1', 'C2', 'C3']
        """
        return rows.claims(self._store)

    def get(self, key: str) -> sibtui.Claim:
        """Return the stored claim with this id.

        Raises NotFoundError when the id is unknown, AmbiguousError when it is not unique.

        >>> project.claims.add(Claim("C51", "There are six themes.", codebook="themes", statement="six")).key
        'C51'
        >>> project.claims.get("c51").text
        'There are six themes.'
        """
        found = {claim.key: claim for claim in self.list()}
        return found[resolve_name("claim", as_name(key), found)]

    def add(self, claim: sibtui.Claim, *, replace: bool = False) -> sibtui.Claim:
        """Store a claim, and return it.

        With `replace`, a stored claim with the same id is changed. The names in the claim are not compared with the
        study here: `check` does this. Raises InputError for a missing id or text, StatementError for a statement that
        cannot be read, ConflictError when the id is in use and `replace` is not set.

        >>> project.claims.add(Claim("C51", "There are six themes.", codebook="themes", statement="six")).key
        'C51'
        """
        with self._session.act("claim add", f"claim {one_line(claim.key, 60)}"):
            self._put(claim, self._known(), replace=replace)
        return self.get(claim.key)

    def load(self, claims: sibtui.Claim | Iterable[sibtui.Claim], *, replace: bool = False) -> int:
        """Store several claims as one act (one step of undo), and return their number.

        With `replace`, stored claims with the same ids are changed. If a claim cannot be stored, no claim is stored.
        Raises the errors of `add`.

        >>> project.claims.load([Claim("C51", "Six themes."), Claim("C52", "Four cases.", registry="cases", statement="4")])
        2
        """
        listed = tuple(several(claims, sibtui.Claim))
        with self._session.act("claim import", plural(len(listed), "claim")):
            known = self._known()
            for claim in listed:
                self._put(claim, known, replace=replace)
        return len(listed)

    def insert(self, claims: Iterable[sibtui.Claim]) -> None:
        """Add the claims of a whole study. Call this inside an act (`with project.act(…)`, one step of undo).

        Raises the errors of `add`.

        >>> with project.act("claim add", "a claim"):
        ...     project.claims.insert([Claim("C51", "Six themes.")])
        """
        known = self._known()
        for claim in claims:
            self._put(claim, known, replace=False)

    def remove(self, key: str) -> sibtui.Claim:
        """Remove a stored claim, and return it.

        Raises NotFoundError when the id is unknown, AmbiguousError when it is not unique.

        >>> project.claims.add(Claim("C51", "Six themes.")).key
        'C51'
        >>> project.claims.remove("C51").text
        'Six themes.'
        """
        with self._session.act("claim remove", f"claim {one_line(key, 60)}") as act:
            claim = self.get(key)
            act.summary = f"claim {one_line(claim.key, 60)}"
            rows.remove_claim(self._store, claim.uid)
        return claim

    def to_toml(self) -> bytes:
        """Return the stored claims as the content of a file `claims.toml`.

        Each claim has the id that its author chose, such as `C1`.

        >>> print(project.claims.to_toml().decode().splitlines()[1])
        id = "C1"
        """
        from dataclasses import replace

        from sibtui.formats.study_folder.claims_toml import write_claims

        return write_claims(replace(claim, uid="") for claim in self.list())

    def find(self, draft: AnyPath) -> sibtui.Table:
        """Return a table of the sentences in a draft that may be claims.

        Such a sentence has a quantifier, such as “all”, and a word from the label of a matrix row or a case. The
        columns of the table are: the line (in a Word document, the paragraph), the sentence, the quantifiers, the
        words from labels, and the matrix rows with these words. `draft` is a Markdown, LaTeX, Word or plain text
        file. Raises InputError for a file that cannot be read.

        >>> from pathlib import Path
        >>> written = Path("draft.md").write_text("All four SIBs used a rate card. It rained.")
        >>> project.claims.find("draft.md").rows[0][:3]
        (1, 'All four SIBs used a rate card.', ('All', 'four'))
        """
        from sibtui.project.papers.claim_search import claim_candidates
        from sibtui.project.papers.draft_file import read_draft

        with self._store.snapshot():
            return claim_candidates(self._session, read_draft(draft))

    def _known(self) -> dict[str, str]:
        """Return a map: id of a stored claim, such as C1 → its lasting id (the same in all copies of the study)."""
        return {claim.key: claim.uid for claim in self.list()}

    def _put(self, claim: sibtui.Claim, known: dict[str, str], *, replace: bool) -> None:
        """Store a claim, and add the claim to `known`, the map that `_known` returns.

        Call this inside an act (`with session.act(…)`, one step of undo). Raises the errors of `add`.
        """
        from sibtui.model.claims.statement import check_statement

        if not claim.key.strip() or not claim.text.strip():
            raise InputError("A claim needs an id and a text.")
        try:
            check_statement(claim)
        except InputError as error:
            raise InputError(f"The claim {one_line(claim.key, 60)}: {error}") from error
        there = identical(claim.key, known)
        if there is None:
            known[claim.key] = rows.add_claim(self._store, claim)
        elif replace:
            rows.set_claim(self._store, known[there], claim)
        else:
            raise ConflictError(name_in_use("claim", there), "replace-claim")

    def check(
        self, claims: sibtui.Claim | Iterable[sibtui.Claim] | None = None, *, states: State | Iterable[State] = ()
    ) -> sibtui.ClaimReport:
        """Compare claims (by default the stored claims) with the study, and return a verdict on each of them.

        A verdict is “holds”, “holds with reserve”, “contradicted” or “not checkable”. A claim is not checkable if it
        names unknown items or its statement cannot be read. A cell counts as an X (the mark of a present cell) if
        its state is one of `states`. By default, these are all states that are printed with the same mark as
        “present”. Raises InputError for an unknown state.

        >>> claim = Claim("C5", "All four gave staff discretion.", rows=[("table-1", "Enhanced staff discretion/flexibility")], statement="in all")
        >>> checked = project.claims.check(claim).claims[0]
        >>> checked.verdict, checked.found
        ('contradicted', '3 of 4: SIB B, SIB C, SIB D')
        """
        from sibtui.project.papers.claim_check import ClaimCheck

        counted = choices("state of a cell", states, STATES)
        with self._store.snapshot():
            chosen = self.list() if claims is None else several(claims, sibtui.Claim)
            return ClaimCheck(self._session, counted).report(chosen)
