"""Words for the numbers of lists in German, French, Spanish, Italian, Dutch and Portuguese.

Word writes these words in the language of the document. Some numbers have several spellings (Spanish undécimo or
decimoprimero, Portuguese catorze or quatorze). It is not known which of them Word writes, so the table of a language
ends before the first such number. If even the first number has several spellings (Dutch een or één), the language has
no table. The library num2words 0.5 (tried in 2026) does not help: it gives one of the spellings.
"""

from __future__ import annotations

_CARDINALS = {
    "de": (
        "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn zwanzig"
    ),
    "fr": (
        "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf vingt"
    ),
    "es": (
        "uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte"
    ),
    "it": (
        "uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto"
        " diciannove venti"
    ),
    "pt": "um dois três quatro cinco seis sete oito nove dez onze doze treze",
}
_ORDINALS = {
    "de": (
        "erste zweite dritte vierte fünfte sechste siebte achte neunte zehnte elfte zwölfte dreizehnte vierzehnte fünfzehnte sechzehnte"
        " siebzehnte achtzehnte neunzehnte zwanzigste"
    ),
    "fr": (
        "premier deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième douzième treizième quatorzième"
        " quinzième seizième dix-septième dix-huitième dix-neuvième vingtième"
    ),
    "es": "primero segundo tercero cuarto quinto sexto séptimo octavo noveno décimo",
    "it": (
        "primo secondo terzo quarto quinto sesto settimo ottavo nono decimo undicesimo dodicesimo tredicesimo quattordicesimo quindicesimo"
        " sedicesimo diciassettesimo diciottesimo diciannovesimo ventesimo"
    ),
    "nl": (
        "eerste tweede derde vierde vijfde zesde zevende achtste negende tiende elfde twaalfde dertiende veertiende vijftiende zestiende"
        " zeventiende achttiende negentiende twintigste"
    ),
    "pt": "primeiro segundo terceiro quarto quinto sexto sétimo oitavo nono décimo",
}


def number_word(number: int, form: str, language: str) -> str | None:
    """Return the word for a number, with a capital letter; None when the table of the language does not have it.

    `form` is `cardinalText` (Eins) or `ordinalText` (Erste). `language` is a code of two letters.
    """
    words = (_CARDINALS if form == "cardinalText" else _ORDINALS).get(language, "").split()
    return words[number - 1].capitalize() if 0 < number <= len(words) else None
