"""The XML attributes that state who created a record of a REFI-QDA project, and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec import timestamps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.formats.refi.guids import Guids
    from sibtui.formats.refi.sibtui_note import SibtuiNote
    from sibtui.model.drafts import CodingDraft

_MOST_MOMENTS = 10_000
"""How many creation times are cached as XML at most.

The cache saves time, because many codings may have the same time.
"""


class CreationAttributes:
    """Makes the XML attributes `creatingUser` and `creationDateTime` of records.

    Facts that these attributes cannot hold are written to `annex`, a Note that only sibtui reads. These facts are
    times that are not written as timestamps, and the GUIDs (ids) of persons who are not in `coders`.
    """

    def __init__(self, coders: Sequence[str], guids: Guids, annex: SibtuiNote) -> None:
        self._coders = coders
        self._guids = guids
        self._annex = annex
        self.users: dict[str, str] = {}
        """A dict: name of a coder → GUID. A coder is added when the coder is first used."""
        self._moments: dict[str | None, str] = {None: ""}
        self._of_codings: dict[tuple[str | None, str | None], str] = {}

    def user(self, name: str | None) -> str:
        """Return the XML attribute that names a coder; an empty text if `name` is None."""
        if name is None:
            return ""
        guid = self.users.get(name)
        if guid is None:
            guid = self.users[name] = self._guids.next_of("user", name)
            if name not in self._coders:
                self._annex.unlisted.append(guid)
        return f' creatingUser="{guid}"'

    def moment(self, moment: str | None, kind: str, guid: str | None, key: str = "created") -> str:
        """Return the XML attribute for a time of creation; an empty text if there is no valid time.

        A `moment` that is not a valid time is kept in the annex, as the field `key` of a record. `kind` is the kind
        of the record, such as `codings`, and `guid` its id. If `guid` is None, the field belongs to the study.
        """
        attribute = self._moments.get(moment)
        if attribute is None:
            if len(self._moments) > _MOST_MOMENTS:
                self._moments = {None: ""}
            fits = moment is not None and timestamps.is_canonical(moment)
            attribute = self._moments[moment] = f' creationDateTime="{moment}"' if fits else ""
        if not attribute and moment is not None:
            if guid is None:
                self._annex.study[key] = moment
            else:
                self._annex.put(kind, guid, **{key: moment})
        return attribute

    def of_coding(self, coding: CodingDraft, guid: str) -> str:
        made = self._of_codings.get((coding.coder, coding.created))
        if made is None:
            made = self.user(coding.coder) + self.moment(coding.created, "codings", guid)
            if self._moments[coding.created]:
                if len(self._of_codings) > _MOST_MOMENTS:
                    self._of_codings.clear()
                self._of_codings[coding.coder, coding.created] = made
        return made
