from __future__ import annotations

import pytest

from sibtui.errors import InputError
from sibtui.formats.registry import read_source
from sibtui.formats.sources.read_options import ReadOptions
from sibtui.formats.sources.subtitles import read

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
    return read_source(name, file.encode(), options=ReadOptions(**options))[0].text


def test_consecutive_cues_of_a_speaker_form_a_turn_with_its_start_time():
    assert text(VTT) == (
        "[00:00:01] Anna Schmidt: Hello & welcome. How are you?\n[01:00:05] Ben: Fine.\n[01:00:05] Anna Schmidt: Good."
    )


def test_times_and_speakers_can_be_left_out():
    assert text(VTT, times=False) == "Anna Schmidt: Hello & welcome. How are you?\nBen: Fine.\nAnna Schmidt: Good."
    assert text(VTT, times=False, speakers=False) == "Hello & welcome. How are you?\nFine.\nGood."
    assert text(VTT, speakers=False).startswith("[00:00:01] Hello & welcome. How are you?\n[01:00:05] Fine.")


def test_speakers_in_the_text_are_recognised():
    assert text(SRT, "a.srt") == (
        "[00:00:01] ANNA: Hello and welcome. It is late.\n[00:00:06] BEN: Yes, 16:30.\n[00:00:08] ANNA: So it is.\n"
        "[00:00:10] BEN: Good."
    )
    assert text(SRT, "a.srt", times=False, speakers=False).startswith("Hello and welcome. It is late.\n")


def test_without_speakers_each_cue_is_a_line():
    cues = "1\n00:00:01,000 --> 00:00:02,000\nHello.\n\n2\n00:00:03,000 --> 00:00:04,000\nYes.\n"
    assert text(cues, "a.srt") == "[00:00:01] Hello.\n[00:00:03] Yes."
    assert text(cues, "a.srt", times=False) == "Hello.\nYes."


def test_text_after_an_empty_line_within_a_cue_is_kept():
    assert text("1\n00:00:01,000 --> 00:00:02,000\nOne\n\ntwo\n\n2\n00:00:03,000 --> 00:00:04,000\n12\n", "a.srt") == (
        "[00:00:01] One two\n[00:00:03] 12"
    )


def test_transcript_is_verbatim_and_has_its_encoding():
    (draft,) = read("x/call.srt", SRT.replace("late", "spät").encode("cp1252"))
    assert (draft.fidelity, draft.encoding, draft.name) == ("verbatim", "cp1252", "call")


def test_rolling_captions_are_reported():
    spoken = "WEBVTT\n\n" + "".join(f"00:{n:02}:00.000 --> 00:{n:02}:01.000\nline {n}\n\n" for n in range(10, 30))
    assert read("a.vtt", spoken.encode())[0].warnings == ()
    rolling = "WEBVTT\n\n" + "".join(f"00:{n:02}:00.000 --> 00:{n:02}:01.000\n{'w ' * n}\n\n" for n in range(10, 30))
    assert read("a.vtt", rolling.encode())[0].warnings == ("its captions roll up, so that words appear twice",)


@pytest.mark.parametrize(
    ("name", "file", "problem"),
    [
        ("a.vtt", "00:01.000 --> 00:02.000\nx", "^a.vtt is not WebVTT"),
        ("a.vtt", "WEBVTT\n\nwords", "^a.vtt holds no subtitles"),
        ("a.srt", "words\n", "^a.srt holds no subtitles"),
        ("a.srt", "1\n00:00:01,000 --> soon\nx", "^a.srt, line 2: “00:00:01,000 --> soon” is not a time"),
        (
            "a.vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\nx\n1:2:3:4 --> 5:6\ny",
            "^a.vtt, line 5: “1:2:3:4 --> 5:6” is not",
        ),
    ],
)
def test_file_that_is_not_subtitles_is_refused(name, file, problem):
    with pytest.raises(InputError, match=problem):
        text(file, name)


def test_unpadded_and_negative_times_are_read():
    cues = "WEBVTT\n\n-0:0:0.5 --> 0:0:1.2\n<v Ann>One.</v>\n\n0:0:-1.5 --> 0:0:3.0\n<v Bo>Two.\n\n0:1:3.50 --> 0:1:9.2\n<v Ann>Three.\n"
    assert text(cues) == "[00:00:00] Ann: One.\n[00:00:00] Bo: Two.\n[00:01:03] Ann: Three."


def test_turns_of_a_speaker_more_than_a_minute_apart_stay_apart():
    cue = "00:{}.000 --> 00:{}.000\n<v Ann>{}</v>\n\n".format
    cues = "WEBVTT\n\n" + cue("00:01", "00:09", "a") + cue("01:09", "01:10", "b") + cue("02:11", "02:12", "c")
    assert text(cues) == "[00:00:01] Ann: a b\n[00:02:11] Ann: c"


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("a.vtt", "WEBVTT\nKind: captions\n\nWe began early.\n\n00:01.000 --> 00:02.000\nx\n"),
        ("a.vtt", "WEBVTT\nWe began early.\n\n00:01.000 --> 00:02.000\nx\n"),
        ("a.srt", "We began early.\n\n1\n00:00:01,000 --> 00:00:02,000\nx\n"),
    ],
)
def test_speech_before_the_first_cue_is_kept_without_a_time(name, file):
    (draft,) = read(name, file.encode())
    assert draft.text == "We began early.\n[00:00:01] x"
    assert draft.warnings == ("it begins with text that has no time",)


def test_words_of_a_cue_may_begin_like_a_comment():
    assert text("WEBVTT\n\n00:01.000 --> 00:02.000\nNOTE this, she said.\n") == "[00:00:01] NOTE this, she said."


def test_comments_are_counted():
    assert read("a.vtt", VTT.encode())[0].notices == ("2 comments were left out",)


def test_table_of_whisper_is_a_transcript():
    table = 'start\tend\ttext\n0\t2400\tSo thank you.\n2400\t6100\tIt "was" no trouble.\n3661000\t3662000\tYes.\n'
    assert text(table, "a.tsv") == '[00:00:00] So thank you.\n[00:00:02] It "was" no trouble.\n[01:01:01] Yes.'
    assert text(table, "a.tsv", times=False).startswith("So thank you.\n")
    assert text('start,end,text\n0,2400,"So, thank you."\n', "a.csv") == "[00:00:00] So, thank you."
    assert text("start\tend\tspeaker\ttext\n0\t9\tAnn\tHi.\n9\t10\tAnn\tYou.\n", "a.tsv") == "[00:00:00] Ann: Hi. You."
    with pytest.raises(InputError, match=r"^a.tsv, line 2: the row does not have a start"):
        text("start\tend\ttext\nsoon\t2\ty\n", "a.tsv")


@pytest.mark.parametrize(
    "table",
    [
        'speaker,start,end,text\nAnn,0.5,2.0,Hello\nBo,63.0,64.0,"Yes, well"\n',
        "Speaker;Start Time;End Time;Text\nAnn;00:00:00.5;00:00:02;Hello\nBo;00:01:03;00:01:04;Yes, well\n",
        "\ufeffstart_time\tend_time\tspeaker\ttranscript\n500\t2000\tAnn\tHello\n63000\t64000\tBo\tYes, well\n",
    ],
)
def test_a_table_with_a_start_an_end_and_a_text_is_a_transcript(table):
    assert text(table, "a.csv") == "[00:00:00] Ann: Hello\n[00:01:03] Bo: Yes, well"


@pytest.mark.parametrize(
    "header", ["start,end,answer", "start,end,text,age", "StartDate,EndDate,text,Q1", "start,end,text,text"]
)
def test_a_survey_with_times_is_not_read_as_a_transcript(header):
    rows = f"{header}\n{','.join('abcd'[: header.count(',') + 1])}\n"
    assert read_source("a.csv", rows.encode())[0].name == "a 1"


@pytest.mark.parametrize("times", ["00:01:03, 500 --> 00:01:04, 000", "00:01:03:12 --> 00:01:04:00"])
def test_spaces_before_milliseconds_and_frames_are_read(times):
    assert text(f"1\n{times}\nHello\n", "a.srt") == "[00:01:03] Hello"


def test_odd_rows_of_whisper_are_kept_and_reported():
    table = "start\tend\ttext\n0\t1\tx\nsoon\t2\ty\n2000\t3000\ta\tb\nwords\n\t\tz\n5000\t6000\tok\n"
    (draft,) = read("a.tsv", table.encode())
    assert draft.text == "[00:00:00] x\nsoon y\n[00:00:02] a b\nwords\nz\n[00:00:05] ok"
    assert draft.warnings == ("4 lines (3, 4, 5 and 6) without a time or with too many cells: the words are kept",)


def test_a_cell_of_a_table_may_be_long():
    words = "x" * 200_000
    assert text(f"start\tend\ttext\n0\t1\t{words}\n", "a.tsv") == f"[00:00:00] {words}"


def test_a_damaged_row_of_a_table_is_refused_with_its_line():
    with pytest.raises(InputError, match=r"^a.csv, line 3: the row that begins here is not CSV"):
        text('start,end,text\n0,1,"x"\n1,2,"y\n', "a.csv")


@pytest.mark.parametrize("name", ["a.srt", "a.vtt"])
def test_words_in_angle_brackets_that_are_not_tags_are_text(name):
    cue = "00:00:01.000 --> 00:00:02.000\nShe <laughs> said <I>yes</I> to <b and c> {\\an8}<font color=x>now</font>, x < y\n"
    assert text(("WEBVTT\n\n" if name == "a.vtt" else "") + cue, name) == (
        "[00:00:01] She <laughs> said yes to <b and c> now, x < y"
    )


@pytest.mark.parametrize(
    ("name", "file", "expected"),
    [
        (
            "a.vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\nlost words\n00:02.000 --> 00:03.000\nkept\n",
            "[00:00:01] lost words\n[00:00:02] kept",
        ),
        (
            "a.srt",
            "00:00:01,000 --> 00:00:02,000\nlost words\n00:00:02,000 --> 00:00:03,000\nkept\n",
            "[00:00:01] lost words\n[00:00:02] kept",
        ),
        (
            "a.srt",
            "1\n00:00:01,000 --> 00:00:02,000\n2019\n00:00:02,000 --> 00:00:03,000\nkept",
            "[00:00:01] 2019\n[00:00:02] kept",
        ),
        (
            "a.srt",
            "1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:02,000 --> 00:00:03,000\ntwo\n\n3\n00:00:03,000 --> 00:00:04,000\nx",
            "[00:00:01] one\n[00:00:02] two\n[00:00:03] x",
        ),
        (
            "a.srt",
            "00:00:01,000 --> 00:00:02,000\nIt was in\n1999\n00:00:02,000 --> 00:00:03,000\nyes",
            "[00:00:01] It was in 1999\n[00:00:02] yes",
        ),
        (
            "a.srt",
            "1\n00:00:01,000 --> 00:00:02,000\none\n\nlost words\n00:00:02,000 --> 00:00:03,000\nyes",
            "[00:00:01] one lost words\n[00:00:02] yes",
        ),
        ("a.vtt", "WEBVTT\n\n00:00:04 -> 00:00:05\nx\n", "[00:00:04] x"),
        ("a.vtt", "WEBVTT\n\n00:00:04 --> 00:00:05\n00:00:04 -> 00:00:05 x\n", "[00:00:04] 00:00:04 -> 00:00:05 x"),
        ("a.vtt", "WEBVTT\n\n00:00:04 --> 00:00:05 these words\nx\n", "[00:00:04] these words x"),
        ("a.vtt", "WEBVTT\n\n00:00:04 --> 00:00:05 align:start\n<1> a <00:01.5>b\n", "[00:00:04] <1> a b"),
    ],
)
def test_no_words_of_a_cue_are_lost(name, file, expected):
    assert text(file, name) == expected


def test_a_comment_above_a_time_is_counted():
    file = "WEBVTT\n\n00:01.000 --> 00:02.000\na\n\nNOTE hm\n00:02.000 --> 00:03.000\nb\n"
    assert (text(file), read("a.vtt", file.encode())[0].notices) == (
        "[00:00:01] a\n[00:00:02] b",
        ("1 comment was left out",),
    )


def cues(*lines: str) -> str:
    return "".join(f"{n}\n00:00:{n:02},000 --> 00:00:{n:02},900\n{line}\n\n" for n, line in enumerate(lines, 1))


def test_words_after_an_unknown_label_are_not_part_of_the_earlier_turn():
    once = cues("Ann: first.", "Bo: reply.", "Ann: again.", "continues.", "Cleo: once only.", "Bo: reply2.")
    assert text(once, "a.srt").split("\n")[2:] == [
        "[00:00:03] Ann: again. continues.",
        "[00:00:05] Cleo: once only.",
        "[00:00:06] Bo: reply2.",
    ]
    file = cues(
        "Ann Lee: one.", "Bo: two.", "Note: this matters.", "and that.", "Ann Lee: three: yes.", "[Bo] hm", "so"
    )
    assert text(file, "a.srt").split("\n") == [
        "[00:00:01] Ann Lee: one.",
        "[00:00:02] Bo: two.",
        "[00:00:03] Note: this matters.",
        "[00:00:04] and that.",
        "[00:00:05] Ann Lee: three: yes.",
        "[00:00:06] [Bo] hm",
        "[00:00:07] so",
    ]


def test_two_speakers_in_one_cue_have_a_turn_each():
    assert text(cues("Ann: Hi\nall.\n<i>Bo: Yes.</i>", "Ann: So."), "a.srt") == (
        "[00:00:01] Ann: Hi all.\n[00:00:01] Bo: Yes.\n[00:00:02] Ann: So."
    )
    assert text(cues("One.\nPlace: home"), "a.srt") == "[00:00:01] One. Place: home"


@pytest.mark.parametrize(
    "words", ["A --> B", "went from school --> work", "x\nand then --> home 3", "A-->B", "--> so what"]
)
@pytest.mark.parametrize("suffix", ["vtt", "srt"])
def test_an_arrow_in_spoken_words_is_text(suffix, words):
    head = "WEBVTT\n\n" if suffix == "vtt" else ""
    shown = text(f"{head}00:01.000 --> 00:02.000\n{words}\n", f"a.{suffix}")
    assert shown == f"[00:00:01] {' '.join(words.split())}"


@pytest.mark.parametrize(
    "line",
    [
        "00:01 --> x",
        "0:0:x --> 0:1:2",
        "--> 00:02.000",
        "00.01.000 --> 00.02.000",
        "1:2:3:4 --> 5",
        "a --> 1:x",
        "00:01 -->",
    ],
)
def test_a_time_that_is_written_wrongly_is_refused_with_its_line(line):
    with pytest.raises(InputError, match=r"^a.srt, line 4: .* is not a time"):
        text(f"00:01.000 --> 00:02.000\nx\n\n{line}\ny\n", "a.srt")
