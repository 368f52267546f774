"""The comparison of two studies with each other, and with their last common state, if this state is known."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from sibtui.errors import ConflictError
from sibtui.model.differences import Difference
from sibtui.model.gc_pause import gc_paused
from sibtui.model.study_alignment import Sides, same_names, without_sources_in
from sibtui.model.study_items import EMPTY, SOURCE_TEXT
from sibtui.model.three_way import merge_items
from sibtui.project.merging.common_state import common_state, items_at, packaged_items, sent_package
from sibtui.project.merging.other_study import items_in, other_study
from sibtui.store import erasure
from sibtui.store.history import makers_of_codes

if TYPE_CHECKING:
    from pathlib import Path

    from sibtui.model.differences import Decisions, DifferencePlace, Merging, Side
    from sibtui.model.study_items import ItemKey, StudyItems
    from sibtui.model.three_way import MergedItems
    from sibtui.project.merging.other_study import OtherStudy


class ComparedCopies:
    """A comparison of the open study with another study. The items of both studies are read only once."""

    def __init__(self, own: OtherStudy, other: OtherStudy, base: Path | None = None) -> None:
        """Read both studies. For `base`, see `Project.diff`."""
        mine = own.store
        with gc_paused(), ExitStack() as reading:
            reading.enter_context(mine.snapshot())
            self._mine = items_in(mine)
            self._theirs = items_in(other.store, self._mine)
            self._settled_texts: frozenset[ItemKey] = frozenset()
            if base is not None:
                given = reading.enter_context(other_study(base))
                self._base: StudyItems | None = items_in(given.store, self._mine)
            elif (sent := sent_package(own, other)) is not None:
                self._base = packaged_items(mine, sent, self._mine)
            else:
                found = common_state(own, other)
                self._base = found and items_at(found, self._mine if found.store is mine else self._theirs, self._mine)
                if found is not None and found.is_merged and found.store is other.store:
                    self._settled_texts = self._texts_merged_before()
        self.makers = makers_of_codes(other.store)
        """A map for the codes of the other study: lasting id of a code → (coder who added it, time)."""
        self._erased = erasure.recogniser(mine) if erasure.records(mine) else None

    @property
    def has_base(self) -> bool:
        """Whether a common earlier state of the two studies is known."""
        return self._base is not None

    def merged(self, merging: Merging) -> MergedItems:
        """Return the items that a merge would produce with these settings. Nothing is written."""
        gone = self._erased_sources()
        theirs = without_sources_in(self._theirs, frozenset(gone)) if gone else self._theirs
        settled = self._settled(merging.decisions)
        with gc_paused():
            found = merge_items(Sides(self._mine, theirs, self._base), replace(merging, decisions=settled))
        sources = self._theirs.kinds["source"]
        why = "its text was erased from this study for good"
        listed = map(self._without_settled, found.differences)
        left_out = (Difference("source", key, "", None, sources[key], None, "leave out", why) for key in gone)
        return replace(found, differences=(*left_out, *map(self._with_maker, listed)))

    def _with_maker(self, difference: Difference) -> Difference:
        """Return the difference.

        For a code that the other study has added, the field `why` of the difference names the coder who added the code.
        """
        maker = self.makers.get(difference.key) if difference.kind == "code" and difference.proposal == "add" else None
        return replace(difference, why=f"made by {maker[0]}") if maker else difference

    def _texts_merged_before(self) -> frozenset[ItemKey]:
        """Return the keys of the sources whose texts differ, but are no conflict.

        The other study has not changed these texts since the last merge. So this study keeps its own texts.
        """
        sides, _ = same_names(Sides(self._mine, self._theirs, self._base or EMPTY))
        mine, theirs, base = (each.kinds["source"] for each in sides if each is not None)
        same = (key for key in theirs if key in base and theirs[key][SOURCE_TEXT] == base[key][SOURCE_TEXT])
        return frozenset(key for key in same if key in mine and mine[key][SOURCE_TEXT] != theirs[key][SOURCE_TEXT])

    def _without_settled(self, difference: Difference) -> Difference:
        """Return the difference. The proposal becomes “keep” if an earlier merge has settled the text in question.

        With this proposal, the text of this study stays, and there is no conflict.
        """
        is_settled = (difference.kind, difference.field) == ("source", "text") and difference.key in self._settled_texts
        return replace(difference, proposal="keep", decided="") if is_settled else difference

    def _erased_sources(self) -> list[ItemKey]:
        """Return the keys of the sources that a merge must not add, because their texts were erased from this study."""
        if self._erased is None:
            return []
        known, find = self._mine.kinds["source"], self._erased
        return [
            key
            for key, fields in self._theirs.kinds["source"].items()
            if key not in known and find(fields[SOURCE_TEXT])
        ]

    def _settled(self, decisions: Decisions) -> Decisions:
        """Return the decisions, with the decision “mine” added for some texts of sources.

        It is added if the other study still has a text that this study has erased for good. It is also added if an
        earlier merge has decided between the two texts.
        """
        find = self._erased
        sources = self._theirs.kinds["source"].items() if find is not None else ()
        erased = (key for key, fields in sources if find is not None and find(fields[SOURCE_TEXT]))
        chosen: dict[DifferencePlace, Side] = {
            ("source", key, "text"): "mine" for key in (*erased, *self._settled_texts)
        }
        return replace(decisions, chosen={**decisions.chosen, **chosen})


def refuse_same_file(mine: Path, other: Path) -> None:
    if other.exists() and mine.exists() and other.samefile(mine):
        raise ConflictError(f"{other} is the open study itself.")
