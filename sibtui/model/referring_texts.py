"""Texts that refer to other items of a study, for the comparison of two copies of a study.

Each reference has the key of its item. So two copies of a text are equal even if the item has another name or another
id in one of the two studies.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from sibtui.errors import QueryError
from sibtui.model.claims.claim import claim_of, facts_in, facts_text
from sibtui.model.claims.item_names import ColumnKind, ItemKind, with_item_names
from sibtui.model.query.named_terms import named_terms, with_names
from sibtui.model.summaries import REMOVED, links_in, with_links

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from sibtui.model.claims.claim import Claim
    from sibtui.model.judgement_basis import JudgementBasis
    from sibtui.model.study_items import Ref
    from sibtui.model.summaries import SummaryLink


@dataclass(frozen=True, slots=True, eq=False)
class SummaryText:
    """The text of a summary, with links to codings or to places in sources.

    `links` has one item for each link in the text: a reference to the linked coding, or else to the linked source. The
    item is None if the study has neither. `links` is empty if the references are not known. Two texts are equal if their words, time and basis are the same and their
    links lead to the same items.
    """

    text: str
    at: str
    basis: JudgementBasis | None
    links: tuple[Ref | None, ...] = ()

    @property
    def lasting(self) -> str:
        """The text for comparisons: each link is replaced by the key of the item that it leads to."""
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
        """Return the text with its links replaced by the results of `write`.

        `write` takes (item, link). The items are those in `links`. A link whose item is None is kept.
        """
        refs = iter(self.links)

        def written(link: SummaryLink) -> str:
            ref = next(refs, None)
            return link.words if ref is None else write(ref, link)

        return with_links(self.text, written)

    def agrees_with(self, other: SummaryText) -> bool:
        """Return whether two texts have the same words, time and basis, and links to the same items.

        If a link has no reference in one of the texts, only its words are compared. The same applies if a link refers to a
        coding in one text and to a source in the other, as after reading a study folder.
        """
        if (self.text, self.at, self.basis) != (other.text, other.at, other.basis):
            return False
        pairs = zip(self.links, other.links, strict=False)
        return all(one is None or two is None or one == two or one[0] != two[0] for one, two in pairs)

    def completed(self, base: SummaryText) -> SummaryText:
        """Return the text; its links get their missing references from `base`, an earlier version of the text.

        The references are copied only if the words around the links are the same in both versions.
        """
        own, old = ([each.words for each in links_in(text)] for text in (self.text, base.text))
        is_same = with_links(self.text, lambda _: REMOVED) == with_links(base.text, lambda _: REMOVED)
        if not is_same or not len(own) == len(old) == len(self.links) == len(base.links):
            return self
        links = (
            was if now is None and words in {before, REMOVED} else now
            for now, was, words, before in zip(self.links, base.links, own, old, strict=True)
        )
        return replace(self, links=tuple(links))

    def followed_by(self, other: SummaryText) -> SummaryText:
        """Return the text with the text of `other` below it. If both have the same words, they are not repeated."""
        return self if self.text == other.text else self.above(other, "\n\n")

    def above(self, other: SummaryText, between: str) -> SummaryText:
        """Return the text with the text of `other` below it. `between` are the line breaks between them.

        Links of this text without a reference stay so: they do not take those of `other`.
        """
        without = sum(1 for _ in links_in(self.text)) - len(self.links)
        return replace(
            self, text=f"{self.text}{between}{other.text}", links=(*self.links, *(None,) * without, *other.links)
        )

    def with_keys(self, new: Callable[[str, Any], Any]) -> SummaryText:
        """Return the text with new keys in its references. `new` receives (kind, old key), and returns the new key."""
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
        """The text for comparisons: each name of an item is replaced by the key of the item."""
        keys: dict[int, str] = {}
        for at, (kind, key) in sorted(self.refs):
            keys[at] = f"{keys.get(at, kind)} {key}"
        return with_names(self.words, {at: [each] for at, each in keys.items()}) if keys else self.words

    def __eq__(self, other: object) -> bool:
        return self.lasting == other.lasting if isinstance(other, QueryText) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.lasting)

    def agrees_with(self, other: QueryText) -> bool:
        """Return whether two texts have the same words, and no name is known to refer to different items."""
        one, two = self._by_place(), other._by_place()
        return self.words == other.words and all(set(one[at]) & set(two[at]) for at in one.keys() & two.keys())

    def completed(self, base: QueryText) -> QueryText:
        """Return the text with lost references put back. `base` is an earlier version of the text.

        A name without a reference gets the references that this name has in `base`.
        """
        of_base, own = base._by_place(), self._by_place()
        try:
            terms = named_terms(self.words) if of_base else ()
        except QueryError:  # written by another program
            return self
        known = {
            (term.word, term.name): of_base.get(term.start, ()) for term in (named_terms(base.words) if terms else ())
        }
        lost = ((term.start, known.get((term.word, term.name), ())) for term in terms if term.start not in own)
        return replace(self, refs=(*self.refs, *((at, ref) for at, refs in lost for ref in refs)))

    def with_coders(self, new: Callable[[str], str]) -> QueryText:
        """Return the text with new names of coders. `new` takes a name in the text and returns the new name."""
        try:
            terms = named_terms(self.words)
        except QueryError:  # written by another program
            return self
        names = {term.start: [new(term.name)] for term in terms if term.word == "coder" and new(term.name) != term.name}
        if not names:
            return self
        words = with_names(self.words, names)
        now = {before.start: after.start for before, after in zip(terms, named_terms(words), strict=True)}
        return QueryText(words, tuple((now[at], ref) for at, ref in self.refs))

    def _by_place(self) -> dict[int, list[Ref]]:
        """Return `refs` as a map: offset of a name → references to the items with this name."""
        found: dict[int, list[Ref]] = {}
        for at, ref in self.refs:
            found.setdefault(at, []).append(ref)
        return found

    def with_keys(self, new: Callable[[str, Any], Any]) -> QueryText:
        """Return the text with new keys in its references. `new` receives (kind, old key), and returns the new key."""
        return replace(self, refs=tuple((at, (ref[0], new(*ref))) for at, ref in self.refs))


@dataclass(frozen=True, slots=True, eq=False)
class ColumnsText:
    """The columns of a matrix with one column for each value of an attribute.

    `words` is the text that defines the columns, such as `attribute:Stage`, and `attribute` the key of the
    attribute. Two ColumnsText are equal if they have the same attribute.
    """

    words: str
    attribute: Any

    def __str__(self) -> str:
        return self.words

    def __eq__(self, other: object) -> bool:
        return self.attribute == other.attribute if isinstance(other, ColumnsText) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.attribute)

    def with_keys(self, new: Callable[[str, Any], Any]) -> ColumnsText:
        """Return the columns with a new key of their attribute. `new` takes (kind, old key), and returns the new key."""
        return replace(self, attribute=new("attribute", self.attribute))


RowContents = tuple[frozenset[Any], str, bool]
"""The contents of a row of a matrix: the keys or ids of its codes, its query, and whether sub-codes count."""


@dataclass(frozen=True, slots=True, eq=False)
class ClaimText:
    """The fields of a claim as one text (`words`, from `facts_text`), with the items that the text refers to.

    `refs` has (kind of item, name in the text, key) for each of these items. `columns` is the kind of the columns in
    the statement. `rows` is a map with a second map as value: key of a matrix → label of a row → contents of the
    row. Two texts are equal if they are the same after each name is replaced by the key of its item.
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
        """The text for comparisons: each name of an item is replaced by the key of the item."""
        keys = {(kind, name): str(key) for kind, name, key in self.refs}
        if not keys:
            return self.words
        named = with_item_names(self.claim, lambda kind, name: keys.get((kind, name), name), self.known, self.columns)
        return facts_text(named)

    def __eq__(self, other: object) -> bool:
        return self.lasting == other.lasting if isinstance(other, ClaimText) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.lasting)

    def agrees_with(self, other: ClaimText) -> bool:
        """Return whether two texts have the same words, and each name in them refers to the same item in both.

        If one of the texts has no reference for a name, this name is not compared.
        """
        keys = {(kind, name): key for kind, name, key in other.refs}
        return self.words == other.words and all(keys.get((kind, name), key) == key for kind, name, key in self.refs)

    def completed(self, base: ClaimText) -> ClaimText:
        """Return this text, with the references and columns of `base` that it lacks. `base` is an earlier version."""
        own = {(kind, name) for kind, name, _ in self.refs}
        lost = tuple(ref for ref in base.refs if ref[:2] not in own)
        return replace(self, refs=(*self.refs, *lost), columns=self.columns or base.columns)

    def with_keys(self, new: Callable[[str, Any], Any]) -> ClaimText:
        """Return the text with new keys in its references. `new` receives (kind, old key), and returns the new key."""
        rows = {
            new("matrix", matrix): {
                label: (frozenset(new("code", code) for code in codes), query, subcodes)
                for label, (codes, query, subcodes) in labelled.items()
            }
            for matrix, labelled in self.rows.items()
        }
        refs = tuple((kind, name, new(kind, key)) for kind, name, key in self.refs)
        return replace(self, refs=refs, rows=rows)

    def with_coders(self, new: Callable[[str], str], known: Collection[str]) -> ClaimText:
        """Return the text with new names of coders, for a claim about a matrix whose columns are coders.

        `new` takes the name of a coder and returns the new name. `known` are the names of all coders.
        """

        def named(kind: ItemKind, name: str) -> str:
            return new(name) if kind == "coder" else name

        return replace(self, words=facts_text(with_item_names(self.claim, named, {"coder": known}, "coder")))
