"""Names of backups and their rotation."""

from __future__ import annotations

from pathlib import Path

import pytest

from sibtui.model.backups import Backup, backup_folder_name, backup_name, parse_backup_name, surplus

AT = "2026-11-29T10:54:44.123Z"


@pytest.mark.parametrize("kind", ["manual", "daily", "upgrade", "restore", "replaced", "damaged"])
def test_the_kind_and_the_time_are_read_from_the_name_of_a_backup(kind) -> None:
    assert parse_backup_name(backup_name(kind, AT)) == (kind, AT)


def test_names_of_backups_of_one_kind_sort_by_time() -> None:
    times = ["2026-11-29T10:54:44.123Z", "2026-11-29T10:54:45.001Z", "2027-01-01T00:00:00.001Z"]
    names = [backup_name("daily", at) for at in times]
    assert names == sorted(names)


def test_a_time_without_a_fraction_has_the_same_form() -> None:
    assert backup_name("manual", "2026-11-29T10:54:44Z") == "20261129-105444-000-manual.sibtui"


@pytest.mark.parametrize(
    "name", ["study.sibtui", "20261129-105444-123-weekly.sibtui", "x20261129-105444-123-daily.sibtui"]
)
def test_a_file_with_another_name_is_not_a_backup(name: str) -> None:
    assert parse_backup_name(name) is None


def test_the_folder_of_a_study_with_a_long_name_has_a_name_that_a_file_system_can_hold() -> None:
    long, other = "ж" * 122 + ".sibtui", "ж" * 121 + "з.sibtui"
    assert len(backup_folder_name(long).encode()) <= 255
    assert backup_folder_name(long) != backup_folder_name(other)
    assert backup_folder_name("a.sibtui") == "a.sibtui.backups"


def backups(*kinds_and_times: str) -> list[Backup]:
    pairs = [each.split() for each in kinds_and_times]
    return [
        Backup(Path(f"{kind}{made}"), kind, made, 1) for kind, made in ((pair[0], "".join(pair[1:])) for pair in pairs)
    ]


def test_the_oldest_backups_of_the_kind_are_surplus() -> None:
    made = backups("daily 3", "daily 1", "manual 0", "daily 2")
    assert [each.made for each in surplus(made, "daily", 2)] == ["1"]
    assert [each.made for each in surplus(made, "daily", 3)] == []


def test_the_newest_backup_is_never_surplus() -> None:
    made = backups("daily 1", "daily 2")
    assert [each.made for each in surplus(made, "daily", 0)] == ["1"]


def test_a_backup_without_a_time_is_never_surplus() -> None:
    assert surplus(backups("upgrade", "upgrade 5"), "upgrade", 1) == []
