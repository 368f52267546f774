"""Points of saturation by qdapy, which is no dependency of ours: run this file with a Python that has qdapy.

The argument is a JSON list of [new codes per interview, base, run, threshold in percent]. It writes the points as a JSON list of texts or null.
"""

from __future__ import annotations

import json
import sys
import warnings

warnings.simplefilter("ignore")

from qdapy import saturation_ratio  # noqa: E402  # after the filter of warnings


def main(cases: str) -> None:
    points = [
        saturation_ratio(new, base_size=base, run_length=run, threshold=percent / 100)["notation"]
        for new, base, run, percent in json.loads(cases)
    ]
    sys.stdout.write(json.dumps(points))


if __name__ == "__main__":
    main(*sys.argv[1:])
