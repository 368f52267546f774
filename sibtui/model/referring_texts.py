"""Texts that refer to other items of a study, for the comparison of two copies of a study.

Each reference has the key of its item. So two copies of a text are equal even if the item has another name or another
id in one of the two studies.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from sibtui.model.query.named_terms import with_names
from sibtui.model.summaries import with_links

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.model.judgement_basis import JudgementBasis
    from sibtui.model.study_items import Ref
    from sibtui.model.summaries import SummaryLink


@dataclass(frozen=True, slots=True, eq=False)
class SummaryText:
    """The text of a summary, with links to codings or to places in sources.

    `links` has, for each link in the text, a reference to its coding, or else to its source. The reference is None
    if the study has neither. Two texts are equal if their words are the same and their links lead to the same items.
    """

    text: str
    at: str
    basis: JudgementBasis | None
    links: tuple[Ref | None, ...] = ()

    @property
    def lasting(self) -> str:
        """The text with the key of the item in place of each link, for comparisons."""
        return self.written(
            lambda ref, link: f"[{ref[0]} {ref[1]} {link.segment}]" if ref[0] == "source" else f"[{ref[0]} {ref[1]}]"
        )

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, SummaryText):
            return NotImplemented
        return (self.lasting, self.at, self.basis) == (other.lasting, other.at, other.basis)

    def __hash__(self) -> int:
        return hash((self.lasting, self.at))

    def written(self, write: Callable[[Ref, SummaryLink], str]) -> str:
        """Return the text with its links replaced by the results of `write`. A link without a reference is kept.

        `write` takes the reference and the link.
        """
        refs = iter(self.links)

        def written(link: SummaryLink) -> str:
            ref = next(refs, None)
            return link.words if ref is None else write(ref, link)

        return with_links(self.text, written)

    def with_keys(self, new: Callable[[str, Any], Any]) -> SummaryText:
        """Return the text with other keys. `new` receives the kind and the key of an item, and returns its new key."""
        return replace(self, links=tuple(ref and (ref[0], new(*ref)) for ref in self.links))


@dataclass(frozen=True, slots=True, eq=False)
class QueryText:
    """The text of a saved query.

    `refs` has (offset, reference to an item) for each name of an item in the query; the offset is that of the name.
    Two texts are equal if they differ only in the names of the same items.
    """

    words: str
    refs: tuple[tuple[int, Ref], ...] = ()

    @property
    def lasting(self) -> str:
        """The text with the keys of the items in place of their names, for comparisons."""
        keys: dict[int, str] = {}
        for at, (kind, key) in sorted(self.refs):
            keys[at] = f"{keys.get(at, kind)} {key}"
        return with_names(self.words, {at: [each] for at, each in keys.items()}) if keys else self.words

    def __eq__(self, other: object) -> bool:
        return self.lasting == other.lasting if isinstance(other, QueryText) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.lasting)

    def with_keys(self, new: Callable[[str, Any], Any]) -> QueryText:
        """Return the text with other keys. `new` receives the kind and the key of an item, and returns its new key."""
        return replace(self, refs=tuple((at, (ref[0], new(*ref))) for at, ref in self.refs))
