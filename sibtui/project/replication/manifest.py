"""The file `package.toml`, which describes a replication package, and the names of the other files of a package."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.errors import InputError
from sibtui.formats.codec.toml_tables import document, load, table
from sibtui.model.frozen import dataclass
from sibtui.model.text import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

README, SUMS, MANIFEST = "README.md", "SHA256SUMS", "package.toml"
STUDY, TABLES, EVIDENCE, PICTURES = "study", "tables", "evidence", "pictures"
CODEBOOK, CLAIMS, METHODS = "codebook", "claims", "methods"
CODINGS, QDPX, FLAT = "codings.csv", "study.qdpx", "flat.db"
OWN = (
    README, SUMS, MANIFEST, CODINGS, QDPX, FLAT,
    *(f"{stem}.{ending}" for stem in (CODEBOOK, CLAIMS, METHODS) for ending in ("md", "csv")),
    *(f"{folder}/*" for folder in (TABLES, EVIDENCE, PICTURES, STUDY, f"{STUDY}/notes", f"{STUDY}/matrices")),
)  # fmt: skip
"""Patterns for the files that sibtui writes. A new package removes older files that match them."""

_KIND, _VERSION = "sibtui replication package", 1


@dataclass(frozen=True, slots=True)
class ReplicationFacts:
    """The content of `package.toml`, the file that describes a replication package.

    `sibtui` is the version of the program that wrote the package. `notes`, `memos` and `pictures` state whether the
    package has the texts of the sources, the memos, and pictures of the tables. `left_out` lists the parts of the study
    that are not in the package, as pairs (number of items, name of their kind).
    """

    sibtui: str
    notes: bool
    memos: bool
    left_out: tuple[tuple[int, str], ...]
    pictures: bool = False

    def to_toml(self) -> bytes:
        head = table(
            "[package]",
            {
                "kind": _KIND,
                "version": _VERSION,
                "sibtui": self.sibtui,
                "notes": self.notes,
                "memos": self.memos,
                "pictures": self.pictures,
            },
        )
        return document([head, *(table("[[left_out]]", {"count": n, "what": what}) for n, what in self.left_out)])

    @property
    def lines(self) -> Iterator[str]:
        """Yield a line for each kind of item that was left out of the package: the kind, and the number of items."""
        return (f"{what}: {count:,}" for count, what in self.left_out)


def read_manifest(data: bytes) -> ReplicationFacts:
    """Return the facts in `package.toml`. Raises InputError when `data` is not the content of such a file."""
    fields = load(MANIFEST, data)
    head = fields.table("package")
    kind, version = head.text("kind"), head.whole("version", 0)
    if kind != _KIND:
        raise InputError(f"{MANIFEST}: the kind is “{one_line(kind, 60)}”, not “{_KIND}”.")
    if version != _VERSION:
        raise InputError(f"{MANIFEST}: this sibtui reads version {_VERSION} of the package, not version {version}.")
    facts = ReplicationFacts(
        head.text("sibtui"),
        head.flag("notes", default=True),
        head.flag("memos", default=False),
        tuple((each.whole("count", 0), each.text("what")) for each in fields.tables("left_out")),
        head.flag("pictures", default=False),
    )
    head.done()
    fields.done()
    return facts
