"""Whatever is given as a saved plan, a sentence is the answer, and nothing is sent."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac import workflow
from teli_iac.errors import ExitCode, SavedPlanError
from teli_iac.plan_files import MOST_BYTES, saved_plan_among
from teli_iac.render import FORMATS, render_error
from teli_iac.saved_plans import SavedPlan, read_document, write_document
from teli_iac.saved_plans.shapes import shape_of
from tests.promise.practice import Practice
from tests.render.plans import PLANS
from tests.saved_plans.approving import edit, save
from tests.saved_plans.test_documents import saved_of

TEXTS = [write_document(saved_of(shown().plan), None) for shown in PLANS.values()]
TEXT = write_document(saved_of(PLANS["mixed"]().plan), None)

NO_PLANS: dict[str, bytes] = {
    "nothing": b"",
    "white space": b" \n",
    "a word": b"plan",
    "a list": b"[]",
    "null": b"null",
    "a number": b"1e999",
    "an empty object": b"{}",
    "the JSON of a plan": b'{"plan_digest": "abc", "format_version": "1"}',
    "half a plan": TEXT.encode()[: len(TEXT) // 2],
    "two plans": (TEXT + TEXT).encode(),
    "a key twice": b'{"saved_plan": {}, "saved_plan": {}}',
    "a key twice deep within": TEXT.replace('"nonce":', '"nonce":"0","nonce":').encode(),
    "bytes that are no text": b"\xff\xfe" + TEXT.encode(),
    "half a surrogate": b'{"saved_plan": "\\ud800"}',
    "no number": b'{"saved_plan": NaN}',
    "a number beyond all": b'{"saved_plan": 1e999}',
    "a number too long": b'{"saved_plan": ' + b"9" * 5000 + b"}",
    "deep": b'{"saved_plan": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep and not closed": b'{"a":' * 100_000,
    "an archive": b"PK\x03\x04" + b"\x00" * 100,
}


@pytest.mark.parametrize("name", NO_PLANS)
def test_what_is_no_saved_plan_is_said_so(name: str, practice: Practice) -> None:
    file = practice.folder / "saved.plan"
    file.write_bytes(NO_PLANS[name])
    with pytest.raises(SavedPlanError) as refused:
        workflow.read_plan(file, None)
    assert refused.value.exit_code in {ExitCode.ERROR, ExitCode.STALE}
    assert render_error(refused.value, colour=False).startswith("Error TELI-E15")


WRONG: dict[str, dict[str, Any]] = {
    "no object": {"saved_plan": 1},
    "a list": {"saved_plan": []},
    "another format": {"saved_plan": {"format": 2}},
    "no format": {"saved_plan": {"format": None}},
    "a number for a text": {"saved_plan": {"tool_version": 1}},
    "a text for a number": {"saved_plan": {"plan": {"unmanaged": "1"}}},
    "truth for a number": {"saved_plan": {"plan": {"unmanaged": True}}},
    "an unknown action": {"saved_plan": {"plan": {"changes": [{"action": "explode"}]}}},
    "a change without an address": {"saved_plan": {"plan": {"changes": [{}]}}},
    "an unknown guard": {"saved_plan": {"allowed": {"all": 1}}},
    "an unknown event": {"saved_plan": {"plan": {"governed": [{"is": "Forgotten"}]}}},
    "an event of no kind": {"saved_plan": {"plan": {"governed": [{}]}}},
    "an unknown field": {"saved_plan": {"plan": {"force": True}}},
    "a local time": {"saved_plan": {"expires_at": "2026-11-25T12:00:00"}},
    "no time": {"saved_plan": {"expires_at": "soonZ"}},
    "a nonce that is a text": {"saved_plan": {"nonce": "call +1 415 555 0101"}},
    "a number as signature": {"signature": 1},
    "limits without guards": {"saved_plan": {"plan": {"limits": None}}},
}


@pytest.mark.parametrize("name", WRONG)
def test_what_has_other_contents_is_refused_however_well_it_is_sealed(name: str, practice: Practice) -> None:
    file = save(practice)
    edit(file, WRONG[name], resealed=True)
    with pytest.raises(SavedPlanError) as refused:
        workflow.read_plan(file, None)
    assert refused.value.exit_code == ExitCode.STALE


@given(st.binary(max_size=200))
def test_no_bytes_break_it(data: bytes) -> None:
    with pytest.raises(SavedPlanError):
        read_document(data)


@given(st.data())
def test_no_cut_and_no_exchanged_byte_goes_unnoticed(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(TEXT) - 2))
    byte = data.draw(st.sampled_from('0 "}{]a,-'))
    damaged = data.draw(st.sampled_from([TEXT[:place], TEXT[:place] + byte + TEXT[place + 1 :]]))
    if _means_the_same(damaged):
        return
    with pytest.raises(SavedPlanError):
        read_document(damaged.encode())


def _means_the_same(text: str) -> bool:
    try:
        return bool(json.loads(text) == json.loads(TEXT))
    except ValueError:
        return False


@given(st.data())
def test_whoever_seals_nonsense_well_is_refused_or_shown_it(data: st.DataObject) -> None:
    kept = json.loads(data.draw(st.sampled_from(TEXTS)))["saved_plan"]
    holder, place = data.draw(st.sampled_from(_places(kept)))
    holder[place] = data.draw(NONSENSE)
    kept.pop("format", None)
    try:
        text = write_document(shape_of(SavedPlan).read(kept), None)
    except ValueError:
        return
    saved = read_document(text.encode()).saved
    for form in FORMATS.values():
        assert form(saved.plan, saved.refusals, colour=False, width=80).endswith("\n")


NONSENSE: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 0, -1, 10**30, 1.5, "", "x", "keep", "launch", "blocked", "2026-11-25T12:00:00Z", [], {}]
)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Everywhere in a document where something else could stand."""
    if isinstance(value, dict):
        inner = [*value.items()]
    else:
        inner = [*enumerate(value)] if isinstance(value, list) else []
    here = [(value, place) for place, _ in inner]
    return [*here, *(found for _, each in inner for found in _places(each))]


def test_a_file_as_large_as_a_disk_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "huge.plan"
    with file.open("wb") as opened:
        opened.truncate(MOST_BYTES + 1)
    with pytest.raises(SavedPlanError, match="larger than"):
        workflow.read_plan(file, None)


@pytest.mark.parametrize("make", [Path.mkdir, lambda _: None], ids=["a folder", "nothing"])
def test_what_is_no_file_is_said_so(make: Callable[[Path], object], tmp_path: Path) -> None:
    make(tmp_path / "saved.plan")
    with pytest.raises(SavedPlanError, match=r"saved\.plan cannot be read"):
        workflow.read_plan(tmp_path / "saved.plan", None)


def test_only_a_single_ordinary_file_that_is_no_manifest_stands_for_a_saved_plan(tmp_path: Path) -> None:
    for name in ("saved.plan", "teli.yaml", "more.YML"):
        (tmp_path / name).write_text("")
    (tmp_path / "folder.plan").mkdir()
    assert saved_plan_among(("saved.plan",), tmp_path) == tmp_path / "saved.plan"
    for paths in (("teli.yaml",), ("more.YML",), ("folder.plan",), ("none.plan",), ("saved.plan", "."), ()):
        assert saved_plan_among(paths, tmp_path) is None
