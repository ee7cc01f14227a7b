import json
from pathlib import Path

import pytest

from teli_iac import author
from teli_iac.catalogue import CATALOGUE
from teli_iac.errors import AlreadyThere, UsageError
from teli_iac.kinds import KINDS
from teli_iac.manifests import read_manifests, schema_text
from tests.cli.running import ran

FILES = (
    "teli.yaml",
    "campaigns/first-reminders.yaml",
    "leads/first.csv",
    ".gitignore",
    "teli-iac.schema.json",
)


def _contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_a_first_project_has_no_problem(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    assert author.write_first_project(folder) == FILES
    manifests = read_manifests((".",), folder, None, {})
    assert manifests.problems == ()
    assert manifests.project is not None
    assert (manifests.project.name, manifests.project.base_url) == ("acme", "sandbox:")


@pytest.mark.parametrize(
    ("folder_name", "project_name"),
    [
        ("acme", "acme"),
        ("My Campaigns (2026)", "my-campaigns-2026"),
        ("été", "t"),
        ("日本", "first-project"),
        ("-x-", "x"),
        ("n" * 39 + "-more", "n" * 39),
        ("n" * 60, "n" * 40),
    ],
)
def test_a_project_is_named_after_its_folder(folder_name: str, project_name: str, tmp_path: Path) -> None:
    folder = tmp_path / folder_name
    folder.mkdir()
    author.write_first_project(folder)
    manifests = read_manifests((".",), folder, None, {})
    assert manifests.problems == ()
    assert manifests.project is not None
    assert manifests.project.name == project_name


@pytest.mark.parametrize("present", ["teli.yaml", "campaigns/first-reminders.yaml", "leads/first.csv"])
def test_nothing_is_written_where_a_file_is_in_the_way(present: str, tmp_path: Path) -> None:
    path = tmp_path / present
    path.parent.mkdir(exist_ok=True)
    path.write_text("mine\n", encoding="utf-8")
    with pytest.raises(AlreadyThere, match=present):
        author.write_first_project(tmp_path)
    assert _contents(tmp_path) == {present: "mine\n"}


def test_a_link_that_leads_nowhere_is_in_the_way_too(tmp_path: Path) -> None:
    (tmp_path / "teli.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    with pytest.raises(AlreadyThere):
        author.write_first_project(tmp_path)
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_a_gitignore_that_exists_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("dist/\n", encoding="utf-8")
    assert ".gitignore" not in author.write_first_project(tmp_path)
    assert _contents(tmp_path)[".gitignore"] == "dist/\n"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("TELI-E012", "TELI-E012"),
        ("teli-e012", "TELI-E012"),
        ("e012", "TELI-E012"),
        (" E012 ", "TELI-E012"),
        ("ledger_lost", "ledger_lost"),
        ("Ledger-Lost", "ledger_lost"),
        ("max_new_people", "max_new_people"),
    ],
)
def test_a_word_is_found_however_it_is_written(asked: str, found: str) -> None:
    assert author.explain(asked).word == found


def test_an_explanation_shows_an_example(capsys: pytest.CaptureFixture[str]) -> None:
    told = ran(capsys, "explain", "e034").out
    assert told.endswith("\n\nExample:\n\n  kind: Campaing\n  kind: Campaign\n")


def test_every_code_can_be_explained() -> None:
    for code, entry in CATALOGUE.items():
        assert author.explain(code).entry == entry


@pytest.mark.parametrize("asked", ["", "E", "\x1b[31m", "x" * 10_000, "TELI-E999"])
def test_what_is_no_word_of_ours_is_refused(asked: str) -> None:
    with pytest.raises(UsageError):
        author.explain(asked)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_found_however_it_is_written(kind: str) -> None:
    words = {kind, kind.lower(), kind.upper(), KINDS[kind].SCHEMA, KINDS[kind].SCHEMA.replace("_", "-")}
    assert {author.schema(word) for word in words} == {schema_text(kind)}


def test_the_schema_of_no_kind_is_that_of_all() -> None:
    assert author.schema(None) == schema_text()


def test_the_first_line_of_each_first_manifest_leads_to_the_schema(tmp_path: Path) -> None:
    author.write_first_project(tmp_path)
    for name in ("teli.yaml", "campaigns/first-reminders.yaml"):
        manifest = tmp_path / name
        where = manifest.read_text(encoding="utf-8").splitlines()[0].partition("$schema=")[2]
        assert (manifest.parent / where).read_text(encoding="utf-8") == schema_text()
        assert manifest.read_text(encoding="utf-8").startswith(author.modeline(where))


def test_a_schema_that_is_there_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / author.SCHEMA_FILE).write_text("{}\n", encoding="utf-8")
    assert author.SCHEMA_FILE not in author.write_first_project(tmp_path)
    assert _contents(tmp_path)[author.SCHEMA_FILE] == "{}\n"


@pytest.mark.parametrize("where", ["", "a b", "x\ny: 1", "\x1b"])
def test_a_modeline_stays_one_line(where: str) -> None:
    with pytest.raises(UsageError):
        author.modeline(where)


def test_a_catalogue_has_what_schemastore_wants() -> None:
    catalog = json.loads(author.schema_catalog("https://example.com/teli-iac.json"))
    (entry,) = catalog["schemas"]
    assert {"name", "description", "fileMatch", "url"} <= entry.keys()
    assert (catalog["version"], "teli.yaml" in entry["fileMatch"]) == (1, True)
    with pytest.raises(UsageError):
        author.schema_catalog("javascript:alert(1)")
