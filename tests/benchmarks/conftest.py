"""What is measured is made and saved as users make and save it."""

import pytest


@pytest.fixture
def quick_studies() -> None:
    """Not here: the time to make a study and to save a change is measured."""
