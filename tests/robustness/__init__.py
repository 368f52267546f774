"""Interruptions and hostile files: kills, full disks, errors of the disk, other writers, mutated inputs. Slow; CI runs them."""
