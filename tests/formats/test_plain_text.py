from __future__ import annotations

from datetime import date
from hashlib import sha256

import pytest
import yaml
from hypothesis import given
from study_values import names, sources

from sibtui.errors import InputError
from sibtui.formats.sources.plain_text import FIELDS, parse_note, read_note, write_note
from sibtui.model.drafts import SourceDraft
from sibtui.model.hashed_text import HashedText

NOTE = """---
title: SIB A, housing investor 1
kind: interview            # a comment
fidelity: notes
cases: [SIB A, "SIB B, too"]
reading: read
read: 2020-05-14T17:30:00+01:00
date: 2020-03-17
mode: online
people: 2
recorded: no
hours: 1.5
heard: 2020-03-17 10:30:00
organisation type: Investor/Housing partner
empty:
---

# A heading

Text.
"""


def read(front: str, *, body: str = "x", name: str = "notes/a.md") -> SourceDraft:
    return read_note(name, f"---\n{front}---\n\n{body}".encode())


def test_front_matter_holds_fields_and_attributes():
    note = read_note("notes/a1.md", NOTE.encode())
    assert note == SourceDraft(
        name="a1",
        text="# A heading\n\nText.\n",
        title="SIB A, housing investor 1",
        kind="interview",
        fidelity="notes",
        cases=("SIB A", "SIB B, too"),
        reading="read",
        read_at="2020-05-14T16:30:00Z",
        attributes={
            "date": date(2020, 3, 17),
            "mode": "online",
            "people": 2,
            "recorded": False,
            "hours": 1.5,
            "heard": "2020-03-17T10:30:00Z",
            "organisation type": "Investor/Housing partner",
        },
        original="a1.md",
        sha256=sha256(NOTE.encode()).hexdigest(),
    )


def test_origin_in_the_front_matter_is_kept():
    note = read("name: b\noriginal: interview 7.docx\nsha256: 0f\nadded: 2020-05-14\n")
    assert (note.name, note.original, note.sha256, note.added) == (
        "b",
        "interview 7.docx",
        "0f",
        "2020-05-14T00:00:00Z",
    )


def test_a_single_case_in_front_matter_is_one_label():
    assert read("cases: SIB A, and more\n").cases == ("SIB A, and more",)


def test_note_with_a_time_of_reading_counts_as_read():
    assert read("read: 2020-05-14\n").reading == "read"
    assert read("reading: in progress\nread: 2020-05-14\n").reading == "in progress"


def test_fields_of_a_front_matter_are_read_as_texts_without_yaml_types():
    note = read("name: 007\ntitle: 12:30\ncases: [1_0, yes, 2020-01-01]\n")
    assert (note.name, note.title, note.cases) == ("007", "12:30", ("1_0", "yes", "2020-01-01"))


@pytest.mark.parametrize("text", ["007", "1_000", "16:30", "0x1f", "0b1", "190:20:30.15", "twelve"])
def test_only_decimal_numbers_are_numbers(text):
    assert read(f"participant: {text}\n").attributes == {"participant": text}


def test_title_defaults_to_the_first_heading_then_the_stem():
    assert (
        read_note("a.md", b"Some words.\n\n```\n# no\n```\n\n## The *heading* ##\n# Later\n").title == "The *heading*"
    )
    assert read_note("a.md", b"#hashtag\n").title == "a"
    assert read_note("x/My note.TXT", b"# no Markdown\n").title == "My note"


def test_plain_text_has_no_front_matter():
    assert read_note("a.txt", b"---\ntitle: x\n---\n\ny").text == "---\ntitle: x\n---\n\ny"


@pytest.mark.parametrize(
    "text", ["---\n\nA rule above, none below.\n", "---- \nx\n---\n", " ---\na: b\n---\n", "----", "---"]
)
def test_a_horizontal_line_at_the_top_does_not_begin_a_front_matter(text):
    assert read_note("a.md", text.encode()).text == text


@pytest.mark.parametrize(
    ("after", "text"), [("", ""), ("\n", ""), ("x", "x"), ("\nx", "x"), ("\n\nx", "\nx"), (" \nx", " \nx")]
)
def test_empty_line_after_the_front_matter_is_not_text(after, text):
    assert read_note("a.md", f"---\ntitle: t\n---\n{after}".encode()).text == text


def test_a_front_matter_may_be_empty_or_contain_only_comments():
    assert read_note("a.md", b"---\n---\nx").text == "x"
    assert read_note("a.md", b"---\n# nothing\n---\nx").text == "x"


def test_a_front_matter_may_have_any_encoding_and_any_line_ends():
    text = "---\r\ntitle: Café – “x”\r\ncases: [SIB A]\r\n---\r\n\r\nHe didn’t.\r\n"
    for encoding in ("utf-16", "utf-8-sig", "cp1252"):
        note = read_note("a.md", text.encode(encoding))
        assert (note.title, note.cases, note.text) == ("Café – “x”", ("SIB A",), "He didn’t.\n")


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ("title: x\ntitle: y\n", "line 3: “title” appears twice"),
        ("[a]: b\n", "line 2: the front matter may only have lines"),
        ("just words\ntitle: x\n", "line [23]: the front matter is not YAML"),
        ("title: x\n  y: [\n", "line 3: the front matter is not YAML"),
        ("title: 'x\n", "line 3: the front matter is not YAML"),
        ("title: x\nmode: \x07\n", "line 3: the front matter holds a character that YAML does not allow"),
        ("{" * 3000 + "\n", "line 2: "),
        ("a: " + "[" * 100_000 + "\n", "line 2: "),
    ],
)
@pytest.mark.parametrize("parser", ["CSafeLoader", "SafeLoader"])
def test_a_front_matter_that_cannot_be_used_is_refused_with_file_and_line(front, problem, parser, monkeypatch):
    monkeypatch.setattr(yaml, "CSafeLoader", getattr(yaml, parser))
    with pytest.raises(InputError, match=f"^notes/a.md, {problem}"):
        read(front)


@pytest.mark.parametrize(
    ("front", "value", "warning"),
    [
        ("mode: [a, b]\n", "a; b", "the list “mode” became one value: a; b (line 2)"),
        ("mode:\n  - one\n  -\n  - 007\n", "one; 007", "the list “mode” became one value: one; 007 (line 2)"),
        ("mode: []\n", None, "the list “mode” became one value: nothing (line 2)"),
        ("mode: !!python/object:os.system x\n", "x", "the value of “mode” was taken as text (line 2)"),
        (
            "mode: !!python/object:os.system {}\n",
            "!!python/object:os.system {}",
            "the value of “mode” was taken as text (line 2)",
        ),
        ("mode: !!set {a, b}\n", "!!set {a, b}", "the value of “mode” was taken as text (line 2)"),
        ("mode: !!binary aGVq\n", "aGVq", "the value of “mode” was taken as text (line 2)"),
        ("mode: 2020-13-45\n", "2020-13-45", "the value of “mode” was taken as text (line 2)"),
        (f"mode: {'9' * 5000}\n", "9" * 5000, "the value of “mode” was taken as text (line 2)"),
    ],
)
@pytest.mark.parametrize("parser", ["CSafeLoader", "SafeLoader"])
def test_an_odd_value_of_an_attribute_becomes_text_and_is_reported(front, value, warning, parser, monkeypatch):
    monkeypatch.setattr(yaml, "CSafeLoader", getattr(yaml, parser))
    note = read(front)
    assert note.attributes.get("mode") == value
    assert note.warnings == (warning,)


@pytest.mark.parametrize(
    ("front", "attributes", "warning"),
    [
        (
            "contact:\n  name: Ann\n  role: {now: CEO, since: 2019}\n",
            {"contact.name": "Ann", "contact.role.now": "CEO", "contact.role.since": 2019},
            "the keys inside “contact” became attributes: contact.name, contact.role.now and contact.role.since (line 2)",
        ),
        (
            "who:\n  - name: Ann\n    role: asks\n  - name: Bo\n",
            {"who": "name: Ann, role: asks; name: Bo"},
            "the list “who” became one value: name: Ann, role: asks; name: Bo (line 2)",
        ),
        ("tags: [a, [b, c]]\n", {"tags": "a; b, c"}, "the list “tags” became one value: a; b, c (line 2)"),
        ("title: {a: b}\n", {"title.a": "b"}, "the keys inside “title” became attributes: title.a (line 2)"),
        ("cases: {a: b}\n", {"cases.a": "b"}, "the keys inside “cases” became attributes: cases.a (line 2)"),
        ("é: {{title}}\n", {"é": "{{title}}"}, "the value of “é” was taken as text (line 2)"),
        ("x:\n  y: 1\n  y: 2\n", {"x": "y: 1\n  y: 2"}, "the value of “x” was taken as text (line 2)"),
        ("x: *a\n", {"x": "*a"}, "the value of “x” was taken as text (line 2)"),
        ("<<: *a\n", {"<<": "*a"}, "the value of “<<” was taken as text (line 2)"),
        (
            "a.b: 1\na: {b: 2, c: }\n",
            {"a.b": 1, "a.b 2": 2},
            "the keys inside “a” became attributes: a.b 2 (line 3)",
        ),
    ],
)
@pytest.mark.parametrize("parser", ["CSafeLoader", "SafeLoader"])
def test_nested_keys_become_attributes_with_a_dot_or_text(front, attributes, warning, parser, monkeypatch):
    monkeypatch.setattr(yaml, "CSafeLoader", getattr(yaml, parser))
    note = read(front)
    assert note.attributes == attributes
    assert note.warnings == (warning,)


@pytest.mark.parametrize(
    ("front", "field", "value", "attributes", "warning"),
    [
        ("title: [a, b]\n", "title", "a; b", {}, "the list “title” became one value: a; b (line 2)"),
        *(
            (
                f"people: 2\n{key}: {text}\n",
                field,
                value,
                {"people": 2, f"{key} as written": text},
                f"“{key}” is “{text}”, {problem}: it became the attribute “{key} as written” (line 3)",
            )
            for key, text, field, value, problem in [
                ("kind", "chat", "kind", "interview", "not one of interview, document, report, other"),
                ("fidelity", "exact", "fidelity", "notes", "not one of notes, verbatim"),
                ("reading", "done", "reading", "unread", "not one of unread, in progress, read"),
                ("read", "2024-13-45", "read_at", None, "no date and time such as 2020-05-14T16:30:00Z"),
                ("added", "0001-01-01T00:00:00+14:00", "added", None, "no date and time such as 2020-05-14T16:30:00Z"),
            ]
        ),
    ],
)
def test_an_odd_value_of_a_field_is_kept_and_reported(front, field, value, attributes, warning):
    note = read(front)
    assert (getattr(note, field), note.attributes, note.warnings) == (value, attributes, (warning,))


def test_keys_that_read_the_same_keep_all_their_values():
    note = read(
        "name: n\nName: N\ntown: a\nTown: b\nTOWN: c\ntown 2: d\nx: {y: 1}\nX.y: 2\nTitle: s\nTITLE: t\ntItLe: u\n"
    )
    assert (note.name, note.title) == ("n", "s")
    assert note.attributes == {
        "Name": "N", "town": "a", "Town 3": "b", "TOWN 4": "c", "town 2": "d", "X.y": 2, "x.y 2": 1, "TITLE": "t", "tItLe 2": "u",
    }  # fmt: skip
    assert note.warnings == (
        "“Town” became the attribute “Town 3”, because “town” comes first (line 5)",
        "“TOWN” became the attribute “TOWN 4”, because “town” comes first (line 6)",
        "the keys inside “x” became attributes: x.y 2 (line 8)",
        "“TITLE” became an attribute, because “Title” comes first (line 11)",
        "“tItLe” became an attribute, because “Title” comes first (line 12)",
        "“tItLe” became the attribute “tItLe 2”, because “TITLE” comes first (line 12)",
    )


def test_an_odd_value_gets_a_name_that_no_key_has():
    assert read("kind: chat\nKIND as written: x\n").attributes == {"KIND as written": "x", "kind as written 2": "chat"}


def test_an_empty_mapping_is_reported():
    note = read("people: 2\na: {}\nb:\n  c: {}\n  d: 5\n")
    assert note.attributes == {"people": 2, "b.d": 5}
    assert note.warnings == (
        "“a” holds no keys, and was left out (line 3)",
        "the keys inside “b” became attributes: b.d (line 4)",
        "“b.c” holds no keys, and was left out (line 5)",
    )


def test_the_words_of_a_field_may_be_in_capital_letters():
    note = read("kind: Document\nfidelity: VERBATIM\nreading: In Progress\n")
    assert (note.kind, note.fidelity, note.reading, note.warnings) == ("document", "verbatim", "in progress", ())


def test_an_infinite_number_stays_a_text():
    assert read("a: .nan\nb: -.inf\n").attributes == {"a": ".nan", "b": "-.inf"}


def test_warnings_are_in_the_order_of_the_lines():
    warnings = read("a: [1]\nread: x\nb: {c: d}\nkind: chat\n").warnings
    assert [warning[-8:] for warning in warnings] == [f"(line {line})" for line in (2, 3, 4, 5)]


def test_an_alias_is_not_followed_and_an_anchor_is_ignored():
    note = read("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nkind: *a\n")
    assert note.attributes == {"a": "x; x", "b": "*a; *a", "c": "*b; *b", "kind as written": "*a"}


def test_deeply_nested_keys_become_one_text():
    front = "".join(f"{'  ' * depth}k:\n" for depth in range(20)) + f"{'  ' * 20}word\n"
    ((key, value),) = read(front).attributes.items()
    assert key == ".".join("k" * 9)
    assert value.endswith("word")


@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "README", "a.md.bak"])
def test_a_file_of_another_kind_is_refused_with_its_name(name):
    with pytest.raises(InputError, match=f"^{name} was not read: .* cannot be read yet"):
        read_note(name, b"text")


def test_note_is_written_without_empty_fields():
    draft = SourceDraft(
        name="a 1",
        text="Text",
        title="A: one",
        cases=("SIB A", "b, c"),
        reading="read",
        read_at="2020-05-14T16:30:00Z",
        attributes={"date": date(2020, 3, 17), "people": 2, "led": True, "hours": 1e20, "mode": "yes"},
    )
    assert write_note(draft, stem="a-1").decode() == (
        "---\nname: a 1\ntitle: 'A: one'\nkind: interview\nfidelity: notes\ncases: [SIB A, 'b, c']\nreading: read\n"
        "read: 2020-05-14T16:30:00Z\ndate: 2020-03-17\npeople: 2\nled: true\nhours: 1.0e+20\nmode: 'yes'\n---\n\nText"
    )


def test_an_attribute_named_like_a_field_is_not_written():
    for field in FIELDS:
        with pytest.raises(InputError, match=f"The attribute “{field}” of a cannot be written"):
            write_note(SourceDraft("a", "", attributes={field: "x"}))


@given(sources(), names)
def test_any_note_is_read_back_as_it_was_written(draft, stem):
    stem = stem.translate({ord(c): "_" for c in "/\\.\0"})
    written = write_note(draft, stem=stem)
    back = parse_note(f"notes/{stem}.md", written, encoding="utf-8")
    assert back == draft
    assert list(back.attributes) == list(draft.attributes)
    assert [type(v) for v in back.attributes.values()] == [type(v) for v in draft.attributes.values()]
    assert write_note(back, stem=stem) == written


def test_cases_on_one_line_are_split_at_semicolons():
    draft = read_note("a.md", b"---\ncases: SIB A; SIB B\n---\nText")
    assert (draft.cases, draft.cases_together) == (("SIB A", "SIB B"), "SIB A; SIB B")


def test_a_case_in_a_list_keeps_its_semicolon():
    draft = read_note("a.md", b'---\ncases: ["Here; there"]\n---\nText')
    assert (draft.cases, draft.cases_together) == (("Here; there",), "")


@pytest.mark.parametrize(
    ("written", "cases"),
    [("SIB A", ("SIB A",)), ("[SIB A, SIB B]", ("SIB A", "SIB B")), ("SIB A; SIB B", ("SIB A", "SIB B")), ("", ())],
)
def test_case_is_an_alias_of_cases(written: str, cases: tuple[str, ...]):
    one, several = (read_note("a.md", f"---\n{key}: {written}\n---\nText".encode()) for key in ("case", "cases"))
    assert (one.cases, one.attributes) == (cases, {})
    assert one.cases_together == (written if ";" in written else "")
    assert (one.cases, one.cases_together) == (several.cases, several.cases_together)


@pytest.mark.parametrize("cases", [(), ("SIB A",)])
def test_an_attribute_with_the_name_case_is_read_back_as_an_attribute(cases: tuple[str, ...]):
    draft = SourceDraft("a", "Text", "a", cases=cases, attributes={"case": "closed"})
    again = parse_note("a.md", write_note(draft, stem="a"))
    assert (again.cases, again.attributes) == (cases, {"case": "closed"})


def test_keys_of_fields_are_compared_as_names():
    block = "CASE: SIB A\nTitle: Pilot\nKind: report\nReading: read\nADDED: 2020-05-14\nAge: 3"
    draft = read_note("a.md", f"---\n{block}\n---\nText".encode())
    assert (draft.cases, draft.title, draft.kind, draft.reading) == (("SIB A",), "Pilot", "report", "read")
    assert (draft.added, draft.attributes, draft.warnings) == ("2020-05-14T00:00:00Z", {"Age": 3}, ())
    odd = read_note("a.md", b"---\nKind: memo\n---\nText")
    assert odd.attributes == {"Kind as written": "memo"}
    assert "“Kind” is “memo”, not one of" in odd.warnings[0]


def test_the_exact_key_of_a_field_is_preferred_and_else_the_first_key():
    draft = read_note("a.md", b"---\nCases: Two\ncases: One\n---\nText")
    assert (draft.cases, draft.attributes) == (("One",), {"Cases": "Two"})
    draft = read_note("a.md", b"---\nCase: One\nCASE: Two\n---\nText")
    assert (draft.cases, draft.attributes) == (("One",), {"CASE": "Two"})
    assert draft.warnings == ("“CASE” became an attribute, because “Case” comes first (line 3)",)


@pytest.mark.parametrize("empty", [True, False])
def test_attributes_with_names_like_fields_are_read_back_as_attributes(empty: bool):
    attributes = {field.title(): "odd" for field in (*FIELDS, "case")}
    filled = {} if empty else {"cases": ("SIB A",), "reading": "read", "read_at": "2020-05-14T00:00:00Z"}
    draft = SourceDraft("a", "Text", "a", attributes=attributes, **filled)
    back = parse_note("a.md", write_note(draft, stem="a"), encoding="utf-8")
    assert (back, back.warnings) == (draft, ())


@pytest.mark.parametrize("written", ["''", "['', SIB A, ' ']", "[[]]"])
def test_an_empty_label_is_no_case(written: str):
    assert read_note("a.md", f"---\ncases: {written}\n---\nText".encode()).cases in ((), ("SIB A",))


@pytest.mark.parametrize(
    "inside", ["just a line of text", "- a\n- b", "Two lines,\n“quoted” [too]", "*** a\n@b", "“Why?”"]
)
def test_text_between_two_horizontal_lines_is_not_a_front_matter(inside: str):
    text = f"---\n{inside}\n---\nBody"
    note = read_note("a.md", text.encode())
    assert (note.text, note.warnings, note.attributes) == (text, (), {})


def test_three_full_stops_end_a_front_matter():
    note = read_note("a.md", b"---\ntitle: x\n...\n\nBody\n---\n")
    assert (note.title, note.text) == ("x", "Body\n---\n")


@pytest.mark.parametrize("key", ["''", '" "'])
def test_a_value_without_a_key_is_kept_and_reported(key: str):
    note = read(f"unnamed: a\n{key}: b\n")
    assert note.attributes == {"unnamed": "a", "unnamed 2": "b"}
    assert note.warnings == ("a value without a key became the attribute “unnamed 2” (line 3)",)


@pytest.mark.parametrize("data", [b"They met.\n", "Añda – «x»\x00".encode()])
def test_an_unchanged_text_knows_its_bytes_and_their_hash(data: bytes) -> None:
    for name in ("a.txt", "a.md"):
        text = read_note(name, data).text
        assert isinstance(text, HashedText)
        assert (text.data, text.sha256) == (data, sha256(data).hexdigest())


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.txt", b"one\r\ntwo"),
        ("a.txt", b"one\rtwo"),
        ("a.txt", b"\xef\xbb\xbfone"),
        ("a.txt", "one, £2 and more words".encode("cp1252")),
        ("a.txt", "one".encode("utf-16")),
        ("a.md", b"---\ntitle: T\n---\none"),
    ],
)
def test_a_text_that_differs_from_its_file_is_an_ordinary_text(name: str, data: bytes) -> None:
    assert type(read_note(name, data).text) is str
