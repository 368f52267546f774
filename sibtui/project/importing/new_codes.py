"""Adding the codes that an import of codings needs and the codebook does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.codebook import path_key, split_path
from sibtui.store import codes as code_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sibtui.model.drafts import CodingDraft
    from sibtui.project.shared.base import Session


def make_codes(session: Session, drafts: Iterable[CodingDraft]) -> Sequence[str]:
    """Add the codes that these drafts need and the codebook does not have. Return the paths of the new codes.

    Only whole paths are compared, so that no coding gets another code with a similar name. Call this inside an act
    (`with session.act(…)`, one step of undo).
    """
    from sibtui.model.drafts import CodeDraft
    from sibtui.project.codes import Codes

    named = dict.fromkeys(draft.code for draft in drafts if all(path_key(draft.code)))
    new = [code for code in named if code_rows.find(session.store, split_path(code)) is None]
    known = {path_key(path) for path in session.paths().values()} if new else set()
    missing = list({path_key(code): code for code in new if path_key(code) not in known}.values())
    codes = Codes(session)
    with codes.colours_kept():
        codes.insert(CodeDraft(code, origin="imported") for code in missing)
    return missing


def namesakes(new: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Return a map: path of a new code → path of an existing code with the same name at another place in the tree."""
    by_name = {path_key(path)[-1]: path for path in known}
    return {path: by_name[name] for path in new if (name := path_key(path)[-1]) in by_name}


def without_unused(session: Session, made: Sequence[str], before: set[int]) -> Sequence[str]:
    """Remove each new code that has no coding because all its drafts were refused. Return the other new codes.

    `made` are the paths of the new codes. `before` are the ids of the codes that existed before the import.
    """
    coded = code_rows.coded(session.store)
    for code in reversed(code_rows.codes(session.store)):  # codes before their themes
        if code.id not in before and not coded.intersection(code_rows.within(session.store, code.id)):
            code_rows.remove_code(session.store, code.id)
    return [path for path in made if code_rows.find(session.store, split_path(path)) is not None]
