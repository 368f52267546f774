"""Codes of languages, and the guess of a clear language."""

from __future__ import annotations

import pytest

from sibtui.errors import InputError
from sibtui.model.languages import guess_language, language_code, maybe_language_code
from sibtui.model.sentences import Sentences

SAMPLES = {
    "en": "They never asked us before. We went on with it, and nobody said why that was. The workers are with the people and they have it.",
    "de": "Sie haben uns vorher nie gefragt. Wir haben damit weitergemacht, und niemand hat gesagt, warum das so ist. Ich war mit dem Haus auf der Liste.",
    "fr": "Ils ne nous ont jamais demandé avant. Nous avons continué, et personne n'a dit pourquoi c'était dans le plan, mais je ne sais pas pour les autres.",
    "es": "Nunca nos preguntaron antes. Seguimos con ello y nadie dijo por qué era así en la casa, pero los vecinos no se quejaron porque es lo que hay.",
    "nl": "Ze hebben ons nooit eerder gevraagd. We zijn ermee doorgegaan en niemand heeft gezegd waarom dat zo is, maar het was niet voor de buurt.",
    "sv": "De har aldrig frågat oss förut. Vi fortsatte med det, och ingen sade varför det är så, men jag var inte på mötet och det är som det är.",
    "pl": "Nigdy nas o to nie pytali. To jest tak, że nie było co robić i się nie zmieniło, ale my to już za nas zrobiliśmy na koniec.",
    "ru": "Нас раньше никогда не спрашивали. Мы продолжали, и никто не сказал почему.",
    "el": "Δεν μας ρώτησαν ποτέ πριν. Συνεχίσαμε, και κανείς δεν είπε γιατί.",
    "ja": "以前は誰も聞いてくれませんでした。私たちはそのまま続けました。",
    "zh": "以前没有人问过我们。我们继续做下去。",
    "ar": "لم يسألونا من قبل. واصلنا العمل ولم يقل أحد لماذا.",
}


@pytest.mark.parametrize(("code", "text"), SAMPLES.items())
def test_a_clear_language_is_guessed(code: str, text: str) -> None:
    assert guess_language(text) == code


@pytest.mark.parametrize("text", ["", "…", "12 34", "Hello there.", "abc def ghi " * 50, SAMPLES["en"] + SAMPLES["de"]])
def test_an_unclear_language_is_not_guessed(text: str) -> None:
    assert guess_language(text) == ""


@pytest.mark.parametrize(
    ("given", "code"), [("de", "de"), (" DE-at ", "de"), ("pt_BR", "pt"), ("gsw", "gsw"), (" ", "")]
)
def test_a_language_code_is_stored_without_its_region(given: str, code: str) -> None:
    assert language_code(given) == code


@pytest.mark.parametrize("given", ["German", "d", "d e", "de;", "12"])
def test_a_text_other_than_a_code_is_refused(given: str) -> None:
    with pytest.raises(InputError, match="is not a language code"):
        language_code(given)


def test_sentences_are_split_by_their_language() -> None:
    text = "Das ist z. B. die Hausordnung vom 3. Mai. Sie gilt bzw. galt usw. Dr. Müller sagte das."
    german, english = Sentences(text, "de"), Sentences(text, "en")
    assert german.at(0).quote(text) == "Das ist z. B. die Hausordnung vom 3. Mai."
    assert english.at(0).quote(text) != german.at(0).quote(text)


def test_a_missing_language_stays_missing() -> None:
    assert maybe_language_code(None) is None
    assert maybe_language_code(" DE") == language_code("de")
    with pytest.raises(InputError):
        maybe_language_code("no language")
