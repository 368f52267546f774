"""Rows that describe the package from which a study was made.

A package is a part of another study, made for a colleague who codes it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.model.records import Package

if TYPE_CHECKING:
    from sibtui.store.connection import Store


def package(store: Store) -> Package | None:
    """Return the description of the package from which this study was made; None if it was not made from a package."""
    row = store.query("SELECT coder, act, digest, made FROM packages").fetchone()
    if row is None:
        return None
    coder, act, digest, made = row
    uids = store.query("SELECT uid FROM package_sources ORDER BY id").fetchall()
    return Package(coder, act, digest, made, tuple(uid for (uid,) in uids))


def put(store: Store, found: Package) -> None:
    """Store the description of a package (a part of another study) in the new study that is made from it."""
    store.change(
        "INSERT INTO packages (id, coder, act, digest, made) VALUES (1, ?, ?, ?, ?)",
        (found.coder, found.act, found.digest, found.made),
    )
    store.change_many("INSERT INTO package_sources (uid) VALUES (?)", ((uid,) for uid in dict.fromkeys(found.sources)))
