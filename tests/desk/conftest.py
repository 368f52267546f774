from tests.small_study import coded, own_settings, study  # noqa: F401 - fixtures
