"""Reading a file with the claims of a paper, such as `claims.toml`."""

from __future__ import annotations

import sibtui
from sibtui.formats.study_folder.claims_toml import read_claims as parse_claims
from sibtui.model.arguments import AnyPath, as_path
from sibtui.project.importing.files import read_bytes


def read_claims(path: AnyPath) -> tuple[sibtui.Claim, ...]:
    """Return the claims in a file such as `claims.toml`. Raises InputError for a file that cannot be read.

    >>> from pathlib import Path
    >>> written = Path("claims.toml").write_text('claim = [{id = "C1", text = "Two themes.", codebook = "themes"}]')
    >>> read_claims("claims.toml")[0].codebook
    'themes'
    """
    file = as_path(path)
    return parse_claims(file.name, read_bytes(file))
