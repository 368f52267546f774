"""Columns of surveys that identify people: addresses of computers and people, telephone numbers, names, and locations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sibtui.model.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMES = {
    *("ip", "ip address", "ipaddr", "email", "e mail", "mail", "email address", "e mail address", "recipient email"),
    *("respondent email", "phone", "phone number", "telephone", "telephone number", "mobile", "mobile number"),
    *(
        "first name",
        "last name",
        "surname",
        "full name",
        "recipient first name",
        "recipient last name",
        "recipient name",
    ),
    *(
        "latitude",
        "longitude",
        "lat",
        "lon",
        "lng",
        "long",
        "location latitude",
        "location longitude",
        "coordinates",
        "gps",
    ),
    *("geolocation", "location coordinates", "external reference", "external data reference", "username", "user name"),
    *("participant name", "respondent name", "your name", "contact name", "address", "home address", "street address"),
    *("postal address", "device id", "deviceid", "simserial", "subscriberid", "imei"),
    *("vorname", "nachname", "familienname", "telefon", "handy", "anschrift", "adresse", "prénom", "téléphone"),
    *("apellido", "apellidos", "teléfono", "dirección", "cognome", "indirizzo", "voornaam", "achternaam", "adres"),
}
"""The names of personal columns in the exports of survey services, in the form that `words_of` returns."""
_ENDINGS = (
    *("email", "e mail", "email address", "e mail address", "ip address", "latitude", "longitude", "phone number"),
    *("mail adresse", "mailadresse", "ip adresse", "telefonnummer", "handynummer", "adresse email", "adresse mail"),
    *("adresse e mail", "adresse ip", "correo electrónico", "indirizzo email", "mailadres", "telefoonnummer"),
)
"""The last words of the names of personal columns, as in `What is your e-mail address?` and `_gps_latitude`."""
PERSONAL = "that can identify people"
"""A part of the warning about columns that are left out."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|(?=.*::|(?:[0-9a-f]+:){7})[0-9a-f:]{6,39}", re.IGNORECASE)
_COORDINATES = re.compile(r"[+-]?\d{1,2}\.\d{3,}\s*[,;]\s*[+-]?\d{1,3}\.\d{3,}")
_MOST = 0.8
"""The share of values that must be addresses or coordinates, if the name of the column does not show that it is personal."""


def is_personal(name: str, values: Iterable[str], others: Iterable[str] = ()) -> bool:
    """Return whether a column identifies people, by its name or by most of its values.

    A column “Name” identifies people if a column of `others` has e-mail addresses, because forms record both. Otherwise “Name” may hold
    pseudonyms.
    """
    key = words_of(name)
    if _is_named_personal(key) or (key == "name" and any(map(_is_email, others))):
        return True
    filled = [value.strip() for value in values if value.strip()]
    found = sum(any(pattern.fullmatch(value) for pattern in (_EMAIL, _IP, _COORDINATES)) for value in filled)
    return bool(filled) and found >= _MOST * len(filled)


def _is_named_personal(key: str) -> bool:
    return key in _NAMES or f" {key}".endswith(tuple(f" {ending}" for ending in _ENDINGS))


def _is_email(name: str) -> bool:
    key = words_of(name)
    return _is_named_personal(key) and "mail" in key


def words_of(name: str) -> str:
    """Return the words of a name in lower case: `RecipientEmail` and `recipient_email` become `recipient email`."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return " ".join(re.split(r"[\W_]+", fold(apart))).strip()
