"""The front matter of a note (the YAML at its top), read as the fields and attributes of a source.

A value that does not fit its field becomes an attribute.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sibtui.formats.codec import timestamps
from sibtui.formats.codec.case_list import split_cases
from sibtui.formats.sources import front_matter
from sibtui.model.folding import identical, name_key
from sibtui.model.text import listed, one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sibtui.formats.sources.front_matter import FrontMatter, FrontMatterEntry

T = TypeVar("T", bound=str)

FIELDS = ("name", "title", "kind", "fidelity", "cases", "reading", "read", "added", "original", "sha256")
"""The keys of front matter that are fields of a source. No attribute of a source can have one of these names."""
FIELD_OF = {field: field for field in FIELDS} | {"case": "cases"}
"""A dict: key, in the form for comparisons → its field. So `Case`, `CASES` and `case` all give the field `cases`."""


class NoteFields:
    """The values in the front matter of a note, converted to the types of the fields of a source."""

    def __init__(self, found: FrontMatter) -> None:
        self._entries = found.entries
        self._odd: dict[str, str] = {}
        self._warnings: list[tuple[int, str]] = []
        self._taken = set(map(name_key, self._entries))
        """The names of all keys and attributes, in the form for comparisons."""
        self._keys = _keys_of_fields(self._entries)
        """A dict: field → its key in this front matter."""
        for key, line in found.unnamed.items():
            self._warnings.append((line, f"a value without a key became the attribute “{key}”"))
        for key, line in found.empty.items():
            self._warnings.append((line, f"“{one_line(key, 60)}” holds no keys, and was left out"))
        for key, (line, keys) in found.nested.items():
            names = listed(one_line(each, 60) for each in keys)
            self._warnings.append((line, f"the keys inside “{one_line(key, 60)}” became attributes: {names}"))
        self._warn_of_doubles()

    @property
    def warnings(self) -> tuple[str, ...]:
        """Warnings about values that had to be changed, in order. Each names its line and has no full stop."""
        return tuple(f"{warning} (line {line})" for line, warning in sorted(self._warnings))

    def cases(self) -> tuple[tuple[str, ...], str]:
        """Return (labels of the cases, text that was split into them).

        A text such as `A; B` is split into labels. A list or a single label is not split; the text is then empty.
        """
        entry = self._entry("cases")
        written = () if entry is None else tuple(label for label in entry.raw if name_key(label))
        if entry is None or entry.is_list or not written:
            return written, ""
        labels = split_cases(written[0])
        return (labels, written[0]) if len(labels) > 1 else (written, "")

    def text(self, key: str) -> str | None:
        """Return the field `key` as it is written; None when it is missing or empty. A list becomes one text."""
        entry = self._entry(key)
        if entry is None:
            return None
        return self._joined(self._keys[key], entry) if entry.is_list else entry.raw[0] if entry.raw else None

    def one_of(self, key: str, known: tuple[T, ...], default: T) -> T:
        """Return the value of a field if it is in `known`, or else `default`.

        A value that is not in `known` becomes an attribute.
        """
        text = self.text(key)
        if text is None:
            return default
        if (found := identical(text.casefold(), known)) is None:
            self._keep(key, text, f"not one of {', '.join(known)}")
        return cast("T", found or default)

    def moment(self, key: str) -> str | None:
        """Return the time in a field as a UTC timestamp; None if the field is missing, empty or not a time.

        A text that is not a time becomes an attribute.
        """
        text = self.text(key)
        if not text:
            return None
        try:
            return timestamps.instant(text)
        except ValueError:
            self._keep(key, text, "no date and time such as 2020-05-14T16:30:00Z")
            return None

    def attributes(self) -> dict[str, Any]:
        """Return the attributes: the values of keys that are not fields, and values that did not fit their fields.

        Call the methods for all fields first, because they find the values that do not fit.
        """
        fields = set(self._keys.values())
        values = {key: self._value(key, entry) for key, entry in self._entries.items() if key not in fields}
        return self._distinct({key: value for key, value in values.items() if value is not None}) | self._odd

    def _distinct(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the values, with a new name for each key that reads the same as a key before it, such as `town 2`.

        A study has one attribute for such keys (`Town` and `town`), so only one of their values would be stored.
        """
        first: dict[str, str] = {}
        result: dict[str, Any] = {}
        for key, value in values.items():
            before = first.setdefault(name_key(key), key)
            name = key if before == key else self._new_name(key)
            result[name] = value
            if name != key:
                clause = f"“{one_line(key, 60)}” became the attribute “{one_line(name, 60)}”, because “{one_line(before, 60)}” comes first"
                self._warnings.append((self._entries[key].line, clause))
        return result

    def _new_name(self, name: str) -> str:
        """Return the name of a new attribute. If a key reads the same as `name`, a number is added."""
        new = front_matter.new_name(name, self._taken)
        self._taken.add(name_key(new))
        return new

    def _warn_of_doubles(self) -> None:
        """Add a warning for each key that becomes an attribute because another key is used for its field.

        There is no warning if the key that is used has the exact name of the field.
        """
        for key, entry in self._entries.items():
            chosen = self._keys.get(FIELD_OF.get(name_key(key), ""), key)
            if key != chosen and chosen not in FIELDS:
                clause = f"“{one_line(key, 60)}” became an attribute, because “{one_line(chosen, 60)}” comes first"
                self._warnings.append((entry.line, clause))

    def _entry(self, field: str) -> FrontMatterEntry | None:
        return self._entries.get(self._keys.get(field, field))

    def _keep(self, field: str, text: str, problem: str) -> None:
        key = self._keys[field]
        name = self._new_name(f"{key} as written")
        self._odd[name] = text
        warning = f"“{key}” is “{one_line(text, 60)}”, {problem}: it became the attribute “{name}”"
        self._warnings.append((self._entries[key].line, warning))

    def _joined(self, key: str, entry: FrontMatterEntry) -> str | None:
        joined = "; ".join(entry.raw)
        label, shown = one_line(key, 60), one_line(joined, 60) or "nothing"
        self._warnings.append((entry.line, f"the list “{label}” became one value: {shown}"))
        return joined or None

    def _value(self, key: str, entry: FrontMatterEntry) -> Any:
        if entry.is_list:
            return self._joined(key, entry)
        try:
            value = None if entry.node.scalar is None else front_matter.value(entry.node.scalar)
            if entry.node.scalar is not None and (not isinstance(value, float) or isfinite(value)):
                return value
        except ValueError:
            pass
        self._warnings.append((entry.line, f"the value of “{one_line(key, 60)}” was taken as text"))
        return entry.node.text or None


def _keys_of_fields(entries: Mapping[str, FrontMatterEntry]) -> dict[str, str]:
    """Return a dict: field of a source → its key in this front matter.

    Letter case and similar differences are ignored, as by `name_key`. If several keys fit one field, the key with the
    exact name of the field is chosen, or else the first of them. The other keys become attributes.
    """
    keys: dict[str, str] = {}
    for key in (*(key for key in entries if key in FIELDS), *entries):
        if field := FIELD_OF.get(name_key(key)):
            keys.setdefault(field, key)
    return keys
