"""`python watch.py PROGRAM...`: run a program, and print its processor time in ms and its peak memory in MB.

A process of its own, because Linux counts the memory of the parent into the peak of a child.
"""

import os
import sys

child = os.fork()
if child == 0:
    with open(os.devnull, "wb") as nothing:  # noqa: PTH123 - pathlib would be counted
        os.dup2(nothing.fileno(), 1)
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - no shell is wanted
_, status, usage = os.wait4(child, 0)
unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
print((usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / unit)  # noqa: T201
sys.exit(os.waitstatus_to_exitcode(status))
