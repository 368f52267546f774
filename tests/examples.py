"""Fewer examples where one of them takes long, in proportion to the profile: `--hypothesis-profile thorough` has them all."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

FEWER = settings(
    max_examples=settings.default.max_examples // 5,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
