"""The number of examples of a property, in proportion to the profile: a default run has a quarter of them, CI has all (`conftest.py`)."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

FULL = 100
"""The examples of a property without settings of its own, in CI."""


def examples(number: int) -> settings:
    """Return the settings of a property that has this number of examples in CI. One example may take long."""
    return settings(
        max_examples=max(2, number * settings.default.max_examples // FULL),
        suppress_health_check=[
            HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large,
        ],
    )  # fmt: skip


FEWER = examples(FULL // 5)
"""Fewer examples, where one of them takes long."""
