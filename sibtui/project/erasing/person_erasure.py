"""The erasure of one person's turns (passages of speech) from the sources of a study file.

The words of other people stay, with their codings.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.formats.sources.speakers import turns
from sibtui.model.erased_passages import TextWithoutPassages
from sibtui.model.folding import name_key
from sibtui.model.segments import Segment
from sibtui.project.erasing.erased_rows import change_quotes
from sibtui.project.erasing.withdrawal_values import STATES, VERSIONS, RemainingMention
from sibtui.project.importing.source_rows import sha256_of
from sibtui.store import codings as coding_rows
from sibtui.store import erasure, source_traces, undecided
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from sibtui.formats.sources.speakers import Turn
    from sibtui.model.judgement_basis import BasisQuote
    from sibtui.model.records import Source
    from sibtui.project.erasing.withdrawal_values import ErasureTally
    from sibtui.store.connection import Store


class PersonErasure:
    """The erasure of the turns (passages of speech) of one person.

    Use this inside `with erasure.erasing(…)`, a change that cannot be undone. `uid` is the id of the withdrawal, which
    is the same in all copies of the study. `pattern` finds the names of speakers in a text.
    """

    def __init__(self, store: Store, act: int, uid: str, speaker: str, pattern: str, tally: ErasureTally) -> None:
        self._store = store
        self._act = act
        self._uid = uid
        self._key = name_key(speaker)
        self._pattern = pattern
        self._tally = tally
        self._names: set[str] = set()

    def turns_in(self, text: str) -> list[Turn]:
        return [turn for turn in turns(text, self._pattern) if name_key(turn.speaker) == self._key]

    def erase_in(self, source: Source) -> bool:
        """Erase the person's turns from all versions of a source's text. Return False if there are no such turns."""
        life = source_traces.present_lifetime(self._store, "sources", source.id)
        every = list(dict.fromkeys(source_traces.values_of(self._store, "texts", "text", life)))
        spoken = {text: found for text in every if (found := self.turns_in(text))}
        if not spoken:
            return False
        current = source_rows.text(self._store, source.id)
        shorter = TextWithoutPassages(current, [turn.segment for turn in spoken.get(current, ())])
        self._tally.texts += [turn.segment.quote(text) for text, found in spoken.items() for turn in found]
        self._names.update(turn.speaker for found in spoken.values() for turn in found)
        self._tally.erased["turn"] += len(shorter.passages)
        self._note_unclear(source, current, spoken.get(current, []))
        self._change_codings(source, shorter)
        self._erase_history(source)
        erasure.record(self._store, self._act, "person", self._uid, spoken)
        self._tally.erased[VERSIONS] += len(source_rows.versions(self._store, source.id)) - 1
        erasure.remove_older_texts(self._store, [source.id])
        erasure.set_text(self._store, source.id, shorter.text, sha256_of(shorter.text))
        self._tally.shortened.append(source.name)
        self._tally.uids.add(source.uid)
        return True

    def _note_unclear(self, source: Source, text: str, found: list[Turn]) -> None:
        """Record how many passages with an unclear speaker follow turns of the person. They are not erased."""
        starts = [turn.segment.start for turn in turns(text, self._pattern)]
        ends = (next((start for start in starts if start >= turn.limit), len(text)) for turn in found)
        unclear = sum(bool(text[turn.limit : end].strip()) for turn, end in zip(found, ends, strict=True))
        if unclear:
            self._tally.mentions.append(RemainingMention("unclear turn", source.name, unclear))

    def _change_codings(self, source: Source, shorter: TextWithoutPassages) -> None:
        """Move the codings of a source to the shorter text. Erase the codings that cover only words of the person."""
        after: dict[tuple[str, str, str], tuple[str, str, str]] = {}
        undecided_places = {row[0]: row for row in undecided.of_source(self._store, source.id)}
        contexts = undecided.contexts(self._store)
        for number, start, end, quote in coding_rows.places(self._store, source.id):
            context = contexts.get(number) or Segment(start, end).context(shorter.before)
            place = shorter.place(Segment(start, end))
            undecided_place = undecided_places.get(number)
            if place is None if undecided_place is None else self._is_theirs(source, quote, undecided_place):
                self._store.change("DELETE FROM codings WHERE id = ?", (number,))
                self._tally.erased["coding"] += 1
                self._tally.quotes.append(quote)
                continue
            place = place or Segment(0, 1)
            new = (
                (place.quote(shorter.text), *place.context(shorter.text))
                if undecided_place is None
                else (quote, "", "")
            )
            if new[0] == quote:
                after[(quote, *context)] = new
            else:
                self._tally.erased["shortened coding"] += 1
            coding_rows.set_fields(
                self._store, number,
                {"start": place.start, "end": place.end, "quote": new[0], **coding_rows.NO_CONTEXT},
            )  # fmt: skip

        def moved(quote: BasisQuote) -> BasisQuote:
            if quote.source != source.uid:
                return quote
            new = after.get((quote.quote, quote.before, quote.after))
            return quote.erased() if new is None else replace(quote, quote=new[0], before=new[1], after=new[2])

        self._tally.stale += change_quotes(self._store, moved)

    def _is_theirs(self, source: Source, quote: str, place: undecided.Undecided) -> bool:
        """Return whether an undecided coding (without a certain place in the new text) quotes the person.

        `place` is the last certain place of the coding, in an earlier text. If this text still has the quote at
        `place`, a turn of the person must overlap the place. Otherwise, an erased text must contain the quote.
        """
        _, version, start, end, _ = place
        text = source_rows.text_of_version(self._store, source.id, version)
        if text is not None and text[start:end] == quote:
            return any(turn.segment.overlaps(Segment(start, end)) for turn in self.turns_in(text))
        return any(quote in erased for erased in self._tally.texts)

    def _erase_history(self, source: Source) -> None:
        erasure.blank_kept_codings(self._store, [source.id])
        images = [
            *erasure.images_of(self._store, "texts", "source_id", [source.id]),
            *erasure.images_of(self._store, "codings", "source_id", [source.id]),
        ]
        self._tally.acts.update(erasure.touched_acts(self._store, images))
        self._tally.erased[STATES] += erasure.blank_images(self._store, images)

    def add_names(self) -> None:
        """If the person speaks in no source any more, add their names to the words that are erased from other texts."""
        if not any(self.turns_in(text) for _, text in source_traces.texts_of_others(self._store)):
            self._tally.names += sorted(self._names)

    def erase_in_removed_sources(self) -> None:
        """If the person spoke in a removed source, erase the texts and codings of this source from the history."""
        for uid in source_traces.removed_uids(self._store):
            life = source_traces.lifetime_of(self._store, uid)
            texts = [] if life is None else source_traces.values_of(self._store, "texts", "text", life)
            if life is not None and any(map(self.turns_in, texts)):
                erasure.blank_kept_codings(self._store, [life.number], (life.first, life.last))
                images = source_traces.images_of_source(self._store, life)
                self._tally.acts.update(erasure.touched_acts(self._store, images))
                self._tally.erased[STATES] += erasure.blank_images(self._store, images)
                erasure.record(self._store, self._act, "person", self._uid, texts)
