"""Transcripts of one recording in several formats, as Whisper and WhisperX write them into one folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from sibtui.project.importing.files import find_files

if TYPE_CHECKING:
    from pathlib import Path

SEGMENTS = [
    (0.0, 2.48, "SPEAKER_00", "So thank you for coming & staying."),
    (2.48, 6.1, "SPEAKER_01", "It was no trouble at all."),
    (6.1, 65.0, "SPEAKER_00", "When did you first --> hear of it?"),
    (70.0, 71.0, "SPEAKER_01", "In March."),
]


def clock(seconds: float, mark: str) -> str:
    return f"{int(seconds) // 3600:02}:{int(seconds) // 60 % 60:02}:{seconds % 60:06.3f}".replace(".", mark)


def write_outputs(folder: Path, stem: str = "talk", *, speakers: bool = False) -> None:
    """Write the five files of a recording, as the writers of Whisper and WhisperX do."""

    def spoken(speaker: str, text: str) -> str:
        return f"[{speaker}]: {text}" if speakers else text

    segments = [
        {"start": start, "end": end, "text": f" {text}"} | ({"speaker": speaker} if speakers else {})
        for start, end, speaker, text in SEGMENTS
    ]
    cues = [
        (
            start,
            end,
            spoken(speaker, text).replace("-->", "->"),
        )
        for start, end, speaker, text in SEGMENTS
    ]
    files = {
        "json": json.dumps({"segments": segments, "language": "en"}),
        "vtt": "WEBVTT\n\n" + "".join(f"{clock(a, '.')} --> {clock(b, '.')}\n{text}\n\n" for a, b, text in cues),
        "srt": "".join(
            f"{at}\n{clock(a, ',')} --> {clock(b, ',')}\n{text}\n\n" for at, (a, b, text) in enumerate(cues, 1)
        ),
        "tsv": "start\tend\ttext\n"
        + "".join(f"{int(a * 1000)}\t{int(b * 1000)}\t{text}\n" for a, b, _, text in SEGMENTS),
        "txt": "".join(f"{spoken(speaker, text)}\n" for _, _, speaker, text in SEGMENTS),
    }
    for suffix, text in files.items():
        (folder / f"{stem}.{suffix}").write_text(text, encoding="utf-8")


@pytest.mark.parametrize("speakers", [False, True])
def test_only_the_richest_format_of_a_recording_is_found(tmp_path: Path, speakers: bool) -> None:
    write_outputs(tmp_path, speakers=speakers)
    found = find_files(tmp_path)
    assert [file.name for file in found.files] == ["talk.json"]
    (message,) = found.messages
    assert message.startswith("4 files were left out, because they repeat the recording of a richer file: ")
    assert message.endswith("/talk.json (.srt .tsv .txt .vtt).")


def test_the_next_format_of_a_recording_is_found_if_the_richest_is_missing(tmp_path: Path) -> None:
    write_outputs(tmp_path)
    for suffix, rest in (("json", "vtt"), ("vtt", "srt"), ("srt", "tsv")):
        (tmp_path / f"talk.{suffix}").unlink()
        assert [file.name for file in find_files(tmp_path).files] == [f"talk.{rest}"]
    assert "1 file was left out, because it repeats" in find_files(tmp_path).messages[0]


def test_recordings_of_several_names_share_one_message(tmp_path: Path) -> None:
    for stem in "abcdef":
        write_outputs(tmp_path, stem)
    found = find_files(tmp_path)
    assert [file.name for file in found.files] == [f"{stem}.json" for stem in "abcdef"]
    (message,) = found.messages
    assert message.startswith("24 files were left out")
    assert message.endswith("; and 3 more.")


def test_a_file_with_other_words_does_not_count_as_a_repeat(tmp_path: Path) -> None:
    write_outputs(tmp_path)
    corrected = (tmp_path / "talk.txt").read_text(encoding="utf-8").replace("March", "May")
    (tmp_path / "talk.txt").write_text(corrected, encoding="utf-8")
    (tmp_path / "talk.srt").write_text("no subtitles", encoding="utf-8")
    assert {file.suffix for file in find_files(tmp_path).files} == {".json", ".txt", ".srt"}


def test_notes_of_the_same_name_in_other_folders_do_not_count_as_repeats(tmp_path: Path) -> None:
    write_outputs(tmp_path)
    other = tmp_path / "other"
    other.mkdir()
    (tmp_path / "talk.txt").rename(other / "talk.txt")
    (tmp_path / "talk.md").write_text((other / "talk.txt").read_text(encoding="utf-8"), encoding="utf-8")
    assert {file.suffix for file in find_files(tmp_path).files} == {".json", ".txt", ".md"}
