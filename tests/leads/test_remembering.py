"""A clean long file is not judged twice on one machine, and nothing else is taken on trust."""

from __future__ import annotations

import random
import stat
import sys
from pathlib import Path
from typing import Any

import pytest

from teli_iac.leads import Ways, load_leads
from teli_iac.leads.opened import opened_below
from teli_iac.leads.remembering import recall
from teli_iac.model import Leads
from tests.leads.reading import declared, sent, write

LIST = "phone_number,first_name,plan\n+14155550101,Ada,gold\n+14155550102,Grace,silver\n"


def ways(folder: Path, **options: Any) -> Ways:
    return Ways(**{"long_bytes": 0, "cache": folder / "cache", "release": "1.0.0", **options})


def loaded(
    folder: Path, content: str | bytes, by: Ways, name: str = "leads.csv", **options: Any
) -> Leads | None:
    reference = declared(file=write(folder, content, name), **options)
    return load_leads([reference], str(folder), by)[0].get("fall-renewals")


def recalled(folder: Path, by: Ways, **options: Any) -> Leads | None:
    return recall(declared(file="leads.csv", **options), str(folder), "leads.csv", by)


@pytest.mark.parametrize("extras", [True, False])
def test_a_clean_list_is_recalled_with_the_same_people(extras: bool, tmp_path: Path) -> None:  # noqa: FBT001
    by = ways(tmp_path, extras=extras)
    judged = loaded(tmp_path, LIST, by, variables=("plan",))
    again = recalled(tmp_path, by, variables=("plan",))
    assert judged is not None
    assert again == judged
    assert sent(again) == sent(judged)


@pytest.mark.parametrize(
    "other",
    [
        {"release": "1.0.1"},
        {"options": {"variables": ("plan",)}},
        {"options": {"columns": {"first_name": "plan"}}},
        {"options": {"default_country": "US"}},
        {"options": {"delimiter": ","}},
        {"options": {"encoding": "windows-1252"}},
        {"options": {"allow_test_numbers": False}},
    ],
)
def test_read_in_another_way_a_list_is_judged_anew(other: dict[str, Any], tmp_path: Path) -> None:
    loaded(tmp_path, LIST, ways(tmp_path))
    by = ways(tmp_path, release=other.get("release", "1.0.0"))
    assert recalled(tmp_path, by, **other.get("options", {})) is None
    assert recalled(tmp_path, ways(tmp_path)) is not None


def test_a_list_with_other_bytes_is_judged_anew(tmp_path: Path) -> None:
    loaded(tmp_path, LIST, ways(tmp_path))
    write(tmp_path, LIST.replace("Ada", "Eva"), "leads.csv")
    assert recalled(tmp_path, ways(tmp_path)) is None
    write(tmp_path, f"{LIST}+14155550103,Eva,gold\n", "leads.csv")
    assert recalled(tmp_path, ways(tmp_path)) is None
    (tmp_path / "leads.csv").unlink()
    assert recalled(tmp_path, ways(tmp_path)) is None


@pytest.mark.parametrize(
    "content",
    [
        LIST + "+14155550101,Ada,gold\n",
        LIST + "+1415,Eva,gold\n",
        LIST + "+14155550103\n",
        LIST + "+14155550103,E\x01va,gold\n",
    ],
)
def test_a_list_with_anything_wrong_is_never_remembered(content: str, tmp_path: Path) -> None:
    loaded(tmp_path, content, ways(tmp_path))
    assert not [*tmp_path.glob("cache/*")]


def test_a_short_list_is_not_worth_remembering(tmp_path: Path) -> None:
    loaded(tmp_path, LIST, ways(tmp_path, long_bytes=2**20))
    assert not (tmp_path / "cache").exists()


def test_what_is_remembered_names_nobody_and_is_for_its_owner_alone(tmp_path: Path) -> None:
    loaded(tmp_path, LIST, ways(tmp_path))
    (kept,) = (tmp_path / "cache").iterdir()
    text = kept.read_text(encoding="utf-8") + kept.name
    assert not [word for word in ("415", "555", "Ada", "Grace", "gold", "leads") if word in text]
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.parent.stat().st_mode) == 0o700


@pytest.mark.parametrize("keep", [0, 9, 60])
@pytest.mark.parametrize("end", ["", "[]", '{"told": null, "check": ""}', "\x80"])
def test_a_damaged_memory_is_none(keep: int, end: str, tmp_path: Path) -> None:
    loaded(tmp_path, LIST, ways(tmp_path))
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_bytes(kept.read_bytes()[:keep] + end.encode("latin-1"))
    assert recalled(tmp_path, ways(tmp_path)) is None
    assert loaded(tmp_path, LIST, ways(tmp_path)) is not None


def test_a_memory_that_somebody_changed_is_none(tmp_path: Path) -> None:
    loaded(tmp_path, LIST, ways(tmp_path))
    (kept,) = (tmp_path / "cache").iterdir()
    kept.write_text(kept.read_text(encoding="utf-8").replace('"count": 2', '"count": 3'), encoding="utf-8")
    assert recalled(tmp_path, ways(tmp_path)) is None


def test_where_nothing_can_be_remembered_lists_are_read_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file, no folder", encoding="utf-8")
    assert loaded(tmp_path, LIST, ways(tmp_path)) is not None
    assert loaded(tmp_path, LIST, ways(tmp_path, cache=None)) is not None


@pytest.mark.parametrize("extras", [True, False])
@pytest.mark.parametrize("size", [0, 1, 2**20 - 1, 2**20, 2**20 + 1, 5 * 2**20 + 7])
def test_bytes_have_one_name_whether_or_not_somebody_looks_at_them(
    size: int, *, extras: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not extras:
        monkeypatch.setitem(sys.modules, "blake3", None)
    (tmp_path / "leads.csv").write_bytes(random.Random(size).randbytes(size))  # noqa: S311  any bytes
    with opened_below(str(tmp_path), "leads.csv") as looked_at:
        assert b"".join(looked_at.blocks()) == (tmp_path / "leads.csv").read_bytes()
    with opened_below(str(tmp_path), "leads.csv") as read_through:
        read_through.read_through()
    assert read_through.content == looked_at.content
    assert read_through.content.startswith("blake3:" if extras and size >= 2**20 else "sha256:")
