"""The version of a release: the package, the changelog and the citation file name the same one."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import yaml

import sibtui

ROOT = Path(__file__).parents[2]
RELEASE = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def citation() -> dict[str, object]:
    found: dict[str, object] = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    return found


def test_the_newest_release_of_the_changelog_is_the_version_of_the_package() -> None:
    releases = RELEASE.findall((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert releases[0] == (sibtui.__version__, str(citation()["date-released"]))


def test_the_citation_file_has_the_fields_that_its_format_requires_and_no_invented_links() -> None:
    """The required fields are those of the Citation File Format 1.2.0: cff-version, message, title, authors."""
    found = citation()
    assert (found["cff-version"], found["title"], found["type"]) == ("1.2.0", "sibtui", "software")
    assert found["version"] == sibtui.__version__
    assert found["authors"] == [{"name": "The sibtui developers"}]
    assert found["license"] == "MIT"
    assert found["message"]
    assert not re.search(r"https?:|doi|orcid|email", (ROOT / "CITATION.cff").read_text(encoding="utf-8"))


def test_the_package_names_its_authors_and_no_links_and_has_the_citation_file_in_its_source() -> None:
    facts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert facts["project"]["authors"] == citation()["authors"]
    assert "urls" not in facts["project"]
    assert "/CITATION.cff" in facts["tool"]["hatch"]["build"]["targets"]["sdist"]["include"]


def test_the_readme_shows_no_picture_that_a_package_index_cannot_show() -> None:
    """A package index has the text of the README and none of the files beside it."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "![" not in readme
    assert (ROOT / "docs" / "coding.txt").read_text(encoding="utf-8") in readme.replace("\n    ", "\n")
