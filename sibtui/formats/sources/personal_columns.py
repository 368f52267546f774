"""Columns of surveys that can identify people: e-mail and IP addresses, telephone numbers, names, and locations."""

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
"""The names of columns that can identify people, in the exports of survey services.

The names have the form that `words_of` returns.
"""
_ENDINGS = (
    *("email", "e mail", "email address", "e mail address", "ip address", "latitude", "longitude", "phone number"),
    *("mail adresse", "mailadresse", "ip adresse", "telefonnummer", "handynummer", "adresse email", "adresse mail"),
    *("adresse e mail", "adresse ip", "correo electrónico", "indirizzo email", "mailadres", "telefoonnummer"),
)
"""The last words in the names of columns that can identify people, as in `What is your e-mail address?` and `_gps_latitude`."""
PERSONAL = "that can identify people"
"""A part of the warning about columns that were left out because they can identify people."""
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}|(?=.*::|(?:[0-9a-f]+:){7})[0-9a-f:]{6,39}", re.IGNORECASE)
_COORDINATES = re.compile(r"[+-]?\d{1,2}\.\d{3,}\s*[,;]\s*[+-]?\d{1,3}\.\d{3,}")
_MOST = 0.8
"""If at least this share of a column's values are addresses or coordinates, the column counts as personal, even under another name."""


def is_personal(name: str, values: Iterable[str], others: Iterable[str] = ()) -> bool:
    """Return whether a column can identify people: its name shows this, or most values are addresses or coordinates.

    `others` are the names of the other columns. A column “Name” can identify people if another column has e-mail
    addresses, because forms record a name and an address together. Otherwise “Name” may contain pseudonyms.
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
    """Return the words in a column name, in lower case: `recipient email` for `RecipientEmail`."""
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return " ".join(re.split(r"[\W_]+", fold(apart))).strip()
