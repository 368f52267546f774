"""Agreement of two coders by qdapy, which is no dependency of ours: run this file with a Python that has qdapy.

It reads a .qdpx file and writes, as JSON, the figures of each code among the segments that a coder has marked. Further arguments are the
coders to compare.
"""

from __future__ import annotations

import json
import sys
import warnings

warnings.simplefilter("ignore")

from qdapy import agreement, qdpx  # noqa: E402  # after the filter of warnings


def main(path: str, *coders: str) -> None:
    project = qdpx.read_qdpx(path)
    fragments = project.fragments
    if coders:
        fragments = fragments[fragments["codedBy"].isin(coders)]
    codes = {}
    for code in sorted(set(fragments["code"])):
        matrix = agreement.units_binary(fragments, code)
        codes[code] = {
            "units": len(matrix),
            "percent": agreement.percent_agreement(matrix),
            "kappa": agreement.kappa(matrix),
            "alpha": agreement.alpha(matrix),
        }
    units = agreement.units(fragments)
    which = {"kappa": agreement.kappa(units), "alpha": agreement.alpha(units)}
    sys.stdout.write(json.dumps({"coders": project.coders, "codes": codes, **which}))


if __name__ == "__main__":
    main(*sys.argv[1:])
