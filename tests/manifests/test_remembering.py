"""Manifests that were found clean are not judged twice on one machine, and nothing else is taken on trust."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teli_iac.errors import InvalidManifests
from teli_iac.manifests import Place, place_of, read_yaml, recall_manifests
from teli_iac.model import Campaign, Desired, LedgerKey
from teli_iac.settings import Invocation
from teli_iac.worlds import desired_as_remembered, read_desired
from tests.effort import examples
from tests.manifests.folders import CAMPAIGN, PROJECT, SHARED, plain_campaign, write
from tests.manifests.hostile import told

KEY = LedgerKey(b"a key for tests, 32 bytes long..")
CASES = sorted((Path(__file__).parent.parent / "cases" / "hostile_manifests").glob("*.yaml"))
CLEAN = {
    "teli.yaml": PROJECT,
    "shared.yaml": SHARED,
    "fall.yaml": f"{CAMPAIGN}---\n{plain_campaign('spring')}",
    "list.yaml": plain_campaign("summer").replace(
        '[{phone_number: "+14155550199", first_name: Ada}]', "{file: people.csv, default_country: US}"
    ),
    "people.csv": "phone_number,first_name\n4155550198,Grace\n",
}


def asked(folder: Path, *paths: str, release: str = "1.0.0") -> Invocation:
    return Invocation(
        folder,
        None,
        paths or (".",),
        {"XDG_CACHE_HOME": str(folder / ".cache")},
        folder / ".config",
        interactive=False,
        verbose=False,
        release=release,
    )


def place(folder: Path, key: LedgerKey = KEY, release: str = "1.0.0") -> Place:
    return place_of(folder / ".cache", key, release, (str(folder), "", "."), worth_it=0)


def kept_in(folder: Path) -> Path:
    (kept,) = (folder / ".cache" / "teli-iac" / "manifests").iterdir()
    return kept


def outcome(read: Any) -> Any:
    """All that a command can make of what was read, or what a person is told instead."""
    try:
        desired: Desired = read()
    except InvalidManifests as invalid:
        return [*map(told, invalid.problems)]
    return [
        desired.project,
        desired.covers_project,
        desired.imports,
        *map(_whole, desired.campaigns.values()),
    ]


def _whole(campaign: Campaign) -> Any:
    leads = replace(campaign.leads, rows=(*campaign.leads.rows,))
    assert len(campaign.leads) == len(leads)
    return replace(campaign, origins=dict(campaign.origins), leads=leads)


def same_as_exactly(folder: Path, *paths: str) -> bool:
    by_memory = partial(desired_as_remembered, asked(folder, *paths), place(folder))
    return bool(outcome(by_memory) == outcome(partial(read_desired, asked(folder, *paths))))


def remembered(folder: Path, where: Place | None = None) -> list[str]:
    """The files that are known to be clean."""
    memory = recall_manifests(where or place(folder))
    return [each.name for each in sorted(folder.glob("*.yaml")) if memory.read(each.read_bytes()).remembered]


def test_clean_campaigns_are_recalled_as_the_exact_way_reads_them(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    assert same_as_exactly(tmp_path)
    assert remembered(tmp_path) == ["fall.yaml", "list.yaml"]
    assert same_as_exactly(tmp_path)


def test_people_who_are_remembered_are_read_when_somebody_asks(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    desired_as_remembered(asked(tmp_path), place(tmp_path))
    leads = desired_as_remembered(asked(tmp_path), place(tmp_path)).campaigns["spring"].leads
    assert len(leads) == leads.fingerprint.count == 1
    assert [lead.phone_number for lead in leads] == ["+14155550199"]


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [
        ("fall.yaml", "Ada", "Eva"),
        ("fall.yaml", "+14155550199", "+14155550198"),
        ("fall.yaml", "agent_86", "agent_87"),
        ("fall.yaml", "spring", "winter"),
        ("fall.yaml", "name: fall-renewals", "name: fall_renewals"),
        ("fall.yaml", "number_pool: us-east", "number_pool: us-west"),
        ("fall.yaml", "leads:", "lead:"),
        ("fall.yaml", "09:00:00", "09:00:61"),
        ("shared.yaml", "us-east", "us-west"),
        ("shared.yaml", "+14155550102", "+14155550103"),
        ("teli.yaml", 'base_url: "sandbox:"', "base_url: https://voice.example"),
        ("teli.yaml", "name: acme", "name: Acme"),
        ("teli.yaml", "}\n", ', exclude: ["fall.yaml"]}\n'),
        ("list.yaml", "summer", "spring"),
        ("people.csv", "4155550198", "415"),
        ("people.csv", "first_name", "first-name"),
    ],
)
def test_after_any_edit_the_verdict_is_that_of_the_exact_way(
    file: str, before: str, after: str, tmp_path: Path
) -> None:
    write(tmp_path, CLEAN)
    assert same_as_exactly(tmp_path)
    write(tmp_path, {file: after.join(CLEAN[file].rsplit(before, 1))})
    assert same_as_exactly(tmp_path)
    write(tmp_path, {file: CLEAN[file]})
    assert same_as_exactly(tmp_path)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_beside_a_hostile_manifest_memory_changes_no_complaint(case: Path, tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    desired_as_remembered(asked(tmp_path), place(tmp_path))
    data = case.read_bytes()
    (tmp_path / case.name).write_bytes(data)
    if b"kind: Project" in data:
        (tmp_path / "teli.yaml").unlink()
    assert same_as_exactly(tmp_path)
    assert case.name not in remembered(tmp_path)


_EDITS = [
    ("Ada", "Eva"),
    ("99", "98"),
    ("gentle", "gentler"),
    ("1", "2"),
    ("---\n", "--- \n"),
    ("leads", "Leads"),
    ("growth", "gr\u00f6wth"),
    ("T09", "T21"),
    ("fall", "autumn"),
    ("\n", "\n\n"),
    ("{", "{ "),
    ("phone_number", "first_name"),
    (" active", " paused"),
    ("spec:", "spec: {}\nspec:"),
]


@settings(
    max_examples=examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(random=st.randoms(use_true_random=False), rounds=st.integers(1, 4))
def test_whatever_is_edited_memory_changes_neither_verdict_nor_people(
    random: Random, rounds: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("edited")
    files = dict(CLEAN)
    for _ in range(rounds):
        name = random.choice([*files])
        before, after = random.choice(_EDITS)
        files[name] = after.join(files[name].split(before, random.randint(1, 2)))
        assert same_as_exactly(write(folder, files))


UNTOLD: Mapping[str, str] = {
    "a Project": f"{PROJECT}---\n{plain_campaign('one')}",
    "another kind": SHARED,
    "an empty document": f"---\n---\n{plain_campaign('one')}",
    "a query": plain_campaign("one").replace("[{", "{query: SELECT 1, connection: crm} # [{"),
    "a list of its own": plain_campaign("one") + "  suppress: [{file: stop.txt}]\n",
    "the same person twice": plain_campaign("one").replace("[{", '[{phone_number: "+14155550199"}, {'),
}


@pytest.mark.parametrize("text", UNTOLD.values(), ids=UNTOLD)
def test_what_is_no_clean_file_of_campaigns_alone_is_never_remembered(text: str, tmp_path: Path) -> None:
    files = {"teli.yaml": PROJECT, "one.yaml": text, "stop.txt": "+14155550197\n"}
    write(tmp_path, {"one.yaml": text} if text.startswith(PROJECT) else files)
    outcome(partial(desired_as_remembered, asked(tmp_path), place(tmp_path)))
    assert remembered(tmp_path) == []
    assert same_as_exactly(tmp_path)


def test_what_is_remembered_names_nobody_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    desired = desired_as_remembered(asked(tmp_path), place(tmp_path))
    kept = kept_in(tmp_path)
    text = kept.read_bytes().decode("latin-1") + kept.name
    bare = f"{desired.campaigns['spring'].leads.fingerprint.total:x}"
    assert not [word for word in ("555019", "Ada", "Grace", "first_name", bare) if word in text]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


def test_an_edited_file_leaves_nothing_behind(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    desired_as_remembered(asked(tmp_path), place(tmp_path))
    (tmp_path / "list.yaml").unlink()
    write(tmp_path, {"fall.yaml": CAMPAIGN})
    desired_as_remembered(asked(tmp_path), place(tmp_path))
    assert len(recall_manifests(place(tmp_path)).told) == 1
    kept_in(tmp_path)


@pytest.mark.parametrize("keep", [0, 9, 31, 32, 60, 400])
@pytest.mark.parametrize("end", [b"", b"[]\n", b"\x80" * 40])
def test_a_torn_memory_is_none(keep: int, end: bytes, tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    desired_as_remembered(asked(tmp_path), place(tmp_path))
    kept = kept_in(tmp_path)
    kept.write_bytes(kept.read_bytes()[:keep] + end)
    assert remembered(tmp_path) == []
    assert same_as_exactly(tmp_path)
    assert remembered(tmp_path) == ["fall.yaml", "list.yaml"]


def test_a_memory_that_somebody_changed_in_any_place_is_none(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    desired_as_remembered(asked(tmp_path), place(tmp_path))
    kept = kept_in(tmp_path)
    whole = kept.read_bytes()
    for at in range(0, len(whole), 7):
        kept.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert not recall_manifests(place(tmp_path)).told


@pytest.mark.parametrize("other", [{"key": LedgerKey(bytes(32))}, {"release": "1.0.1"}])
def test_another_key_or_release_remembers_nothing(other: dict[str, Any], tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    desired_as_remembered(asked(tmp_path), place(tmp_path))
    where = place(tmp_path, **other)
    kept_in(tmp_path).replace(where.sealed.file)
    assert remembered(tmp_path, where) == []


def test_the_memory_of_another_folder_is_not_believed(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(tmp_path / name, CLEAN)
        desired_as_remembered(asked(tmp_path / name), place(tmp_path / name))
    kept_in(tmp_path / "one").replace(kept_in(tmp_path / "two"))
    assert remembered(tmp_path / "two") == []


def test_where_nothing_can_be_written_manifests_are_read_all_the_same(tmp_path: Path) -> None:
    write(tmp_path, {**CLEAN, ".cache": "a file, no folder"})
    assert same_as_exactly(tmp_path)
    assert remembered(tmp_path) == []


def test_few_manifests_are_not_worth_remembering(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    desired_as_remembered(asked(tmp_path), replace(place(tmp_path), worth_it=2**16))
    assert not (tmp_path / ".cache").exists()


def test_two_at_once_leave_one_whole_memory(tmp_path: Path) -> None:
    write(tmp_path, CLEAN)
    first, second = (partial(desired_as_remembered, asked(tmp_path), place(tmp_path)) for _ in range(2))
    before = recall_manifests(place(tmp_path))
    assert outcome(first) == outcome(second)
    assert not before.told
    assert remembered(tmp_path) == ["fall.yaml", "list.yaml"]
    kept_in(tmp_path)


def test_by_another_rule_for_fictional_numbers_people_are_judged_anew(tmp_path: Path) -> None:
    strict = PROJECT.replace('"sandbox:"', "https://voice.example")
    write(tmp_path, CLEAN)
    desired_as_remembered(asked(tmp_path), place(tmp_path))
    write(tmp_path, {"teli.yaml": strict})
    assert same_as_exactly(tmp_path)
    desired = desired_as_remembered(asked(tmp_path), place(tmp_path))
    assert desired.campaigns["spring"].leads.refused.count == 1


def test_without_a_memory_files_are_read_as_ever(tmp_path: Path) -> None:
    data = CAMPAIGN.encode()
    assert recall_manifests(place(tmp_path)).read(data) == read_yaml(data)
