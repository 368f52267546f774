"""The part of `project.reports` on codings and words: what occurs together, coverage, saturation, sensitivity, words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, Unpack, cast

import sibtui
from sibtui.model.arguments import Names, as_names, between, choice, choices, maybe_choice, whole
from sibtui.model.cooccurrence import MEETING_UNITS, MeetingUnit
from sibtui.model.cooccurrence_table import COOCCURRENCE_CELLS, CooccurrenceCells
from sibtui.model.coverage import COVERAGE_ROWS, CoverageRow
from sibtui.model.progress import Progress
from sibtui.model.records import ORIGINS, Origin
from sibtui.model.saturation_report import SATURATION_TABLES, SaturationTable
from sibtui.model.sensitivity import LEFT_OUT, LeftOutPart
from sibtui.model.table import Table
from sibtui.model.words import WORD_GROUPS, WordGroup, stemmer, words_of
from sibtui.project.shared.base import Noun
from sibtui.project.shared.keywords import FilterWords, filter_of


class CodingReports(Noun):
    """The methods of `project.reports` on codings and words."""

    def cooccurrence(
        self,
        criteria: sibtui.CodingFilter | None = None,
        *,
        unit: MeetingUnit = "overlap",
        rows_under: str = "",
        cells: CooccurrenceCells | None = None,
        at_least: int = 1,
        related: bool = False,
        progress: Progress | None = None,
        **words: Unpack[FilterWords],
    ) -> Table:
        """Return how often codes occur together, with a row for each pair of codes that meet. Codes count without their sub-codes.

        `unit` is "overlap", or "sentence", "paragraph" or "source" for codes in the same unit. `criteria` or its words choose the
        codings; with `code`, both codes of a pair are among the given codes. `rows_under` keeps the pairs with this code or a code below
        it. `cells` is "n12", "c" or "meetings" for a table of codes by codes. `at_least` is the smallest n12 of a pair. `related` also
        lists pairs of a code and a code above it. Retired codes are left out.

        Raises NotFoundError or AmbiguousError for a name that does not fit one item, InputError for a value that cannot be used.

        >>> project.reports.cooccurrence(at_least=3).rows[0][:2]
        ('Strengths and co-production/Brokering and coaching', 'Strengths and co-production/Community assets')
        """
        from sibtui.project.retrieval.cooccurrence import count_cooccurrence

        unit = choice("unit of co-occurrence", unit, MEETING_UNITS)
        cells = maybe_choice("figure of co-occurrence", cells, COOCCURRENCE_CELLS)
        with self._store.snapshot():
            report, rows = count_cooccurrence(
                self._session, filter_of(criteria, words), unit=unit, rows_under=rows_under,
                at_least=whole("smallest number", at_least, 1), related=related, progress=progress,
            )  # fmt: skip
        return report.code_table(cells, rows) if cells else report.table()

    def coverage(
        self, criteria: sibtui.CodingFilter | None = None, *, by: CoverageRow = "source", **words: Unpack[FilterWords]
    ) -> Table:
        """Return how far the texts are coded: one row per source with its share of coded characters, codes and readers, or one row per code.

        `by` is "source" or "code". `criteria` or its words choose the sources and the codings. Codings without a decided place in a
        corrected text are left out. Raises NotFoundError or AmbiguousError for a name, InputError for a value that cannot be used.

        >>> project.reports.coverage(source="a1").to_dicts()[0]["codings"]
        40
        """
        from sibtui.project.retrieval.coverage import coverage

        by = choice("row of coverage", by, COVERAGE_ROWS)
        with self._store.snapshot():
            return coverage(self._session, filter_of(criteria, words), by)

    def saturation(
        self,
        criteria: sibtui.CodingFilter | None = None,
        *,
        table: SaturationTable = "interviews",
        base: int = 4,
        run: int = 2,
        threshold: float = 5,
        order: Literal["date", "study"] | Sequence[str] = "date",
        origin: Origin | None = None,
        level: Literal["code", "theme"] = "code",
        shuffles: int = 1000,
        seed: int = 1,
        **words: Unpack[FilterWords],
    ) -> Table:
        """Return the saturation of the interviews, as Guest, Namey and Chen (2020) compute it.

        The base is the codes first used in the first `base` interviews. The ratio of a run of `run` interviews is the number of codes first used in
        it / the codes of the base. The point is the first run with at most `threshold` percent, written as “6+2”: after 6 interviews, in a run of 2.

        `table` is "interviews" (new codes of each), "runs", "choices" (the point for twelve choices of base, run and threshold), or "orders"
        (the point over `shuffles` random orders). `order` is "date", "study" or the names of the interviews. `origin` limits the codes,
        `level` counts "code" or "theme". `criteria` or its words choose interviews and codings; without kinds, only interviews count.
        Retired codes are left out. The line below the table is the result in words, and warnings follow it.

        Raises NotFoundError if there are no interviews or a name is unknown, AmbiguousError, InputError or OutOfRangeError for a value that cannot be used.

        >>> project.reports.saturation(table="choices").rows[0]
        (4, 2, '5 %', '6+2')
        """
        from sibtui.project.retrieval.saturation import Interviews

        table = choice("table of saturation", table, SATURATION_TABLES)
        level = choice("level of codes", level, ("code", "theme"))
        origin = maybe_choice("origin", origin, ORIGINS)
        if not isinstance(order, (list, tuple)):
            order = choice("order", cast("str", order), ("date", "study"))
        base, run = whole("size of the base", base, 1), whole("length of a run", run, 1)
        between("threshold", threshold, 0, 100)
        shuffles, seed = whole("number of orders", shuffles, 1), whole("seed", seed, 0)
        with self._store.snapshot():
            interviews = Interviews(self._session, filter_of(criteria, words), order)
            report = interviews.report(base=base, run=run, threshold=threshold, origin=origin, level=level)
        return report.table(table, shuffles=shuffles, seed=seed)

    def sensitivity(
        self,
        matrix: Names = (),
        *,
        without: LeftOutPart | Iterable[LeftOutPart] = LEFT_OUT,
        progress: Progress | None = None,
    ) -> Table:
        """Return what each X hangs on: one row per computed cell with an X, in these saved matrices, by default in all.

        `without` are the things that are left out one after another: each "source", "organisation", "participant", "coder", "kind" of source, or the
        interviews of several cases ("case-interviews"). `hangs on` names those without which the cell has no X. Further columns show whether the X holds
        without the interviews of several cases, with interviews only, with documents only, and if it needs two or three sources. Organisations and
        participants are the source attributes `organisation` and `participants`. Judged cells are left out.

        Raises NotFoundError or AmbiguousError for a matrix, InputError for a value that cannot be used.

        >>> [row["hangs on"] for row in project.reports.sensitivity("table-4", without="source").to_dicts() if row["hangs on"]]
        [['source b1'], ['source d1']]
        """
        from sibtui.project.retrieval.sensitivity import Sensitivity

        left_out = choices("part to leave out", without, LEFT_OUT)
        with self._store.snapshot():
            matrices = sibtui.Matrices(self._session)
            chosen = [matrices.get(name) for name in as_names(matrix)] or matrices.list()
            return Sensitivity(self._session, left_out).table(chosen, progress)

    def words(
        self,
        criteria: sibtui.CodingFilter | None = None,
        *,
        by: WordGroup | None = None,
        at_least: int = 3,
        stop: Names = (),
        stop_language: str = "",
        stem: str = "",
        without_interviewers: bool = False,
        progress: Progress | None = None,
        **words: Unpack[FilterWords],
    ) -> Table:
        """Return the words of the sources with their numbers, the most frequent first.

        `criteria` or its words choose the sources. If they name codes, coders, speakers, a stance, a certainty or a text, only the words in
        these codings count. `by` adds a column for each "case", "code", "kind" of source, or "source"; a source of two cases counts in both.
        `at_least` is the smallest number of a word listed. `stop` are words to leave out, and `stop_language` adds the stop words of a
        language. `stem` is a language, such as "en": words with the same stem are one row; this needs `pip install 'sibtui[words]'`.

        Raises NotFoundError or AmbiguousError for a name, InputError for a language without stems or stop words.

        >>> project.reports.words(code="Rate card", stop_language="en").rows[0][:3]
        ('one', 12, 9)
        """
        from sibtui.model.stop_words import stop_words
        from sibtui.project.retrieval.words import WordReport

        left_out = {word for text in as_names(stop) for word in words_of(text)}
        left_out |= stop_words(stop_language) if stop_language else set()
        by = maybe_choice("group of words", by, WORD_GROUPS)
        least = whole("smallest number", at_least, 1)
        with self._store.snapshot():
            report = WordReport(self._session, filter_of(criteria, words), without_interviewers=without_interviewers)
            return report.table(
                by=by, at_least=least, stop=left_out, stem=stemmer(stem) if stem else None, progress=progress
            )
