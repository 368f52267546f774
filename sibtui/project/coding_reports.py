"""The part of `project.reports` about codings and words, for example co-occurrence, coverage and saturation."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, Unpack, cast

import sibtui
from sibtui.model.arguments import Names, as_names, between, choice, choices, maybe_choice, whole
from sibtui.model.cooccurrence import MEETING_UNITS, MeetingUnit
from sibtui.model.cooccurrence_table import COOCCURRENCE_CELLS, CooccurrenceCells
from sibtui.model.coverage import COVERAGE_ROWS, CoverageRow
from sibtui.model.progress import Progress
from sibtui.model.quote_tables import QUOTE_ROWS, QuoteRow
from sibtui.model.records import ORIGINS, Origin
from sibtui.model.saturation_report import SATURATION_TABLES, SaturationTable
from sibtui.model.sensitivity import LEFT_OUT, LeftOutPart
from sibtui.model.table import Table
from sibtui.model.words import WORD_GROUPS, WordGroup, stemmer, words_of
from sibtui.project.shared.base import Noun
from sibtui.project.shared.hidden_codings import with_hidden_codings
from sibtui.project.shared.keywords import filter_of


class CodingReports(Noun):
    def cooccurrence(
        self,
        criteria: sibtui.CodingFilter | None = None,
        *,
        unit: MeetingUnit = "overlap",
        rows_under: Names = (),
        cells: CooccurrenceCells | None = None,
        at_least: int = 1,
        related: bool = False,
        progress: Progress | None = None,
        **words: Unpack[sibtui.FilterWords],
    ) -> sibtui.PicturedTable:
        """Return a report on codes that occur together, with a row for each pair of codes.

        With the unit "overlap", two codes occur together if their passages overlap. With the unit "sentence",
        "paragraph", "section" or "source", they occur together if both are in the same unit. Codings of a sub-code
        do not count for the code above it. A passage that several coders coded with the same code and stance counts
        once.

        `criteria`, or its parts as keyword arguments, choose the codings. If the criteria name codes, only pairs of
        these codes (with `subcodes`, also of the codes below them) are listed. With `rows_under`, the first code of
        each pair is one of its codes, or is below one of them. With `related`, pairs of a code and a code above it
        are listed too. Retired codes are always left out.

        For the unit "overlap", the column "meetings" counts the pairs of overlapping passages. The column "n12" has
        the smaller of two counts: the passages of the first code that overlap the second code, and the passages of
        the second code that overlap the first. For other units, both columns count the units with both codes. Pairs
        with an "n12" below `at_least` are left out. The column "c" is a coefficient from 0 to 1.

        `cells` is "meetings", "n12" or "c". If it is given, the result is a table of codes by codes, and its cells
        show this number.

        Raises NotFoundError when a name is unknown, AmbiguousError when it is not unique, InputError for a value
        that cannot be used.

        >>> project.reports.cooccurrence(at_least=3).rows[0][:2]
        ('Strengths and co-production/Brokering and coaching', 'Strengths and co-production/Community assets')
        """
        from sibtui.model.pictures.heat_maps import code_heat_map
        from sibtui.project.retrieval.cooccurrence import count_cooccurrence
        from sibtui.project.tables.pictured_table import pictured

        unit = choice("unit of co-occurrence", unit, MEETING_UNITS)
        cells = maybe_choice("figure of co-occurrence", cells, COOCCURRENCE_CELLS)
        with self._store.snapshot():
            report, rows = count_cooccurrence(
                self._session, filter_of(criteria, words), unit=unit, rows_under=rows_under,
                at_least=whole("smallest number", at_least, 1), related=related, progress=progress,
            )  # fmt: skip
        if not cells:
            return with_hidden_codings(self._session, pictured(report.table(), report.picture))
        table = report.code_table(cells, rows)
        return with_hidden_codings(self._session, pictured(table, lambda: code_heat_map(table, cells)))

    def coverage(
        self,
        criteria: sibtui.CodingFilter | None = None,
        *,
        by: CoverageRow = "source",
        **words: Unpack[sibtui.FilterWords],
    ) -> sibtui.PicturedTable:
        """Return a report on the coded share of the texts.

        With `by="source"` there is a row for each source: its share of coded characters, its codes and its readers.
        With `by="code"` there is a row for each code. `criteria`, or its parts as keyword arguments, choose the sources
        and the codings. A passage that several coders coded with the same code and stance counts as one coding. Codings
        whose place in a corrected text is uncertain are left out. Raises NotFoundError when a name is unknown,
        AmbiguousError when it is not unique, InputError for a value that cannot be used.

        >>> project.reports.coverage(source="a1").to_dicts()[0]["codings"]
        40
        """
        from sibtui.project.retrieval.coverage import coverage

        by = choice("row of coverage", by, COVERAGE_ROWS)
        with self._store.snapshot():
            return with_hidden_codings(self._session, coverage(self._session, filter_of(criteria, words), by))

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
        **words: Unpack[sibtui.FilterWords],
    ) -> sibtui.PicturedTable:
        """Return the saturation of the interviews, computed as by Guest, Namey and Chen (2020).

        The base is the set of codes that are used in the first `base` interviews. A run consists of `run` successive
        interviews. The ratio of a run is its number of new codes (not used in earlier interviews), divided by the size
        of the base. The saturation point is the first run with a ratio of at most `threshold` percent. It is written as
        “6+2”: after 6 interviews, in a run of 2.

        `table` is one of these:

        - "interviews": the new codes of each interview;
        - "runs": the ratio of each run;
        - "choices": the saturation point for twelve choices of base, run and threshold;
        - "orders": the saturation point in `shuffles` random orders of the interviews.

        `order` is the order of the interviews: "date", "study" or a list of their names. If `origin` is given, only
        codes with this origin count. With `level="theme"`, themes are counted instead of codes. `criteria`, or its
        parts as keyword arguments, choose the interviews and codings. If the criteria name kinds of source, sources of
        these kinds take the place of interviews. If the criteria name coders, only the readings and codings of these
        coders count. Retired codes are left out, and so are interviews that nobody has read or coded.

        Raises NotFoundError if there are no interviews or a name is unknown, AmbiguousError when a name is not unique,
        InputError or OutOfRangeError for a value that cannot be used.

        >>> project.reports.saturation(table="choices").rows[0]
        (4, 2, '5 %', '6+2')
        """
        from sibtui.project.retrieval.saturation import Interviews
        from sibtui.project.tables.pictured_table import pictured

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
        found = pictured(report.table(table, shuffles=shuffles, seed=seed), report.picture)
        return with_hidden_codings(self._session, found)

    def sensitivity(
        self,
        matrix: Names = (),
        *,
        without: LeftOutPart | Iterable[LeftOutPart] = LEFT_OUT,
        progress: Progress | None = None,
    ) -> Table:
        """Return a table that shows which evidence each X of a matrix needs.

        The table has a row for each cell with an X (the mark of a present cell). `matrix` names saved matrices; by
        default, all saved matrices are used. The X is computed again without each part of the evidence of the cell. A
        part is the evidence from one source, one organisation, and so on. `without` lists the parts to try: "source",
        "organisation", "participant", "coder", "kind" (all sources of one kind), or "case-interviews" (all interviews
        about several cases). The column `hangs on` names the parts without which the cell has no X. Other columns show
        whether the X remains in each of these checks:

        - without interviews about several cases;
        - with interviews only;
        - with documents only;
        - if two or three sources are required.

        Organisations and participants are the attributes `organisation` and `participants` of sources. Cells in which
        the researcher has judged the state are left out.

        Raises NotFoundError when a matrix is unknown, AmbiguousError when its name is not unique, InputError for a
        value that cannot be used.

        >>> [row["hangs on"] for row in project.reports.sensitivity("table-4", without="source").to_dicts() if row["hangs on"]]
        [['source b1'], ['source d1']]
        """
        from sibtui.project.retrieval.sensitivity import Sensitivity

        left_out = choices("part to leave out", without, LEFT_OUT)
        with self._store.snapshot():
            matrices = sibtui.Matrices(self._session)
            chosen = [matrices.get(name) for name in as_names(matrix)] or matrices.list()
            return with_hidden_codings(self._session, Sensitivity(self._session, left_out).table(chosen, progress))

    def quotes(
        self,
        criteria: sibtui.CodingFilter | None = None,
        *,
        by: QuoteRow = "quote",
        **words: Unpack[sibtui.FilterWords],
    ) -> Table:
        """Return the quotes marked for the paper, by code and participant, each with its line or recording time.

        `by` is "quote", or "participant" for the number of quotes of each participant. `criteria`, or its parts as
        keyword arguments, choose among the quotes for the paper. The participant is the speaker. In a source without
        speakers, it is the attribute `participants` of the source or else the name of the source. Raises NotFoundError
        when a name is unknown, AmbiguousError when it is not unique.

        >>> chosen = project.codings.set([12, 13], for_paper=True)
        >>> [row[1:4] for row in project.reports.quotes().rows]
        [('a1', 'a1', 21), ('a1', 'a1', 19)]
        """
        from dataclasses import replace

        from sibtui.model.quote_tables import participants_table, quotes_table
        from sibtui.project.retrieval.paper_quotes import PaperQuotes

        by = choice("subject of a row", by, QUOTE_ROWS)
        chosen = replace(filter_of(criteria, words), for_paper=True)
        with self._store.snapshot():
            found = PaperQuotes(self._session, chosen)
            table = quotes_table if by == "quote" else participants_table
            remarks = tuple(replace(chosen, for_paper=False).sentences())
            return with_hidden_codings(self._session, table(found.quotes, found.participants(), remarks))

    def words(
        self,
        criteria: sibtui.CodingFilter | None = None,
        *,
        by: WordGroup | None = None,
        at_least: int = 3,
        stop: Names = (),
        stop_language: Names = (),
        stem: str = "",
        without_interviewers: bool = False,
        progress: Progress | None = None,
        **words: Unpack[sibtui.FilterWords],
    ) -> Table:
        """Return a table of words and their frequencies in the sources, the most frequent word first.

        `criteria`, or its parts as keyword arguments, choose the sources. If they name codes, coders, speakers, a
        stance, a certainty or a text, only words in matching codings count. The same holds for a query, unless it
        only chooses sources, such as `set pilot`.

        `by` is "case", "code", "kind" (of source) or "source": each case, code, kind or source gets a column. A
        source with two cases counts in both columns. If only words in codings count, a word counts for the cases of
        the coding.

        `at_least` is the smallest frequency of a listed word. `stop` are words to leave out, and `stop_language`
        adds the stop words of one or more languages. `stem` is a language, such as "en": words with the same stem
        are one row. This needs `pip install 'sibtui[words]'`. The labels of speakers at the beginning of turns do
        not count. With `without_interviewers`, the words of interviewers do not count either.

        Raises NotFoundError when a name is unknown, AmbiguousError when it is not unique, InputError for a language
        without stems or stop words.

        >>> project.reports.words(code="Rate card", stop_language="en").rows[0][:3]
        ('one', 12, 9)
        """
        from sibtui.model.stop_words import stop_words
        from sibtui.project.retrieval.words import WordReport

        left_out = {word for text in as_names(stop) for word in words_of(text)}
        left_out = left_out.union(*map(stop_words, as_names(stop_language)))
        by = maybe_choice("group of words", by, WORD_GROUPS)
        least = whole("smallest number", at_least, 1)
        with self._store.snapshot():
            report = WordReport(self._session, filter_of(criteria, words), without_interviewers=without_interviewers)
            table = report.table(
                by=by, at_least=least, stop=left_out, stem=stemmer(stem) if stem else None, progress=progress
            )
            return with_hidden_codings(self._session, table) if report.reads_codings or by == "code" else table
