"""Everything in a study that people wrote: texts of sources, memos, names, attribute values, reasons of judgements.

The replacement of names searches these texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sibtui.model.scan import WrittenText

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sibtui.store.connection import Store


class WrittenColumn(NamedTuple):
    """A database column with texts that people wrote.

    `place` is a phrase for the kind of text, such as "memo title". `query` is the SQL that reads the column, as (row
    id, name of the item with the text, text).
    """

    table: str
    column: str
    place: str
    query: str


_OF_SOURCE = "FROM {} t JOIN sources s ON s.id = t.source_id"
_WORDS = "JOIN attributes a ON a.id = t.attribute_id AND a.kind = 'text'"
_OF_MATRIX = "FROM {} t JOIN matrices m ON m.id = t.matrix_id"
_OF_CELL = "FROM {} t JOIN matrix_rows r ON r.id = t.row_id JOIN matrices m ON m.id = r.matrix_id"

CURRENT_TEXTS = WrittenColumn(
    "texts", "text", "text",
    f"SELECT t.id, s.name, t.text {_OF_SOURCE.format('texts')}"
    " WHERE t.version = (SELECT max(version) FROM texts WHERE source_id = s.id) ORDER BY s.position, s.id",
)  # fmt: skip
COLUMNS = (
    WrittenColumn("project", "name", "study name", "SELECT id, '', name FROM project"),
    WrittenColumn("project", "description", "study description", "SELECT id, '', description FROM project"),
    WrittenColumn("project", "agreement", "study agreement", "SELECT id, '', agreement FROM project"),
    WrittenColumn("sources", "name", "source name", "SELECT id, name, name FROM sources ORDER BY position, id"),
    WrittenColumn("sources", "title", "source title", "SELECT id, name, title FROM sources ORDER BY position, id"),
    WrittenColumn("attributes", "name", "attribute name", "SELECT id, owner, name FROM attributes ORDER BY position, id"),
    WrittenColumn(
        "source_values", "value", "attribute",
        f"SELECT t.id, s.name, t.value {_OF_SOURCE.format('source_values')} {_WORDS} ORDER BY s.position, s.id, t.id",
    ),
    WrittenColumn("cases", "label", "case name", "SELECT id, label, label FROM cases ORDER BY position, id"),
    WrittenColumn(
        "case_values", "value", "attribute",
        f"SELECT t.id, c.label, t.value FROM case_values t JOIN cases c ON c.id = t.case_id {_WORDS} ORDER BY c.position, c.id, t.id",
    ),
    WrittenColumn("codes", "name", "code name", "SELECT id, name, name FROM codes ORDER BY position, id"),
    *(
        WrittenColumn("codes", column, f"code {column}", f"SELECT id, name, {column} FROM codes ORDER BY position, id")
        for column in ("definition", "include", "exclude", "example")
    ),
    *(
        WrittenColumn(
            "lineage", column, f"earlier code {word}",
            f"SELECT t.id, c.name, t.{column} FROM lineage t JOIN codes c ON c.id = t.code_id ORDER BY t.id",
        )
        for column, word in (("path", "name"), ("definition", "definition"), ("note", "note"))
    ),
    WrittenColumn("codings", "memo", "coding memo", "SELECT id, 'coding ' || id, memo FROM codings WHERE memo <> '' ORDER BY id"),
    *(
        WrittenColumn(
            "codings", column, "undecided quote",
            f"SELECT c.id, 'coding ' || c.id, c.{column} FROM codings c JOIN undecided u ON u.coding_id = c.id ORDER BY c.id",
        )
        for column in ("before", "quote", "after")
    ),
    WrittenColumn("memos", "title", "memo title", "SELECT id, 'memo ' || id, title FROM memos ORDER BY id"),
    WrittenColumn("memos", "text", "memo", "SELECT id, 'memo ' || id, text FROM memos ORDER BY id"),
    WrittenColumn("rounds", "name", "round name", "SELECT id, 'round ' || number, name FROM rounds ORDER BY id"),
    *(
        WrittenColumn("proposals", column, f"proposal {word}", f"SELECT id, path, {column} FROM proposals ORDER BY id")
        for column, word in (("path", "name"), ("definition", "definition"), ("reason", "reason"))
    ),
    WrittenColumn("queries", "name", "query name", "SELECT id, name, name FROM queries ORDER BY position, id"),
    WrittenColumn("queries", "expression", "query", "SELECT id, name, expression FROM queries ORDER BY position, id"),
    WrittenColumn("source_sets", "name", "name of a set", "SELECT id, name, name FROM source_sets ORDER BY position, id"),
    WrittenColumn("summaries", "text", "summary", "SELECT id, 'summary ' || id, text FROM summaries ORDER BY id"),
    *(
        WrittenColumn("claims", column, word, f"SELECT id, key, {column} FROM claims ORDER BY position, id")
        for column, word in (
            ("key", "claim id"), ("text", "claim"), ("place", "place of a claim"),
            ("facts", "facts of a claim"), ("human", "reason for a claim"),
        )
    ),
    *(
        WrittenColumn("method_answers", column, word, f"SELECT id, item, {column} FROM method_answers ORDER BY position, id")
        for column, word in (("item", "item of the methods"), ("text", "answer about the methods"))
    ),
    WrittenColumn("matrices", "name", "table name", "SELECT id, name, name FROM matrices ORDER BY position, id"),
    WrittenColumn("matrices", "title", "table title", "SELECT id, name, title FROM matrices ORDER BY position, id"),
    WrittenColumn(
        "matrix_columns", "label", "table column", f"SELECT t.id, m.name, t.label {_OF_MATRIX.format('matrix_columns')} WHERE m.columns LIKE '%attribute:%' ORDER BY t.id"
    ),
    WrittenColumn("matrix_rows", "label", "table row", f"SELECT t.id, m.name, t.label {_OF_MATRIX.format('matrix_rows')} ORDER BY t.id"),
    WrittenColumn("matrix_rows", "note", "table note", f"SELECT t.id, m.name, t.note {_OF_MATRIX.format('matrix_rows')} ORDER BY t.id"),
    WrittenColumn("matrix_notes", "text", "table note", f"SELECT t.id, m.name, t.text {_OF_CELL.format('matrix_notes')} ORDER BY t.id"),
    WrittenColumn("judgements", "because", "judgement", f"SELECT t.id, m.name, t.because {_OF_CELL.format('judgements')} ORDER BY t.id"),
)  # fmt: skip
"""The columns with texts that people wrote, except the texts of sources and the private names of cases.

Private names are left out, because they are allowed to identify a person.
"""
FILE_NAMES = WrittenColumn(
    "texts", "original", "file name",
    f"SELECT t.id, s.name, t.original {_OF_SOURCE.format('texts')}"
    " WHERE t.original <> '' AND t.version = (SELECT max(version) FROM texts WHERE source_id = s.id) ORDER BY s.position, s.id",
)  # fmt: skip


def written(store: Store, columns: tuple[WrittenColumn, ...], paths: Mapping[int, str]) -> Iterator[WrittenText]:
    """Yield the texts in these columns, except empty texts. `paths` maps code ids to codebook paths."""
    for each in columns:
        for number, name, text in store.stream(each.query):
            where = paths.get(number, name) if each.table == "codes" else name
            if text:
                yield WrittenText(each.place, where, text, each.table, each.column, number)


def set_written(store: Store, written: WrittenText, text: str) -> None:
    """Store `text` in the row and column of `written`, in place of the present text."""
    store.change(f'UPDATE {written.table} SET "{written.column}" = ? WHERE id = ?', (text, written.row))


def bases(store: Store) -> list[tuple[str, int, str]]:
    """Return (table, id, evidence as JSON) of each judgement and summary that has evidence, ordered by table and id.

    The table is "judgements" or "summaries".
    """
    return store.query(
        "SELECT 'judgements', id, basis FROM judgements WHERE basis <> ''"
        " UNION ALL SELECT 'summaries', id, basis FROM summaries WHERE basis <> '' ORDER BY 1, 2"
    ).fetchall()


def set_basis(store: Store, table: str, number: int, basis: str) -> None:
    store.change(f"UPDATE {table} SET basis = ? WHERE id = ?", (basis, number))


def applied_before(store: Store, verbs: tuple[str, str]) -> bool:
    """Return whether the history has an entry with one of these two verbs. Undone entries do not count."""
    return store.scalar("SELECT 1 FROM acts WHERE verb IN (?, ?) AND state = 'done'", verbs) is not None


def judged_quotes(store: Store) -> Iterator[WrittenText]:
    """Yield the quotes that are stored as evidence for judgements and summaries of matrix cells."""
    import json

    for table, place, query in (
        ("judgements", "judged quote", f"SELECT t.id, m.name, t.basis {_OF_CELL.format('judgements')} WHERE json_valid(t.basis) ORDER BY t.id"),
        ("summaries", "summarised quote", "SELECT id, 'summary ' || id, basis FROM summaries WHERE json_valid(basis) ORDER BY id"),
    ):  # fmt: skip
        for number, name, basis in store.stream(query):
            quotes = json.loads(basis).get("quotes", ())
            texts = (quote.get(part, "") for quote in quotes for part in ("before", "quote", "after"))
            yield WrittenText(place, name, "\n\n".join(texts), table, "basis", number)


def first_texts(store: Store) -> Iterator[WrittenText]:
    """Yield the first version of each source's text. A source whose old versions were erased is left out."""
    for name, text in store.stream(
        f"SELECT s.name, t.text {_OF_SOURCE.format('texts')}"
        " WHERE t.version = (SELECT min(version) FROM texts WHERE source_id = s.id)"
        " AND s.uid NOT IN (SELECT uid FROM erasures WHERE kind = 'older texts') ORDER BY s.position, s.id"
    ):
        yield WrittenText("text", name, text)


_EARLIER = (
    " WHERE t.version < (SELECT max(version) FROM texts WHERE source_id = s.id) ORDER BY s.position, s.id, t.version"
)


def older(store: Store) -> Iterator[WrittenText]:
    """Yield the old versions of the texts of sources. The field `row` is the id of the source.

    If a version was made from a file, the name of the file is yielded after the version.
    """
    for number, source, version, text, original in store.stream(
        f"SELECT s.id, s.name, t.version, t.text, t.original {_OF_SOURCE.format('texts')} {_EARLIER}"
    ):
        yield WrittenText("text", f"version {version} of {source}", text, "sources", "", number)
        if original:
            yield WrittenText("file name", f"version {version} of {source}", original, "sources", "", number)


def recorded(store: Store) -> Iterator[WrittenText]:
    """Yield the texts in the history:

    - the texts and notes of codings whose import was undone;
    - the summaries of the entries;
    - the texts in images (earlier states of rows).
    """
    import json

    for coding, quote, memo in store.stream("SELECT id, quote, memo FROM kept_codings ORDER BY id"):
        yield WrittenText("record", f"undone coding {coding}", f"{quote}\n\n{memo}")
    for act, summary in store.stream("SELECT id, summary FROM acts ORDER BY id"):
        yield WrittenText("summary", f"change {act}", summary)
    for act, image in store.stream(
        "SELECT act, image FROM images WHERE image IS NOT NULL AND json_valid(image) ORDER BY id"
    ):
        values = json.loads(image)
        if isinstance(values, dict):
            texts = [value for value in values.values() if isinstance(value, str)]
            yield WrittenText("record", f"change {act}", "\n\n".join(texts))
