"""The digests that may never change; tests/golden/derive.py says why."""

from __future__ import annotations

import ast
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from teli_iac.identity import (
    PartReference,
    digest_part,
    fingerprint_people,
    key_people,
    parse_campaign_id,
    person_key,
    row_text,
)
from teli_iac.model import CampaignSettings, Lead, LedgerKey, Redial
from tests.golden import derive

GOLDEN = Path(derive.__file__).parent
CASES: list[dict[str, Any]] = json.loads((GOLDEN / "digests.json").read_text(encoding="ascii"))
BY_CASE = pytest.mark.parametrize("case", CASES, ids=lambda case: case["says"])


def leads_of(case: dict[str, Any]) -> list[Lead]:
    return [
        Lead(number, tuple((name, value) for name, value in fields), line)
        for line, (number, fields) in enumerate(case["leads"], 1)
    ]


def settings_of(case: dict[str, Any]) -> CampaignSettings:
    return CampaignSettings(
        voice_agent_id=case["voice_agent_id"],
        agent_outbound_number=case["agent_outbound_number"],
        number_pool=tuple(case["number_pool"]),
        redial=Redial(**case["redial"]) if case["redial"] else None,
        begin=datetime.fromisoformat(case["begin"]) if case["begin"] else None,
        end=datetime.fromisoformat(case["end"]) if case["end"] else None,
    )


@BY_CASE
def test_a_persons_row_text_is_what_it_was_for_ever(case: dict[str, Any]) -> None:
    assert [row_text(lead) for lead in leads_of(case)] == case["row_texts"]


@BY_CASE
def test_a_fingerprint_is_what_it_was_for_ever(case: dict[str, Any]) -> None:
    found = fingerprint_people(leads_of(case))
    assert {"count": found.count, "sum": f"{found.total:032x}"} == case["fingerprint"]


@BY_CASE
def test_a_digest_is_what_it_was_for_ever(case: dict[str, Any]) -> None:
    assert digest_part(settings_of(case), fingerprint_people(leads_of(case))) == case["digest"]


@BY_CASE
def test_a_campaign_id_is_what_it_was_for_ever(case: dict[str, Any]) -> None:
    digest = digest_part(settings_of(case), fingerprint_people(leads_of(case)))
    reference = PartReference(case["project"], case["campaign"], case["run"], case["part"], digest)
    assert reference.campaign_id == case["campaign_id"]
    assert parse_campaign_id(case["campaign_id"]) == reference


@BY_CASE
def test_the_ledger_knows_its_people_again_for_ever(case: dict[str, Any]) -> None:
    key = LedgerKey(derive.LEDGER_KEY)
    leads = leads_of(case)
    assert [person_key(key, lead.phone_number).hex() for lead in leads] == case["keyed_numbers"]
    assert key_people(key, leads).ref == case["people_ref"]


def test_the_committed_digests_are_what_the_script_derives_byte_for_byte() -> None:
    assert (GOLDEN / "digests.json").read_bytes() == derive.derived().encode("ascii")


def test_the_script_that_derives_them_uses_the_standard_library_and_none_of_our_code() -> None:
    tree = ast.parse((GOLDEN / "derive.py").read_text(encoding="utf-8"))
    imported = {
        alias.name if isinstance(node, ast.Import) else node.module or "our own package"
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    assert {name.split(".")[0] for name in imported} <= sys.stdlib_module_names


def test_cases_are_told_apart_and_only_those_that_say_so_share_a_digest() -> None:
    repeated = {case["says"] for case in CASES if case["says"].endswith(": the same digest")}
    assert len({case["says"] for case in CASES}) == len(CASES)
    assert len({case["digest"] for case in CASES}) == len(CASES) - len(repeated)
