"""The part of `project.sources` about texts: reading, searching, correcting and comparing them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import sibtui
from sibtui.model.arguments import Names, Within, as_names, maybe_whole, whole
from sibtui.model.languages import DEFAULT, guess_language
from sibtui.model.records import Source, TextVersion
from sibtui.project.shared.base import Noun
from sibtui.store import sources as rows
from sibtui.store import study as study_rows


class SourceTexts(Noun):
    def get(self, name: str) -> Source:
        """Return the source with this name. Capital and small letters may differ.

        Raises NotFoundError when the name is unknown, AmbiguousError when it is not unique.

        >>> source = project.sources.get("a1")
        >>> source.cases, source.reading, source.codings
        (('SIB A',), 'read', 40)
        """
        number = rows.find(self._store, name) or self._session.source_id(name)
        return rows.sources(self._store, only=number, blind=self._session.blind)[0]

    def text(self, name: str) -> str:
        """Return the stored text of a source. The offsets of codings count characters (code points) of this text.

        Raises NotFoundError when the name is unknown, AmbiguousError when it is not unique.

        >>> coding = project.codings.get(12)
        >>> project.sources.text("a1")[coding.segment.start : coding.segment.end] == coding.quote
        True
        """
        return rows.text(self._store, self._session.source_id(name))

    def speakers(self, sources: Names = (), *, pattern: str = "") -> Sequence[str]:
        r"""Return the names of the speakers in these sources, ordered by the first turn of each speaker.

        By default, all sources are searched. A turn is a passage of one speaker. It begins with a name and a colon, or
        with another usual label of transcription programs. `pattern` is a regular expression for other labels; its
        group `speaker` is the name. Raises NotFoundError when a source is unknown, AmbiguousError when it is not
        unique, InputError for a pattern that cannot be used.

        >>> draft = SourceDraft("e1", "Host: Why?\nGuest: We left.\nHost: When?\n", cases="SIB B")
        >>> project.sources.add(draft)[0].outcome
        'added'
        >>> project.sources.speakers("e1")
        ('Host', 'Guest')
        """
        from sibtui.project.shared.speaker_turns import speakers

        chosen = [self._session.source_id(name) for name in as_names(sources)]
        return speakers(self._store, chosen or None, pattern)

    def language(self, name: str) -> str:
        """Return the code of the language whose rules divide the text of a source into sentences.

        It is the language of the source. If this is not set, it is the language of the study, or else a clear guess
        from the text, or else `en`. Raises NotFoundError when the name is unknown, AmbiguousError when it is not
        unique.

        >>> project.sources.language("a1")
        'en'
        """
        source = self.get(name)
        spoken = source.language or study_rows.study(self._store).language
        return spoken or guess_language(rows.text(self._store, source.id)) or DEFAULT

    def search(
        self,
        words: Names,
        progress: Callable[[int, int], None] | None = None,
        *,
        whole_words: bool = False,
        stem: str = "",
        regex: bool = False,
        within: Within | None = None,
        sets: Names = (),
    ) -> Iterator[sibtui.TextMatch]:
        """Yield the places where words occur in the texts, in the order of the sources.

        Capitals, quotation marks and spaces may differ. With `whole_words`, places inside longer words are left out.
        `stem` is a language, such as "en": words with the same stem are found too. With `regex`, `words` is a regular
        expression. With `sets`, only the sources of these sets are searched.

        If `words` has several words or phrases, each result is the shortest passage that contains all of them. Then
        `within` is required. It is the greatest length of a passage: "sentence", "paragraph" or a number of words.

        `progress` receives (sources done, all sources), and may raise to cancel. Raises InputError when there are no
        words, or when they cannot be searched for, NotFoundError when a set is unknown, AmbiguousError when it is not
        unique.

        >>> [(match.source, match.line) for match in project.sources.search("personal budget")][:3]
        [('a1', 31), ('a2', 25), ('a3', 40)]
        >>> [match.quote for match in project.sources.search(["trust", "first"], within=4)]
        ['Trust comes first']
        """
        from sibtui.model.search_terms import SearchTerms
        from sibtui.project.retrieval.search import text_matches

        terms = SearchTerms(as_names(words), whole_words, stem, regex, within)
        yield from text_matches(self._session, terms, progress, sets)

    def kwic(
        self,
        words: Names,
        progress: Callable[[int, int], None] | None = None,
        *,
        width: int = 40,
        whole_words: bool = False,
        stem: str = "",
        regex: bool = False,
        within: Within | None = None,
        sets: Names = (),
    ) -> Iterator[sibtui.KeywordInContext]:
        """Yield the places where words occur, each with its codes, the cases of its source and the text around it.

        `width` is the number of characters on each side of a place. The other arguments and the errors are those of
        `search`. Raises OutOfRangeError for a width below 1.

        >>> line = next(project.sources.kwic("rate card", width=12))
        >>> line.left, line.match, line.right
        ('sk A4.] ##', 'Rate card', 'The local')
        """
        from sibtui.model.search_terms import SearchTerms
        from sibtui.project.retrieval.search import keywords_in_context

        width = whole("width", width, 1)
        terms = SearchTerms(as_names(words), whole_words, stem, regex, within)
        yield from keywords_in_context(self._session, terms, width, progress, sets)

    def correct(self, name: str, text: str, *, original: str = "", original_sha256: str = "") -> sibtui.Reanchored:
        """Store a corrected text of a source as a new version.

        Return the codings of the source with their places and words in the corrected text. If the place of a coding
        becomes uncertain, the coding is undecided: it keeps its quote, and still counts as evidence.
        `codings.undecided` lists the undecided codings. Decide on each of them with `codings.accept`, `codings.set` or
        `codings.remove`.

        Raises InputError when the text has a carriage return, when a source with codings would get an empty text, or
        when a blind round of coding hides codings of the source. Raises ConflictError for a text that was erased for
        good, NotFoundError when the name is unknown, AmbiguousError when it is not unique.

        >>> text = project.sources.text("a1")
        >>> corrected = project.sources.correct("a1", text.replace("housing association", "housing company"))
        >>> len(corrected.segments), len(corrected.undecided), corrected.source.version
        (40, 0, 2)
        """
        from sibtui.project.importing.corrections import correct

        return correct(self._session, self.get(name), text, original=original, original_sha256=original_sha256)

    def foresee_correction(self, name: str, text: str) -> Sequence[sibtui.CarriedCoding]:
        """Return the codings of a source with the places that they would have in a corrected text.

        Nothing is stored. Raises InputError when the text has a carriage return, or when a blind round of coding hides
        codings of the source. Raises NotFoundError when the name is unknown, AmbiguousError when it is not unique.

        >>> text = project.sources.text("a1")
        >>> carried = project.sources.foresee_correction("a1", text.replace("housing association", "housing company"))
        >>> len(carried), [each.coding.quote for each in carried if each.after is None]
        (40, [])
        """
        from sibtui.project.importing.corrections import foresee

        return foresee(self._session, self.get(name), text)

    def replace(
        self, old: str, new: str, *, whole_words: bool = False, sources: Names | None = None, dry_run: bool = False
    ) -> Sequence[sibtui.Replaced]:
        """Replace words in the texts of all sources, or only of `sources`, as one act (one step of undo).

        Return the sources in which the words occurred. Upper and lower case must match. Each text gets a new version,
        in which the codings keep their places. If all words of a coding are removed, the coding has no certain place
        and becomes undecided (see `correct`). With `whole_words`, the words inside longer words are not replaced. With
        `dry_run`, nothing is stored.

        Raises InputError when `old` is empty, when the new words have a carriage return, or when a blind round of
        coding hides codings of a source that has the words. Raises NotFoundError when a name is unknown, AmbiguousError
        when it is not unique.

        >>> [(each.source, len(each.segments)) for each in project.sources.replace("Leeds", "the city")]
        []
        >>> [each.source for each in project.sources.replace("rate card", "price list", dry_run=True)][:2]
        ['a2', 'b1']
        """
        from sibtui.project.importing.corrections import replace

        chosen = (
            rows.sources(self._store)
            if sources is None
            else [self.get(name) for name in dict.fromkeys(as_names(sources))]
        )
        return replace(self._session, old, new, chosen, whole_words=whole_words, dry_run=dry_run)

    def versions(self, name: str) -> Sequence[TextVersion]:
        """Return all versions of the text of a source, oldest first.

        Raises NotFoundError when the name is unknown, AmbiguousError when it is not unique.

        >>> [version.version for version in project.sources.versions("a1")]
        [1]
        """
        from sibtui.project.importing.corrections import versions

        return versions(self._session, self.get(name))

    def text_of_version(self, name: str, version: int) -> str:
        """Return the text of a source in one of its versions.

        Raises NotFoundError when the source or the version is unknown, AmbiguousError when the name is not unique,
        OutOfRangeError for a version below 1.

        >>> project.sources.text_of_version("a1", 1) == project.sources.text("a1")
        True
        """
        from sibtui.project.importing.corrections import text_of

        return text_of(self._session, self.get(name), whole("version", version, 1))

    def diff(self, name: str, before: int | None = None, after: int | None = None) -> str:
        """Return the lines that differ between two versions of a text, as a unified diff; empty if they are equal.

        By default, `after` is the current version, and `before` is the version `after - 1`. Raises the errors of
        `text_of_version`.

        >>> text = project.sources.text("a1").replace("housing association", "housing company", 1)
        >>> corrected = project.sources.correct("a1", text)
        >>> project.sources.diff("a1").count("housing company")
        1
        """
        from sibtui.project.importing.corrections import difference

        before, after = maybe_whole("version", before, 1), maybe_whole("version", after, 1)
        return difference(self._session, self.get(name), before, after)
