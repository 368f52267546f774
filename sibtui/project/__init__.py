"""The one door to a study, for scripts, the command line and the screen alike.

from sibtui import Project

with Project.open("study.sibtui") as project:
    print(project.matrices.show("table-1").to_csv())
"""

from __future__ import annotations

from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from sibtui.errors import ConflictError, StudyFileError
from sibtui.project.base import Session, default_coder, now
from sibtui.store import study as study_rows
from sibtui.store.connection import Store

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager
    from types import TracebackType

    from sibtui.model.drafts import StudyDraft
    from sibtui.model.records import Coder, Study
    from sibtui.project.cases import Attributes, Cases
    from sibtui.project.check import Finding
    from sibtui.project.codes import Codes
    from sibtui.project.codings import Codings
    from sibtui.project.export import Exports
    from sibtui.project.history import History
    from sibtui.project.matrices import Matrices
    from sibtui.project.memos import Memos
    from sibtui.project.reports import Reports
    from sibtui.project.sources import Sources
    from sibtui.store.connection import OpenAct

__all__ = ["SUFFIX", "Project", "default_coder"]

SUFFIX = ".sibtui"


class Project:
    """An open study. Its nouns have the verbs: `project.codes.merge(…)` is `sibtui code merge`, and `code merge` in the history."""

    def __init__(self, store: Store, *, coder: str | None = None, clock: Callable[[], str] = now) -> None:
        self._session = Session(store, coder, clock)

    @classmethod
    def open(cls, path: str | Path, *, coder: str | None = None) -> Self:
        """Open a study. StudyFileError when there is none, or it cannot be used. `coder` is who codes (default: see `default_coder`)."""
        return cls(Store.open(Path(path)), coder=coder)

    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        name: str | None = None,
        draft: StudyDraft | None = None,
        coder: str | None = None,
        force: bool = False,
        progress: Callable[[str], None] | None = None,
    ) -> Self:
        """Make a study: empty, or from a draft of a whole one. It is made aside and takes its name when it is complete.

        ConflictError when the file exists, unless `force`. `progress` is told what is being loaded.
        """
        path = Path(path)
        if path.exists() and not force:
            raise ConflictError(f"{path} exists already: choose another name, or `--force` to overwrite it.")
        if not path.parent.is_dir():
            raise StudyFileError(f"There is no folder {path.parent} to make {path.name} in.")
        from sibtui.project.output import whole_file  # noqa: PLC0415 - only making a study needs it

        with whole_file(path, force=force, over_study=True) as aside:
            aside.unlink()
            store = Store.create(aside)
            try:
                cls(store, coder=coder)._fill(  # noqa: SLF001 - its own
                    name or path.stem, draft, progress
                )
            finally:
                store.close()
        # left by a crash of the file that was here: SQLite would play it back into this one
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)
        return cls.open(path, coder=coder)

    def _fill(self, name: str, draft: StudyDraft | None, progress: Callable[[str], None] | None) -> None:
        import uuid  # noqa: PLC0415

        from sibtui.model.records import Study  # noqa: PLC0415
        from sibtui.project.transfer import load  # noqa: PLC0415 - only making a study needs it

        with self._session.store.replay():  # not recorded: a study that can be undone away is none
            study_rows.put(self._session.store, Study(name, str(uuid.uuid4()), "", self._session.now(), 1))
        if draft is not None:
            summary = f"study {draft.study.name or name}"
            with self._session.store.founding("study load", summary, coder=self.coder, at=self._session.now()):
                load(self._session, draft, progress)

    # Each noun is imported when it is first used: a command starts as fast as the nouns that it needs.

    @cached_property
    def sources(self) -> Sources:
        from sibtui.project.sources import Sources  # noqa: PLC0415

        return Sources(self._session)

    @cached_property
    def cases(self) -> Cases:
        from sibtui.project.cases import Cases  # noqa: PLC0415

        return Cases(self._session)

    @cached_property
    def attributes(self) -> Attributes:
        from sibtui.project.cases import Attributes  # noqa: PLC0415

        return Attributes(self._session)

    @cached_property
    def codes(self) -> Codes:
        from sibtui.project.codes import Codes  # noqa: PLC0415

        return Codes(self._session)

    @cached_property
    def codings(self) -> Codings:
        from sibtui.project.codings import Codings  # noqa: PLC0415

        return Codings(self._session)

    @cached_property
    def memos(self) -> Memos:
        from sibtui.project.memos import Memos  # noqa: PLC0415

        return Memos(self._session)

    @cached_property
    def matrices(self) -> Matrices:
        from sibtui.project.matrices import Matrices  # noqa: PLC0415

        return Matrices(self._session)

    @cached_property
    def history(self) -> History:
        from sibtui.project.history import History  # noqa: PLC0415

        return History(self._session)

    @cached_property
    def reports(self) -> Reports:
        from sibtui.project.reports import Reports  # noqa: PLC0415

        return Reports(self._session)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._session.store.close()

    @property
    def path(self) -> Path:
        return self._session.store.path

    @property
    def coder(self) -> str:
        """Who codes: the name that new codings, memos and acts carry."""
        return self._session.coder

    @property
    def study(self) -> Study:
        return study_rows.study(self._session.store)

    def set_study(
        self, *, name: str | None = None, description: str | None = None, first_note: int | None = None
    ) -> Study:
        """Change the study's own facts that are given."""
        with self._session.act("study set", "the study"):
            study = self.study
            changed = replace(
                study,
                name=study.name if name is None else name,
                description=study.description if description is None else description,
                first_note=study.first_note if first_note is None else first_note,
            )
            if changed != study:
                study_rows.put(self._session.store, changed)
        return changed

    @property
    def coders(self) -> list[Coder]:
        return study_rows.coders(self._session.store)

    @property
    def exports(self) -> Exports:
        """Ways out: `exports.codings`, `exports.sqlite`, `exports.folder`."""
        from sibtui.project.export import Exports  # noqa: PLC0415 - only an export needs it

        return Exports(self._session)

    def act(self, verb: str, summary: str) -> AbstractContextManager[OpenAct]:
        """Several changes as one act: kept together, undone together.

        with project.act("tidy up", "two codes merged"):
            project.codes.merge("Trust", into="Distrust")
            project.codes.rename("Distrust", "Trust and distrust")
        """
        return self._session.act(verb, summary)

    def check(self, progress: Callable[[int, int], None] | None = None) -> list[Finding]:
        """What is wrong with the study, or waits to be done. `progress` is told (done, of)."""
        from sibtui.project.check import findings  # noqa: PLC0415 - only a check needs it

        return list(findings(self._session, progress))

    @property
    def data_version(self) -> int:
        """A number that changes when another program has changed the study."""
        return self._session.store.data_version

    def explained(self, error: BaseException) -> StudyFileError | None:
        """What is wrong with the file, in words, when that is what this error of a library means; None for any other.

        Rows are read while they are looked at, so that a damaged page shows as late as that.
        """
        return self._session.store.explained(error)

    def interrupt(self) -> None:
        """Stop what is being done, from another thread; nothing of it is kept."""
        self._session.store.interrupt()
