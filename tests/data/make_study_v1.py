"""Make study-v1.sibtui, a small study file of schema version 1.

It ran once, with sibtui as it was on 2026-11-28 (commit 5c5979c), the last code that made version 1 files.

    python tests/data/make_study_v1.py
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.data.old_study import make_study


def main() -> None:
    make_study(1)


if __name__ == "__main__":
    main()
