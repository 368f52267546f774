"""Reading and writing codebooks in REFI-QDA: the codes in a project file (.qdpx), and codebook files (.qdc)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.foreign_values import colour_of, rgb_of
from sibtui.formats.codec.unique_names import UniqueNames
from sibtui.formats.codec.xml_text import content, unfit, value
from sibtui.formats.codec.xml_trees import parse_xml
from sibtui.formats.refi.guids import Guids, plain_guid
from sibtui.formats.refi.identifiers import CODEBOOK_NAMESPACE, ORIGIN, description, parse_description
from sibtui.model.codebook import DEEPEST, join_path, split_path
from sibtui.model.drafts import CodeDraft, StudyDraft
from sibtui.model.import_reports import ImportReport, ProjectImport
from sibtui.model.records import Study
from sibtui.model.text import plural

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from lxml.etree import _Element


_DEEPEST_WRITTEN = 100


class QdcTree:
    """The codes of a study as a tree, from which the XML is written. GUIDs are ids of codes in the file.

    `listed` has (GUID, code) in the order of the study. `in_file` has the same GUIDs in the order of the tree. `odd`
    has (position in the study, code) for each code that has no place in a tree, for example because its path has an
    empty name. `made` has the GUIDs of parent codes that the tree needs, but that are not codes of the study.
    """

    def __init__(self, codes: Sequence[CodeDraft], guids: Guids) -> None:
        self.listed: list[tuple[str, CodeDraft]] = []
        self.odd: list[tuple[int, CodeDraft]] = []
        self.guids: dict[str, str] = {}
        self._codes: dict[str, CodeDraft] = {}
        self._below: dict[str, list[str]] = {"": []}
        for at, code in enumerate(codes):
            names = split_path(code.path)
            proper = all(names) and len(names) <= _DEEPEST_WRITTEN and join_path(names) == code.path
            if not proper or code.path in self._codes:
                self.odd.append((at, code))
                continue
            self._codes[code.path] = code
            self._put(names, guids)
            self.listed.append((self.guids[code.path], code))
        listed = {guid for guid, _ in self.listed}
        self.in_file = [guid for path in self._walk("") if (guid := self.guids[path]) in listed]
        self.made = [guid for guid in self.guids.values() if guid not in listed]

    def _put(self, names: Sequence[str], guids: Guids) -> None:
        above = ""
        for depth in range(1, len(names) + 1):
            path = join_path(names[:depth])
            if path not in self.guids:
                self.guids[path] = guids.next_of("code", path)
                self._below[above].append(path)
                self._below[path] = []
            above = path

    def _walk(self, above: str) -> Iterator[str]:
        for path in self._below[above]:
            yield path
            yield from self._walk(path)

    def write(self, notes: Mapping[str, Sequence[str]], above: str = "") -> Iterator[str]:
        """Yield the XML of the codes below the path `above`, as nested Code elements.

        If `above` is empty, yield all codes. `notes` is a map: GUID (id) of a code → GUIDs of the memos about this
        code.
        """
        for path in self._below[above]:
            code = self._codes.get(path, CodeDraft(path))
            guid, hexed = self.guids[path], rgb_of(code.colour)
            coloured = f' color="{hexed}"' if hexed else ""
            yield f'<Code guid="{guid}" name="{value(split_path(path)[-1])}" isCodable="true"{coloured}>\n'
            if text := description(code):
                yield f"<Description>{content(text)}</Description>\n"
            yield from (f'<NoteRef targetGUID="{note}"/>\n' for note in notes.get(guid, ()))
            yield from self.write(notes, path)
            yield "</Code>\n"


def write_qdc(study: StudyDraft) -> bytes:
    """Return the codebook as a .qdc file that is valid in the REFI-QDA schema.

    Raises InputError when there are no codes to write.
    """
    tree = QdcTree(study.codes, Guids(study.study.guid or study.study.name))
    codes = "".join(tree.write({}))
    if not codes:
        raise InputError("There are no codes to write: a REFI-QDA codebook holds at least one.")
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<CodeBook xmlns="{CODEBOOK_NAMESPACE}" origin="{ORIGIN}">\n<Codes>\n{codes}</Codes>\n</CodeBook>\n'
    ).encode()


@dataclass
class CodesRead:
    """The codes that were read from a file, in the order of the file. GUIDs are ids in the file.

    `drafts` has (GUID, code). `paths` is a map: GUID → path of the code. `notes` has (path of a code, GUID of a memo
    about this code). `clashes` is the number of codes with a GUID that an earlier code already has.
    """

    drafts: list[tuple[str, CodeDraft]] = field(default_factory=list)
    paths: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    clashes: int = 0


def read_codes(container: _Element | None, names: UniqueNames) -> CodesRead:
    """Return the codes in a `Codes` element. If `container` is None, the result has no codes."""
    result = CodesRead()
    if container is None:
        return result
    # No recursion: a damaged file can be nested too deeply. Each entry holds an element and the names above it.
    top: tuple[str, ...] = ()
    pending = [(each, top) for each in _children(container, "Code")][::-1]
    while pending:
        element, above = pending.pop()
        path = _read_code(element, above, names, result)
        pending += [(each, path) for each in _children(element, "Code")][::-1]
    return result


def _read_code(element: _Element, above: tuple[str, ...], names: UniqueNames, result: CodesRead) -> tuple[str, ...]:
    name = names.clean(element.get("name"), "unnamed code")
    if len(above) >= DEEPEST:
        above = above[: DEEPEST - 1]
    path = names.unique(("code", join_path(above)), name)
    parts = (*above, path)
    joined, guid = join_path(parts), plain_guid(element.get("guid"))
    text = "".join(names.plain(each.text or "") for each in _children(element, "Description"))
    draft = CodeDraft(
        joined,
        origin=None if names.ours else "imported",
        colour=colour_of(element.get("color")),
    )
    draft = replace(draft, **parse_description(text)) if names.ours else replace(draft, definition=text.strip())  # type: ignore[arg-type]
    result.drafts.append((guid, draft))
    result.clashes += guid in result.paths
    result.paths.setdefault(guid, joined)
    result.notes += [(joined, plain_guid(each.get("targetGUID"))) for each in _children(element, "NoteRef")]
    return parts


def _children(element: _Element, name: str) -> list[_Element]:
    return [each for each in element if str(each.tag).rpartition("}")[2] == name]


def read_qdc(name: str, data: bytes) -> ProjectImport:
    """Return the codes in a .qdc file, with a report. Raises InputError if the file is no codebook or has no codes."""
    root = parse_xml(name, data)
    kind = str(root.tag).rpartition("}")[2]
    if kind != "CodeBook":
        raise InputError(f"{name} is not a REFI-QDA codebook: it begins with <{kind[:40]}>, not <CodeBook>.")
    origin = root.get("origin") or ""
    names = UniqueNames(unfit, ours=True) if origin == ORIGIN else UniqueNames()
    containers = _children(root, "Codes")
    read = read_codes(containers[0] if containers else None, names)
    if not read.drafts:
        raise InputError(f"{name} holds no codes.")
    sets = [each for container in _children(root, "Sets") for each in _children(container, "Set")]
    clash = [f"{plural(read.clashes, 'code has', 'codes have')} the GUID of another."] if read.clashes else []
    return ProjectImport(
        StudyDraft(Study("", "", "", "", 1), codes=tuple(draft for _, draft in read.drafts)),
        ImportReport(
            origin,
            arrived={"codes": len(read.drafts)},
            unsupported={"sets of codes": len(sets)} if sets else {},
            warnings=tuple(clash),
        ),
    )
