"""A saved plan comes back from its file as it went in, shows the same, and tells of nobody."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given

from teli_iac.identity import canonical_json
from teli_iac.model import Account, GuardName, LedgerKey, Plan
from teli_iac.render import FORMATS, render_json
from teli_iac.saved_plans import (
    VALID_FOR,
    Basis,
    Bound,
    SavedPlan,
    as_saved,
    bind,
    read_document,
    write_document,
)
from tests.decisions.notation import Spec
from tests.decisions.strategies import worlds
from tests.decisions.worlds import worlds_of
from tests.promise.practice import ENVIRONMENT, Practice, Wanted, phone_number
from tests.render import changes
from tests.render.plans import PLANS
from tests.saved_plans.approving import NONCE, RELEASE, save

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "plan.json").read_text(encoding="utf-8"))
NOTHING = Bound((".",), {}, {}, None, 0, (), {})


def saved_of(plan: Plan, bound: Bound = NOTHING) -> SavedPlan:
    allowed = {GuardName.PEOPLE_AGAIN: 3}
    return SavedPlan(as_saved(plan), allowed, bound, plan.now, plan.now + VALID_FOR, NONCE, RELEASE)


def _read(text: str) -> SavedPlan:
    return read_document(text.encode()).saved


@given(worlds())
def test_every_plan_of_every_world_comes_back_as_it_was_saved(told: Spec) -> None:
    world = worlds_of(told)
    plan = world.plan()
    basis = Basis(world.desired, world.recorded, world.observed, (".",), ledger_exists=True)
    saved = saved_of(plan, bind(basis, plan, ledger_existed=True))
    text = write_document(saved, None)
    assert _read(text) == saved
    assert write_document(_read(text), None) == text == canonical_json(json.loads(text)) + "\n"


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("name", PLANS)
def test_a_plan_shows_the_same_before_and_after(name: str, form: str) -> None:
    shown = PLANS[name]()
    loaded = _read(write_document(saved_of(shown.plan), None)).plan
    before, after = (
        FORMATS[form](plan, shown.refusals, colour=True, width=100) for plan in (shown.plan, loaded)
    )
    assert after == before


@pytest.mark.parametrize("name", PLANS)
def test_a_saved_plan_has_all_that_the_json_of_a_plan_has(name: str) -> None:
    saved = saved_of(PLANS[name]().plan)
    document = json.loads(write_document(saved, None))
    jsonschema.Draft7Validator(SCHEMA).validate(document)
    assert json.loads(render_json(saved.plan, saved.refusals)).items() <= document.items()


@pytest.mark.parametrize("name", PLANS)
def test_leads_are_left_out(name: str) -> None:
    text = write_document(saved_of(PLANS[name]().plan), None)
    assert changes.LEAD_NUMBER not in text
    assert changes.LEAD_NAME not in text
    for change in _read(text).plan.changes:
        assert change.launch is None or not change.launch.leads


def test_a_saved_plan_tells_of_nobody_and_holds_no_key(practice: Practice) -> None:
    practice.want(fall=Wanted((0, 1)), spring=Wanted((10,)))
    practice.apply()
    leads = [
        {"phone_number": phone_number(60), "first_name": "Wilhelmina", "email": "mina@example.com"},
        {"phone_number": phone_number(61), "last_name": "Murray"},
    ]
    practice.want(fall=Wanted((0, 1, 2), agent="agent_b"), winter=Wanted((30,), settings={"leads": leads}))
    text = save(practice).read_text()
    caller = "+14155550199"
    assert set(re.findall(r"\+?\d{10,12}", re.sub("[0-9a-f]{16,}|[0-9]+x[0-9]+", "", text))) == {caller}
    assert "5550160" not in text
    for secret in ("Wilhelmina", "Murray", "mina@", *ENVIRONMENT.values(), str(practice.folder)):
        assert secret not in text


def test_the_same_people_have_another_name_under_another_key(practice: Practice) -> None:
    practice.apply()
    plan = practice.plan()
    named = bind(plan.basis, plan.plan, ledger_existed=True)
    basis = replace(plan.basis, recorded=replace(plan.basis.recorded, key=LedgerKey(b"another key" * 3)))
    other = bind(basis, plan.plan, ledger_existed=True)
    assert named.ledger_key != other.ledger_key
    assert named.observed != other.observed
    before, after = named.campaigns["campaign/fall"], other.campaigns["campaign/fall"]
    assert before.leads != after.leads
    assert not set(before.values.values()) & set(after.values.values())


def test_a_saved_plan_is_good_for_a_day() -> None:
    saved = saved_of(PLANS["launch"]().plan)
    assert saved.expires_at - saved.made_at == timedelta(hours=24)


def test_the_account_is_told_in_the_clear() -> None:
    plan = _read(write_document(saved_of(PLANS["launch"]().plan), None)).plan
    assert plan.account == Account("https://api.teli.ai", "1762896364768x389173798861431550", "acme", "acme")
