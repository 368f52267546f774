"""Checks of the file name of an export: a name with the extension of another format is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.model.arguments import AnyPath, as_path
from sibtui.model.text import listed

if TYPE_CHECKING:
    from pathlib import PurePath

DATABASES = (".db", ".sqlite", ".sqlite3")
KNOWN = {
    ".csv": "csv", ".json": "json", ".md": "md", ".html": "html", ".htm": "html", ".tex": "latex", ".docx": "docx",
    ".xlsx": "xlsx", ".toml": "toml", ".qdc": "qdc", ".qdpx": "qdpx", ".db": "sqlite", ".sqlite": "sqlite",
    ".sqlite3": "sqlite", ".sibtui": "study",
} | {
    f".{form}": form
    for form in (
        "pdf", "doc", "docm", "odt", "rtf", "xls", "xlsm", "ods", "ppt", "pptx", "odp", "zip", "gz", "tar", "7z", "rar", "png", "jpg", "jpeg",
        "svg", "gif", "xml", "yaml", "yml", "tsv", "nvp", "nvpx", "mx22", "mx24", "atlproj", "qda", "sav", "rds", "rdata", "mp3", "mp4",
        "wav", "srt", "vtt",
    )
}  # fmt: skip
"""A map: file extension → format, also for formats that sibtui cannot write.

`.txt` is left out, because such a file may have any text format.
"""


def refuse_other_extension(path: AnyPath, *own: str, content: str) -> None:
    """Raise InputError if the path has the extension of another format. An unknown extension is accepted.

    `own` are the extensions of the right format. `content` names the content of the file in the message, for example “a
    REFI-QDA codebook”.
    """
    suffix = as_path(path).suffix.lower()
    if suffix in KNOWN and suffix not in own:
        raise InputError(
            f"{path}: {content} ends in {listed(own, last='or')}, and {suffix} is the extension of another format."
        )


def refuse_file_name(folder: PurePath) -> None:
    """Raise InputError if the name of a new folder has the extension of a file."""
    if has_file_extension(folder):
        raise InputError(f"{folder}: the study is written to a folder, but this name has a file extension.")


def has_file_extension(folder: PurePath) -> bool:
    return folder.suffix.lower() in {*KNOWN, ".txt"}
