"""Files of an import are read a few at a time, and none is left out."""

from __future__ import annotations

import pytest

from sibtui.project.importing import files
from sibtui.project.importing.files import ReadFile, read_ahead


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 7])
def test_files_are_returned_in_order_and_only_a_few_are_read_ahead(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(files, "_AHEAD", 9)
    monkeypatch.setattr(files, "_BATCH", 2)
    read: list[int] = []

    def reading():
        for number in range(count):
            read.append(number)
            yield ReadFile(str(number), size=10)

    coming = read_ahead(reading())
    assert read == list(range(count))[:1]
    for number, file in enumerate(coming):
        assert file.path == str(number)
        assert len(read) <= number + 3
    assert len(read) == count
