from __future__ import annotations

import re
from itertools import accumulate, pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.formats.sources import speaker_labels, speaker_pattern
from sibtui.formats.sources.speakers import is_spoken, respondents, speakers_in, turns
from sibtui.model.segments import Segment
from tests.growth import LINEAR, growth


def spoken(text: str) -> list[tuple[str, str]]:
    return [(turn.speaker, text[turn.speech : turn.segment.end]) for turn in turns(text)]


def test_a_turn_ends_at_the_next_name():
    text = (
        "Preface.\n\nInterviewer: What happened?\nAnna: A lot.\n\nAnd then more.\n\nInterviewer: I see.\nAnna: Yes.\n"
    )
    assert spoken(text) == [
        ("Interviewer", "What happened?"),
        ("Anna", "A lot.\n\nAnd then more."),
        ("Interviewer", "I see."),
        ("Anna", "Yes."),
    ]
    first = turns(text)[0].segment
    assert first.quote(text) == "Interviewer: What happened?"


@pytest.mark.parametrize(
    "text",
    [
        "16:30: we began\n16:45: we ended\n17:00: home",
        "https://a.org/x\nhttps://b.org/y\nhttp://c.org",
        "Note: one thing.\nNote: another.\nNB: a third",
        "He said: yes\nHe said: no",
        "For example: a\nFor example: b",
        "Date: 3 March\nPlace: London\nMode: online\nDate: 4 March\n",
        "Question 1: why\nText.\nQuestion 2: how\nText.\nPart 1: a\nPart 2: b",
        "Organisation: X\nSector: Y\n\nProse.",
        "The point is: no\nThe point is: yes",
        "Why not: x\nWhy not: y",
        "Anna:Ben\nAnna:Ben",
        "A ratio of Anna: Ben is 1\nas Anna: Ben",
        "",
    ],
)
def test_some_lines_with_a_colon_are_not_turns(text):
    assert turns(text) == []


def test_a_remark_and_a_time_stay_within_their_turn():
    text = "Anna: I came at 16:30.\nNote: she laughed.\nSee http://x.org/a: that.\nBen: Oh.\nAnna: Yes.\nBen: No."
    assert spoken(text)[0] == ("Anna", "I came at 16:30.\nNote: she laughed.\nSee http://x.org/a: that.")


@pytest.mark.parametrize(
    "text",
    [
        "Anna B: Hi\nP1: Yo\nAnna B: Bye\nP1: x",
        "ANNA B: Hi\np1: x\nP1: Yo\nAnna B: Bye",
        "**Anna B:** Hi\n**P1**: Yo\n__Anna B:__ Bye\n**P1:** x",
        "[00:00:01] Anna B: Hi\n[0:03] P1: Yo\n00:05 - Anna B: Bye\n<01:02:03.250> P1: x",
        "Anna B (00:01): Hi\nP1 [00:00:02]: Yo\nAnna B (on the phone): Bye\nP1 : x",
        "  Anna B:\tHi\n\tP1: Yo\nAnna  B: Bye\nP1:\nx",
    ],
)
def test_spellings_of_names_are_recognised(text):
    assert [turn.speaker.casefold() for turn in turns(text) if turn.speaker[0] in "Aa"] == ["anna b", "anna b"]
    assert {turn.speaker.casefold() for turn in turns(text)} == {"anna b", "p1"}


def test_names_of_speakers_may_be_in_any_script_and_have_particles():
    assert spoken("受访者：你好\n访问者：嗯\n受访者：好\n访问者：嗯")[0] == ("受访者", "你好")
    assert [
        turn.speaker for turn in turns("Maria de la Cruz: a\nO’Neill-Smith: b\nMaria de la Cruz: c\nO’Neill-Smith: d")
    ] == [
        "Maria de la Cruz",
        "O’Neill-Smith",
    ] * 2


def test_a_speaker_with_one_turn_needs_a_name_like_the_others_or_a_text_of_only_turns():
    prose = "P1: One.\n\nProse.\n\nProse.\n\nP2: Two.\n\nProse.\n\nHowever it be: x\n\nClara: Three.\n\nMore.\n\nMore."
    assert [turn.speaker for turn in turns(prose)] == ["P1", "P2"]
    assert [turn.speaker for turn in turns("Anna: a\nBen: b\nAnna: c\nClara: d")] == ["Anna", "Ben", "Anna", "Clara"]
    assert [turn.speaker for turn in turns("Interviewer: Hi.\nClara: Hello.")] == ["Interviewer", "Clara"]


def test_single_name_is_not_a_transcript():
    assert spoken("Interviewer: What happened?") == []
    assert spoken("Interviewer: What happened?\nAnna: Much.") == [("Interviewer", "What happened?"), ("Anna", "Much.")]


def test_turn_without_speech_is_a_turn():
    text = "Anna:\n\nBen:\nAnna: x\nBen:"
    assert spoken(text) == [("Anna", ""), ("Ben", ""), ("Anna", "x"), ("Ben", "")]


@given(
    st.lists(
        st.sampled_from(
            ["Anna:", "Ben: hi", "P1: ", "x", "", "  ", "16:30", "Note: a", "[00:01] Ben: x", "**Anna:** y"]
        ),
        max_size=12,
    )
)
@example([])
@example(["Anna:"])
@example(["", "Anna:", "", "Ben: hi", ""])
@example(["x", "Ben: hi", "Ben: hi", "  "])
def test_turns_do_not_overlap_and_have_no_outer_spaces(lines):
    text = "\n".join(lines)
    result = turns(text)
    for before, after in pairwise(result):
        assert before.segment.end <= after.segment.start
        assert before.speaker != "" != after.speaker
    for turn in result:
        quote = turn.segment.quote(text)
        assert quote == quote.rstrip()
        assert turn.segment.start < turn.speech <= turn.segment.end
        assert turn.segment.start == 0 or text[turn.segment.start - 1] == "\n"


_PARTS = (
    "Anna", "Interviewer", "Q.", " ", "\t", "\n", "\n", ":", "：", "[0:01]", "(0:12)", "00:01:02", "#00:00:02-1#",
    "-->", " - ", "12.03.24, 10:02:33", " From ", "**", "[", "]", "(laughs)", "speech", "\u200e", "\n:",
)  # fmt: skip


@given(st.lists(st.sampled_from(_PARTS), max_size=16).map("".join))
@example("[0:01]\nAnna: yes\nAnna\n0:02\nyes\n")
@example("Anna：是\nAnna 0:01\n0:02 - 0:03\nAnna\nyes")
def test_the_lines_with_a_colon_have_all_labels_with_a_name_or_a_time(text: str):
    lines = speaker_labels._lines_with_colon(text)
    assert lines == [start for start, line in starts_of(text) if ":" in line or "：" in line]
    times = [start for start, line in starts_of(text) if re.search(r"\d:\d", line)]
    above = [text.rfind("\n", 0, start - 1) + 1 for start in times if start]
    for patterns, starts in (
        ([speaker_labels._COLON], lines),
        ([speaker_labels._CHAT, speaker_labels._ROW, *speaker_labels._TIMED], times),
        ([speaker_labels._NAME_ABOVE], above),
    ):
        for pattern in patterns:
            found = [match.span() for match in speaker_labels._matches(pattern, text, starts)]
            assert found == [match.span() for match in pattern.finditer(text)]


def starts_of(text: str) -> list[tuple[int, str]]:
    lines = text.split("\n")
    return list(zip(accumulate((len(line) + 1 for line in lines[:-1]), initial=0), lines, strict=True))


@pytest.mark.slow
def test_the_time_for_finding_turns_is_proportional_to_the_text():
    for text, size in (
        ("A a a ", 10_000),
        ("A a a\n", 2_000),
        ("**", 20_000),
        ("0:00\n", 2_000),
        ("A：a\n", 5_000),
        ("a:", 10_000),
        ("A" + " " * 99 + "\n", 50),
    ):
        assert growth(lambda size, text=text: turns(text * size), size) < LINEAR
    assert growth(lambda size: turns("A" + " " * size), 50_000) < LINEAR


@pytest.mark.parametrize(
    ("names", "asking", "expected"),
    [
        (["Interviewer", "Anna", "Ben"], [], ["Anna", "Ben"]),
        (["I", "R"], [], ["R"]),
        (["R", "P1", "P2"], [], ["P1", "P2"]),
        (["Q", "A"], [], ["A"]),
        (["Interviewer 1", "Interviewer 2", "Anna"], [], ["Anna"]),
        (["R", "Anna"], [], ["R", "Anna"]),
        (["Anna", "Ben"], ["anna"], ["Ben"]),
        (["Interviewer", "Anna"], ["Anna"], ["Interviewer"]),
        ([], [], []),
    ],
)
def test_respondents_are_distinguished_from_interviewers(names, asking, expected):
    text = "".join(f"{name}: words\n" for name in names * 2)
    assert respondents([turn.speaker for turn in turns(text)], asking) == expected


MEMO = "<ANN> It went well.\n<BO 00:12> It did not.\n  Not at all.\n<ANN> So?\n"


def test_a_pattern_of_the_user_names_the_speakers():
    found = turns(MEMO, r"^<(?P<speaker>[A-Z]+)(?: (?P<time>[\d:]+))?> ")
    assert [(turn.speaker, MEMO[turn.speech : turn.segment.end]) for turn in found] == [
        ("ANN", "It went well."),
        ("BO", "It did not.\n  Not at all."),
        ("ANN", "So?"),
    ]
    assert turns(MEMO) == turns(MEMO, r"^(?P<speaker>Nobody):") == []


def test_a_match_of_the_pattern_without_a_name_is_not_a_turn():
    assert turns("a: x\n: y\n", r"^(?P<speaker>\w*):")[0].segment.end == len("a: x\n: y")
    assert turns("a: x\n", r"^(?P<speaker>b)?") == []


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("(?P<speaker>[a-z", "is not a regular expression: unterminated character set, at character 17"),
        ("^(\\w+):", r"has no group “speaker” for the name, as in \^\(\?P<speaker>"),
        ("(?P<name>x)", "has no group “speaker”"),
        ("(?P<speaker>" + "a" * 1000 + ")", "is too long, or repeats"),
        ("(?P<speaker>(?:(?:a{1000}){1000}){1000})", "is too long, or repeats"),
        ("(?:" * 240 + "(?P<speaker>a)" + ")" * 240, "cannot be used: it is too deeply nested"),
        (r"(?P<speaker>a)(?P<speaker>", "is not a regular expression"),
        ("(?P<speaker>a)" + chr(0x110) + "{99999999999999999999}", "is too long, or repeats"),
    ],
)
def test_an_invalid_pattern_is_refused_with_the_reason(pattern, problem):
    with pytest.raises(InputError, match=f"^The pattern for speakers {problem}"):
        turns("Ann: x", pattern)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (r"^(?P<speaker>(?:a|a)*)\1$", "a" * 80 + "b"),
        (r"(?P<speaker>a{0,5000}){0,2}$", "a" * 5000 + "b"),
    ],
)
def test_a_pattern_that_takes_too_long_is_stopped(pattern, text, monkeypatch):
    monkeypatch.setattr(speaker_pattern, "SECONDS", 0.05)
    with pytest.raises(InputError, match="takes too long: simplify it"):
        turns(text, pattern)


def test_a_pattern_with_a_python_warning_prints_nothing():
    assert [turn.speaker for turn in turns("[Ann] x", r"^(?P<speaker>[[A]nn\])")] == []


ONCE = "Ann: How did it start?\nBo: We came in.\nMore of Bo.\n\nAnn: And then?\nBo: They left.\nCleo: Once only.\nYes.\n\nAnn: So."


def test_the_words_after_a_name_that_is_not_known_have_no_speaker():
    found = turns(ONCE)
    assert ("Bo", "They left.") in spoken(ONCE)
    place = ONCE.index("Once")
    assert speakers_in(Segment(place, place + 4), found) == ()
    unknown = ONCE.index("Cleo:")
    assert speakers_in(Segment(unknown, unknown + 5), found) == ()
    assert speakers_in(Segment(unknown - 1, unknown), found) == ("Bo",)
    across = Segment(ONCE.index("left"), place + 4)
    assert (speakers_in(across, found), is_spoken(across, found)) == (("Bo",), False)
    assert is_spoken(Segment(ONCE.index("came"), ONCE.index("then")), found)
    assert not is_spoken(Segment(0, 1), [])


def test_a_speaker_of_subtitles_may_have_one_turn():
    assert spoken("[00:00:01] Ann: one\n[00:00:02] Bo: two") == [("Ann", "one"), ("Bo", "two")]
    assert spoken("Place: one\nSector: two") == []
    assert spoken("[00:00:01] Ann: one\nBo: two") == []


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Field notes.\n\nCleo: I came here.\nMore words from her.\n\nThen a walk.\n\nCleo: Because.\n", ["Cleo"]),
        ("Will: I will come.\nSome words.\nWill: More.\n", ["Will"]),
        ("The plan was long.\n\nPlan: many parts.\nWe walked on.\n\nPlan: few.\n\nEnd of it.\n\nHome.\n", []),
        ("Name: Cleo\nSite: North\n\nName: Bo\nSite: South\n", []),
        ("Cleo: only once here.\nplain prose follows.\n", []),
        ("Cleo:\nI came.\n\nAnna:\nYes?\n\nCleo:\nNo.\n", ["Cleo", "Anna"]),
        ("Cleo:\nI came.\nAnna:\nYes?\nCleo:\nNo.\n", ["Cleo", "Anna"]),
        ("Cleo:\nI came.\nHere.\nAnd here.\n\nAnna:\nYes?\n\nCleo:\nNo.\nNever.\n", ["Cleo"]),
    ],
)
def test_a_single_name_is_a_speaker_if_it_begins_many_paragraphs_or_is_always_capitalised(
    text: str, speakers: list[str]
) -> None:
    assert list(dict.fromkeys(turn.speaker for turn in turns(text))) == speakers


@pytest.mark.parametrize(
    "text",
    [
        "[12.03.24, 10:02:33] Anna: Thank you.\n\u200e[12.03.24, 10:02:40] Bo B: No trouble.\n[12.03.24, 10:03:00] Anna: How so?\n",
        "12/03/2024, 10:02 - Anna: Thank you.\n12/03/2024, 10:03 - Bo B: No trouble.\n12/03/2024, 10:04 - Anna: How so?\n",
        "[3/12/24, 10:02:33 AM] Anna: Thank you.\n[3/12/24, 10:02:40 AM] Bo B: No trouble.\n[3/12/24, 10:03:00 AM] Anna: How so?",
        (
            "10:02:33\t From Anna to Everyone:\n\tThank you.\n10:02:40\t From Bo B to Everyone:\n\tNo trouble.\n"
            "10:03:00 From Anna to Bo B(Direct Message):\n\tHow so?\n"
        ),
    ],
)
def test_chats_are_read_as_turns(text: str) -> None:
    found = turns(text)
    assert [turn.speaker for turn in found] == ["Anna", "Bo B", "Anna"]
    assert [text[turn.speech : turn.segment.end] for turn in found] == ["Thank you.", "No trouble.", "How so?"]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "INTERVIEWER\nThank you.\n\nPARTICIPANT 3\nNo trouble.\n\nINTERVIEWER\nHow so?\n",
            ["INTERVIEWER", "PARTICIPANT 3"],
        ),
        (
            "Interviewer\nThank you.\nBefragte\nNo trouble.\nInterviewer\nHow so?\nBefragte\nWell.\n",
            ["Interviewer", "Befragte"],
        ),
        ("Participant\n\nThe first one.\n\nOthers\n\nThe interviewer\nwas late.\n", []),
        ("Participant\nA woman of 40.\nShe lives here.\n", []),
    ],
)
def test_roles_alone_on_their_lines_are_speakers(text: str, speakers: list[str]) -> None:
    assert list(dict.fromkeys(turn.speaker for turn in turns(text))) == speakers


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Q. How are you?\nA. Fine.\n\nQ. And he?\nA. I am not sure.\nHe left.\n", ["Q", "A", "Q", "A"]),
        ("Q.\tHow are you?\nA.\tFine.\nQ.\tWhy?\nA.\tWho knows.", ["Q", "A", "Q", "A"]),
        ("Q    How are you?\n     Today?\nA    Fine.\nQ    Why?\nA    Who knows.", ["Q", "A", "Q", "A"]),
        ("Q1. How are you?\nA1. Fine.\nQ2. Why?\nA2. Who knows.", ["Q", "A", "Q", "A"]),
        ("F. Wie geht es?\nA. Gut.\nF. Warum?\nA. Ach.", ["F", "A", "F", "A"]),
        ("I. Why?\nR. Because.\nR. And so.\nI. Yes?\nR. Yes.\nI. Oh.\nR. No.", ["I", "R", "R", "I", "R", "I", "R"]),
        ("Heading\n\nQ) Why?\nA) No.\nQ) Oh?\nA) Yes.", ["Q", "A", "Q", "A"]),
        ("A. the visits\nB. the money\nC. time\nI. first\nA. the visits\nB. the money", []),
        ("Q. What is it?\nA. A thing.", []),
        ("A. one\nB. two\n\nA. three\nB. four", []),
        ("I went out.\nR. is a friend.\nI came back.", []),
    ],
)
def test_letters_that_alternate_are_questions_and_answers(text: str, speakers: list[str]) -> None:
    assert [turn.speaker for turn in turns(text)] == speakers
    if speakers:
        assert respondents(speakers)[-1] == speakers[-1]


def test_the_speech_of_a_question_begins_after_its_letter() -> None:
    text = "Q. How are you?\nA. Fine.\nThank you.\nQ. Why?\nA. Who knows."
    assert spoken(text)[:2] == [("Q", "How are you?"), ("A", "Fine.\nThank you.")]
