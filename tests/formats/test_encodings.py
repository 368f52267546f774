from __future__ import annotations

import codecs

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sibtui.errors import InputError
from sibtui.formats.codec import encodings
from sibtui.formats.codec.encodings import decode
from sibtui.model.text import normalise

SHORT = {
    "cp1251 iso8859_5 mac_cyrillic koi8_r cp866": "Привет|дела|Спасибо|конечно.|Иван|дела врач.|Нет, Анна",
    "cp1250 iso8859_2 cp852 mac_latin2": "źle|Dziękuję|Łukasz, tak|żółć",
    "cp1253 iso8859_7 cp737 mac_greek": "Ναι|πώς?|Καλημέρα|Γιώργος",
    "cp1254 cp857 mac_turkish": "Bize daha önce hiç sormadılar.|değil mi?",
}
"""Texts of a word or two, by the encodings of their language. Some encodings are not known to the guess."""
SENTENCES = {
    ("cp1250", "Polish"): "Rozmówczyni powiedziała, że źle się czuła w urzędzie i że nikt jej nie słuchał.",
    ("cp1250", "Czech"): "Příliš dlouho čekali na bydlení. Pracovnice říká, že důvěra přichází pomalu.",
    ("cp1250", "Hungarian"): "A szolgáltatás vezetője szerint az emberek erősségeiből kell kiindulni.",
    ("iso8859_2", "Czech"): "Příliš dlouho čekali na bydlení. Pracovnice říká, že důvěra přichází pomalu.",
    ("cp1251", "Russian"): "Руководитель службы сказал, что люди сами решают, какая помощь им нужна.",
    ("cp1251", "Ukrainian"): "Керівниця служби сказала, що люди самі вирішують, яка допомога їм потрібна.",
    ("koi8_r", "Russian"): "Руководитель службы сказал, что люди сами решают, какая помощь им нужна.",
    ("mac_cyrillic", "Russian"): "Руководитель службы сказал, что люди сами решают, какая помощь им нужна.",
    ("mac_cyrillic", "Ukrainian"): "Керівниця служби сказала, що люди самі вирішують, яка допомога їм потрібна.",
    ("iso8859_5", "Russian"): "Руководитель службы сказал, что люди сами решают, какая помощь им нужна.",
    ("iso8859_5", "Serbian"): "Руководилац службе је рекао да људи сами одлучују каква им помоћ треба.",
    ("cp866", "Russian"): "Руководитель службы сказал, что люди сами решают, какая помощь им нужна.",
    ("cp1251", "Bulgarian"): "Ръководителят на службата каза, че хората сами решават от каква помощ се нуждаят.",
    ("cp852", "Polish"): "Rozmówczyni powiedziała, że źle się czuła w urzędzie i że nikt jej nie słuchał.",
    (
        "cp852",
        "Slovak",
    ): "Šéf služby povedal, že ľudia si sami vyberajú pomoc, ktorú potrebujú, a že dôvera rastie pomaly.",
    ("mac_latin2", "Czech"): "Příliš dlouho čekali na bydlení. Pracovnice říká, že důvěra přichází pomalu.",
    ("mac_latin2", "Hungarian"): "A szolgáltatás vezetője szerint az emberek erősségeiből kell kiindulni.",
    ("iso8859_7", "Greek"): "Η υπεύθυνη είπε ότι οι άνθρωποι αποφασίζουν οι ίδιοι για τη ζωή τους.",
    ("cp1252", "English"): "She said the £500 budget – “not a lot” – was theirs. He didn’t ask for a café lunch.",
    ("cp1252", "a word"): "a café",
    ("cp1252", "a sum"): "budget £500",
    ("cp1252", "an apostrophe"): "They didn’t",
    ("cp1252", "French"): "La responsable a déclaré que les bénéficiaires étaient écoutés. Ça n’a pas été facile.",
    ("cp1252", "German"): "Die Leiterin erzählte, dass die Menschen selbst wählen. Größere Beträge werden geprüft.",
    ("cp1252", "Spanish"): "¿Qué les preguntó? La señora dijo que confían más en las personas.",
    ("cp1252", "Danish"): "Lederen fortæller, at borgerne selv vælger. Større beløb drøftes på et møde.",
    ("cp1252", "Icelandic"): "Þjónustan var byggð á styrkleikum fólks og það tók langan tíma.",
    ("cp1253", "Greek"): "Η υπεύθυνη είπε ότι οι άνθρωποι αποφασίζουν οι ίδιοι για τη ζωή τους.",
    ("cp1254", "Turkish"): "Hizmetin yöneticisi, insanların kendi kararlarını verdiğini söyledi, şüphesiz.",
    ("cp1255", "Hebrew"): "מנהלת השירות אמרה שהאנשים מחליטים בעצמם איזו עזרה הם צריכים.",
    ("cp1256", "Arabic"): "قالت مديرة الخدمة إن الناس يقررون بأنفسهم ما يحتاجون إليه.",
    ("cp1257", "Lithuanian"): "Paslaugos vadovė sakė, kad žmonės patys nusprendžia, kokios pagalbos jiems reikia.",
    ("cp1257", "Latvian"): "Pakalpojuma vadītāja teica, ka cilvēki paši izlemj, kāda palīdzība viņiem nepieciešama.",
    ("cp874", "Thai"): "ผู้จัดการบริการกล่าวว่าผู้คนตัดสินใจเองว่าต้องการความช่วยเหลืออะไร",
    ("big5", "Chinese"): "服務經理說,人們自己決定需要什麼樣的幫助。信任需要時間,也需要耐心。",
    ("gb18030", "Chinese"): "服务经理说，人们自己决定需要什么样的帮助。信任需要时间，也需要耐心。",
    ("cp949", "Korean"): "서비스 관리자는 사람들이 스스로 필요한 도움을 결정한다고 말했다.",
    ("cp932", "Japanese"): "サービスの責任者は、人々が自分で必要な支援を決めると話した。",
    ("euc_jp", "Japanese"): "サービスの責任者は、人々が自分で必要な支援を決めると話した。",
    ("mac_roman", "English"): "She said the £500 budget – “not a lot” – was theirs. He didn’t ask for a café lunch.",
    ("mac_roman", "French"): "La responsable a déclaré que les bénéficiaires étaient écoutés.",
    ("mac_roman", "German"): "Die Küche ist für alle da.",
    ("cp850", "English"): "The budget was £500 and the café was closed.",
}


@pytest.mark.parametrize(("encoding", "sentence"), [(key[0], text) for key, text in SENTENCES.items()], ids=str)
def test_older_encoding_is_decoded_and_reported_as_a_guess(encoding, sentence):
    decoded = decode(sentence.encode(encoding))
    assert decoded.text == sentence
    assert 0 < decoded.confidence < 0.9


def fragments(sentence: str) -> list[str]:
    """The sentence, and parts of three and of six words: the less there is to see, the less sure a guess may be."""
    words = sentence.split()
    parts = [" ".join(words[at : at + length]) for length in (3, 6) for at in range(0, len(words) - length, 2)]
    return [sentence, *(part for part in parts if not part.isascii())]


@pytest.mark.parametrize(("encoding", "sentence"), [(key[0], text) for key, text in SENTENCES.items()], ids=str)
def test_a_wrong_guess_is_never_sure(encoding, sentence):
    for fragment in fragments(sentence):
        try:
            decoded = decode(fragment.encode(encoding))
        except InputError:
            continue
        assert decoded.text == fragment or decoded.confidence <= 0.75, (fragment, decoded)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [(encoding, text) for names, texts in SHORT.items() for encoding in names.split() for text in texts.split("|")],
)
def test_a_wrong_guess_for_a_very_short_text_is_not_sure(encoding: str, text: str) -> None:
    try:
        decoded = decode(text.encode(encoding))
    except InputError:
        return
    assert decoded.text == text or decoded.confidence <= 0.75


def test_names_from_several_languages_in_an_english_report_are_read_as_cp1252():
    report = (
        "The visit lasted a day and nothing else was said about it. " * 20 + "Åse, Señor Núñez and Frau Groß came.\n"
    )
    decoded = decode(report.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (report, "cp1252")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_byte_order_mark_decides_and_is_removed(encoding):
    decoded = decode("\ufeffcafé\r\n日本\r".encode(encoding))
    assert (decoded.text, decoded.encoding, decoded.confidence) == ("café\n日本\n", encoding, 1.0)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["She said so.\n", "Почему? Потому что.\n", "服務經理說,人們自己決定。\n他們 說。\n"])
def test_utf16_without_its_mark_is_recognised(encoding, text):
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", ["é", "é\n", "つく\n", "टठ डढ", "మన నం", "Да, да", "שלום\n", "사람\n", "Nom – prénom"])
def test_short_utf16_without_its_mark_is_recognised(encoding, text):
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize("text", ["a.\0b", "! -\0", "we\n- n\0o", "für u\0ns", "né\0e", "…\0"])
def test_a_short_text_with_a_nul_character_is_not_read_as_utf16(text):
    with pytest.raises(InputError, match="seems to be a binary file"):
        decode(text.encode())


def test_a_text_with_a_nul_character_is_read_as_utf8():
    text = "coach: a@b.\x00de ok. x\ty"
    decoded = decode(text.encode())
    assert (decoded.text, decoded.encoding) == (text, "utf-8")


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc"])))
def test_any_utf8_text_without_control_characters_is_read_as_utf8(text):
    decoded = decode(text.encode())
    assert (decoded.text, decoded.encoding, decoded.confidence) == (normalise(text), "utf-8", 1.0)


def test_a_few_nul_characters_do_not_prevent_reading_as_utf8():
    text = "A long enough note, with é.\n" * 20 + "\x00 stray \x00"
    assert decode(text.encode()).text == text


@pytest.mark.parametrize("text", ["\x00" * 9, "é", "plain", "\x85 \u2028 \x0b"])
def test_given_encoding_overrules_detection(text):
    decoded = decode(text.encode(), "utf-8")
    assert (decoded.text, decoded.confidence) == (text, 1.0)
    assert decode("é".encode(), "cp1252").text == "Ã©"


def test_given_encoding_that_does_not_fit_is_refused_with_the_offset():
    with pytest.raises(InputError, match=r"a\.txt is not utf-8: the byte at offset 3 \(0xe9\)"):
        decode(b"caf\xe9", "utf-8", name="a.txt")


@pytest.mark.parametrize("unknown", ["klingon", "base64", "", "a\0b"])
def test_unknown_encoding_is_refused(unknown):
    with pytest.raises(InputError, match="There is no encoding"):
        decode(b"abc", unknown)


def test_a_broken_file_with_a_byte_order_mark_is_refused_with_the_offset():
    with pytest.raises(InputError, match="begins as UTF-8 but is not: the byte at offset 5"):
        decode(codecs.BOM_UTF8 + b"ab\xff")


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04\x14\0\0\0word/document.xml", "a Word document"),
        (b"PK\x03\x04\x14\0\0\0anything", "a zip archive"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF document"),
        (b"\0\0\0\x20ftypM4A ", "a film or sound recording"),
        (b"RIFF\x24\0\0\0WAVE", "a sound recording"),
        (b"SQLite format 3\0", "an SQLite database"),
        (bytes(range(256)) * 4, "a binary file"),
        (b"a\0b", "a binary file"),
    ],
)
def test_binary_file_is_refused_with_its_kind(data, kind):
    with pytest.raises(InputError, match=rf"^x\.txt seems to be {kind}"):
        decode(data, name="x.txt")


def test_a_text_that_begins_like_a_binary_file_is_read_as_text():
    assert decode(b"ID3 was the third interview.").text == "ID3 was the third interview."


@given(st.binary(max_size=64))
def test_any_bytes_are_read_or_refused(data):
    try:
        decoded = decode(data)
    except InputError:
        return
    assert "\r" not in decoded.text
    assert normalise(data.decode(decoded.encoding)) == decoded.text


@given(st.binary(max_size=12) | st.text("aé日😀", max_size=6).map(str.encode))
@example("é".encode()[:1])
@example("a😀".encode()[:-1])
@example(b"\xff\xfea\x00")
def test_bytes_are_recognised_as_utf_8_in_parts_of_any_size(data: bytes) -> None:
    for chunk in (1, 2, 1 << 20):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(encodings, "_CHUNK", chunk)
            found = encodings.is_utf8(data)
        try:
            data.decode()
        except UnicodeDecodeError:
            assert not found
        else:
            assert found
