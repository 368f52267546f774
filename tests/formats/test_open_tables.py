"""Tables of codings that are read from an open file."""

from __future__ import annotations

import io

import pytest

from sibtui.formats.other_programs.coding_table_reader import read_coding_table

TABLES = {
    "UTF-8": "source,code,quote\na1,Trust,“naïve”\n".encode(),
    "a byte order mark": "\ufeffsource,code,quote\na1,Trust,“naïve”\n".encode(),
    "Windows": "source,code,quote\r\na1,Trust,“naïve”\r\n".encode("cp1252"),
    "UTF-16": "source,code,quote\na1,Trust,“naïve”\n".encode("utf-16"),
    "an old Mac": "source,code,quote\ra1,Trust,“naïve”\r".encode(),
    "other columns": "document,label,text\na1,Trust,“naïve”\n".encode(),
    "a row that is no CSV": b'source,code,quote\na1,Trust,"x"y\na1,Trust,z\n',
}


@pytest.mark.parametrize("kind", TABLES)
def test_an_open_file_has_the_codings_of_its_bytes(kind: str) -> None:
    tables = [read_coding_table("a.csv", each) for each in (TABLES[kind], io.BytesIO(TABLES[kind]))]
    drafts = [list(table.drafts) for table in tables]
    assert drafts[0] == drafts[1]
    assert len(drafts[0]) == (2 if kind == "a row that is no CSV" else 1)
    assert tables[0].warnings == tables[1].warnings
