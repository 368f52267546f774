"""The search for texts that could identify people: names, and combinations of traits that few people share."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from sibtui.model.attributes import PARTICIPANT_ATTRIBUTES
from sibtui.model.folding import name_key
from sibtui.model.names import resolve_name
from sibtui.model.pseudonyms import Pseudonym
from sibtui.model.scan import scan
from sibtui.model.shared_traits import Described, rare_combinations
from sibtui.model.text import listed, one_line, plural
from sibtui.project.anonymising.texts import written_texts
from sibtui.project.check import Finding
from sibtui.store import cases as case_rows
from sibtui.store import sources as source_rows
from sibtui.store import written_texts as rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sibtui.model.pseudonyms import Sighting
    from sibtui.model.records import Source
    from sibtui.model.scan import WrittenText
    from sibtui.project.shared.base import Session

TRAITS = ("role", "date")
"""The attributes of sources that describe a person. By default, those that the study has are combined."""
_PEOPLE = "people"
"""The attribute with the number of people who speak in a source."""
_MOST = 1_000
"""The largest number of people that is counted for one source."""


def disclosures(
    session: Session, key: Sequence[Pseudonym], *, attributes: Sequence[str], at_least: int, in_exports: bool
) -> Iterator[Finding]:
    """Yield a finding for each name of a person in a text, and for each rare combination of traits.

    The names are those in `key` (the list of real names and pseudonyms), and the private names of cases. A trait is
    a case, or a value of one of `attributes`. A combination is rare if fewer than `at_least` people share it. With
    `in_exports`, only the texts that exports contain are searched. Otherwise, earlier versions of texts and the
    history are searched too, and there is a finding for each case with a private name.
    """
    private = {case.label: case.private_name for case in case_rows.cases(session.store) if case.private_name}
    names = _with_private(key, private.values())
    written = [*written_texts(session), *rows.judged_quotes(session.store)]
    for count, each in _counted(scan(lambda: written, names, near=False)):
        yield _named(each, count, "name")
    yield from _rare(session, attributes, at_least)
    if in_exports:
        return
    for label in private:
        message = "has a private name in the study file; exports leave it out, unless you ask for it."
        yield Finding("private", "private name", label, message, hint="private-names")
    for what, texts in (("earlier version", rows.older(session.store)), ("history", rows.recorded(session.store))):
        every = list(texts)
        for count, each in _counted(_probable_names(every, names)):
            yield _named(each, count, what)


def _probable_names(texts: Sequence[WrittenText], names: Sequence[Pseudonym]) -> Iterator[Sighting]:
    """Yield the places of names, except one-word names in small letters: such a word may be an ordinary word."""
    return (each for each in scan(lambda: texts, names, near=False) if each.kind != "small letters")


def _with_private(key: Sequence[Pseudonym], private: Iterable[str]) -> list[Pseudonym]:
    known = {name_key(each.real) for each in key}
    return [*key, *(Pseudonym(name, "") for name in private if name_key(name) not in known)]


def _counted(found: Iterable[Sighting]) -> Iterator[tuple[int, Sighting]]:
    """Yield (number of places, first place) for each name in each text. `found` has all places."""
    first: dict[tuple[str, str, str, bool], Sighting] = {}
    counts: Counter[tuple[str, str, str, bool]] = Counter()
    for each in found:
        group = (each.place, each.where, each.real, each.kind == "small letters")
        first.setdefault(group, each)
        counts[group] += 1
    for group, each in first.items():
        yield counts[group], each


def _named(found: Sighting, count: int, what: str) -> Finding:
    times = "" if count == 1 else f" {count:,} times"
    line = f", line {found.line}" if found.place == "text" else ""
    maybe = ", in small letters: it may be an ordinary word" if found.kind == "small letters" else ""
    message = f"the {found.place} has “{one_line(found.words, 60)}”{times}{line}{maybe}."
    where = one_line(found.where, 60)
    if what == "name":
        return Finding("private", what, where, message, hint="replace-names")
    return Finding("private", what, where, message, hint="erase-originals")


def _rare(session: Session, attributes: Sequence[str], at_least: int) -> Iterator[Finding]:
    """Yield a finding for each combination of traits that fewer than `at_least` people share.

    The traits of an interview are its case and the values of its `attributes`, as in SIB D × online × Investor.
    """
    names = _traits(session, attributes)
    described = [
        Described(source.name, _people(source), (case, *(source.attributes.get(name, "") for name in names)))
        for source in source_rows.sources(session.store, counts=False)
        if source.kind == "interview"
        for case in source.cases or ("",)
    ]
    for each in rare_combinations(described, at_least):
        traits = " × ".join(one_line(trait, 40) for trait in each.traits)
        message = f"{plural(each.people, 'person shares', 'people share')} {traits}, fewer than {at_least}."
        where = listed((one_line(source, 40) for source in each.sources), 3)
        yield Finding("private", "few people", where, message, hint="coarser-values")


def _traits(session: Session, attributes: Sequence[str]) -> list[str]:
    """Return the names of `attributes`, spelled as in the study. By default, these are the attributes in `TRAITS`.

    Raises NotFoundError for an unknown attribute.
    """
    known = [each.name for each in case_rows.attributes(session.store) if each.of == "source"]
    if not attributes:
        return [name for name in known if name_key(name) in TRAITS]
    return [resolve_name("attribute of sources", name, known) for name in attributes]


def _people(source: Source) -> tuple[str, ...]:
    """Return the people who speak in a source: the names in its attribute for participants.

    Without such names, return made-up ids. Their number is the value of the attribute `people`, or else 1.
    """
    values = {name_key(name): value for name, value in source.attributes.items()}
    for attribute in PARTICIPANT_ATTRIBUTES:
        names = [part.strip() for part in re.split("[;,]", values.get(attribute, "")) if part.strip()]
        if names:
            return tuple(names)
    number = values.get(_PEOPLE, "")
    count = int(number) if number.isascii() and number.isdigit() else 1
    return tuple(f"{source.uid} {at}" for at in range(min(max(count, 1), _MOST)))
