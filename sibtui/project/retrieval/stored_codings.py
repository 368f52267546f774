"""The data that the evaluation of queries reads from a study: the places of its codings, and ids for all names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from sibtui.errors import NotFoundError, QueryError, SibtuiError
from sibtui.model.languages import DEFAULT, guess_language
from sibtui.model.names import resolve_name
from sibtui.model.query.comparisons import comparison
from sibtui.model.query.evaluation import evaluate
from sibtui.model.query.parser import parse
from sibtui.model.query.tree import AttributeTerm, Term
from sibtui.model.query.windows import packed_windows
from sibtui.model.text import one_line
from sibtui.project.retrieval.query_names import queries_using
from sibtui.project.shared.resolve_filter import code_ids_of, coder_ids, sources_of_sets
from sibtui.store import cases as case_rows
from sibtui.store import codes as code_rows
from sibtui.store import queries as query_rows
from sibtui.store import query_places as place_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows
from sibtui.store import undecided as undecided_rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sibtui.model.query.evaluation import Widen
    from sibtui.model.query.spans import PackedPlace
    from sibtui.model.query.tree import Query, TextUnit
    from sibtui.model.records import Attribute, Owner
    from sibtui.project.shared.base import Session


def numbers_found(
    session: Session, where: str, *, blind: bool = True, in_row: bool = False, name: str = ""
) -> tuple[int, ...]:
    """Return the ids of the codings that a query finds. `name` is the name of the query, if it is a saved query.

    For `blind` and `in_row`, see `StoredCodings`. Raises QueryError for an invalid query, and when a name in the query
    does not match exactly one item.
    """
    from sibtui.model.gc_pause import gc_paused

    with session.store.snapshot(), gc_paused():
        stored = StoredCodings(session, blind=blind, in_row=in_row, name=name)
        return tuple(place[2] for place in evaluate(parse(where), stored))


class StoredCodings:
    """The codings of a study, for the evaluation of one query. Use this inside one snapshot of the store.

    The methods are those that `model.query.evaluation.QueriedStudy` requires. In a blind round (a pass through the
    sources), a coder may see only the codings of this round. If `blind` is True, all other codings are left out. With
    `in_row`, the query belongs to a matrix row; the term `judged` is then an error. `name` is the name of the query, if
    it is a saved query.
    """

    def __init__(self, session: Session, *, blind: bool = True, in_row: bool = False, name: str = "") -> None:
        self._session = session
        self._store = session.store
        self._blind = session.blind if blind else None
        self._in_row = in_row
        self._open: list[str] = [name] if name else []
        """The names of the saved queries that are being evaluated.

        Each of these queries is used inside the previous one.
        """

    def everything(self) -> Sequence[PackedPlace]:
        return self._everything

    @cached_property
    def _everything(self) -> list[PackedPlace]:
        return place_rows.everything(self._store, self._blind)

    @cached_property
    def _visible(self) -> frozenset[PackedPlace]:
        return frozenset(self._everything)

    def undecided(self) -> frozenset[int]:
        return self._undecided

    @cached_property
    def _undecided(self) -> frozenset[int]:
        return undecided_rows.numbers(self._store)

    def parents(self) -> dict[int, int | None]:
        return {code.id: code.parent for code in code_rows.codes(self._store)}

    def places(self, term: Term | AttributeTerm) -> Sequence[PackedPlace]:
        """Return the places of the codings that have the property in a term, such as `coder R1`.

        Raises QueryError for a name that does not match exactly one item.
        """
        with _placed(term.at):
            found = self._of_attribute(term) if isinstance(term, AttributeTerm) else self._of_term(term)
        return found if self._blind is None else [place for place in found if place in self._visible]

    def _of_term(self, term: Term) -> Sequence[PackedPlace]:
        store = self._store
        if term.word == "case":
            return place_rows.of_cases(store, [self._session.case_id(term.value)])
        if term.word == "query":
            return self._of_query(term)
        if term.word == "judged" and self._in_row:
            raise QueryError(term.at, "a row of a matrix cannot draw on “judged”, because judgements are made on rows.")
        if term.word == "waiting":
            return place_rows.without_case(store)
        if term.word in {"text", "memo"}:
            return place_rows.with_words(store, "quote" if term.word == "text" else "memo", term.value)
        column, values = self._columns[term.word]
        return place_rows.with_values(store, column, set(values(term.value)))

    def _of_query(self, term: Term) -> Sequence[PackedPlace]:
        """Return the places of the codings that a saved query finds. `term` names the saved query.

        If the saved query, or a query that it uses, has an error, QueryError is raised at the position of the term.
        The message names the query with the error.
        """
        name = self._saved_name(term)
        if name in self._open:
            raise QueryError(term.at, f"the query “{one_line(name, 60)}” uses itself.")
        self._open.append(name)
        try:
            return evaluate(self.saved(term), self)
        except QueryError as error:
            if error.saved:
                raise QueryError(term.at, error.reason, saved=error.saved) from error
            reason = f"in the query “{one_line(name, 60)}”, character {error.position}: {error.reason}"
            raise QueryError(term.at, reason, saved=name) from error
        finally:
            self._open.pop()

    def saved(self, term: Term) -> Query:
        """Return the saved query that a term names.

        Raises NotFoundError when there is no such query, AmbiguousError when the name matches several, QueryError when
        the stored query is invalid.
        """
        return parse(self._saved[self._saved_name(term)])

    def _saved_name(self, term: Term) -> str:
        try:
            return resolve_name("query", term.value, self._saved)
        except NotFoundError:
            return resolve_name("query", term.value, self._usable())

    def _usable(self) -> Sequence[str]:
        """Return the names of the saved queries that the innermost open query can use without using itself."""
        unusable, users = set[str](), self._open[-1:]
        while users:
            name = users.pop()
            if name not in unusable:
                unusable.add(name)
                users += queries_using(self._session, name)
        return [name for name in self._saved if name not in unusable]

    @cached_property
    def _saved(self) -> Mapping[str, str]:
        return {query.name: query.expression for query in query_rows.queries(self._store)}

    @property
    def _columns(self) -> Mapping[str, tuple[str, Callable[[str], Iterable[object]]]]:
        """A map: first word of a query term, such as `code` → (column of the table of codings, function).

        The function takes the value of a term, and returns the values of the column that match.
        """
        store, session = self._store, self._session
        return {
            "code": ("code_id", lambda name: code_ids_of(store, [name], subcodes=True)),
            "exactly": ("code_id", lambda name: code_ids_of(store, [name], subcodes=False)),
            "source": ("source_id", lambda name: [session.source_id(name)]),
            "set": ("source_id", lambda name: sources_of_sets(session, name)),
            "kind": ("source_id", lambda kind: source_rows.of_kind(store, kind)),
            "coder": ("coder_id", lambda name: coder_ids(session, name)),
            "round": ("round", lambda number: [int(number)]),
            "stance": ("stance", lambda stance: [stance]),
            "certainty": ("certainty", lambda certainty: [certainty]),
            "how": ("how", lambda how: ["" if how == "reading" else how]),
            "for paper": ("for_paper", lambda _: [1]),
            "judged": ("id", lambda _: self._in_judged_cells()),
        }

    def _in_judged_cells(self) -> Iterator[int]:
        """Yield the ids of the codings in cells that have a judgement, in all saved matrices."""
        import sibtui
        from sibtui.project.tables.matrix_inputs import MatrixInputs

        for definition in sibtui.Matrices(self._session).list():
            rows = {row.label: at for at, row in enumerate(definition.rows)}
            inputs = MatrixInputs(self._session, definition)
            for judgement in inputs.definition.judgements:
                if judgement.row in rows and judgement.column in inputs.labels:
                    cell = rows[judgement.row], inputs.labels.index(judgement.column)
                    yield from (coding.id for coding in inputs.codings(*cell))

    def _of_attribute(self, term: AttributeTerm) -> Sequence[PackedPlace]:
        found: dict[PackedPlace, None] = {}
        for of, owners in self.owners(term):
            if of == "case":
                found.update(dict.fromkeys(place_rows.of_cases(self._store, owners)))
            else:
                found.update(dict.fromkeys(place_rows.with_values(self._store, "source_id", owners)))
        return sorted(found)

    def owners(self, term: AttributeTerm) -> Sequence[tuple[Owner, Sequence[int]]]:
        """Return the cases and sources with an attribute value that fulfils the term, such as `age > 40`.

        The result is a list of pairs: (“case”, ids of cases) or (“source”, ids of sources). It has both pairs if
        cases and sources have an attribute with the name in the term. An attribute is left out if its type does not
        fit the value in the term. Raises NotFoundError for an unknown attribute, and QueryError when no attribute is
        left.
        """
        known = case_rows.attributes(self._store)
        name = resolve_name("attribute", term.name, {attribute.name for attribute in known})
        tests = list(self._tests(term, [attribute for attribute in known if attribute.name == name]))
        return [
            (
                attribute.of,
                [owner for owner, value in case_rows.values_of(self._store, attribute).items() if test(value)],
            )
            for attribute, test in tests
        ]

    @staticmethod
    def _tests(
        term: AttributeTerm, attributes: Sequence[Attribute]
    ) -> Iterator[tuple[Attribute, Callable[[str], bool]]]:
        """Yield (attribute, test) for each attribute whose type fits the term.

        The test is a function: value of the attribute → whether this value fulfils the term. Raises QueryError when the
        term fits none of the attributes.
        """
        reasons = []
        for attribute in attributes:
            try:
                yield attribute, comparison(attribute.kind, term.comparator, term.value)
            except ValueError as error:
                reasons.append(
                    f"the attribute “{attribute.name}” {error}." if str(error).startswith("has") else f"{error}."
                )
        if len(reasons) == len(attributes):
            raise QueryError(term.value_at, reasons[0])

    def widen(self, unit: TextUnit) -> Widen:
        languages = dict(self._store.query("SELECT id, language FROM sources").fetchall())
        of_study = study_rows.study(self._store).language

        def language_of(source: int, text: str) -> str:
            return languages[source] or of_study or guess_language(text) or DEFAULT

        return packed_windows(lambda source: source_rows.text(self._store, source), language_of, unit)


@contextmanager
def _placed(at: int) -> Iterator[None]:
    """Turn an error of the `with` block into a QueryError with the same message.

    `at` is the position of the error in the query. A QueryError stays unchanged.
    """
    try:
        yield
    except QueryError:
        raise
    except SibtuiError as error:
        message = str(error)
        raise QueryError(at, message[:1].lower() + message[1:] if message[:1] != "“" else message) from error
