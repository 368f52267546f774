"""The pause of the garbage collector."""

from __future__ import annotations

import gc

import pytest

from sibtui.model.gc_pause import gc_paused


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_on_or_off_as_before_after_a_pause_or_an_error(enabled: bool) -> None:
    was = gc.isenabled()
    (gc.enable if enabled else gc.disable)()
    try:
        with gc_paused():
            assert not gc.isenabled()
        assert gc.isenabled() is enabled
        with pytest.raises(KeyError), gc_paused():
            raise KeyError
        assert gc.isenabled() is enabled
    finally:
        (gc.enable if was else gc.disable)()
