from __future__ import annotations

import pytest

from sibtui.errors import InputError
from sibtui.formats.read_options import ReadOptions
from sibtui.formats.subtitles import read

VTT = """WEBVTT - from a meeting
Kind: captions

STYLE
::cue { color: red }

NOTE an aside
of two lines

intro
00:01.000 --> 00:03.500 align:start
<v.loud Anna Schmidt>Hello &amp; <i>welcome</i>.</v>

2
00:00:04.000 --> 00:00:05.000
<v Anna Schmidt>How are you?

NOTE another

01:00:05.000 --> 01:00:09.000
<v Ben>Fine.</v> <v Anna Schmidt>Good.</v>
"""
SRT = """1
00:00:01,000 --> 00:00:03,000
ANNA: Hello
and {\\an8}welcome.

2
00:00:03,500 --> 00:00:05,000
It is <b>late</b>.

3
00:00:06,000 --> 00:00:07,000
BEN: Yes, 16:30.

4
00:00:08,000 --> 00:00:09,000
ANNA: So it is.

5
00:00:10,000 --> 00:00:11,000
BEN: Good.
"""


def text(file: str, name: str = "a.vtt", **options) -> str:
    return read(name, file.encode(), options=ReadOptions(**options))[0].text


def test_cues_of_one_speaker_are_a_turn_with_the_time_at_which_it_begins():
    assert text(VTT) == (
        "[00:00:01] Anna Schmidt: Hello & welcome. How are you?\n[01:00:05] Ben: Fine.\n[01:00:05] Anna Schmidt: Good."
    )


def test_times_and_speakers_can_be_left_out():
    assert text(VTT, times=False) == "Anna Schmidt: Hello & welcome. How are you?\nBen: Fine.\nAnna Schmidt: Good."
    assert text(VTT, times=False, speakers=False) == "Hello & welcome. How are you?\nFine.\nGood."
    assert text(VTT, speakers=False).startswith("[00:00:01] Hello & welcome. How are you?\n[01:00:05] Fine.")


def test_speakers_that_are_only_written_are_recognised():
    assert text(SRT, "a.srt") == (
        "[00:00:01] ANNA: Hello and welcome. It is late.\n[00:00:06] BEN: Yes, 16:30.\n[00:00:08] ANNA: So it is.\n"
        "[00:00:10] BEN: Good."
    )
    assert text(SRT, "a.srt", times=False, speakers=False).startswith("Hello and welcome. It is late.\n")


def test_without_speakers_each_cue_is_a_line():
    cues = "1\n00:00:01,000 --> 00:00:02,000\nHello.\n\n2\n00:00:03,000 --> 00:00:04,000\nYes.\n"
    assert text(cues, "a.srt") == "[00:00:01] Hello.\n[00:00:03] Yes."
    assert text(cues, "a.srt", times=False) == "Hello.\nYes."


def test_nothing_is_lost_where_blank_lines_stand_within_a_cue():
    assert text("1\n00:00:01,000 --> 00:00:02,000\nOne\n\ntwo\n\n2\n00:00:03,000 --> 00:00:04,000\n12\n", "a.srt") == (
        "[00:00:01] One two\n[00:00:03] 12"
    )


def test_a_transcript_is_verbatim_and_tells_its_encoding():
    (draft,) = read("x/call.srt", SRT.replace("late", "spät").encode("cp1252"))
    assert (draft.fidelity, draft.encoding, draft.name) == ("verbatim", "cp1252", "call")


def test_captions_that_roll_up_are_told():
    spoken = "WEBVTT\n\n" + "".join(f"00:{n:02}:00.000 --> 00:{n:02}:01.000\nline {n}\n\n" for n in range(10, 30))
    assert read("a.vtt", spoken.encode())[0].warnings == ()
    rolling = "WEBVTT\n\n" + "".join(f"00:{n:02}:00.000 --> 00:{n:02}:01.000\n{'w ' * n}\n\n" for n in range(10, 30))
    assert read("a.vtt", rolling.encode())[0].warnings == ("its captions roll up, so that words stand there twice",)


@pytest.mark.parametrize(
    ("name", "file", "problem"),
    [
        ("a.vtt", "00:01.000 --> 00:02.000\nx", "^a.vtt is not WebVTT"),
        ("a.vtt", "WEBVTT\n\nwords", "^a.vtt holds no subtitles"),
        ("a.srt", "words\n", "^a.srt holds no subtitles"),
        ("a.srt", "words\n\n1\n00:00:01,000 --> 00:00:02,000\nx", "^a.srt begins with text that has no time"),
    ],
)
def test_what_is_no_subtitles_is_refused(name, file, problem):
    with pytest.raises(InputError, match=problem):
        text(file, name)
