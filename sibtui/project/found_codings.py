"""The part of `project.codings` that applies a code to all passages found by a search."""

from __future__ import annotations

import sibtui
from sibtui.errors import NotFoundError
from sibtui.model.arguments import Names, Within, as_names, maybe_choice
from sibtui.model.filters import CodingFilter
from sibtui.model.records import CERTAINTIES, STANCES, Certainty, FoundSpan, Stance
from sibtui.model.text import plural
from sibtui.project.shared.base import Noun


class FoundCodings(Noun):
    def add_found(
        self,
        code: str,
        *,
        search: Names = (),
        speaker: Names = (),
        heading: str = "",
        span: FoundSpan = "match",
        source: Names = (),
        sets: Names = (),
        cases: Names = (),
        whole_words: bool = False,
        stem: str = "",
        regex: bool = False,
        within: Within | None = None,
        speaker_pattern: str = "",
        stance: Stance | None = None,
        certainty: Certainty | None = None,
        coder: str | None = None,
        memo: str | None = None,
        dry_run: bool = False,
    ) -> sibtui.CodingsImported:
        """Apply a code to all passages that a search finds, as one act (one step of undo).

        Return how many codings were added, and the passages that were refused. Pass exactly one of these:

        - `search`: words in the text;
        - `speaker`: a name at the beginning of turns;
        - `heading`: words of a Markdown heading or a bold line. The passage is the text up to the next heading.

        `span` is the part that is coded: the match itself, or its whole sentences, paragraphs, sections or turns. In a
        text without speakers, a turn is a paragraph. `source` limits the search to these sources, and `sets` to the
        sources in these sets. With `cases`, only sources about these cases are searched, and the new codings get these
        cases. `whole_words`, `stem`, `regex` and `within` are as in `sources.search`.

        Each coding records how it was found (`Coding.how`). The sources do not count as read. A coding that exists
        already is skipped. With `dry_run`, nothing is stored. Raises NotFoundError when nothing is found or a name is
        unknown, and InputError for a value that cannot be used.

        >>> added = project.codings.add_found("Rate card", search="rate card", span="sentence", source="a1")
        >>> added.added, {coding.how for coding in project.codings.list(code="Rate card", source="a1", how="search")}
        (1, {'search'})
        """
        from sibtui.project.importing.coding_import import import_codings
        from sibtui.project.retrieval.found_passages import PassageSearch, found_passages

        path = self._session.code(code).path
        stance = maybe_choice("stance", stance, STANCES)
        certainty = maybe_choice("certainty", certainty, CERTAINTIES)
        sought = PassageSearch(
            CodingFilter(sources=source, cases=cases, sets=sets), span, as_names(search), whole_words, stem, regex,
            as_names(speaker), speaker_pattern, heading, within,
        )  # fmt: skip
        drafts = [
            sibtui.CodingDraft(
                name, path, segment, coder=coder, stance=stance, certainty=certainty, cases=as_names(cases) or None, memo=memo, how=sought.how,
            )
            for name, segment in found_passages(self._session, sought)
        ]  # fmt: skip
        if not drafts:
            raise NotFoundError("Nothing was found, so nothing was coded.")
        with self._session.act("coding import", "codings") as act:
            done = import_codings(self._session, drafts, dry_run=dry_run)
            act.summary = f"{plural(done.added, 'coding')} of {path} added by {sought.how}"
        return done
