"""The options that narrow codings, for every command that takes them."""

from __future__ import annotations

from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from sibtui.cli import completing
from sibtui.model.filters import CodingFilter
from sibtui.model.records import CERTAINTIES, KINDS, STANCES

if TYPE_CHECKING:
    from collections.abc import Callable


def coding_filters(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the filters of codings; it gets them as `wanted`, a `CodingFilter`."""

    @click.option("--code", "codes", multiple=True, shell_complete=completing.codes, help="Of this code.")
    @click.option("--no-subcodes", is_flag=True, help="Not of the codes under it.")
    @click.option("--case", "cases", multiple=True, shell_complete=completing.cases, help="That speak of this case.")
    @click.option("--source", "sources", multiple=True, shell_complete=completing.sources, help="In this source.")
    @click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="In sources of this kind.")
    @click.option("--coder", "coders", multiple=True, shell_complete=completing.coders, help="By this coder.")
    @click.option("--stance", type=click.Choice(STANCES), help="That support, or that counter.")
    @click.option("--certainty", type=click.Choice(CERTAINTIES), help="That are firm, or tentative.")
    @click.option("--text", default="", metavar="WORDS", help="With these words in the quote or the memo.")
    @click.option("--unattributed", is_flag=True, help="That wait for their case.")
    @wraps(command)
    def filtered(
        *args: Any,
        codes: tuple[str, ...],
        no_subcodes: bool,
        cases: tuple[str, ...],
        sources: tuple[str, ...],
        kinds: tuple[Any, ...],
        coders: tuple[str, ...],
        stance: Any,
        certainty: Any,
        text: str,
        unattributed: bool,
        **options: Any,
    ) -> Any:
        wanted = CodingFilter(
            codes=codes,
            subcodes=not no_subcodes,
            cases=cases,
            sources=sources,
            kinds=kinds,
            coders=coders,
            stance=stance,
            certainty=certainty,
            text=text,
            unattributed=unattributed,
        )
        return command(*args, wanted=wanted, **options)

    return filtered
