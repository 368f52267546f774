"""The front matter of a note (the YAML at its top) as a tree of texts, lists and keys.

For safety, the YAML cannot create Python objects, and its aliases are not followed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sibtui.formats.codec.line_errors import refuse
from sibtui.model.folding import name_key
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml import CollectionStartEvent, Event, ScalarEvent

_DEEPEST = 8
"""The deepest level of nested values that is read as a tree. A deeper value becomes one text, so that a small file cannot fill the memory."""
_ENDLESS = 100
"""The deepest level of nested values that is accepted. Front matter with deeper levels is refused."""
FIRST_LINE = 2
"""The number of the line in the file at which the content of the front matter begins."""


@dataclass(frozen=True, slots=True)
class FrontMatterNode:
    """A value in front matter, and the line of its key in the file.

    Exactly one other field is set: `scalar` for a single value, `items` for a list, `pairs` for keys with their values,
    or `source` for a value that is not read. Such a value is, for example, an alias, or a mapping whose keys are not
    texts. `source` has its YAML as it is in the file.
    """

    line: int
    scalar: ScalarEvent | None = None
    items: tuple[FrontMatterNode, ...] | None = None
    pairs: tuple[tuple[str, FrontMatterNode], ...] | None = None
    source: str = ""

    @property
    def text(self) -> str:
        """The value as one text: keys with their values as `name: Ann, role: asks`, and a list as `one, two`."""
        if self.scalar is not None:
            return str(self.scalar.value)
        if self.items is not None:
            return ", ".join(item.text for item in self.items)
        if self.pairs is not None:
            return ", ".join(f"{key}: {value.text}" for key, value in self.pairs)
        return self.source


class FrontMatterReader:
    """Reads front matter as a tree, from the events of a YAML parser. Its errors name the file and the line."""

    def __init__(self, name: str, inside: str, events: Iterator[Event]) -> None:
        self._name = name
        self._inside = inside
        self._events = events

    def pairs(self) -> tuple[tuple[str, FrontMatterNode], ...] | None:
        """Return the keys and values of the front matter; None if the block is prose or a list.

        Raises InputError if something else follows after the keys and values.
        """
        from yaml import MappingStartEvent, NodeEvent, ScalarEvent

        found: tuple[tuple[str, FrontMatterNode], ...] | None = None
        for event in self._events:
            if isinstance(event, MappingStartEvent) and found is None:
                found = self._pairs(event, 0).pairs or ()
            elif isinstance(event, NodeEvent) and found is None:
                for _ in self._events if isinstance(event, ScalarEvent) else ():
                    pass  # the rest may show that this is not prose, but `key: value` with an error
                return None
            elif isinstance(event, NodeEvent):
                refuse(self._name, _line(event), "the front matter may only have lines such as “key: value”")
        return found or ()

    def _node(self, event: Event, depth: int, line: int = 0) -> FrontMatterNode:
        """Return the value that begins with an event of the YAML parser.

        `depth` is the number of lists and mappings around the value. `line` is the line of the key of the value; 0 for
        a value without a key.
        """
        import yaml

        if isinstance(event, yaml.ScalarEvent):
            return FrontMatterNode(line or _line(event), scalar=event)
        if isinstance(event, yaml.CollectionStartEvent):
            if depth > _DEEPEST or _is_typed(event):
                found = self._written(event, self._skip())
            else:
                is_mapping = isinstance(event, yaml.MappingStartEvent)
                found = self._pairs(event, depth) if is_mapping else self._list(event, depth)
            return replace(found, line=line) if line else found
        return FrontMatterNode(line or _line(event), source=f"*{getattr(event, 'anchor', '')}")

    def _list(self, start: Event, depth: int) -> FrontMatterNode:
        from yaml import SequenceEndEvent

        items = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return FrontMatterNode(_line(start), items=tuple(items))

    def _pairs(self, start: CollectionStartEvent, depth: int) -> FrontMatterNode:
        """Return the keys and values of one level. `start` is the YAML event at its beginning.

        All keys of a level must be different texts. If they are not, InputError is raised on the first level (`depth`
        0). On a deeper level, the keys and values become one text, as they are written in the file.
        """
        from yaml import MappingEndEvent

        pairs: dict[str, FrontMatterNode] = {}
        plain = True
        while not isinstance(event := next(self._events), MappingEndEvent):
            key = self._node(event, depth + 1)
            problem = _problem(key, pairs, empty=depth == 0)
            if problem and depth == 0:
                refuse(self._name, key.line, problem)
            plain = plain and not problem
            pairs[key.text] = self._node(next(self._events), depth + 1, key.line)
        if not plain:
            return self._written(start, event)
        return FrontMatterNode(_line(start), pairs=tuple(pairs.items()))

    def _skip(self) -> Event:
        """Skip the events up to the end of the list or mapping that has just begun. Return the event at its end."""
        import yaml

        level = 1
        while True:
            event = next(self._events)
            level += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if not level:
                return event
            if level > _ENDLESS:  # the parser without C takes minutes for 100,000 brackets
                refuse(self._name, _line(event), "the front matter is nested too deeply")

    def _written(self, start: Event, end: Event) -> FrontMatterNode:
        first, last = (mark.index if mark else 0 for mark in (start.start_mark, end.end_mark))
        return FrontMatterNode(_line(start), source=self._inside[first:last].strip())


def _problem(key: FrontMatterNode, known: dict[str, FrontMatterNode], *, empty: bool) -> str:
    if key.scalar is None:
        return "the front matter may only have lines such as “key: value”, and a key must be a text"
    if not empty and not name_key(key.text):
        return "the front matter has a value without a key"
    return f"“{one_line(key.text, 60)}” appears twice in the front matter" if key.text in known else ""


def _is_typed(event: Event) -> bool:
    """Return whether a list or mapping names its type, as with `!!python/object` or `!!set`."""
    return getattr(event, "tag", None) not in (None, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")


def _line(event: Event) -> int:
    return (event.start_mark.line if event.start_mark else 0) + FIRST_LINE
