"""The clipboard, with test programs that write their input to a file."""

from __future__ import annotations

import os
import stat
import sys
from typing import TYPE_CHECKING

import pytest

from sibtui.workspace import clipboard

if TYPE_CHECKING:
    from pathlib import Path

programs = clipboard.programs  # as it is before a fixture replaces it
TEXT = "“Zoë’s 第一”\n😀"
DESKTOPS = [
    ("linux", {"DISPLAY": ":0"}, ["xclip", "xsel"]),
    ("linux", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "w", "XDG_RUNTIME_DIR": "/r"}, ["xclip", "xsel", "wl-copy"]),
    ("linux", {"WAYLAND_DISPLAY": "w", "XDG_RUNTIME_DIR": "/r", "TMUX": "t"}, ["wl-copy", "tmux", "tmux"]),
    ("linux", {"WSL_DISTRO_NAME": "Debian"}, ["clip.exe"]),
    ("linux", {"TMUX": "t"}, ["tmux", "tmux"]),
    ("linux", {}, []),
    ("win32", {}, ["clip.exe"]),
    ("darwin", {"TMUX": "t"}, ["pbcopy", "tmux", "tmux"]),
    ("darwin", {"TMUX": "t", "SSH_TTY": "x"}, ["tmux", "tmux"]),
    ("linux", {"DISPLAY": "localhost:10", "SSH_CONNECTION": "x", "WAYLAND_DISPLAY": "w", "XDG_RUNTIME_DIR": "/r"}, ["xclip", "xsel"]),
]  # fmt: skip


@pytest.mark.parametrize(("platform", "environment", "expected"), DESKTOPS)
def test_the_programs_offered_reach_the_users_own_clipboard(platform, environment, expected):
    assert [each.name for each in programs(environment, platform)] == expected


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Install a program with this name. The program writes its input to a file, and fails on request."""
    monkeypatch.setattr(clipboard, "programs", programs)
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "TMUX", "SSH_CONNECTION", "SSH_TTY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}/bin{os.pathsep}/usr/bin")
    monkeypatch.setattr("shutil.which", lambda name: str(folder / name) if (folder / name).exists() else None)

    def install(name: str, *, status: int = 0, script: str = "") -> Path:
        kept = tmp_path / f"{name}.kept"
        program = folder / name
        program.write_text(f'#!/bin/sh\ncat > "{kept}"\n{script}\nexit {status}\n')
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        return kept

    return install


@pytest.mark.skipif(sys.platform != "linux", reason="the programs of other systems are found by their platform")
class TestCopying:
    def test_the_first_installed_program_takes_the_text(self, system, monkeypatch):
        monkeypatch.setenv("DISPLAY", ":0")
        kept = system("xsel")
        assert clipboard.copy(TEXT) == "xsel"
        assert kept.read_text(encoding="utf-8") == TEXT

    def test_if_a_program_fails_the_next_program_is_tried(self, system, monkeypatch):
        monkeypatch.setenv("DISPLAY", ":0")
        monkeypatch.setenv("TMUX", "t")
        system("xclip", status=1)
        kept = system("tmux")
        assert clipboard.copy(TEXT) == "tmux"
        assert kept.read_text(encoding="utf-8") == TEXT

    def test_if_a_program_never_ends_the_next_program_is_tried(self, system, monkeypatch):
        monkeypatch.setattr(clipboard, "_PATIENCE", 0.2)
        monkeypatch.setenv("DISPLAY", ":0")
        system("xclip", script="exec sleep 60")
        system("xsel")
        assert clipboard.copy(TEXT) == "xsel"

    def test_the_text_given_to_wl_copy_stays_in_memory(self, system, monkeypatch, tmp_path):
        monkeypatch.setenv("WAYLAND_DISPLAY", "w")
        monkeypatch.setenv("XDG_RUNTIME_DIR", "/run/user/0")
        system("wl-copy", script=f'printf %s "$TMPDIR" > "{tmp_path}/folder"')
        assert clipboard.copy(TEXT) == "wl-copy"
        assert (tmp_path / "folder").read_text() == "/run/user/0"

    def test_the_clipboard_of_windows_receives_utf_16(self, system, monkeypatch):
        monkeypatch.setenv("WSL_DISTRO_NAME", "Debian")
        kept = system("clip.exe")
        assert clipboard.copy(TEXT) == "clip.exe"
        assert kept.read_bytes().decode("utf-16") == TEXT

    def test_copying_without_a_program_returns_none(self, system):
        assert clipboard.copy(TEXT) is None


@pytest.mark.parametrize(
    ("program", "message"),
    [
        ("xclip", "3 quotes copied."),
        ("tmux", "3 quotes copied to tmux, where the prefix key and ] paste it."),
        (None, "3 quotes sent to the terminal, which may ignore it."),
    ],
)
def test_the_message_after_copying_states_only_certain_facts(program, message):
    assert clipboard.copy_message("3 quotes", program) == message
