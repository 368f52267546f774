from tests.small_study import coded, own_settings, study, study_file  # noqa: F401 - fixtures
