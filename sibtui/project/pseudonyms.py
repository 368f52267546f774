"""`project.pseudonyms`: the key (real names and pseudonyms), the search for real names, and their replacement."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from sibtui.errors import InputError
from sibtui.model.arguments import AnyPath, Names, as_names, as_path, whole
from sibtui.model.names import resolve_name
from sibtui.model.pseudonyms import Pseudonym, Sighting, with_pseudonym, without_pseudonym
from sibtui.project.check import Finding
from sibtui.project.results import Anonymised
from sibtui.project.shared import key_file
from sibtui.project.shared.base import Noun, Session
from sibtui.project.shared.blind_round import refuse_hidden
from sibtui.store import sources as source_rows
from sibtui.store.codings import Selection

_SEARCHING = "The search for names"
"""The name of a search that a blind round refuses, because it quotes the memos of hidden codings."""


class Pseudonyms(Noun):
    """`project.pseudonyms`: the key (the list of real names with their pseudonyms), and the use of the key.

    The key is a separate file beside the study. Only the owner of the file can read it. The key is never part of the
    study or of an export.

    >>> [each.pseudonym for each in project.pseudonyms.add("Leeds", "the city")]
    ['the city']
    """

    def __init__(self, session: Session, given: Path | None = None) -> None:
        super().__init__(session)
        self._given = given

    @property
    def key_file(self) -> Path:
        """The path of the key file.

        The path is set by `use_key`, or else by the environment variable SIBTUI_KEY. By default, the file is beside the
        study.

        >>> project.pseudonyms.key_file.name
        'tour.sibtui-key'
        """
        return self._named_file or key_file.key_beside(self._session.store.path)

    @property
    def _named_file(self) -> Path | None:
        """The key file that the caller or the environment has named, or None if no file was named."""
        chosen = os.environ.get("SIBTUI_KEY", "").strip()
        return self._given or self._session.key_file or (Path(chosen) if chosen else None)

    def use_key(self, path: AnyPath) -> None:
        """Use another key file (the list of real names and pseudonyms) until the study is closed.

        If the file does not exist, `add` creates it, but all other methods raise InputError, because the name of the
        file may be misspelled.

        >>> project.pseudonyms.use_key("names.csv")
        >>> key = project.pseudonyms.add("Leeds", "the city")
        >>> project.pseudonyms.key_file.name
        'names.csv'
        """
        self._session.key_file = as_path(path)

    def _key(self) -> tuple[Pseudonym, ...]:
        """Return the content of the key file. Raises InputError when a file that the user has named does not exist."""
        named = self._named_file
        if named is not None and not named.exists():
            raise InputError(f"There is no key file {named}. Correct its name, or add a first pseudonym to it.")
        return key_file.read(self.key_file)

    def list(self) -> Sequence[Pseudonym]:
        """Return the real names and their pseudonyms, in the order of the key file.

        Raises InputError when the file cannot be used, or when other people can read it.

        >>> project.pseudonyms.list()
        []
        """
        return [*self._key()]

    def add(self, real: str, pseudonym: str) -> Sequence[Pseudonym]:
        """Add a real name and its pseudonym to the key, and return the key.

        Several spellings of a name may have the same pseudonym. If there is no key file, it is created. The study does
        not change. Raises ConflictError when the real name is in the key already, InputError when a name or the file
        cannot be used.

        >>> project.pseudonyms.add("Leeds", "the city")
        [Pseudonym(real='Leeds', pseudonym='the city')]
        """
        key = with_pseudonym(key_file.read(self.key_file), real, pseudonym)
        key_file.write(self.key_file, key)
        return [*key]

    def remove(self, real: str) -> Pseudonym:
        """Remove a real name from the key, and return the removed entry. The study does not change.

        Raises NotFoundError when the name is not in the key, InputError when the file cannot be used.

        >>> key = project.pseudonyms.add("Leeds", "the city")
        >>> project.pseudonyms.remove("Leeds").pseudonym
        'the city'
        """
        key, removed = without_pseudonym(self._key(), real)
        key_file.write(self.key_file, key)
        return removed

    def chained(self) -> Sequence[Pseudonym]:
        """Return the entries of the key whose pseudonym contains a real name of the key.

        If there are such entries, the key can be applied only once. A second replacement would change these pseudonyms.
        Raises InputError when the file cannot be used.

        >>> project.pseudonyms.chained()
        []
        """
        from sibtui.model.pseudonyms import chained

        return [*chained(self._key())]

    def taken(self, *, among: Names | None = None) -> Sequence[Sighting]:
        """Return the pseudonyms that occur in the original texts of sources, each with its first place.

        Such a pseudonym may be the real name of another person. `among` limits the search to some pseudonyms. Words in
        small letters are ignored. Raises InputError when the key file cannot be used.

        >>> key = project.pseudonyms.add("Leeds", "Covid")
        >>> [(each.real, each.where, each.line) for each in project.pseudonyms.taken()]
        [('Covid', 'a1', 55)]
        """
        from sibtui.model.scan import first_places
        from sibtui.store.written_texts import first_texts

        wanted = None if among is None else {*as_names(among)}
        with self._session.store.snapshot():
            pseudonyms = dict.fromkeys(each.pseudonym for each in self._key())
            names = [Pseudonym(name, "") for name in pseudonyms if wanted is None or name in wanted]
            return [*first_places(first_texts(self._store), names)] if names else []

    def scan(self, *, sources: Names | None = None, near: bool = True) -> Sequence[Sighting]:
        """Return the places of real names, of similar words and of addresses, in all texts that people wrote.

        These texts are the sources, the memos, the values of attributes, the reasons of judgements, and the names of
        codes, cases, sources, files and tables. With `sources`, only the texts of these sources are searched. If `near`
        is False, only the exact real names are searched.

        Raises InputError when the key file cannot be used. In a blind round of coding, a search without `sources`
        raises InputError too. Raises NotFoundError when a source is unknown, AmbiguousError when it is not unique.

        >>> key = project.pseudonyms.add("Covid", "the epidemic")
        >>> [(each.place, each.where, each.words) for each in project.pseudonyms.scan(near=False)][:2]
        [('text', 'a1', 'Covid'), ('text', 'a2', 'Covid')]
        """
        from sibtui.model.scan import scan
        from sibtui.project.anonymising.texts import written_texts

        key = self._key()
        chosen = None if sources is None else self._named(sources)
        if chosen is None:
            self._session.refuse_in_blind_round(_SEARCHING)
        with self._session.store.snapshot():
            return [*scan(lambda: written_texts(self._session, chosen), key, near=near)]

    def apply(
        self,
        *,
        sources: Names | None = None,
        small_letters: bool = False,
        dry_run: bool = False,
        erase_originals: bool = False,
    ) -> Anonymised:
        """Replace the real names of the key by their pseudonyms, as one act (one step of undo).

        Return the places of the replaced names. Each text gets a new version, in which codings keep their exact
        places. The names are also replaced in memos, names of items, attribute values and judgements, but not in the
        private names of cases. With `sources`, only the texts of these sources change. With `dry_run`, nothing is
        stored.

        Only whole words are replaced. Capital letters and the possessive 's are kept. If names overlap, the longest
        is replaced. With `small_letters`, a name of one word, such as Will, is also replaced where it begins with a
        small letter, as in “will”.

        The real names are still in the history, in earlier versions and in backups. With `erase_originals`, they are
        erased there too. After the erasure, neither this act nor an earlier act can be undone. A backup that cannot
        be changed is removed.

        Raises ConflictError when the key was applied before and a pseudonym contains a real name (see `chained`), or
        when `erase_originals` is set inside an open act. Raises InputError when the key file cannot be used, when
        both `erase_originals` and `sources` are given, or when a blind round of coding hides codings of the sources.
        Raises NotFoundError when a source is unknown, AmbiguousError when it is not unique.

        >>> key = project.pseudonyms.add("Covid", "the epidemic")
        >>> applied = project.pseudonyms.apply()
        >>> len(applied.places), [each.coding.id for each in applied.codings if each.after is None]
        (14, [])
        """
        from sibtui.project.anonymising.replacing import apply

        key = self._key()
        chosen = None if sources is None else self._named(sources)
        ids = source_rows.source_ids(self._store)
        in_sources = None if chosen is None else tuple(ids[name] for name in chosen)
        refuse_hidden(self._session, "The replacement of names", Selection(sources=in_sources))
        if erase_originals:
            from sibtui.project.anonymising.originals import apply_and_erase

            if chosen is not None:
                raise InputError(
                    "The originals of only some sources cannot be erased, because the history has the names of all sources."
                )
            return apply_and_erase(self._session, key, small_letters=small_letters, dry_run=dry_run)
        return apply(self._session, key, sources=chosen, small_letters=small_letters, dry_run=dry_run)

    def check(self, *, attributes: Names = (), at_least: int = 3, exports_only: bool = False) -> Sequence[Finding]:
        """Return the traces of people in the study.

        A trace is a place with a real name of the key or with a private name of a case. A trace is also a
        combination of traits that fewer than `at_least` people share, such as SIB D × online × Investor. A
        combination joins one case of an interview and the values of `attributes` (by default role and date) that the
        interview has.

        The people of an interview are the names in its attribute `participants`. An interview without names has as
        many people as its attribute `people` states, or else one.

        With `exports_only`, only the texts that exports contain are searched. Exports contain no private names, no
        older texts and no history.

        Raises InputError when the key file cannot be used, and in a blind round of coding. Raises OutOfRangeError
        when `at_least` is below 1, NotFoundError when an attribute is unknown, AmbiguousError when it is not unique.

        >>> project.pseudonyms.check(attributes=["mode", "organisation type"], at_least=5)[-1].message
        '4 people share SIB D × online × Investor/Manager, fewer than 5.'
        """
        from sibtui.project.anonymising.disclosure import disclosures

        self._session.refuse_in_blind_round(_SEARCHING)
        key, least = self._key(), whole("number of people", at_least, 1)
        with self._session.store.snapshot():
            found = disclosures(
                self._session, key, attributes=as_names(attributes), at_least=least, in_exports=exports_only
            )
            return [*found]

    def _named(self, sources: Names) -> frozenset[str]:
        known = source_rows.source_ids(self._store)
        return frozenset(resolve_name("source", name, known) for name in as_names(sources))
