"""The README of a replication package: a list of the files, how to make the tables from them, and what was left out."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.model.text import line_in_file, listed, plural
from sibtui.project.replication.manifest import (
    CLAIMS,
    CODEBOOK,
    CODINGS,
    EVIDENCE,
    FLAT,
    MANIFEST,
    METHODS,
    PICTURES,
    QDPX,
    STUDY,
    SUMS,
    TABLES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sibtui.project import Project
    from sibtui.project.replication.manifest import ReplicationFacts

_MASKED = (
    "The words of the notes are left out. Each character of a text but the ends of lines is an `x`, so that the codings"
    " keep their places: `start` and `end` count characters from 0. Quotes of the notes in other texts are `[…]`. Names"
    " of codes, cases, sources, coders, rows and columns are as in the study."
)


def readme(rebuilt: Project, facts: ReplicationFacts, stems: Mapping[str, str]) -> str:
    """Return the README of a package in Markdown.

    `rebuilt` is the study that was made from the files of the package. `stems` is a map: name of a table → name of its
    files without the extension.
    """
    return "\n".join(
        (*_head(rebuilt, facts), "", *_files(rebuilt, facts, stems), "", *_tables(stems), "", *_end(facts))
    )


def _head(rebuilt: Project, facts: ReplicationFacts) -> Iterator[str]:
    study = rebuilt.study
    yield f"# Replication package: {_plain(study.name)}"
    yield ""
    yield "This folder has the data of a qualitative study, and the tables that are computed from the data. It was"
    yield f"written by sibtui {facts.sibtui}. You can read it without sibtui. With sibtui, you can compute the tables again."
    if study.description:
        yield ""
        yield f"> {_plain(study.description)}"
    sources, cases = len(rebuilt.sources.names()), len(rebuilt.cases.list())
    codes, codings = len(rebuilt.codes.list()), rebuilt.codings.count()
    yield ""
    yield f"It has {plural(sources, 'source')}, {plural(cases, 'case')}, {plural(codes, 'code')} and {plural(codings, 'coding')}."
    coders = [_plain(coder.name) for coder in rebuilt.coders]
    yield f"Coders: {listed(coders, 20) if coders else 'none'}."


def _files(rebuilt: Project, facts: ReplicationFacts, stems: Mapping[str, str]) -> Iterator[str]:
    yield "## Files"
    yield ""
    yield "| file | content |"
    yield "| --- | --- |"
    for name, content in _contents(rebuilt, facts, stems):
        yield f"| {name} | {content} |"


def _contents(rebuilt: Project, facts: ReplicationFacts, stems: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    texts = "the text of each source" if facts.notes else "a mask of the text of each source, with its length"
    yield f"`{STUDY}/`", "the study as plain text: the data from which all other files are made"
    if rebuilt.sources.names():
        yield f"`{STUDY}/notes/`", texts
        yield f"`{STUDY}/codings.csv`", "the codings, in the form that sibtui reads"
    if rebuilt.codes.list():
        yield f"`{STUDY}/codebook.toml`", "the codebook, in the form that sibtui reads"
    if stems:
        yield (
            f"`{STUDY}/matrices/`",
            "the definition of each table: its rows with their codes, its columns, its thresholds",
        )
        yield f"`{TABLES}/`", "each table as it is printed, in Markdown and in CSV"
        yield f"`{EVIDENCE}/`", "the codings behind each cell of each table, in Markdown and in CSV"
    if facts.pictures:
        yield f"`{PICTURES}/`", "a picture of each table, shaded by the numbers of quotes"
    yield f"`{CODEBOOK}.md`, `{CODEBOOK}.csv`", "the codebook for readers, and for programs"
    yield f"`{CODINGS}`", "the codings, one per row"
    if rebuilt.claims.list():
        yield f"`{CLAIMS}.md`, `{CLAIMS}.csv`", "the claims of the paper, and whether the tables bear them out"
    yield f"`{METHODS}.md`, `{METHODS}.csv`", "the figures for the methods section"
    yield f"`{QDPX}`", "the study as a REFI-QDA project, for NVivo, ATLAS.ti, MAXQDA, QualCoder and others"
    yield f"`{FLAT}`", "the study as an SQLite database; its table `about` describes each column"
    yield f"`{MANIFEST}`", "the version of sibtui, and what was left out"
    yield f"`{SUMS}`", "the SHA-256 checksum of each other file"


def _tables(stems: Mapping[str, str]) -> Iterator[str]:
    yield "## Check the package and compute the tables again"
    yield ""
    yield "Open a terminal in this folder. This command compares each file with its checksum:"
    yield ""
    yield f"    sha256sum -c {SUMS}"
    yield ""
    yield f"This command does so too. Then it makes a study from `{STUDY}/`, computes each table and each other file from it,"
    yield "and compares them with the files here:"
    yield ""
    yield "    sibtui package verify ."
    if not stems:
        return
    name, stem = next(iter(stems.items()))
    yield ""
    yield "A table has one row per line of its definition. A row counts the codings with its codes. Each coding is about one"
    yield "case or several, and supports its code or counters it, firmly or tentatively. A cell gets its mark when enough firm"
    yield "codings from enough sources support it: the thresholds are `min_quotes` and `min_sources` in the definition. A"
    yield "judgement in the definition replaces the computed mark, and has its reason. To do these steps one by one:"
    yield ""
    yield f"    sibtui new ../rebuilt.sibtui --from {STUDY}"
    yield f"    sibtui -p ../rebuilt.sibtui matrix show --format csv -o ../rebuilt.csv {_argument(name)}"
    yield f"    diff ../rebuilt.csv {_argument(f'{TABLES}/{stem}.csv')}"
    yield f"    sibtui -p ../rebuilt.sibtui matrix evidence {_argument(name)}"
    yield ""
    yield "Without sibtui, the database shows the codings behind the tables:"
    yield ""
    yield f"""    sqlite3 {FLAT} 'SELECT code, "case", count(*) FROM quotes_by_code GROUP BY code, "case"'"""
    yield f"    sqlite3 {FLAT} 'SELECT * FROM cells'"


def _end(facts: ReplicationFacts) -> Iterator[str]:
    yield "## What was left out"
    yield ""
    if not facts.notes:
        yield _MASKED
        yield ""
    yield from (f"- {line}" for line in facts.lines)
    if not facts.left_out:
        yield "Nothing."
    yield ""


def _plain(text: str) -> str:
    """Return a text on one line, with its special characters escaped for Markdown."""
    return re.sub(r"([\\`*_<>\[\]|#])", r"\\\1", line_in_file(text))


def _argument(text: str) -> str:
    """Return a text as the last argument of a command, in quotation marks if needed.

    A text that begins with a hyphen, such as “-x”, gets `--` before it, so that it is not read as an option.
    """
    from shlex import quote

    return f"-- {quote(text)}" if text.startswith("-") else quote(text)
