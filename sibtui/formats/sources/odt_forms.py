"""The texts of form controls in an OpenDocument text: check boxes, radio buttons, and values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sibtui.formats.sources.odt_styles import SPACE

if TYPE_CHECKING:
    from lxml.etree import _Element

_FORM, _DRAW, _OFFICE = (f"{{{SPACE.format(each)}}}" for each in ("form", "drawing", "office"))
_FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
_LIBRE = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


class OdtForms:
    """The form controls of a document. A control is found by its id, to which an element in the text refers."""

    def __init__(self, body: _Element) -> None:
        self._controls: dict[str, _Element] = {}
        for form in body.iter(f"{_OFFICE}forms"):
            for control in form.iter():
                name = control.get(_ID) or control.get(f"{_FORM}id")
                if name:
                    self._controls[name] = control

    def text(self, element: _Element) -> str | None:
        """Return the text that a form control shows; empty for an empty field.

        Return None for a content control that is filled in, because its text is inside `element`.
        """
        if element.tag == f"{_LIBRE}content-control":
            return "" if element.get(f"{_LIBRE}showing-place-holder") == "true" else None
        if element.tag == f"{_FIELD}fieldmark":
            return _field(element)
        control = self._controls.get(element.get(f"{_DRAW}control", ""))
        return "" if control is None else _control(control)


def _field(element: _Element) -> str | None:
    """Return ☒ or ☐ for a check box that was imported from Word; None for any other field."""
    if not element.get(f"{_FIELD}type", "").endswith("FORMCHECKBOX"):
        return None
    checked = any(
        each.get(f"{_FIELD}name") == "Checkbox_Checked" and each.get(f"{_FIELD}value") == "true" for each in element
    )
    return "☒" if checked else "☐"


def _control(control: _Element) -> str:
    kind = control.tag.rpartition("}")[2]
    label = control.get(f"{_FORM}label", "")
    if kind == "checkbox":
        state = control.get(f"{_FORM}current-state") or control.get(f"{_FORM}state")
        return f"{'☒' if state == 'checked' else '☐'} {label}".rstrip()
    if kind == "radio":
        chosen = control.get(f"{_FORM}current-selected") or control.get(f"{_FORM}selected")
        return f"{'◉' if chosen == 'true' else '○'} {label}".rstrip()
    value = control.get(f"{_FORM}current-value") or control.get(f"{_FORM}value") or ""
    chosen_items = [
        each.get(f"{_FORM}label", "")
        for each in control
        if "true" in (each.get(f"{_FORM}current-selected"), each.get(f"{_FORM}selected"))
    ]
    return value or ", ".join(chosen_items) or label
