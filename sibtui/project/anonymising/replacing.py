"""The replacement of real names by pseudonyms everywhere in a study, as one change that can be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import ConflictError
from sibtui.model.codebook import split_path
from sibtui.model.folding import name_key
from sibtui.model.pseudonyms import chained
from sibtui.model.reanchor import edited, reanchor_edits
from sibtui.model.scan import Replacer, edits_of
from sibtui.model.text import one_line
from sibtui.project.anonymising.texts import written_texts
from sibtui.project.importing.source_rows import sha256_of
from sibtui.project.results import Anonymised, CarriedCoding, anonymised_extent
from sibtui.project.shared.summary_links import rename_links
from sibtui.store import codings as coding_rows
from sibtui.store import matrices as matrix_rows
from sibtui.store import sources as source_rows
from sibtui.store import written_texts as rows
from sibtui.store.codings import Selection

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from sibtui.model.judgement_basis import BasisQuote
    from sibtui.model.pseudonyms import Pseudonym, Sighting
    from sibtui.model.scan import WrittenText
    from sibtui.project.shared.base import Session

VERB = "pseudonym apply"
ERASING_VERB = "pseudonym erase"
"""The verb of the act that replaces names and erases the original texts."""
_NAMES = {
    ("sources", "name"): "source",
    ("cases", "label"): "case",
    ("codes", "name"): "code",
    ("attributes", "name"): "attribute",
    ("matrices", "name"): "table",
    ("matrix_rows", "label"): "row",
    ("matrix_columns", "label"): "column",
}
"""The columns with names that must be unique: (table, column) → word for the named item, such as “source”."""
_Words = tuple[str, str, str]
"""A quote, the text before it, and the text after it."""


def apply(
    session: Session,
    key: Sequence[Pseudonym],
    *,
    sources: Collection[str] | None,
    small_letters: bool,
    dry_run: bool,
) -> Anonymised:
    """Replace the real names in the key by their pseudonyms in all texts of the study. Return the replaced places.

    If `sources` is given, only the texts of these sources change. With `small_letters`, one-word names in small
    letters are replaced too, although they may be ordinary words. With `dry_run`, nothing is stored.

    A pseudonym may contain a real name of the key. Then a second replacement would change this pseudonym in the
    texts. So a key with such a pseudonym raises ConflictError if the history already has a replacement of names.
    """
    again = chained(key)
    if again and rows.applied_before(session.store, (VERB, ERASING_VERB)):
        raise ConflictError(
            f"The pseudonym “{one_line(again[0].pseudonym, 60)}” has a real name of the key in it, and the key was applied before: a"
            " second replacement would change pseudonyms. Choose another pseudonym."
        )
    replacing = _Replacing(session, Replacer(key, small_letters=small_letters), dry_run=dry_run)
    with session.store.snapshot() if dry_run else session.act(VERB, "names") as act:
        replacing.run(list(written_texts(session, sources)))
        if act is not None:
            act.summary = anonymised_extent(replacing.places)
    return Anonymised(
        tuple(replacing.places), tuple(replacing.codings), tuple(replacing.kept), replacing.replacer.small
    )


class _Replacing:
    """Replaces names in a study, and collects the replaced places, moved codings, and items that keep their names."""

    def __init__(self, session: Session, replacer: Replacer, *, dry_run: bool) -> None:
        self._session, self._store, self._dry_run = session, session.store, dry_run
        self.replacer = replacer
        self.places: list[Sighting] = []
        self.codings: list[CarriedCoding] = []
        self.kept: list[str] = []
        self._paths = session.paths()
        self._words: dict[tuple[str, _Words], _Words] = {}
        self._taken: set[tuple[str, object, str]] = set()

    def run(self, texts: Sequence[WrittenText]) -> None:
        self._taken = {_name_of(each) for each in texts if (each.table, each.column) in _NAMES}
        ids = source_rows.source_ids(self._store)
        for written in texts:
            places = self.replacer.places(written)
            if not places:
                continue
            new = edited(written.text, edits_of(places))
            if (written.table, written.column) in _NAMES and not self._free(written, new):
                continue
            self.places += places
            if (written.table, written.column) == ("texts", "text"):
                self._carry(ids[written.where], written.text, places, new)
            elif not self._dry_run:
                self._set(written, new)
        if self.places and not self._dry_run:
            self._set_bases()

    def _free(self, written: WrittenText, new: str) -> bool:
        """Return whether the name `new` is free: no other item of the same kind has it.

        If the name is not free, add the reason to `kept`.
        """
        old_name, new_name = _name_of(written), _name_of(written, new)
        if new_name != old_name and new_name in self._taken:
            noun = _NAMES[written.table, written.column]
            self.kept.append(
                f"the {noun} “{one_line(written.text, 60)}” keeps its name, because there is another {noun} “{one_line(new, 60)}”."
            )
            return False
        self._taken = self._taken - {old_name} | {new_name}
        return True

    def _carry(self, source: int, old: str, places: Sequence[Sighting], new: str) -> None:
        """Store a new version of a source's text, and move the source's codings to their places in the new text."""
        codings = list(coding_rows.codings(self._store, Selection(sources=(source,)), paths=self._paths))
        spans = [(each.segment.start, each.segment.end) for each in codings]
        carried = reanchor_edits(old, edits_of(places), spans)
        if not self._dry_run:
            rows_of_text = {"sha256": sha256_of(new), "original": "", "original_sha256": "", "at": self._session.now()}
            source_rows.add_text(self._store, source, new, **rows_of_text)
        uid = source_rows.sources(self._store, counts=False, only=source)[0].uid
        for coding, place in zip(codings, carried, strict=True):
            segment = place.segment
            words = segment.quote(new)
            after = None if coding.undecided else segment
            self.codings.append(CarriedCoding(coding, after, segment, words, place.score))
            fields: dict[str, object] = {"start": segment.start, "end": segment.end}
            if not coding.undecided:
                context = segment.context(new)
                fields |= {"quote": words, **coding_rows.NO_CONTEXT}
                self._words[uid, (coding.quote, coding.before, coding.after)] = (words, *context)
            if not self._dry_run:
                coding_rows.set_fields(self._store, coding.id, fields)

    def _set(self, written: WrittenText, new: str) -> None:
        """Store a text with its names replaced.

        If the text is the name of a source or of an attribute, the matrix columns with this name are also renamed.
        """
        rows.set_written(self._store, written, new)
        if written.table == "sources" and written.column == "name":
            matrix_rows.rename_column(self._store, "sources", written.text, new)
            rename_links(self._store, {written.text: new})
        if written.table == "attributes":
            for matrix, columns in matrix_rows.columns(self._store).items():
                before, found, name = columns.partition("attribute:")
                if found and name == written.text and before.strip() in {"", written.where}:
                    matrix_rows.set_columns(self._store, matrix, f"{before}{found}{new}")

    def _set_bases(self) -> None:
        """Replace the names in the evidence that is stored with each judgement or summary of a cell.

        Otherwise this evidence would differ from the changed texts, and the judgements would appear stale.
        """
        from dataclasses import replace

        from sibtui.model.judgement_basis import JudgementBasis

        for table, number, stored in rows.bases(self._store):
            basis = JudgementBasis.from_json(stored)
            new = replace(
                basis,
                codes=tuple((uid, self.replacer.replaced(path)) for uid, path in basis.codes),
                open=tuple(map(self.replacer.replaced, basis.open)),
                covered_by=self.replacer.replaced(basis.covered_by),
                quotes=tuple(map(self._new_words, basis.quotes)),
            )
            if new != basis:
                rows.set_basis(self._store, table, number, new.to_json())

    def _new_words(self, quote: BasisQuote) -> BasisQuote:
        from dataclasses import replace

        old = quote.quote, quote.before, quote.after
        new = self._words.get((quote.source, old)) or tuple(map(self.replacer.replaced, old))
        return replace(quote, quote=new[0], before=new[1], after=new[2])


def _name_of(written: WrittenText, name: str | None = None) -> tuple[str, object, str]:
    """Return the name of an item as (table, group, name key), so that no two items of a study have the same result.

    For example, the group of a code is the path of its parent, because codes below different parents may have the
    same name. If `name` is given, it is used in place of the present name.
    """
    group: object = ""
    if written.table == "codes":
        group = tuple(map(name_key, split_path(written.where)[:-1]))
    elif written.table in {"attributes", "matrix_rows", "matrix_columns"}:
        group = written.where
    return written.table, group, name_key(written.text if name is None else name)
