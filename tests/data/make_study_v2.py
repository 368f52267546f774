"""Make study-v2.sibtui, a small study file of schema version 2.

It ran once, with the last code that made version 2 files (commit 8549314). The file holds the content of study-v1.sibtui, and the
fields that version 2 added.

    python tests/data/make_study_v2.py
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.data.old_study import add_fields_of_version_2, make_study


def main() -> None:
    make_study(2, fields=(add_fields_of_version_2,))


if __name__ == "__main__":
    main()
