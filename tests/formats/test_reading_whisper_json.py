from __future__ import annotations

import json

import pytest

from sibtui.errors import InputError
from sibtui.formats.registry import read_source
from sibtui.formats.sources.read_options import ReadOptions

WHISPER = {
    "text": " So thank you. It was no trouble.",
    "segments": [
        {"id": 0, "seek": 0, "start": 0.0, "end": 2.4, "text": " So thank you.", "tokens": [1], "temperature": 0.0},
        {"id": 1, "seek": 0, "start": 62.4, "end": 66.1, "text": " It was no trouble."},
        {"id": 2, "seek": 0, "start": 66.1, "end": 66.2, "text": " "},
    ],
    "language": "en",
}


def read(content: object, **options: bool):
    return read_source("a.json", json.dumps(content).encode(), options=ReadOptions(**options))[0]


def test_segments_of_whisper_are_lines_with_times():
    draft = read(WHISPER)
    assert draft.text == "[00:00:00] So thank you.\n[00:01:02] It was no trouble."
    assert (draft.language, draft.fidelity, draft.notices) == ("en", "verbatim", ())
    assert read(WHISPER, times=False).text == "So thank you.\nIt was no trouble."
    assert read(WHISPER["segments"]).text == draft.text


def test_speakers_of_whisperx_are_joined_to_turns():
    spoken = [("SPEAKER_00", 0, "Hi."), ("SPEAKER_00", 1.5, "You?"), (None, 3, "Er."), ("SPEAKER_01", 4, "Yes.")]
    segments = [{"speaker": who, "start": start, "end": start + 1, "text": words} for who, start, words in spoken]
    draft = read({"segments": segments, "word_segments": []})
    assert draft.text == "[00:00:00] SPEAKER_00: Hi. You?\n[00:00:03] Er.\n[00:00:04] SPEAKER_01: Yes."
    assert draft.speakers == ("SPEAKER_00", "SPEAKER_01")


def test_offsets_of_whisper_cpp_are_milliseconds():
    segments = [{"offsets": {"from": 61_000, "to": 62_000}, "timestamps": {"from": "x"}, "text": " Yes."}]
    assert read({"result": {"language": "de"}, "transcription": segments}).text == "[00:01:01] Yes."


def test_chunks_of_transformers_have_pairs_of_times():
    chunks = [{"timestamp": [0.0, 1.5], "text": " Hi."}, {"timestamp": [61.0, None], "text": " You?"}]
    draft = read({"text": "Hi. You?", "chunks": chunks})
    assert draft.text == "[00:00:00] Hi.\n[00:01:01] You?"


def test_odd_segments_are_named_and_their_words_kept():
    segments = [
        {"start": float("nan"), "text": "a"},
        5,
        {"start": 1, "text": None},
        {"start": "2", "text": "b"},
        {"start": -1, "text": "c"},
    ]
    draft = read({"segments": segments, "language": "english"})
    assert draft.text == "a\nb\n[00:00:00] c"
    assert (draft.language, draft.warnings[0]) == ("", "4 segments (1, 2, 3 and 4) without a text or a time")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"{", "a.json, line 1: this is not JSON"),
        (b"[" * 100_000, "a.json is nested too deeply"),
        (b"[]", "a.json holds no transcript of Whisper"),
        (b'{"segments": 5}', "a.json holds no transcript of Whisper"),
        (b'{"name": "x"}', "a.json holds no transcript of Whisper"),
        (b"3", "a.json holds no transcript of Whisper"),
    ],
)
def test_other_json_is_refused(data, problem):
    with pytest.raises(InputError, match=problem):
        read_source("a.json", data)
