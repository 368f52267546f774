"""The file formats of pictures."""

from __future__ import annotations

from typing import Literal, get_args

PictureForm = Literal["svg", "png", "pdf"]
"""A file format of pictures."""
PICTURE_FORMS: tuple[PictureForm, ...] = get_args(PictureForm)
