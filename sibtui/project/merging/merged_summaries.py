"""The texts of summaries after a merge, with links to the codings and sources of the open study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.summaries import links_in, place_link

if TYPE_CHECKING:
    from sibtui.model.study_items import ItemKey, Ref
    from sibtui.model.summaries import SummaryLink
    from sibtui.project.merging.merged_changes import MergedChanges


class MergedSummaries:
    """Writes the texts of summaries after a merge.

    In these texts, a link to a coding has the id of the coding in the open study, and a link to a source has the name
    of the source in the open study.
    """

    def __init__(self, changes: MergedChanges) -> None:
        self._before, self._after = changes.before.kinds, changes.after.kinds
        self._codings = changes.ids("codings")

    def text(self, kind: str, key: ItemKey, stored: str | None) -> str:
        """Return the text of a summary after the merge.

        `stored` is the present text in the open study, or None. If the merge changes neither the words nor the links
        of the summary, `stored` is returned. Otherwise, a link to a removed coding is copied from `stored`. If
        `stored` lacks this link, a link to the place of the coding is written.
        """
        [words] = self._after[kind][key]
        own: dict[Ref | None, str] = {}
        if stored is not None and key in self._before[kind]:
            [before] = self._before[kind][key]
            if before.lasting == words.lasting:
                return stored
            own = {ref: link.words for ref, link in zip(before.links, links_in(stored), strict=False)}

        def written(ref: Ref, link: SummaryLink) -> str:
            kind, key = ref
            if kind == "coding":
                return f"[{self._codings[key]}]" if key in self._codings else own.get(ref, link.words)
            [name, *_] = self._after["source"].get(key, (link.source,))
            return place_link(name, link.segment) if link.segment and name != link.source else link.words

        return str(words.written(written))
