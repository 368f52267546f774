"""The classes of the screen."""

from __future__ import annotations

import importlib
import pkgutil

from textual.message_pump import MessagePump

from sibtui import tui


def ours() -> list[type]:
    """Return every class of the package that Textual runs."""
    modules = [importlib.import_module(found.name) for found in pkgutil.walk_packages(tui.__path__, "sibtui.tui.")]
    found = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, MessagePump) and value.__module__ == module.__name__
    }
    return sorted(found, key=lambda kind: kind.__qualname__)
