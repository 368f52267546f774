"""`sibtui pseudonym`: the key, the scan, and the replacement, with exit status and messages."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def key(sample: Path, run) -> Path:
    run("pseudonym", "add", "Covid", "Ebola")
    run("pseudonym", "add", "Link", "Chain")
    return Path("sample.sibtui-key")


def test_the_key_is_listed_and_changed(key: Path, run) -> None:
    assert run("pseudonym", "list", "--format", "csv").out == "real,pseudonym\nCovid,Ebola\nLink,Chain\n"
    assert "removed “Link” from " in run("pseudonym", "remove", "link").err
    assert run("pseudonym", "remove", "link").status == 1
    assert key.stat().st_mode & 0o777 == 0o600
    Path("other.csv").touch(0o600)
    assert "there are no pseudonyms in other.csv" in run("pseudonym", "list", "--key", "other.csv").err


@pytest.mark.parametrize(
    "command",
    [
        ("pseudonym", "list"),
        ("pseudonym", "scan"),
        ("pseudonym", "apply"),
        ("check", "--confidential"),
        ("export", "package", "for-reviewers", "--despite-findings"),
    ],
    ids=" ".join,
)
def test_a_key_file_that_does_not_exist_is_refused(sample: Path, run, command: tuple[str, ...]) -> None:
    result = run(*command, "--key", "typo")
    assert (result.status, result.out) == (1, "")
    assert "There is no key file typo. Correct its name" in result.err
    assert not Path("for-reviewers").exists()


def test_a_real_name_can_come_from_stdin(sample: Path, run) -> None:
    assert "added “Mary” → “Anna”" in run("pseudonym", "add", "-", "Anna", stdin="Mary\n").err


def test_a_pseudonym_that_contains_a_real_name_is_reported(key: Path, run) -> None:
    assert "“Ebola” has a real name of the key in it" in run("pseudonym", "add", "Ebola", "Zika").err


def test_a_pseudonym_that_the_texts_have_already_is_reported(sample: Path, run) -> None:
    taken = "“Covid” is a name in the texts already (a1, line 55): as a pseudonym it would name two people."
    assert taken in run("pseudonym", "add", "Link", "Covid").err
    assert taken not in run("pseudonym", "add", "Investor", "Chain").err
    assert taken in run("pseudonym", "scan").err
    assert taken in run("pseudonym", "apply").err
    run("pseudonym", "remove", "Link")
    assert "already" not in run("pseudonym", "scan").err  # the replacement wrote the pseudonyms that the texts have now


def test_a_key_that_others_can_read_is_refused_with_advice(key: Path, run) -> None:
    key.chmod(0o644)
    refused = run("pseudonym", "scan")
    assert refused.status == 1
    assert "Other people can read" in refused.err
    assert "chmod 600" in refused.err


def test_a_scan_lists_places_and_counts_kinds(key: Path, run) -> None:
    found = run("pseudonym", "scan", "--format", "json")
    assert found.status == 0
    assert {each["kind"] for each in found.json} == {"name", "small letters"}
    assert "47 places: name 18, small letters 29." in found.err
    assert {each["where"] for each in run("pseudonym", "scan", "--in", "a1", "--exact", "--format", "json").json} == {
        "a1"
    }
    assert "no names or addresses" in run("pseudonym", "scan", "--in", "doc-b-closing").err


def test_a_replacement_lists_its_places_and_can_be_undone(key: Path, run) -> None:
    before = run("source", "show", "a1", "--text").out
    foreseen = run("pseudonym", "apply", "--dry-run", "--format", "json")
    assert "18 names in 14 texts and 1 other field would be replaced." in foreseen.err
    assert "29 names in small letters may be ordinary words: --small-letters" in foreseen.err
    applied = run("pseudonym", "apply", "--format", "json")
    assert applied.json == foreseen.json
    assert "`sibtui undo` takes it back" in applied.err
    assert run("source", "show", "a1", "--text").out == before.replace("Covid", "Ebola")
    assert "no name of the key was found." in run("pseudonym", "apply").err
    assert "18 names in 14 texts and 1 other field replaced" in run("undo").err
    assert run("source", "show", "a1", "--text").out == before


def test_the_history_contains_no_real_name_and_no_path_of_the_key(key: Path, run) -> None:
    run("pseudonym", "apply")
    listed = run("history", "list", "--format", "json").out
    assert "Covid" not in listed.split("study load")[0]
    assert "sibtui-key" not in listed
    assert b"sibtui-key" not in Path("sample.sibtui").read_bytes()


@pytest.mark.parametrize("export", [("folder", "out"), ("qdpx", "out.qdpx"), ("sqlite", "out.db")])
def test_no_export_contains_the_key(key: Path, run, export: tuple[str, str]) -> None:
    run("pseudonym", "add", "Zbigniew Quux", "Tom")
    assert run("export", *export).status == 0
    out = Path(export[1])
    for file in [out] if out.is_file() else [each for each in out.rglob("*") if each.is_file()]:
        assert b"Quux" not in file.read_bytes()
        assert "key" not in file.name


def test_items_whose_names_are_not_replaced_are_listed(key: Path, run) -> None:
    run("case", "add", "Link")
    run("case", "add", "Chain")
    assert "the case “Link” keeps its name" in run("pseudonym", "apply").err


def test_an_erasure_asks_first_and_leaves_no_real_name(key: Path, run) -> None:
    for name in ("Covid", "Link"):
        run("pseudonym", "remove", name)
    run("memo", "add", "Ask Zbigniew Quux.")
    run("pseudonym", "add", "Zbigniew Quux", "Tom")
    asked = run("pseudonym", "apply", "--erase-originals")
    assert asked.status == 2
    assert "give --yes" in asked.err
    foreseen = run("pseudonym", "apply", "--erase-originals", "--dry-run")
    assert "no earlier version of a text has a name of the key." in foreseen.err
    assert b"Zbigniew" in Path("sample.sibtui").read_bytes()
    erased = run("pseudonym", "apply", "--erase-originals", "--yes")
    assert (erased.status, "`sibtui undo`" in erased.err) == (0, False)
    assert "no earlier version of a text has a name of the key." in erased.err
    assert b"Zbigniew" not in Path("sample.sibtui").read_bytes()
    assert run("undo").status == 1
    assert run("check", "--confidential", "--attribute", "mode").status == 0


def test_each_message_of_an_erasure_is_a_sentence(key: Path, run) -> None:
    run("backup")
    Path("sample.sibtui.v1.bak").write_bytes(b"x")
    foreseen = run("pseudonym", "apply", "--erase-originals", "--dry-run").err
    assert "the earlier versions of 14 texts would be erased for good." in foreseen
    assert "The copy sample.sibtui.v1.bak would be removed, because it is damaged." in foreseen
    erased = run("pseudonym", "apply", "--erase-originals", "--yes").err
    assert "the earlier versions of 14 texts were erased for good." in erased
    assert "The copy sample.sibtui.v1.bak was removed, because it is damaged." in erased
    assert ".sibtui was rewritten." in erased
