"""Lines for the pseudonyms screen: the key (real names and their pseudonyms), and where the names occur."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from sibtui.model.text import first_words, inert, last_words, one_line, plural
from sibtui.tui.widgets.row_list import ListRow

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sibtui.model.pseudonyms import Pseudonym, Sighting
    from sibtui.project.results import Anonymised

_SURE = ("name", "possessive", "accents")
_AROUND = 20
_KINDS = {"accents": "other accents", "small letters": "small letters", "part": "part of a name", "near": "similar"}


def pseudonym_rows(key: Sequence[Pseudonym], found: Sequence[Sighting] | None) -> list[ListRow]:
    """Return rows for the pseudonyms, for the places with a real name, and for other places that the user should check.

    The other places have words that are similar to a name, or an address such as an e-mail address. `key` has the
    real names and their pseudonyms. The row of a pseudonym shows at how many places its real name was found. `found`
    is None while the search is running.
    """
    counts = Counter(each.real for each in found or () if each.kind in _SURE)
    rows = [ListRow(None, "The key")] if key else []
    for at, each in enumerate(key):
        right = "" if found is None else plural(counts[each.real], "place")
        rows.append(ListRow(f"key:{at}", f"{one_line(each.real)} → {one_line(each.pseudonym)}", right=right, indent=1))
    for title, sure in (("Names of the key", True), ("Look at these: similar words and addresses", False)):
        places = [(at, each) for at, each in enumerate(found or ()) if (each.kind in _SURE) == sure]
        if places:
            rows.append(ListRow(None, f"{title} ({len(places):,})"))
            rows += [_place_row(at, each) for at, each in places]
    return rows


def _place_row(at: int, found: Sighting) -> ListRow:
    before, words, after = (
        inert(text).replace("\n", " ")
        for text in (last_words(found.before, _AROUND), found.words, first_words(found.after, _AROUND))
    )
    text = f"{before}{words}{after}"
    where = f"{one_line(found.where, 30)}, line {found.line}" if found.place == "text" else place_words(found)
    return ListRow(f"at:{at}", text, right=where, indent=1, hits=((len(before), len(before) + len(words)),), prose=True)


def place_words(found: Sighting) -> str:
    """Return a text for the item in which a name was found: the kind of the item, and its name."""
    return found.place if found.where in {"", found.place} else f"{found.place}: {one_line(found.where, 40)}"


def kind_words(found: Sighting) -> str:
    """Return a text that describes how words were recognised, such as “part of a name”.

    If the words belong to a name in the key, this name and its pseudonym follow.
    """
    kind = _KINDS.get(found.kind, found.kind)
    return f"{kind}: {one_line(found.real, 30)} → {one_line(found.pseudonym, 30)}" if found.real else kind


def preview_lines(foreseen: Anonymised) -> Iterator[str]:
    """Yield the lines of the preview: how many places change, and the old and the new words of each place.

    Then come sentences about items that keep their names. Names in small letters are not replaced; the last line has
    their number.
    """
    yield f"{foreseen.extent}; every coding keeps its place"
    for each in foreseen.places:
        where = each.where if each.place == "text" else place_words(each)
        before, after = last_words(each.before, _AROUND), first_words(each.after, _AROUND)
        words = f"{before}[{each.words} → {each.pseudonym}]{after}"
        yield f"{one_line(where, 40)}: {one_line(words)}"
    yield from (f"{sentence[:1].upper()}{sentence[1:]}" for sentence in foreseen.kept)
    if foreseen.small:
        stay = "stays: it may be an ordinary word" if foreseen.small == 1 else "stay: they may be ordinary words"
        yield f"{plural(foreseen.small, 'name')} in small letters {stay}."


def taken_line(found: Sighting) -> str:
    """Return the warning that a pseudonym would name two people, because it is already a name in the texts."""
    place = f"{one_line(found.where, 30)}, line {found.line}"
    return f"“{one_line(found.real, 30)}” is a name in the texts already ({place}): it would name two people."
