"""Transcripts in the forms of transcription programs: who speaks, and that no name or time is left in the speech.

The words are invented; header lines, footers, times and line breaks are as the programs write them.
"""

from __future__ import annotations

import pytest

from sibtui.formats.sources.speakers import turns

TRANSCRIPTS = {
    "three lines without empty ones": (
        "00:00:03\nAnn Lee\nHello\n00:00:07\nBo\nFine\n00:00:09\nAnn Lee\nWhy?\n",
        [("Ann Lee", "Hello"), ("Bo", "Fine"), ("Ann Lee", "Why?")],
    ),
    "names above times": (
        "Ann Lee\n00:00:03\nHello\nBo\n00:00:07\nFine\nAnn Lee\n00:00:09\nWhy?\n",
        [("Ann Lee", "Hello"), ("Bo", "Fine"), ("Ann Lee", "Why?")],
    ),
    "Word Transcribe, without times": (
        "Audio file\ninterview.m4a\nTranscript\nSpeaker 1\nHello there.\nSpeaker 2\nHi.\nSpeaker 1\nWhy, Speaker 2?\n",
        [("Speaker 1", "Hello there."), ("Speaker 2", "Hi."), ("Speaker 1", "Why, Speaker 2?")],
    ),
    "captions": (
        ">> Ann Lee: Hello there.\n>> BO: Hi.\nYes.\n>> Ann Lee: Why?\n>> BO: So.\n",
        [("Ann Lee", "Hello there."), ("BO", "Hi.\nYes."), ("Ann Lee", "Why?"), ("BO", "So.")],
    ),
    "names in brackets": (
        "[Ann Lee]: Hello [laughs].\n[Bo]: Hi.\n[Ann Lee]: Why?\n[Bo]: So.\n",
        [("Ann Lee", "Hello [laughs]."), ("Bo", "Hi."), ("Ann Lee", "Why?"), ("Bo", "So.")],
    ),
    "WhisperX": (
        "[SPEAKER_00]: Hello there.\n[SPEAKER_01]: Hi.\n",
        [("SPEAKER_00", "Hello there."), ("SPEAKER_01", "Hi.")],
    ),
    "NVivo, a table": (
        """\
Timespan\tSpeaker\tContent
0:00.0 - 0:16.8\tAnn Lee\tHello there.
0:16.8 - 0:20.1\tBo\tHi. We met at 10:30.
0:20.1 - 0:31.0\tAnn Lee\tWhy?
""",
        [("Ann Lee", "Hello there."), ("Bo", "Hi. We met at 10:30."), ("Ann Lee", "Why?")],
    ),
    "NVivo, the speaker last": (
        """\
Timespan\tContent\tSpeaker
0:00:02.0 - 0:00:06.0\tHello there.\tAnn Lee
0:00:06.0 - 0:00:15.0\tHi.\tBo
0:00:15.0 - 0:00:16.0\tWhy?\tAnn Lee
""",
        [("Ann Lee", "Hello there.\tAnn Lee"), ("Bo", "Hi.\tBo"), ("Ann Lee", "Why?\tAnn Lee")],
    ),
    "Amazon Transcribe": (
        "spk_0: Hello there.\nspk_1: Hi.\nspk_0: Why?\n",
        [("spk_0", "Hello there."), ("spk_1", "Hi."), ("spk_0", "Why?")],
    ),
    "Zoom, a chat of older versions": (
        "10:02:33\t From  Ann Lee : Hello there.\n10:02:40\t From  Bo : Hi.\n10:02:50\t From  Ann Lee  to  Bo(Direct Message) : Why?\n",
        [("Ann Lee", "Hello there."), ("Bo", "Hi."), ("Ann Lee", "Why?")],
    ),
    "Teams, with initials for pictures": (
        """\
AL
Ann Lee   0:03
Hello there.

BR
Bo Ray   0:06
Hi.
OK

Ann Lee   0:15
Why?
""",
        [("Ann Lee", "Hello there."), ("Bo Ray", "Hi.\nOK"), ("Ann Lee", "Why?")],
    ),
    "a table with the names first": (
        """\
Ann\t00:00:02\tHello there.
Bo\t00:00:08\tHi.
Ann\t00:00:11\tWhy?
""",
        [("Ann", "Hello there."), ("Bo", "Hi."), ("Ann", "Why?")],
    ),
    "Otter": (
        """\
Interview with Ann
Mon, Mar 04, 2024 10:02AM • 42:17

SUMMARY KEYWORDS
visits, housing, money, link workers

SPEAKERS
Ann Lee, Bo O'Ray, Speaker 3

Ann Lee  00:02
So thank you for coming today. We met at 10:30, I think.

Bo O'Ray  00:08
It was no trouble. They came every week.

It was the first time.

Speaker 3  00:31
Sorry.

Ann Lee  00:51
And before that?

Bo O'Ray  1:01:06
Nobody came: not one.

Transcribed by https://otter.ai
""",
        [
            ("Ann Lee", "So thank you for coming today. We met at 10:30, I think."),
            ("Bo O'Ray", "It was no trouble. They came every week.\n\nIt was the first time."),
            ("Speaker 3", "Sorry."),
            ("Ann Lee", "And before that?"),
            ("Bo O'Ray", "Nobody came: not one.\n\nTranscribed by https://otter.ai"),
        ],
    ),
    "Otter, names unknown": (
        """\
Unknown Speaker  0:00
Okay.

Unknown Speaker  0:04
Yes.

Ann  0:06
So we begin.
""",
        [
            ("Unknown Speaker", "Okay."),
            ("Unknown Speaker", "Yes."),
            ("Ann", "So we begin."),
        ],
    ),
    "Teams, .docx": (
        """\
Project talk-20240304_100212-Meeting Recording
March 4, 2024, 10:02AM
42m 17s

Lee, Ann started transcription

Lee, Ann   0:03
Hello, how are you?

Ray, Bo (Guest)   0:07
Fine. They never asked me before.
Why would they?

Lee, Ann   0:13
Why?

Ó Súilleabháin, Dónal [External]   0:17
No idea.

Lee, Ann   1:02:17
Thanks.

Lee, Ann stopped transcription
""",
        [
            ("Lee, Ann", "Hello, how are you?"),
            ("Ray, Bo", "Fine. They never asked me before.\nWhy would they?"),
            ("Lee, Ann", "Why?"),
            ("Ó Súilleabháin, Dónal", "No idea."),
            ("Lee, Ann", "Thanks.\n\nLee, Ann stopped transcription"),
        ],
    ),
    "Teams, .docx of 2022": (
        """\
0:0:0.0 --> 0:0:2.340
Ann Lee
Hello.
0:0:2.340 --> 0:0:6.0
Bo Ray (Guest)
It was no trouble.
0:0:6.10 --> 0:0:9.0
Ann Lee
And before that?
Before the visits?
0:1:6.0 --> 0:1:9.0
Bo Ray (Guest)
Nobody.
""",
        [
            ("Ann Lee", "Hello."),
            ("Bo Ray", "It was no trouble."),
            ("Ann Lee", "And before that?\nBefore the visits?"),
            ("Bo Ray", "Nobody."),
        ],
    ),
    "Sonix": (
        """\
interview_1.mp3

Ann Lee: [00:00:02] Thank you for coming today.

Bo Ray: [00:00:08] It was no trouble. They came every week.

Ann Lee: [00:00:51] And before that?

Bo Ray: [00:01:06] Nobody came.
""",
        [
            ("Ann Lee", "Thank you for coming today."),
            ("Bo Ray", "It was no trouble. They came every week."),
            ("Ann Lee", "And before that?"),
            ("Bo Ray", "Nobody came."),
        ],
    ),
    "Sonix, a time within the speech": (
        """\
Speaker1 [00:00:02] Thank you for coming today.

Speaker2 [00:00:08] It was no trouble. [00:00:20] They came every week.

Speaker1 [00:00:51] And before that?
""",
        [
            ("Speaker1", "Thank you for coming today."),
            ("Speaker2", "It was no trouble. [00:00:20] They came every week."),
            ("Speaker1", "And before that?"),
        ],
    ),
    "Sonix, three lines": (
        """\
Ann Lee
[00:00:02]
Thank you for coming today.

Bo Ray
[00:00:08]
It was no trouble.

Ann Lee
[00:00:51]
And before that?
""",
        [
            ("Ann Lee", "Thank you for coming today."),
            ("Bo Ray", "It was no trouble."),
            ("Ann Lee", "And before that?"),
        ],
    ),
    "Trint": (
        """\
Ann Lee [00:00:02] Thank you for coming today.

Dr. Bo Ray [00:00:08] It was no trouble.

Ann Lee [00:00:51] And before that?

Dr. Bo Ray [00:01:06] Nobody came.
""",
        [
            ("Ann Lee", "Thank you for coming today."),
            ("Dr. Bo Ray", "It was no trouble."),
            ("Ann Lee", "And before that?"),
            ("Dr. Bo Ray", "Nobody came."),
        ],
    ),
    "Trint, times above": (
        """\
Interview 1

[00:00:02.11] Ann Lee
Thank you for coming today.

[00:00:08.02] Bo Ray
It was no trouble.

[00:00:51.40] Ann Lee
And before that?
""",
        [
            ("Ann Lee", "Thank you for coming today."),
            ("Bo Ray", "It was no trouble."),
            ("Ann Lee", "And before that?"),
        ],
    ),
    "Trint, times behind colons": (
        """\
Ann Lee: (00:02)
Thank you for coming today.

Bo Ray: (00:08)
It was no trouble.

Ann Lee: (00:51)
And before that?
""",
        [
            ("Ann Lee", "Thank you for coming today."),
            ("Bo Ray", "It was no trouble."),
            ("Ann Lee", "And before that?"),
        ],
    ),
    "Descript, Markdown": (
        """\
# Interview 1

**Ann Lee:** [00:00:02] Thank you for coming today.

**Bo Ray:** [00:00:08] It was no trouble. They came every week.

[00:00:20] Every week.

**Ann Lee:** [00:00:51] And before that?
""",
        [
            ("Ann Lee", "Thank you for coming today."),
            ("Bo Ray", "It was no trouble. They came every week.\n\n[00:00:20] Every week."),
            ("Ann Lee", "And before that?"),
        ],
    ),
    "Descript, times in front": (
        """\
[00:00:02] **Ann Lee:** Thank you for coming today.

[00:00:08] **Bo Ray:** It was no trouble.

[00:00:51] **Ann Lee:** And before that?
""",
        [
            ("Ann Lee", "Thank you for coming today."),
            ("Bo Ray", "It was no trouble."),
            ("Ann Lee", "And before that?"),
        ],
    ),
    "Descript, three lines": (
        """\
Ann Lee
00:00:02
Thank you for coming today.

Bo Ray
00:00:08
It was no trouble.

Ann Lee
00:00:51
And before that?
""",
        [
            ("Ann Lee", "Thank you for coming today."),
            ("Bo Ray", "It was no trouble."),
            ("Ann Lee", "And before that?"),
        ],
    ),
    "Rev": (
        """\
Ann Lee (00:00:02):
Thank you for coming today.

Bo Ray (00:00:08):
It was no trouble. [inaudible 00:00:12] They came.

Ann Lee (00:00:51):
And before that?

Speaker 3 (00:00:55):
Hm.
""",
        [
            ("Ann Lee", "Thank you for coming today."),
            ("Bo Ray", "It was no trouble. [inaudible 00:00:12] They came."),
            ("Ann Lee", "And before that?"),
            ("Speaker 3", "Hm."),
        ],
    ),
    "Rev, times behind colons": (
        """\
Ann Lee:
Thank you for coming today.

Bo Ray:
It was no trouble. [inaudible 00:00:12]

(silence)

Ann Lee: 00:51
And before that?

Bo Ray: 01:06
Nobody.
""",
        [
            ("Ann Lee", "Thank you for coming today."),
            ("Bo Ray", "It was no trouble. [inaudible 00:00:12]\n\n(silence)"),
            ("Ann Lee", "And before that?"),
            ("Bo Ray", "Nobody."),
        ],
    ),
    "f4": (
        """\
I: Danke, dass Sie da sind. #00:00:02-1#

B: Gern. (lacht) Wir kamen um 10:30. #00:00:08-5#

I: Und davor? #00:00:51-0#

B: Niemand. #00:01:06-3#
""",
        [
            ("I", "Danke, dass Sie da sind. #00:00:02-1#"),
            ("B", "Gern. (lacht) Wir kamen um 10:30. #00:00:08-5#"),
            ("I", "Und davor? #00:00:51-0#"),
            ("B", "Niemand. #00:01:06-3#"),
        ],
    ),
    "f4, times in front": (
        """\
#00:00:02-1# I: Danke.
#00:00:08-5# B1: Gern.
#00:00:51-0# B2: Ja.
#00:01:06-3# I: Und?
""",
        [
            ("I", "Danke."),
            ("B1", "Gern."),
            ("B2", "Ja."),
            ("I", "Und?"),
        ],
    ),
    "f4, German roles": (
        """\
Interviewerin: Danke. [00:00:02.1]

Frau Müller-Lüdenscheidt: Gern. [00:00:08.5]

Interviewerin: Und davor? [00:00:51.0]

Frau Müller-Lüdenscheidt: Niemand. [00:01:06.3]
""",
        [
            ("Interviewerin", "Danke. [00:00:02.1]"),
            ("Frau Müller-Lüdenscheidt", "Gern. [00:00:08.5]"),
            ("Interviewerin", "Und davor? [00:00:51.0]"),
            ("Frau Müller-Lüdenscheidt", "Niemand. [00:01:06.3]"),
        ],
    ),
    "Word Transcribe": (
        """\
Audio file
interview 1.m4a

Transcript
00:00:03 Speaker 1
Hello, how are you?
00:00:07 Ann van der Berg
Fine. They never asked me before. We came at 10:30.
00:00:13 Speaker 1
Why?
00:00:17 Ann van der Berg
No idea.
""",
        [
            ("Speaker 1", "Hello, how are you?"),
            ("Ann van der Berg", "Fine. They never asked me before. We came at 10:30."),
            ("Speaker 1", "Why?"),
            ("Ann van der Berg", "No idea."),
        ],
    ),
    "Happy Scribe": (
        """\
[00:00:02.110] - Ann Lee
Thank you.

[00:00:08.020] - Bo Ray
No trouble.

[00:00:51.400] - Ann Lee
And before?
""",
        [
            ("Ann Lee", "Thank you."),
            ("Bo Ray", "No trouble."),
            ("Ann Lee", "And before?"),
        ],
    ),
    "Amberscript": (
        """\
00:00:02
Speaker 1: Thank you.

00:00:08
Speaker 2: No trouble.

00:00:51
Speaker 1: And before?
""",
        [
            ("Speaker 1", "Thank you."),
            ("Speaker 2", "No trouble."),
            ("Speaker 1", "And before?"),
        ],
    ),
    "Zoom": (
        """\
[Ann Lee] 10:02:13
Thank you for coming.

[Bo Ray] 10:02:20
No trouble.

[Ann Lee] 10:03:01
And before?
""",
        [
            ("Ann Lee", "Thank you for coming."),
            ("Bo Ray", "No trouble."),
            ("Ann Lee", "And before?"),
        ],
    ),
    "noScribe": (
        """\
S00: [00:00:02] Thank you.
S01: [00:00:08] No trouble.
S00: And before?
""",
        [
            ("S00", "Thank you."),
            ("S01", "No trouble."),
            ("S00", "And before?"),
        ],
    ),
    "single turns": (
        """\
Ann Lee  0:02
Hello.

P01  0:09
Yes.

p02  0:19
Yes.

ann.lee@uni.edu  0:25
Yes.
""",
        [
            ("Ann Lee", "Hello."),
            ("P01", "Yes."),
            ("p02", "Yes."),
            ("ann.lee@uni.edu", "Yes."),
        ],
    ),
    "a telephone number": (
        """\
Ann Lee   0:03
Hello.

+44 7*** ***123 (Unverified)   0:07
Hi.

Ann Lee   0:13
Who is it?
""",
        [
            ("Ann Lee", "Hello."),
            ("+44 7*** ***123", "Hi."),
            ("Ann Lee", "Who is it?"),
        ],
    ),
}


@pytest.mark.parametrize("form", TRANSCRIPTS)
def test_each_turn_of_a_transcript_has_its_speaker_and_speech(form):
    text, expected = TRANSCRIPTS[form]
    found = turns(text)
    assert [(turn.speaker, text[turn.speech : turn.segment.end]) for turn in found] == expected


@pytest.mark.parametrize("form", TRANSCRIPTS)
@pytest.mark.parametrize(("before", "after"), [("   ", "\u00a0\u00a0 "), ("\n", "  \n")])
def test_other_spaces_do_not_change_the_speakers(form, before, after):
    text, expected = TRANSCRIPTS[form]
    assert [turn.speaker for turn in turns(text.replace(before, after))] == [speaker for speaker, _ in expected]


def test_a_line_with_a_date_and_a_time_is_not_a_turn():
    text = "March 4, 2024, 10:02AM\nText.\nAnn Lee   0:03\nHello.\nBo Ray   0:07\nHi.\nAnn Lee   0:09\nBye.\nMarch 4, 10:30\nEnd.\n"
    assert {turn.speaker for turn in turns(text)} == {"Ann Lee", "Bo Ray"}
