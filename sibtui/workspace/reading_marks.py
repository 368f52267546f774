"""Recording the sources that a coder has read, and finding the sources that must be read again for a code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.text import listed, one_line, plural
from sibtui.workspace.codebook_view import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.records import ReadingDue, Source
    from sibtui.project import Project


def toggle_read(project: Project, name: str) -> tuple[Source, str]:
    """Record that the current coder has read a source for all codes, or remove this record. Return (source, message).

    If the coder must read the source again for a code, the record is not removed, but gets the present time. The
    records of other coders stay.
    """
    source = project.sources.get(name)
    own = _is_read(project, source)
    due = own and source.name in _own_due(project)
    read = due or not own
    changed = project.sources.set(name, reading="read" if read else "in progress").source
    others = listed(one_line(coder) for coder in changed.read_by if coder != project.coder)
    if not read:
        still = f" by {one_line(project.coder)}, still read by {others}" if others else ""
        return changed, f"{name}: not read to the end{still}"
    again = " again, for all codes" if due else ""
    return changed, f"{name}: read{again}{f', as by {others}' if others else ''}"


def all_read(project: Project, sources: Sequence[Source]) -> bool:
    """Return whether the current coder has read all these sources, and none of them must be read again for a code.

    If there are no sources, return False.
    """
    if not sources or not all(_is_read(project, source) for source in sources):
        return False
    return _own_due(project).isdisjoint(source.name for source in sources)


def _own_due(project: Project) -> set[str]:
    """Return the names of the sources that the current coder must read again for a code.

    Readings by other coders do not count. Call this only if the current coder has read at least one source.
    """
    return {each.source for each in project.readings.due(project.coder)}


def _is_read(project: Project, source: Source) -> bool:
    """Return whether the current coder has read a source for all codes, in the open round if there is one."""
    current = project.rounds.current
    if current is None:
        return project.coder in source.read_by
    own = (each for each in project.readings.list(source.name) if each.coder == project.coder)
    return any(each.round == current.number and each.code is None for each in own)


def next_due(project: Project, source: str | None, code: str | None = None) -> ReadingDue | None:
    """Return the next source that must be read again for a code; None if there is none.

    Without `code`, all codes are searched, and the search begins with `source` itself. With `code`, only this code is
    searched, and the search begins with the source after `source`. After the last source, the search continues with the
    first.
    """
    order = {name: at for at, name in enumerate(project.sources.names())}
    due = [each for each in project.readings.due() if code in (None, each.code)]
    first = -1 if source is None else order.get(source, -1) + (code is not None)
    return next((each for each in due if order[each.source] >= first), due[0] if due else None)


def sources_due(project: Project, code: str) -> tuple[str, ...]:
    """Return the names of the sources that must be read again for the code with this path."""
    return tuple(each.source for each in project.readings.due() if each.code == code)


def read_for(project: Project, source: str, code: str) -> tuple[Source, str]:
    """Record that the current coder has read a source for one code and the codes below it. Return (source, message)."""
    added = project.readings.add(source, codes=code)
    below = f" and the {plural(len(added) - 1, 'code')} below it" if len(added) > 1 else ""
    left = len(sources_due(project, code))
    more = f"; {plural(left, 'source')} left for it" if left else "; nothing is left for it"
    return project.sources.get(source), f"{source}: read for {short(code)}{below}{more}"
