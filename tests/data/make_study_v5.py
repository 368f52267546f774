"""Make study-v5.sibtui, a small study file of schema version 5.

It ran once, with the last code that made version 5 files (commit 743451e). The file holds the content of study-v2.sibtui, an
undecided coding, and a matrix of some kinds and coders.

    python tests/data/make_study_v5.py
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.data.old_study import add_fields_of_version_2, add_fields_of_version_4, make_study


def main() -> None:
    make_study(5, fields=(add_fields_of_version_2, add_fields_of_version_4))


if __name__ == "__main__":
    main()
