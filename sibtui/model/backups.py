"""Backups of a study: their kinds, their names, and the choice of old backups to remove."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, cast

from sibtui.model.frozen import dataclass

BackupKind = Literal["manual", "daily", "upgrade", "restore", "replaced", "damaged"]
"""The reason for a backup.

manual: a command of the user. daily: once a day. upgrade: before an upgrade of the file. restore: before a backup replaces an undamaged
study. replaced: another program replaced the file of an open study. damaged: before a backup replaces a damaged study. A damaged backup is
not verified: it is a copy of the damaged file, byte by byte.
"""
BACKUP_REASONS: dict[BackupKind, str] = {
    "manual": "by command",
    "daily": "daily",
    "upgrade": "before an upgrade of the file",
    "restore": "before a restore",
    "replaced": "state on the screen when another program replaced the file",
    "damaged": "damaged file, before a restore",
}
"""A map: kind of a backup → words for the reason why the backup was made."""
KEPT = 7
"""The default number of backups that are kept of each kind."""
_SUFFIX = ".sibtui"
_NAME = re.compile(
    r"(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-(\d{3})-(manual|daily|upgrade|restore|replaced|damaged)\.sibtui"
)
_MOST_BYTES = 255
"""The largest length of a file name, in bytes, that most file systems allow."""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup of a study. `made` is a time in UTC; it is empty for backups that older versions of sibtui made. `size` is in bytes."""

    path: Path
    kind: BackupKind
    made: str
    size: int


def backup_folder_name(study: str) -> str:
    """Return the name of the folder for the backups of a study. `study` is the name of the study file.

    >>> backup_folder_name("study.sibtui")
    'study.sibtui.backups'
    """
    name = f"{study}.backups"
    if len(name.encode(errors="surrogateescape")) <= _MOST_BYTES:
        return name
    digest = hashlib.sha256(study.encode(errors="surrogateescape")).hexdigest()[:12]
    return f"{study[:40]}-{digest}.backups"


def backup_name(kind: BackupKind, at: str) -> str:
    """Return the file name of a backup. `at` is the time of the backup in UTC, with milliseconds.

    >>> backup_name("daily", "2026-11-29T10:54:44.123Z")
    '20261129-105444-123-daily.sibtui'
    """
    digits = re.sub(r"\D", "", at)
    return f"{digits[:8]}-{digits[8:14]}-{digits[14:17].ljust(3, '0')}-{kind}{_SUFFIX}"


def parse_backup_name(name: str) -> tuple[BackupKind, str] | None:
    """Return (kind, time) from the file name of a backup; None if the name is not that of a backup.

    >>> parse_backup_name("20261129-105444-123-daily.sibtui")
    ('daily', '2026-11-29T10:54:44.123Z')
    """
    found = _NAME.fullmatch(name)
    if found is None:
        return None
    year, month, day, hour, minute, second, fraction, kind = found.groups()
    return cast("BackupKind", kind), f"{year}-{month}-{day}T{hour}:{minute}:{second}.{fraction}Z"


def surplus(backups: Iterable[Backup], kind: BackupKind, keep: int) -> list[Backup]:
    """Return the backups of this kind that must be removed: all except the newest `keep`.

    At least one backup is kept, even if `keep` is 0. A backup without a time is never removed.
    """
    dated = sorted((each for each in backups if each.kind == kind and each.made), key=lambda each: each.made)
    return dated[: -max(1, keep)]
