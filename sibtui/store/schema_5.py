"""The index that version 5 of a study file adds."""

from __future__ import annotations

IMAGES_BY_ROW = "CREATE INDEX images_by_row ON images (tbl, row) WHERE image IS NOT NULL"
"""The index of images (earlier states of rows) by row, for the list of changes of an act. Images of inserts, which hold no values, are left out."""
