"""Texts that refer to other items of a study, for the comparison of two copies of a study.

Each reference has the key of its item. So two copies of a text are equal even if the item has another name or another
id in one of the two studies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sibtui.model.claims.claim import claim_of, facts_in, facts_text
from sibtui.model.claims.item_names import ColumnKind, ItemKind, with_item_names
from sibtui.model.query.named_terms import with_names
from sibtui.model.summaries import with_links

if TYPE_CHECKING:
    from collections.abc import Callable

    from sibtui.model.claims.claim import Claim
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

    `refs` has (offset of the name, reference to the item) for each item that the query names. Two texts are equal if
    their names refer to the same items, and all other words are equal.
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


RowContents = tuple[frozenset[Any], str, bool]
"""The contents of a row of a matrix: the keys or ids of its codes, its query, and whether sub-codes count."""


@dataclass(frozen=True, slots=True, eq=False)
class ClaimText:
    """Those fields of a claim that `facts_text` writes.

    `refs` has (kind of item, its name in the claim, its key) for each item that the claim names. `columns` is the
    kind of the columns in the statement. `rows` is a map with a second map as value: key of a matrix → label of a row →
    contents of this row. Two texts are equal if they refer to the same items, even by different names, and all else is
    equal.
    """

    words: str
    refs: tuple[tuple[ItemKind, str, Any], ...] = ()
    columns: ColumnKind | None = None
    rows: Mapping[Any, Mapping[str, RowContents]] = field(default_factory=dict)

    @property
    def claim(self) -> Claim:
        """A claim with these fields, but without id and text."""
        return claim_of("", "", "", facts_in(self.words), "", "")

    @property
    def known(self) -> Mapping[ItemKind, tuple[str, ...]]:
        """A map: kind of item → the names of such items in the claim."""
        return {kind: tuple(name for of, name, _ in self.refs if of == kind) for kind, _, _ in self.refs}

    @property
    def lasting(self) -> str:
        """The fields with the keys of the items in place of their names, for comparisons."""
        keys = {(kind, name): str(key) for kind, name, key in self.refs}
        if not keys:
            return self.words
        named = with_item_names(self.claim, lambda kind, name: keys.get((kind, name), name), self.known, self.columns)
        return facts_text(named)

    def __eq__(self, other: object) -> bool:
        return self.lasting == other.lasting if isinstance(other, ClaimText) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.lasting)

    def with_keys(self, new: Callable[[str, Any], Any]) -> ClaimText:
        """Return the text with other keys. `new` receives the kind and the key of an item, and returns its new key."""
        rows = {
            new("matrix", matrix): {
                label: (frozenset(new("code", code) for code in codes), query, subcodes)
                for label, (codes, query, subcodes) in labelled.items()
            }
            for matrix, labelled in self.rows.items()
        }
        refs = tuple((kind, name, new(kind, key)) for kind, name, key in self.refs)
        return replace(self, refs=refs, rows=rows)
