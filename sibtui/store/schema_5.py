"""The index that version 5 of a study file adds."""

from __future__ import annotations

IMAGES_BY_ROW = "CREATE INDEX images_by_row ON images (tbl, row) WHERE image IS NOT NULL"
"""The other states of a row, for the list of changes of an act. The images of inserts, of which an import has many, hold no values."""
