from __future__ import annotations

import io
import re
import zipfile

import pytest
from foreign_projects import CODE, SOURCE, USER, Quirks, guid, project, zipped
from test_foreign_offsets import TEXT, WORDS

from sibtui.errors import InputError
from sibtui.formats.documents.import_lines import import_lines
from sibtui.formats.refi.codebook import read_qdc
from sibtui.formats.refi.outline import Outline, local_name
from sibtui.formats.refi.reader import read_qdpx
from sibtui.model.drafts import MemoDraft
from sibtui.model.import_reports import Convention
from sibtui.model.segments import Segment

PROGRAMS = {
    "NVivo on Windows": (
        Convention("UTF-16 units", crlf=2),
        Quirks(member="Project.qde", folder="Sources/", crlf=True, bom=True, names=True, braces=True),
    ),
    "NVivo on a Mac": (Convention("UTF-16 units"), Quirks(names=False)),
    "QualCoder": (Convention(), Quirks(folder="Sources/", crlf=True, bom=True, names=False)),
    "qc": (Convention(), Quirks(path="{}.txt", names=False)),
    "ATLAS.ti": (Convention(), Quirks(member="A b.qde", crlf=True)),
    "one that counts the mark": (Convention(bom=True), Quirks(bom=True)),
    "one that counts ends in": (Convention(inclusive=True), Quirks()),
    "one that counts bytes": (Convention("UTF-8 bytes", crlf=2), Quirks(crlf=True)),
}


@pytest.mark.parametrize("program", PROGRAMS)
def test_codings_of_every_program_get_their_segments(program):
    convention, quirks = PROGRAMS[program]
    result = read_qdpx("p.qdpx", project(TEXT, WORDS, convention, quirks))
    assert result.study.sources[0].text == TEXT
    assert [(c.segment.start, c.segment.end) for c in result.study.codings] == WORDS
    assert {(c.source, c.code, c.coder, c.quote == c.segment.quote(TEXT)) for c in result.study.codings} == {
        ("Talk", "Trust", "Ann", True)
    }
    assert result.report.offsets is not None
    assert result.report.offsets.sure
    assert not result.report.review
    assert result.report.program == "Program 1"
    assert result.study.codes[0].colour == "#E69F01"


def test_coder_and_time_default_to_those_of_the_selection():
    attributes = f'creatingUser="{USER}" creationDateTime="2024-10-18T23:23:46Z"'
    packed = project("Trust came slowly.", [(0, 5), (6, 10)], Convention(), Quirks())
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    of_coding = f' creatingUser="{guid(USER, Quirks()).lower()}"'
    xml = files["project.qde"].decode()
    assert xml.count(of_coding) == 2
    files["project.qde"] = (
        xml.replace(of_coding, "").replace("<PlainTextSelection ", f"<PlainTextSelection {attributes} ", 1).encode()
    )
    first, second = read_qdpx("p.qdpx", zipped(files)).study.codings
    assert (first.coder, first.created) == ("Ann", "2024-10-18T23:23:46Z")
    assert (second.coder, second.created) == (None, None)


def test_codings_of_whole_lines_get_whole_lines():
    lines, at = [], 0
    for line in TEXT.splitlines(keepends=True):
        lines.append((at, at + len(line)))
        at += len(line)
    places = [place for place in lines if place[1] - place[0] > 1]
    result = read_qdpx("p.qdpx", project(TEXT, places, Convention(), Quirks(names=False)))
    assert [(c.segment.start, c.segment.end) for c in result.study.codings] == places


def moved(data: bytes, old: str, new: str) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return zipped({name: archive.read(name).replace(old.encode(), new.encode()) for name in archive.namelist()})


def test_a_coding_at_another_place_than_its_quote_is_listed_with_the_best_match():
    data = moved(project(TEXT, WORDS, Convention(), Quirks()), 'name="late"', 'name="the money came late"')
    result = read_qdpx("p.qdpx", data)
    late = [place for place in WORDS if TEXT[slice(*place)] == "late"]
    assert len(result.study.codings) == len(WORDS) - len(late)
    assert [item.draft.segment for item in result.report.review] == [Segment(*place) for place in late]
    for item, place in zip(result.report.review, late, strict=True):
        assert (item.best, item.score) == (Segment(place[0] - len("the money came "), place[1]), 100)
        assert "“late”" in item.why
    accepted = result.with_reviewed(90)
    assert len(accepted.codings) == len(WORDS)
    assert accepted.codings[-1].quote == "the money came late"


def test_similar_quote_has_a_score():
    data = moved(project(TEXT, WORDS, Convention(), Quirks()), 'name="asked"', 'name="No ane asked 🙂 twize"')
    item = read_qdpx("p.qdpx", data).report.review[0]
    assert item.best is not None
    assert "one asked" in item.best.quote(TEXT)
    assert 80 < item.score < 100
    assert not read_qdpx("p.qdpx", data).with_reviewed(99).codings[len(WORDS) :]


def test_names_of_selections_that_are_labels_are_not_reported_as_wrong_quotes():
    with zipfile.ZipFile(io.BytesIO(project(TEXT, WORDS, Convention(), Quirks()))) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    labelled = re.sub(
        rb'(<PlainTextSelection [^>]*name=")[^"]*', rb"\1Quotation of the second day", files["project.qde"]
    )
    report = read_qdpx("p.qdpx", zipped({**files, "project.qde": labelled})).report
    lines = list(import_lines(report))
    assert f"not brought in: names of selections that are no quotes {len(WORDS)}." in lines
    assert not any("quotes are the text" in line for line in lines)
    assert not report.review


def test_selections_outside_of_the_text_or_without_a_text_are_listed():
    data = moved(project(TEXT, WORDS[:3], Convention(), Quirks(names=False)), 'startPosition="', 'startPosition="99999')
    report = read_qdpx("p.qdpx", data).report
    assert len(report.review) == 3
    assert all("is not a position in the text" in item.why for item in report.review)
    data = moved(project(TEXT, WORDS[:3], Convention(), Quirks()), "internal://", "relative:///../")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        alone = zipped({"project.qde": archive.read("project.qde")})
    report = read_qdpx("p.qdpx", alone).report
    assert [item.why for item in report.review] == ["the text of the source is not in the file"] * 3
    assert report.warnings == (
        "The file does not have the text of 1 source: “Talk”.",
        "1 source is kept in a file outside of the project; this file was not opened.",
    )


NOTE, CASE, OTHER = "aaaaaaaa", "bbbbbbbb", "cccccccc"


def g(start: str) -> str:
    return f"{start}-0000-4000-8000-000000000000"


REST = f"""
<Notes>
 <Note guid="{g(NOTE)}" name="Idea" creationDateTime="2020-05-14T16:30:00Z"><PlainTextContent>Look again.</PlainTextContent></Note>
 <Note guid="{g("dddddddd")}" name="On Trust"><PlainTextContent>A big word.</PlainTextContent></Note>
</Notes>
<Links><Link guid="{g("eeeeeeee")}" name="goes with" direction="OneWay" originGUID="{CODE}" targetGUID="{SOURCE}"/></Links>
<Sets><Set guid="{g("ffffffff")}" name="Mine"><MemberCode targetGUID="{CODE}"/><MemberSource targetGUID="{SOURCE}"/></Set></Sets>
<Graphs><Graph guid="{g("99999999")}"/></Graphs>
<Description>What for.</Description>
"""
HEAD = f"""
<Variables><Variable guid="{g("12121212")}" name="Age" typeOfVariable="Integer"/>
<Variable guid="{g("13131313")}" name="Since" typeOfVariable="Date"/>
<Variable guid="{g("14141414")}" name="title" typeOfVariable="Text"/></Variables>
<Cases><Case guid="{g(CASE)}" name="SIB  A">
 <VariableValue><VariableRef targetGUID="{g("12121212")}"/><IntegerValue>41</IntegerValue></VariableValue>
 <VariableValue><VariableRef targetGUID="{g("13131313")}"/><DateValue>about 2019</DateValue></VariableValue>
 <SelectionRef targetGUID="44444444-4444-4444-8444-000000000000"/></Case>
 <Case guid="{g(OTHER)}" name="SIB B"><CodeRef targetGUID="{CODE}"/><SourceRef targetGUID="{SOURCE}"/></Case></Cases>
"""


def test_members_of_sets_and_items_of_links_have_the_names_of_their_records():
    picture, film, part = g("31313131"), g("32323232"), g("33333333")
    xml = f"""<Project xmlns="urn:QDA-XML:project:1.0" name="P"><CodeBook><Codes><Code guid="{CODE}" name="Trust"/></Codes></CodeBook>
<Cases><Case guid="{g(CASE)}" name="SIB A"/></Cases>
<Sources><TextSource guid="{SOURCE}" name="Talk"><PlainTextContent>one two</PlainTextContent>
<PlainTextSelection guid="{g("34343434")}" name="two" startPosition="4" endPosition="7"/>
<PlainTextSelection guid="{g("35353535")}" startPosition="0" endPosition="3"/></TextSource>
<PictureSource guid="{picture}" name="photo.jpg"><PictureSelection guid="{part}" name="her hands"/></PictureSource>
<VideoSource guid="{film}"/></Sources>
<Notes><Note guid="{g(NOTE)}" name="Plan"><Description>day by day</Description><PlainTextContent>The plan.</PlainTextContent></Note></Notes>
<Links><Link guid="{g("36363636")}" direction="OneWay" originGUID="{g("34343434")}" targetGUID="{g(NOTE)}"/>
<Link guid="{g("37373737")}" originGUID="{g("35353535")}" targetGUID="{g("38383838")}"/></Links>
<Sets><Set guid="{g("39393939")}" name="Images"><MemberSource targetGUID="{picture}"/><MemberSource targetGUID="{{{film.upper()}}}"/>
<MemberSource targetGUID="{part}"/><MemberCode targetGUID="{CODE}"/></Set>
<Set guid="{g("40404040")}" name="Cases"><Description>All.</Description><MemberSource targetGUID="{g(CASE)}"/></Set></Sets></Project>"""
    memos = read_qdpx("p.qdpx", zipped({"x.qde": xml.encode()})).study.memos
    assert [(memo.title, memo.text) for memo in memos] == [
        ("Plan", "The plan.\n\nDescription: day by day"),
        (
            "Set: Images",
            (
                "the picture “photo.jpg”, which was not imported\nthe film, which was not imported\n"
                "the part “her hands” of the picture “photo.jpg”, which was not imported\n“Trust”"
            ),
        ),
        ("Set: Cases", "All.\n\nthe case “SIB A”"),
        (
            "Links",
            (
                "the passage “two” of “Talk” → the memo “Plan”\n"
                "the passage 0:3 of “Talk” – a record that the file does not contain"
            ),
        ),
    ]


def test_links_to_passages_and_codings_of_a_note_have_the_name_of_the_note():
    passage, coding = g("34343434"), g("35353535")
    xml = f"""<Project name="P"><Notes><Note guid="{g(NOTE)}" name="Plan"><PlainTextContent>one two</PlainTextContent>
<PlainTextSelection guid="{passage}" name="two" startPosition="4" endPosition="7"><Coding guid="{coding}"/></PlainTextSelection></Note>
<Note guid="{g("36363636")}" name="  "/></Notes>
<Links><Link guid="{g("37373737")}" originGUID="{passage}" targetGUID="{g(NOTE)}"/>
<Link guid="{g("38383838")}" originGUID="{coding}" targetGUID="{g("36363636")}"/></Links></Project>"""
    memos = read_qdpx("p.qdpx", zipped({"x.qde": xml.encode()})).study.memos
    assert [memo.text for memo in memos] == [
        "one two",
        "the passage “two” of the memo “Plan” – the memo “Plan”\na coding – the memo",
    ]


def test_selections_their_cases_and_notes_are_not_kept_in_the_tree():
    selections = "".join(f'<PlainTextSelection guid="{g(str(at) * 8)}"/>' for at in range(3))
    cases = "".join(f'<SelectionRef targetGUID="{g(str(at) * 8)}"/>' for at in range(3))
    notes = "".join(
        f'<Note guid="{g(str(at) * 8)}" name="{at}"><PlainTextContent>a</PlainTextContent></Note>\n' for at in range(3)
    )
    xml = f"""<Project><Cases><Case name="A">{cases}</Case></Cases>
<Sources><TextSource name="Talk">{selections}</TextSource></Sources><Notes>{notes}</Notes></Project>"""
    outline = Outline("p.qdpx", io.BytesIO(xml.encode()), part="x.qde")
    assert [local_name(each) for each in outline.root.iter()] == [
        "Project", "Cases", "Case", "Sources", "TextSource", "Notes", "Note",
    ]  # fmt: skip
    assert [(name, content) for _, name, _, content, *_ in outline.notes()] == [("0", "a"), ("1", "a"), ("2", "a")]


def test_everything_else_in_a_project_is_imported_or_reported():
    places = WORDS[:3]
    result = read_qdpx("p.qdpx", project(TEXT, places, Convention(), Quirks(), more=REST, head=HEAD))
    study, report = result.study, result.report
    assert [(case.label, dict(case.attributes)) for case in study.cases] == [
        ("SIB A", {"Age": 41, "Since": "about 2019"}),
        ("SIB B", {}),
    ]
    assert [(a.of, a.name, a.kind) for a in study.attributes] == [
        ("case", "Age", "number"), ("case", "Since", "text"), ("case", "title (attribute)", "text"),
    ]  # fmt: skip
    assert study.sources[0].cases == ("SIB A", "SIB B")
    assert [coding.cases for coding in study.codings] == [("SIB A",), ("SIB B",), ("SIB B",)]
    assert study.memos == (
        MemoDraft("project", "", "Idea", "Look again.", None, "2020-05-14T16:30:00Z"),
        MemoDraft("project", "", "On Trust", "A big word."),
        MemoDraft("project", "", "Set: Mine", "“Trust”\n“Talk”"),
        MemoDraft("project", "", "Links", "goes with: “Trust” → “Talk”"),
    )
    assert study.study.description == "What for."
    assert report.arrived == {
        "coders": 1, "codes": 1, "cases": 2, "attributes": 3, "sources": 1, "codings": 3, "memos": 4, "sets": 1, "links": 1,
    }  # fmt: skip
    assert report.unsupported == {"codes given to whole cases": 1, "graphs": 1}
    assert report.warnings == ("The attribute “Since” is kept as text: some of its values are no date.",)


MEDIA = f"""<Sources>
<PictureSource guid="{g("10000000")}" name="Photo"><PictureSelection guid="{g("10000001")}" firstX="0" firstY="0" secondX="1" secondY="1">
 <Coding guid="{g("10000002")}"><CodeRef targetGUID="{CODE}"/></Coding></PictureSelection></PictureSource>
<AudioSource guid="{g("20000000")}" name="Tape"><Transcript guid="{g("20000001")}" name="t"><PlainTextContent>Hello there, friend.</PlainTextContent>
 <SyncPoint guid="{g("20000002")}" timeStamp="0" position="6"/><SyncPoint guid="{g("20000003")}" timeStamp="9" position="11"/>
 <TranscriptSelection guid="{g("20000004")}" name="there" fromSyncPoint="{g("20000002")}" toSyncPoint="{g("20000003")}">
 <Coding guid="{g("20000005")}"><CodeRef targetGUID="{CODE}"/></Coding></TranscriptSelection></Transcript>
 <AudioSelection guid="{g("20000006")}" begin="0" end="9"><Coding guid="{g("20000007")}"><CodeRef targetGUID="{CODE}"/></Coding></AudioSelection></AudioSource>
<PDFSource guid="{g("30000000")}" name="Report"><PDFSelection guid="{g("30000001")}" name="ten bonds" page="1" firstX="0" firstY="0" secondX="1" secondY="1">
 <Coding guid="{g("30000002")}"><CodeRef targetGUID="{g("77777777")}"/></Coding></PDFSelection>
 <Representation guid="{g("30000003")}"><PlainTextContent>There were ten bonds.</PlainTextContent></Representation></PDFSource>
</Sources>"""


def test_media_are_counted_and_their_texts_imported():
    xml = f'<Project xmlns="urn:QDA-XML:project:1.0" name="P"><CodeBook><Codes><Code guid="{CODE}" name="Trust" isCodable="true"/></Codes></CodeBook>{MEDIA}</Project>'
    result = read_qdpx("p.qdpx", zipped({"project.qde": xml.encode()}))
    assert [(source.name, source.text) for source in result.study.sources] == [
        ("Tape", "Hello there, friend."), ("Report", "There were ten bonds."),
    ]  # fmt: skip
    assert [(c.source, c.quote) for c in result.study.codings] == [("Tape", "there")]
    assert result.report.unsupported == {
        "pictures": 1, "codings in pictures": 1, "codings in sound recordings": 1,
    }  # fmt: skip
    (item,) = result.report.review
    assert (item.best, item.score, item.draft.code) == (
        Segment(11, 20),
        100,
        "unknown code 77777777-0000-4000-8000-000000000000",
    )
    assert [code.path for code in result.study.codes] == ["Trust", item.draft.code]


HOSTILE = {
    "nothing": (b"", "is empty"),
    "a text": (b"Dear diary", "is not an archive"),
    "an archive cut short": (project(TEXT, WORDS, Convention(), Quirks())[:-60], "cut short"),
    "an archive without a project": (zipped({"a.txt": b"a"}), "there is no .qde file"),
    "a project cut short": (
        zipped({"project.qde": b"<Project xmlns='urn:QDA-XML:project:1.0'><Users>"}),
        "not well-formed XML",
    ),
    "another document": (zipped({"project.qde": b"<html/>"}), "begins with <html>"),
    "a memo alone": (zipped({"project.qde": b"<Note><Note/></Note>"}), "begins with <Note>"),
    "entities": (
        zipped({"project.qde": b'<!DOCTYPE a [<!ENTITY b "c"><!ENTITY d "&b;&b;">]><Project name="&d;"/>'}),
        "entities",
    ),
    "a file of this machine": (
        zipped(
            {
                "project.qde": b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><Project name="p"><Description>&b;</Description></Project>'
            }
        ),
        "entities",
    ),
    "a bomb": (zipped({"project.qde": b"<Project>" + b" " * (64 << 20) + b"</Project>"}), "far more"),
    "depth": (zipped({"project.qde": b"<Project>" + b"<Code>" * 100_000}), "not well-formed XML"),
}


def test_codings_inside_the_text_of_a_case_get_the_case_and_others_stay_open():
    text, link = "She asked twice. They came late. Nobody rang.", "66666666-6666-4666-8666-666666666666"
    places = [(0, 16), (4, 9), (10, 31), (33, 45)]
    case = f'<Cases><Case guid="{g("77777777")}" name="SIB A"><SelectionRef targetGUID="{link}"/></Case></Cases>'
    span = f'<PlainTextSelection guid="{link}" startPosition="0" endPosition="16"/></TextSource>'
    data = moved(project(text, places, Convention(), Quirks(), more=case), "</TextSource>", span)
    study = read_qdpx("p.qdpx", data).study
    assert [(coding.segment.start, coding.cases) for coding in study.codings] == [
        (0, ("SIB A",)), (4, ("SIB A",)), (10, ()), (33, ()),
    ]  # fmt: skip
    assert study.sources[0].cases == ("SIB A",)


def test_codings_outside_the_text_of_a_case_get_the_cases_of_the_whole_source():
    text, link = "She asked twice. They came late. Nobody rang.", "66666666-6666-4666-8666-666666666666"
    whole = f'<SourceRef targetGUID="{SOURCE}"/>'
    cases = (
        f'<Cases><Case guid="{g("77777777")}" name="SIB C">{whole}</Case>'
        f'<Case guid="{g("88888888")}" name="SIB B"><SelectionRef targetGUID="{link}"/></Case>'
        f'<Case guid="{g("99999999")}" name="SIB A">{whole}</Case></Cases>'
    )
    span = f'<PlainTextSelection guid="{link}" startPosition="0" endPosition="16"/></TextSource>'
    data = moved(project(text, [(4, 9), (10, 31), (33, 45)], Convention(), Quirks(), more=cases), "</TextSource>", span)
    study = read_qdpx("p.qdpx", data).study
    assert [(coding.segment.start, coding.cases) for coding in study.codings] == [
        (4, ("SIB B",)), (10, ("SIB C", "SIB A")), (33, ("SIB C", "SIB A")),
    ]  # fmt: skip
    assert study.sources[0].cases == ("SIB C", "SIB B", "SIB A")


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_file_that_is_not_a_project_is_refused_with_one_sentence(kind):
    data, problem = HOSTILE[kind]
    with pytest.raises(InputError) as raised:
        read_qdpx("p.qdpx", data)
    assert problem in str(raised.value)
    assert "\n" not in str(raised.value)
    assert str(raised.value).count(". ") == 0


def test_paths_outside_of_the_archive_are_not_opened(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    for path in (f"internal://../..{secret}", f"absolute://{secret}", f"file://{secret}", str(secret)):
        data = moved(project(TEXT, WORDS[:1], Convention(), Quirks()), f"internal://{SOURCE}.txt", path)
        result = read_qdpx("p.qdpx", data)
        assert result.study.sources[0].text == ""
        assert len(result.report.review) == 1


def test_nothing_is_lost_if_guids_and_names_are_repeated():
    xml = f"""<Project xmlns="urn:QDA-XML:project:1.0" name="P"><CodeBook><Codes>
<Code guid="{CODE}" name="A" isCodable="true"/><Code guid="{CODE}" name="A" isCodable="true"/><Code guid="{g("1")}" name="" isCodable="true"/>
</Codes></CodeBook><Sources><TextSource guid="{SOURCE}" name="s"><PlainTextContent>one</PlainTextContent></TextSource>
<TextSource guid="{SOURCE}" name="s"><PlainTextContent>two</PlainTextContent></TextSource></Sources></Project>"""
    study = read_qdpx("p.qdpx", zipped({"x/y.qde": xml.encode()})).study
    assert [code.path for code in study.codes] == ["A", "A (2)", "unnamed code"]
    assert [(source.name, source.text) for source in study.sources] == [("s", "one"), ("s (2)", "two")]


def test_codebooks_of_several_programs_are_read():
    code = f'<Code guid="{CODE}" name="Theme" isCodable="false" color="#F00"><Description>What.</Description><Code guid="{SOURCE}" name="a/b" isCodable="true"/></Code>'
    for namespace in ("urn:QDA-XML:codebook:1.0", "urn:QDA-XML:codebook:0:4", "urn:QDA-XML:project:1.0"):
        xml = f'<CodeBook xmlns="{namespace}" origin="T"><Codes>{code}</Codes><Sets/></CodeBook>'
        result = read_qdc("c.qdc", xml.encode())
        assert [(c.path, c.definition, c.colour) for c in result.study.codes] == [
            ("Theme", "What.", "#FF0000"), ("Theme/a\\/b", "", None),
        ]  # fmt: skip
    with pytest.raises(InputError, match="holds no codes"):
        read_qdc("c.qdc", b"<CodeBook/>")
    with pytest.raises(InputError, match="not a REFI-QDA codebook"):
        read_qdc("c.qdc", b"<Project/>")


def test_a_set_of_sources_becomes_a_set_and_a_mixed_set_a_memo_too():
    own = f'<Set guid="{g("fefefefe")}" name="Visits"><MemberSource targetGUID="{SOURCE}"/></Set>'
    mixed = f'<Set guid="{g("fdfdfdfd")}" name="Visits"><Description>All.</Description><MemberSource targetGUID="{SOURCE}"/></Set>'
    more = f"<Sets>{own}{mixed}</Sets>"
    study = read_qdpx("p.qdpx", project(TEXT, WORDS[:3], Convention(), Quirks(), more=more)).study
    assert [(each.name, each.sources) for each in study.sets] == [("Visits", ("Talk",)), ("Visits (2)", ("Talk",))]
    assert [memo.title for memo in study.memos] == ["Set: Visits"]
