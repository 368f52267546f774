"""The import of sources or of a codebook: a preview that stores nothing, and the import itself."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from sibtui.model.frozen import dataclass, field
from sibtui.model.left_out import left_out_clause, total
from sibtui.model.messages import Message
from sibtui.model.text import one_line, plural
from sibtui.project.importing.files import ReadFile, doubt
from sibtui.project.importing.import_options import READING, ImportOptions
from sibtui.project.importing.incoming_files import TEXTS, IncomingFiles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sibtui.model.drafts import SourceDraft
    from sibtui.model.progress import Progress
    from sibtui.project import Project
    from sibtui.project.results import Added


@dataclass(frozen=True, slots=True)
class ImportItem:
    """A source in the preview of an import.

    `outcome` is `new` (will be imported), `out` (the user has excluded the source), `same` (the study has the source
    already), or `refused`. `why` is the reason why the source will not be imported. `mixed` has sentences about
    attributes whose type becomes text.
    """

    key: str
    file: ReadFile
    outcome: Literal["new", "out", "same", "refused"]
    name: str
    why: str = ""
    draft: SourceDraft | None = None
    new_cases: tuple[str, ...] = ()
    hint: str = ""
    mixed: tuple[str, ...] = ()

    @property
    def messages(self) -> tuple[Message, ...]:
        """Messages about the source: why it is refused, warnings, parts left out of the text, a guessed encoding."""
        why = [Message(self.why, self.hint)] if self.why else []
        warnings = [Message(f"{notice}.") for notice in (self.draft.notices if self.draft else ())]
        warnings += map(Message, self.mixed)
        guess = doubt(self.draft) if self.draft else ""
        return (*why, *warnings, *([Message(f"{guess}.", "encoding-guess")] if guess else []))

    @property
    def encoding(self) -> str:
        """The encoding of a text file, and how sure it is if it was guessed. Empty for files of other formats."""
        if self.draft is None or Path(self.file.path).suffix.lower() not in TEXTS:
            return ""
        sure = f", {self.draft.confidence * 100:.0f} of 100 sure" if doubt(self.draft) else ""
        return f"{self.draft.encoding}{sure}"


@dataclass(frozen=True, slots=True)
class CodebookComparison:
    """The comparison of a codebook to import with the codebook of the study.

    `known` are the paths of codes that both codebooks have. `differing` is a map: path → map of the fields that
    differ: name of the field → (value in the study, value to import).
    """

    known: frozenset[str] = frozenset()
    differing: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)


class ImportPreview:
    """The files of an import, their options, and the outcome that the import would have for each source (`items`)."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.how = ImportOptions()
        self.own: dict[str, ImportOptions] = {}
        """A map: key of a source → its options, for sources whose options differ from the options for all sources."""
        self.marked: set[str] = set()
        """The keys of the marked sources. If sources are marked, a change of options changes only their options."""
        self.reading = IncomingFiles()
        self.out: set[str] = set()
        self.names: dict[str, str] = {}
        self.items: Sequence[ImportItem] = ()
        self.compared = CodebookComparison()
        self.update = False
        """Whether the import changes existing codes that differ from the imported codebook."""

    def take(self, reading: IncomingFiles) -> None:
        """Replace the files of the import.

        If these are the same files, read again with other options, the user's choices for single sources are kept.
        Otherwise these choices are dropped.
        """
        again = [file.path for file in reading.files] == [file.path for file in self.reading.files]
        self.reading = reading
        if not again:
            self.out.clear()
            self.names.clear()
            self.own.clear()
            self.marked.clear()
            self.update = False
        self.judge()

    def options_of(self, key: str) -> ImportOptions:
        return self.own.get(key, self.how)

    def set_options(self, **changes: Any) -> Mapping[int, ImportOptions]:
        """Change options of the sources that the user has marked, or of all sources if none is marked.

        Return the files that must be read again, as a map: index of a file → its options. If an option changes how a
        file is read, the option is changed for all sources of the file.
        """
        before = {at: self.options_of(f"{at}.0") for at in range(len(self.reading.files))}
        if not self.marked:
            self.how = replace(self.how, **changes)
            self.own = {key: replace(own, **changes) for key, own in self.own.items()}
        else:
            keys = self.marked if READING.isdisjoint(changes) else self._keys_of_files(self.marked)
            self.own |= {key: replace(self.options_of(key), **changes) for key in keys}
        after = {at: self.options_of(f"{at}.0") for at in before}
        return {at: options for at, options in after.items() if not options.reads_like(before[at])}

    def _keys_of_files(self, keys: Collection[str]) -> list[str]:
        files = {key.partition(".")[0] for key in keys}
        return [key for key, _ in self._keys() if key.partition(".")[0] in files]

    def value(self, name: str) -> Any:
        """Return the value of an option for the marked sources, or for all sources if none is marked.

        The value is None if the sources have different values.
        """
        among = [self.options_of(key) for key in self.marked] or [self.how, *self.own.values()]
        first = getattr(among[0], name)
        return first if all(getattr(options, name) == first for options in among) else None

    def judge(self) -> None:
        """Compute what the import would do with each source, and store the result in `items`."""
        self.compared = self._compare()
        drafts = dict(self._drafts())
        coming = [key for key in drafts if key not in self.out]
        report = dict(zip(coming, self.project.sources.foresee(drafts[key] for key in coming), strict=True))
        self.items = [self._item(key, file, drafts.get(key), report.get(key)) for key, file in self._keys()]

    def _keys(self) -> Iterator[tuple[str, ReadFile]]:
        for at, file in enumerate(self.reading.files):
            yield from ((f"{at}.{row}", file) for row in range(max(1, len(file.drafts))))

    def _drafts(self) -> Iterator[tuple[str, SourceDraft]]:
        for at, file in enumerate(self.reading.files):
            for row, draft in enumerate(file.drafts):
                key = f"{at}.{row}"
                changed = self.options_of(key).on(draft)
                yield key, replace(changed, name=self.names[key]) if key in self.names else changed

    def _item(self, key: str, file: ReadFile, draft: SourceDraft | None, foreseen: Added | None) -> ImportItem:
        if draft is None:
            return ImportItem(key, file, "refused", Path(file.path).name, file.why, hint=file.hint)
        if foreseen is None:
            return ImportItem(key, file, "out", draft.name, "", draft)
        if foreseen.outcome == "added":
            mixed = tuple(f"{mixed}." for mixed in foreseen.mixed)
            return ImportItem(key, file, "new", draft.name, "", draft, foreseen.new_cases, mixed=mixed)
        if foreseen.outcome == "same":
            why = f"It is already in the study, as {one_line(foreseen.name)}."
            return ImportItem(key, file, "same", draft.name, why, draft)
        return ImportItem(key, file, "refused", draft.name, foreseen.why, draft, hint=foreseen.hint)

    @property
    def language(self) -> str:
        """The language for sources without a language in their file; empty if it is guessed from each text."""
        return self.how.language or self.project.study.language

    @property
    def coming(self) -> list[ImportItem]:
        return [item for item in self.items if item.outcome == "new"]

    def _compare(self) -> CodebookComparison:
        """Compare the codes to import with the codes of the study. Raises InputError for an invalid code."""
        codes = self.reading.codes or ()
        known = {code.path for code in self.project.codes.list()}
        return CodebookComparison(
            frozenset(code.path for code in codes if code.path in known),
            {code.path: code.differences for code in self.project.codes.compare(codes)},
        )

    @property
    def summary(self) -> str:
        """One line that states what the import would do."""
        if self.reading.codes is not None:
            there, differing = len(self.compared.known), len(self.compared.differing)
            counted = plural(len({code.path for code in self.reading.codes} - self.compared.known), "new code")
            counted += f", {there:,} already in the study" if there else ""
            if differing:
                one = differing == 1
                does = (
                    ("changes" if one else "change") if self.update else "stays as it is" if one else "stay as they are"
                )
                counted += f"; {differing:,} {'differs' if one else 'differ'} and {does}"
            return f"A codebook: {counted}"
        counts = {
            outcome: sum(item.outcome == outcome for item in self.items) for outcome in ("same", "refused", "out")
        }
        coming = self.coming
        parts = [f"{plural(len(coming), 'source')} to bring in"]
        words = {"same": "already in the study", "refused": "refused", "out": "left out"}
        parts += [f"{counts[outcome]:,} {word}" for outcome, word in words.items() if counts[outcome]]
        drafts = [item.draft for item in coming if item.draft is not None]
        empty = sum(not draft.text.strip() for draft in drafts)
        parts += [f"{empty:,} without text"] if empty else []
        losses = left_out_clause(total(draft.left_out for draft in drafts))
        return "; ".join([", ".join(parts), *([losses] if losses else [])])

    def store(self, project: Project, progress: Progress = lambda _done, _of: None) -> ImportResult:
        """Store the sources or codes as one act (one step of undo).

        Return a message and the names of the new sources. `project` may be another connection to the same study.
        `progress` receives (done, total). If `progress` raises, nothing is stored.
        """
        if self.reading.codes is not None:
            report = project.codes.import_(self.reading.codes, update=self.update)
            left = len(report.differing) - report.changed
            also = f", {left} left as {'it is' if left == 1 else 'they are'}" if left else ""
            return ImportResult(
                f"{plural(report.added, 'code')} added, {report.changed} changed, {report.same} already in the study{also}"
            )
        added = self._add(project, progress)
        names = tuple(each.name for each in added if each.outcome == "added")
        refused = [each for each in added if each.outcome == "refused"]
        message = f"{plural(len(names), 'source')} added" + (f": {one_line(names[0])}" if len(names) == 1 else "")
        for count, noun in (
            (sum(each.codings for each in added), "coding"),
            (sum(each.memos for each in added), "memo"),
        ):
            message += f", {plural(count, noun)} from comments" if count else ""
        if refused:
            message += f"; {len(refused)} refused: {one_line(refused[0].name, 40)}: {refused[0].why}"
        return ImportResult(message, names)

    def _add(self, project: Project, progress: Progress) -> list[Added]:
        """Add the sources as one act (one step of undo). Return the outcome for each of them."""
        coming = self.coming
        added: list[Added] = []
        with project.act("source add", f"{len(coming)} sources"):
            for codes, items in groupby(coming, key=lambda item: self.options_of(item.key).comment_codes):
                drafts = _reporting((item.draft for item in items if item.draft), progress, len(added), len(coming))
                added += project.sources.add(drafts, comment_codes=codes)
        return added


def _reporting(drafts: Iterable[SourceDraft], progress: Progress, first: int, total: int) -> Iterator[SourceDraft]:
    """Yield the drafts. Before each draft, report (drafts done, `total`). `first` is the number done earlier."""
    for done, draft in enumerate(drafts, first):
        progress(done, total)
        yield draft
    progress(total, total)


@dataclass(frozen=True, slots=True)
class ImportResult:
    message: str
    names: tuple[str, ...] = ()
