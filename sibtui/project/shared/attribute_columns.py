"""Columns of attributes in tables of codings. A coding has the values of its cases and of its source."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.arguments import Names, as_names
from sibtui.model.names import resolve_name
from sibtui.store import cases as case_rows
from sibtui.store import sources as source_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.project.shared.base import Session


class AttributeColumns:
    """The values of some attributes, read once for a whole table of codings.

    `names` are the full names of the attributes. Raises NotFoundError when a name is unknown, AmbiguousError when it is
    not unique.
    """

    def __init__(self, session: Session, names: Names) -> None:
        store = session.store
        wanted = as_names(names)
        known = dict.fromkeys(attribute.name for attribute in case_rows.attributes(store)) if wanted else {}
        self.names = tuple(dict.fromkeys(resolve_name("attribute", name, known) for name in wanted))
        self._of_sources: dict[str, dict[str, str]] = {}
        self._of_cases: dict[str, dict[str, str]] = {}
        if self.names:
            of_sources = case_rows.all_values(store, "source")
            of_cases = case_rows.all_values(store, "case")
            self._of_sources = {name: of_sources.get(at, {}) for name, at in source_rows.source_ids(store).items()}
            self._of_cases = {label: of_cases.get(at, {}) for label, at in case_rows.case_ids(store).items()}

    def values(self, source: str, cases: Sequence[str]) -> tuple[str, ...]:
        """Return one text per attribute for a coding with this source and these cases.

        Several values are joined by `; `.
        """
        owners = [*(self._of_cases[label] for label in cases), self._of_sources[source]] if self.names else ()
        return tuple("; ".join(dict.fromkeys(each[name] for each in owners if each.get(name))) for name in self.names)
