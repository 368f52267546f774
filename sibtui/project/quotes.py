"""`project.quotes`: the check of the quotations in a paper."""

from __future__ import annotations

import sibtui
from sibtui.model.arguments import AnyPath, whole
from sibtui.model.progress import Progress
from sibtui.project.shared.base import Noun

FEWEST = 3
"""By default, only quotations with at least this number of words are searched.

Shorter passages in quotation marks are mostly terms.
"""


class Quotes(Noun):
    """`project.quotes`: the check of the quotations in a paper.

    >>> from pathlib import Path
    >>> written = Path("draft.md").write_text("“We open doors and then we get out of the doorway.”", encoding="utf-8")
    >>> project.quotes.check("draft.md").table().rows[0][2:4]
    ('exact', 'b1')
    """

    def check(
        self, draft: AnyPath, *, fewest: int = FEWEST, progress: Progress | None = None
    ) -> sibtui.QuotationReport:
        """Search the sources for each quotation in a draft, and return the results.

        `draft` is a Markdown, LaTeX, Word or plain text file. Quotations of less than `fewest` words are not searched.
        `progress` receives (quotations done, all quotations), and may raise to cancel. Raises InputError for a file
        that cannot be read, OutOfRangeError for a `fewest` below 1.

        >>> from pathlib import Path
        >>> written = Path("draft.md").write_text("“We open gates and then we get out of the doorway.”", encoding="utf-8")
        >>> project.quotes.check("draft.md").quotations[0].difference
        ('“doors” → “gates”',)
        """
        from sibtui.project.papers.draft_file import read_draft
        from sibtui.project.papers.quote_check import QuotationCheck

        fewest = whole("number of words", fewest, 1)
        with self._store.snapshot():
            return QuotationCheck(self._session).report(read_draft(draft), fewest, progress)
