"""The file methods.toml of a study folder: the author's answers to the items of a reporting standard.

A reporting standard, such as COREQ, lists the facts that a paper should report about its methods.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.codec.toml_tables import document, load, table
from sibtui.model.drafts import MethodAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sibtui.formats.codec.toml_tables import Fields


def read_answers(name: str, data: bytes) -> tuple[MethodAnswer, ...]:
    """Return the answers in a file. Raises InputError, which names the file and the faulty entry."""
    fields = load(name, data)
    answers = tuple(_answer(each) for each in fields.tables("answer"))
    fields.done()
    return answers


def write_answers(answers: Iterable[MethodAnswer]) -> bytes:
    return document([table("[[answer]]", {"item": each.item, "text": each.text, "id": each.uid}) for each in answers])


def _answer(fields: Fields) -> MethodAnswer:
    answer = MethodAnswer(fields.needed("item"), fields.needed("text"), fields.text("id"))
    fields.done()
    return answer
