"""Reading a draft of a paper: Markdown, LaTeX, plain text, or a Word document."""

from __future__ import annotations

from sibtui.errors import InputError
from sibtui.formats.codec.encodings import decode
from sibtui.formats.registry import read_source
from sibtui.model.arguments import AnyPath, as_path
from sibtui.model.frozen import dataclass
from sibtui.model.quotations.marks import DraftForm
from sibtui.project.importing.files import read_bytes

_FORMS: dict[str, DraftForm] = {
    ".md": "md", ".markdown": "md", ".txt": "md", ".text": "md", ".qmd": "md", ".rmd": "md", ".tex": "tex", ".ltx": "tex",
    ".docx": "docx", ".odt": "docx",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """A draft of a paper. In the text of a Word document, an empty line separates two paragraphs."""

    name: str
    text: str
    form: DraftForm

    @property
    def unit(self) -> str:
        """The word for the units that `place` counts: “line”, or “paragraph” for a Word document."""
        return "paragraph" if self.form == "docx" else "line"

    def place(self, line: int) -> int:
        """Convert the number of a line in `text` to the number that messages show.

        For a Word document, messages show the number of the paragraph. Each paragraph is one line in `text`, and an
        empty line follows it. For any other draft, the number stays the same.

        >>> PaperDraft("draft.docx", "One. Two.", "docx").place(3)
        2
        """
        return (line + 1) // 2 if self.form == "docx" else line


def read_draft(path: AnyPath) -> PaperDraft:
    """Return the draft in a file. Raises InputError for a file that cannot be read."""
    file = as_path(path)
    form = _FORMS.get(file.suffix.lower())
    if form is None:
        raise InputError(
            f"{file.name} is not a draft that can be read: its extension must be one of {' '.join(_FORMS)}."
        )
    data = read_bytes(file)
    if form != "docx":
        return PaperDraft(file.name, decode(data, None, name=file.name).text.replace("\r\n", "\n"), form)
    text = "\n".join(source.text for source in read_source(file.name, data))
    return PaperDraft(file.name, "\n\n".join(line for line in text.split("\n") if line.strip()), form)
