"""The folders for the settings, the state and the log of the program."""

from __future__ import annotations

import os
from pathlib import Path


def folder(kind: str) -> Path:
    """Return the folder for the settings, the state or the log. `kind` is "config", "state" or "log".

    The folder is $SIBTUI_CONFIG_DIR if this variable is set, or else the usual folder of the operating system.
    """
    configured = os.environ.get("SIBTUI_CONFIG_DIR")
    if configured:
        return Path(configured)
    from platformdirs import PlatformDirs

    dirs = PlatformDirs("sibtui", appauthor=False)
    return {"config": dirs.user_config_path, "state": dirs.user_state_path, "log": dirs.user_log_path}[kind]
