"""Findings of `project.check()`: damage of the study file, open tasks of the researcher, and traces of people."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Literal

from sibtui.errors import InputError, NotFoundError, SibtuiError, StudyFileError
from sibtui.model.agreement.disagreements import CHANGED_SINCE
from sibtui.model.attributes import value_key
from sibtui.model.codebook import path_key
from sibtui.model.filters import EvidenceFilter
from sibtui.model.folding import name_key
from sibtui.model.frozen import dataclass
from sibtui.model.text import excerpt, listed, one_line, plural
from sibtui.project.readings import Readings
from sibtui.project.summaries import Summaries
from sibtui.project.tables.matrix_inputs import MatrixInputs
from sibtui.project.tables.narrowing import narrowed_definition
from sibtui.store import cases as case_rows
from sibtui.store import claims as claim_rows
from sibtui.store import codes as code_rows
from sibtui.store import codings as coding_rows
from sibtui.store import history as history_rows
from sibtui.store import integrity, row_rules, seals
from sibtui.store import matrices as matrix_rows
from sibtui.store import queries as query_rows
from sibtui.store import sources as source_rows
from sibtui.store import study as study_rows
from sibtui.store import summaries as summary_rows
from sibtui.store import undecided as undecided_rows
from sibtui.store.backups import folder_of
from sibtui.store.codings import Selection
from sibtui.store.part_files import sweep

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sibtui.project.shared.base import Session


DUE = "reading due"
"""The kind of problem (`Finding.what`) of a source that must be read again."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding of a check.

    `kind` is `damage` for damage of the file, `open` for a task of the researcher, or `private` for a trace of a
    person. `what` names the kind of problem, and `where` its place. `hint` is the key of a piece of advice that the
    command line and the screen show, such as "older-copy".
    """

    kind: Literal["damage", "open", "private"]
    what: str
    where: str
    message: str
    hint: str = ""


def findings(
    session: Session,
    progress: Callable[[int, int], None] | None = None,
    *,
    similar: bool = False,
    summaries: bool = False,
) -> Iterator[Finding]:
    """Yield all findings, damage first. `progress` receives (sources done, all sources).

    `similar` adds the pairs of sources with nearly the same text, and `summaries` the cells without a summary. A
    damaged file is checked as far as it can be read, and each part that cannot be read is a finding. As a side effect,
    unfinished files that an interrupted process left beside the study are removed.
    """
    for folder in (session.store.path.parent, folder_of(session.store.path)):
        sweep(folder)
    for message in integrity.problems(session.store, current_texts=False):  # `_misplaced` checks these texts
        yield Finding("damage", "file", str(session.store.path), message, hint="older-copy")
    for what, look in (
        ("the seals of the history", lambda: _altered(session)),
        ("the sources and their codings", lambda: _misplaced(session, progress)),
        ("the texts of sources", lambda: _without_text(session)),
        ("the corrected texts", lambda: _undecided(session)),
        ("the codings without a case", lambda: _unattributed(session)),
        ("the cases of codings", lambda: _elsewhere(session)),
        ("the retired codes", lambda: _retired(session)),
        ("the readings", lambda: _due(session)),
        ("the names", lambda: _identical(session)),
        ("the values of attributes", lambda: _identical_values(session)),
        ("the matrices", lambda: _matrices(session)),
        ("the saved queries", lambda: _queries(session)),
        ("the claims", lambda: _claims(session)),
        ("the decisions", lambda: _decisions(session)),
        *((("the texts of sources", lambda: _similar(session)),) if similar else ()),
        ("the summaries", lambda: _summaries(session, missing=summaries)),
    ):
        yield from _readable(session, what, look)


def is_damaged(session: Session) -> bool:
    """Return whether the file is damaged, or a coding does not fit its text. The history is not examined."""
    if any(True for _ in integrity.problems(session.store, current_texts=False)):
        return True
    misplaced = _readable(session, "the sources and their codings", lambda: _misplaced(session, None))
    return any(True for _ in misplaced)


def _queries(session: Session) -> Iterator[Finding]:
    """Yield a finding for each saved query that names an item which the study no longer has."""
    for query in query_rows.queries(session.store):
        from sibtui.project.retrieval.stored_codings import numbers_found

        try:
            numbers_found(session, query.expression, blind=False, name=query.name)
        except SibtuiError as error:
            yield Finding("open", "query", query.name, f"finds nothing: {error}", hint="repair-query")


def _similar(session: Session) -> Iterator[Finding]:
    """Yield a finding for each pair of sources with nearly the same text: such sources are not independent evidence."""
    from sibtui.model.similar_texts import similar_texts

    names = source_rows.source_ids(session.store)
    listed_names = list(names)
    texts = [source_rows.text_once(session.store, number) or "" for number in names.values()]
    for first, second, score in similar_texts(texts):
        shown = one_line(listed_names[first], 60)
        message = f"its text is that of “{shown}” ({int(score)} of 100 alike): the two are not independent evidence."
        yield Finding("open", "similar sources", listed_names[second], message, hint="exclude-source")


def _claims(session: Session) -> Iterator[Finding]:
    """Yield a finding for each faulty stored claim, and for each doubtful footnote of a matrix.

    A claim is faulty if it names unknown items, or if its statement cannot be understood. A footnote on a row is
    doubtful if it names a column in which this row has no X.
    """
    from sibtui.project.papers.claim_check import ClaimCheck

    check = ClaimCheck(session)  # computes each matrix once, for claims and notes
    for checked in map(check.check, claim_rows.claims(session.store)):
        if checked.faulty:
            reasons = "; ".join(checked.because)
            message = f"cannot be checked: {reasons}{'' if reasons.endswith('?') else '.'}"
            yield Finding("open", "claim", checked.claim.key, message, hint="repair-claim")
    try:
        for note in check.notes():
            yield Finding("open", "note", note.matrix, note.message, hint="other-note")
    except StudyFileError:
        raise
    except SibtuiError:  # `_matrices` reports a matrix that cannot be computed
        return


def _decisions(session: Session) -> Iterator[Finding]:
    """Yield a finding for each decision on a disagreement whose codings were changed after the decision."""
    from sibtui.project.shared.decisions import decisions, is_stale

    if session.blind is not None:
        return
    names = {number: name for name, number in source_rows.source_ids(session.store).items()}
    for memo, source, decision in decisions(session.store):
        if is_stale(session.store, source, decision):
            message = f"memo {memo}, “{one_line(decision.outcome, 60)}”: {CHANGED_SINCE} the decision: decide it again."
            yield Finding("open", "stale decision", names[source], message, hint="decide-again")


def _summaries(session: Session, *, missing: bool) -> Iterator[Finding]:
    """Yield a finding for each summary with changed evidence, and for each broken link in a summary.

    A link is broken if it leads to no quote of the cell. With `missing`, also yield a finding for each cell without a
    summary. In a blind round of coding, there are no findings, because they would quote evidence that the round hides.
    """
    if session.blind is not None:
        return
    noun = Summaries(session)
    has_any = next(iter(summary_rows.texts(session.store)), None) is not None
    for each in noun.list() if has_any else ():
        summary = each.summary
        where, cell = (
            summary.matrix or summary.code,
            f"{summary.row}, {summary.column}" if summary.matrix else summary.case,
        )
        if each.changes:
            message = f"{cell}: changed since it was summarised: {'; '.join(each.changes)}."
            yield Finding("open", "stale summary", where, message, hint="write-again")
        for lost in each.lost:
            yield Finding("open", "link of a summary", where, f"{cell}: {lost}", hint="write-again")
    for name in matrix_rows.names(session.store) if missing else ():
        try:
            cells = noun.missing(name)
        except (InputError, NotFoundError):  # the finding of the matrix gives the reason
            continue
        for row, column in cells:
            yield Finding(
                "open", "no summary", name, f"{row}, {column}: has quotes and no summary.", hint="write-summary"
            )


def _readable(session: Session, what: str, look: Callable[[], Iterator[Finding]]) -> Iterator[Finding]:
    try:
        for finding in look():  # the name of a damaged row may be of any type
            yield finding if isinstance(finding.where, str) else replace(finding, where=repr(finding.where))
    except integrity.DAMAGE:
        where = str(session.store.path)
        message = f"{what} cannot be read to the end, so that not all is checked."
        yield Finding("damage", "file", where, message, hint="older-copy")


def _altered(session: Session) -> Iterator[Finding]:
    """Yield a finding if the history was altered: an entry no longer matches its seal (a digest of the entry)."""
    first, *more = [*seals.broken(session.store), 0]
    if not first:
        return
    act = history_rows.act(session.store, first)
    what = (
        "it is missing" if act is None else f"the history, or a row that it changed ({act.verb}, {act.at}), was altered"
    )
    others = f" {plural(len(more) - 1, 'later act')} too." if len(more) > 1 else ""
    yield Finding("damage", "history", f"act {first}", f"does not fit its seal: {what}.{others}", hint="older-copy")


def _misplaced(session: Session, progress: Callable[[int, int], None] | None) -> Iterator[Finding]:
    """Yield a finding for each coding whose segment is outside of the text, or has other words than the quote."""
    sources = source_rows.source_ids(session.store)
    undecided = {row[0] for row in undecided_rows.of_source(session.store)}
    for done, (name, number) in enumerate(sources.items(), 1):
        found: list[Finding] = []
        try:
            with session.store.snapshot():
                found.extend(_misplaced_in(session, name, number, undecided))
        except integrity.DAMAGE:
            message = "its text or its codings cannot be read to the end."
            found.append(Finding("damage", "source", name, message, hint="older-copy"))
            found += (
                Finding("damage", "file", str(session.store.path), message, hint="older-copy")
                for message in row_rules.codings_not_utf8(session.store, number)
            )
        yield from found
        if progress is not None:
            progress(done, len(sources))


def _misplaced_in(session: Session, name: str, number: int, undecided: set[int]) -> Iterator[Finding]:
    text, problem = row_rules.current_text(session.store, number, name)
    if problem:
        yield Finding("damage", "file", str(session.store.path), problem, hint="older-copy")
    if text is None and problem:
        raise StudyFileError(problem)
    if text is None:  # a damaged index does not find an existing row
        yield Finding("damage", "source", name, "its text cannot be found.", hint="older-copy")
        return
    length = len(text)
    for coding, start, end, quote, _, _ in coding_rows.texts(session.store, number):
        if end <= length and (text[start:end] == quote or coding in undecided):
            continue
        if end <= length:
            wrong = f"“{name}” {start}:{end} is not “{excerpt(quote, 40)}” any more."
        else:
            wrong = f"{start}:{end} is outside of “{name}”."
        yield Finding("damage", "segment", f"coding {coding}", wrong, hint="older-copy")


def _without_text(session: Session) -> Iterator[Finding]:
    lengths = source_rows.lengths(session.store)
    for name, number in source_rows.source_ids(session.store).items():
        if lengths.get(number) == 0:
            message = f"“{one_line(name, 60)}” has no text."
            yield Finding("open", "no text", name, message, hint="give-text")


def _undecided(session: Session) -> Iterator[Finding]:
    """Yield a finding for each coding whose place in a corrected text is uncertain."""
    if not undecided_rows.of_source(session.store):
        return
    names = {number: name for name, number in source_rows.source_ids(session.store).items()}
    seen = _seen(session)
    for source, name in names.items():
        for number in filter(seen, (row[0] for row in undecided_rows.of_source(session.store, source))):
            message = f"has no certain place in the corrected text of “{one_line(name, 60)}”."
            yield Finding("open", "undecided place", f"coding {number}", message, hint="decide-place")


def _seen(session: Session) -> Callable[[int], bool]:
    """Return a function: id of a coding → whether the current coder may see this coding."""
    if session.blind is None:
        return lambda _number: True
    return set(coding_rows.ids(session.store, Selection(blind=session.blind))).__contains__


def _unattributed(session: Session) -> Iterator[Finding]:
    paths = session.paths()
    chosen = Selection(unattributed=True, blind=session.blind)
    for coding in coding_rows.codings(session.store, chosen, paths=paths, contexts=False):
        message = f"“{coding.source}” {coding.segment}, {coding.code}: choose its case."
        yield Finding("open", "unattributed", f"coding {coding.id}", message, hint="attribute-coding")


def _elsewhere(session: Session) -> Iterator[Finding]:
    """Yield a finding for each coding with a case that is not a case of its source."""
    seen = _seen(session)
    for number, source, case in integrity.misattributed(session.store):
        if not seen(number):
            continue
        message = f"has the case {case}, but “{source}” is not about this case."
        yield Finding("open", "attribution", f"coding {number}", message, hint="other-case")


def _identical(session: Session) -> Iterator[Finding]:
    """Yield a finding for each group of names that differ only in capitals, spaces, quotation marks or dashes."""
    store = session.store
    names: list[tuple[str, str, object]] = [("case", label, name_key(label)) for label in case_rows.case_ids(store)]
    names += [("code", path, path_key(path)) for path in session.paths().values()]
    names += [("source", name, name_key(name)) for name in source_rows.source_ids(store)]
    names += [("matrix", name, name_key(name)) for name in matrix_rows.names(store)]
    names += [("coder", name, name_key(name)) for name in study_rows.coders_at_work(store)]
    names += [(f"attribute of {a.of}s", a.name, name_key(a.name)) for a in case_rows.attributes(store)]
    groups: dict[tuple[str, object], list[str]] = {}
    for what, name, key in names:
        groups.setdefault((what, key), []).append(name)
    for (what, _), alike in groups.items():
        if len(alike) > 1:
            shown = listed(map(one_line, alike), 5, quoted=True)
            if what in {"case", "code"}:
                yield Finding(
                    "open", f"{what} name", alike[0], f"{shown} read the same: merge them.", hint="merge-names"
                )
            elif what == "coder":
                message = f"{shown} read the same: give their codings and readings to one of them."
                yield Finding("open", "coder name", alike[0], message, hint="one-coder")
            else:
                message = f"{shown} read the same: rename all but one."
                yield Finding("open", f"{what} name", alike[0], message, hint="rename-items")


def _identical_values(session: Session) -> Iterator[Finding]:
    """Yield a finding for each group of values of an attribute that differ only in their spelling (see `value_key`)."""
    names = {
        "case": case_rows.labels(session.store),
        "source": {number: name for name, number in source_rows.source_ids(session.store).items()},
    }
    for attribute in case_rows.attributes(session.store):
        alike: dict[str, dict[str, list[str]]] = {}
        for owner, value in case_rows.values_of(session.store, attribute).items():
            spelt = alike.setdefault(value_key(attribute.kind, value), {})
            spelt.setdefault(value, []).append(one_line(names[attribute.of][owner], 40))
        for spelt in alike.values():
            if len(spelt) > 1:
                shown = [f"“{one_line(value, 40)}” ({listed(owners, 3)})" for value, owners in spelt.items()]
                message = f"{listed(shown)} read the same: a table has one column for them. Spell them alike."
                yield Finding("open", "attribute value", attribute.name, message, hint="set-attribute")


def _retired(session: Session) -> Iterator[Finding]:
    if "retired" not in {code.status for code in code_rows.codes(session.store)}:
        return  # counting the codings of all codes takes longer
    for code in code_rows.codes(session.store, counts=True, blind=session.blind):
        if code.status == "retired" and code.codings:
            message = f"is retired, and still has {plural(code.codings, 'coding')}."
            yield Finding("open", "retired", code.path, message, hint="retired-codings")


def _due(session: Session) -> Iterator[Finding]:
    """Yield a finding for each source that must be read again for a code."""
    for due in Readings(session).due():
        message = f"read it again for “{one_line(due.code)}”: {one_line(due.because).rstrip('.')}."
        yield Finding("open", DUE, due.source, message, hint="record-reading")


def _matrices(session: Session) -> Iterator[Finding]:
    """Yield a finding for each cell that needs a new judgement, and for each cell with a disagreement of coders.

    A new judgement (a state set by the researcher) is needed if the evidence has changed, or if no evidence was
    stored.
    """
    paths = session.paths()
    for name, number in matrix_rows.names(session.store).items():
        yield from _readable(
            session, f"the matrix “{one_line(str(name), 60)}”", partial(_matrix, session, str(name), number, paths)
        )


def _matrix(session: Session, name: str, number: int, paths: dict[int, str]) -> Iterator[Finding]:
    definition = matrix_rows.definition(session.store, number, paths)
    computing = MatrixInputs(session, narrowed_definition(session, definition, EvidenceFilter()))
    try:
        stale, disputes = computing.stale(), list(computing.disputes())
    except StudyFileError:
        raise
    except (
        SibtuiError
    ) as error:  # a column, or an item in the query of a row, no longer exists: check the other matrices
        yield Finding("open", "matrix", name, str(error), hint=error.hint or "other-columns")
        return
    for row, column, changes in stale:
        message = f"{row}, {column}: changed since it was judged: {changes}."
        yield Finding("open", "stale judgement", name, message, hint="judge-again")
    for dispute in disputes:
        yield Finding("open", "disputed", name, f"{dispute}.", hint="settle-dispute")
    for judgement in definition.judgements:
        if judgement.basis is None:
            yield Finding(
                    "open", "old judgement", name,
                    f"{judgement.row}, {judgement.column}: made with an older sibtui, it knows only its codings: judge it again"
                    " to keep its rule, reading and quotes with it.",
                    hint="judge-again",
                )  # fmt: skip
