"""The parts of a Word document, such as its text and its styles, in its zip archive.

A part can have any path. If a part uses other parts, the archive lists the paths of the used parts in an extra
file: the relationships of the part.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.archives import read_member
from sibtui.formats.codec.xml_trees import parse_xml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zipfile import ZipFile

    from lxml.etree import _Element


class DocxPackage:
    """The main part of a Word document, and access to its other parts by kind, such as `styles`, `footnotes` or `header`."""

    def __init__(self, archive: ZipFile, name: str, kind: str) -> None:
        """Find the main part of the document. `name` is the name of the file, and `kind` its format, for messages.

        Raises InputError when the archive contains no document.
        """
        self.damaged: dict[str, None] = {}
        """The kinds of parts that are damaged, in order, as keys of a dict."""
        self._archive = archive
        self._name = name
        main = next(self._targets("", "officeDocument"), None)
        if main is None or main not in archive.NameToInfo:
            raise InputError(f"{name} is not {kind}: it is another kind of archive, or damaged.")
        self._main = main
        self.document = self._parse(main)

    def part(self, kind: str) -> _Element | None:
        """Return the root element of the first part of a kind; None when it is missing or damaged.

        The kind of a damaged part is added to `damaged`.
        """
        return next(self.parts(kind), None)

    def parts(self, kind: str) -> Iterator[_Element | None]:
        """Yield the root element of each part of a kind; None for a damaged part."""
        for member in self._members(kind):
            try:
                yield self._parse(member)
            except InputError:
                self.damaged[kind] = None
                yield None

    def _members(self, kind: str) -> Iterator[str]:
        targets = dict.fromkeys(self._targets(self._main, kind))
        return (member for member in targets if member in self._archive.NameToInfo)

    def _parse(self, member: str) -> _Element:
        return parse_xml(self._name, read_member(self._archive, member, name=self._name), part=member)

    def _targets(self, part: str, kind: str) -> Iterator[str]:
        """Yield the paths to which the part `part` refers with a relation of the type `kind`, such as `styles`.

        If `part` is empty, the relations of the archive as a whole are used.
        """
        folder, file = posixpath.split(part)
        relations = posixpath.join(folder, "_rels", f"{file}.rels")
        if relations not in self._archive.NameToInfo:
            return
        try:
            listed = self._parse(relations)
        except InputError:
            if not part:
                raise
            self.damaged["relationships"] = None
            return
        for relation in listed:
            if relation.get("Type", "").endswith(f"/relationships/{kind}") and relation.get("TargetMode") != "External":
                yield posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
