"""What a plan remembers of manifests makes it no other plan, and is nothing that an apply believes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from teli_iac.cli.version import VERSION
from teli_iac.ledger import ledger_key
from teli_iac.manifests import place_of, recall_manifests
from teli_iac.manifests.remembering import keep_told
from tests.cli.running import Ran, process
from tests.manifests.folders import PROJECT, plain_campaign, write

KEY = "a key that is long enough for tests"
MANY = 40
POOL = ", ".join(f'"+1415555{number:04}"' for number in range(100, 200))
AGENT = "agent_86f826bf8f59bacd5c10ae948a"
OTHER_AGENT = "agent_96f826bf8f59bacd5c10ae948a"


def campaign(number: int) -> str:
    text = plain_campaign(f"campaign-{number:03}").replace("+14155550199", f"+1212555{number + 100:04}")
    return f"{text}  number_pool: [{POOL}]\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """So long that it is worth remembering."""
    many = "---\n".join(map(campaign, range(1, MANY)))
    return write(tmp_path, {"teli.yaml": PROJECT, "first.yaml": campaign(0), "many.yaml": many})


def teli_iac(folder: Path, *arguments: str) -> Ran:
    return process(folder, *arguments, TELI_LEDGER_KEY=KEY)


def planned(folder: Path) -> list[str]:
    """The plan in two formats, neither of which names a clock."""
    told = [teli_iac(folder, "plan", *more) for more in ((), ("--format", "json"))]
    assert [each.code for each in told] == [0, 0]
    document = json.loads(told[1].out)
    return [told[0].out, document["plan_digest"], json.dumps(document["changes"])]


def kept_in(folder: Path) -> list[Path]:
    return [*folder.glob(".cache/teli-iac/manifests/*")]


def test_a_plan_is_the_same_whatever_is_remembered(project: Path) -> None:
    exactly = planned(project)
    assert len(kept_in(project)) == 1
    assert planned(project) == exactly
    assert teli_iac(project, "apply", "--auto-approve").code == 0
    idle = planned(project)
    (kept,) = kept_in(project)
    kept.unlink()
    assert planned(project) == idle


def test_an_edit_of_one_file_is_planned_beside_what_is_remembered(project: Path) -> None:
    assert teli_iac(project, "apply", "--auto-approve").code == 0
    planned(project)
    write(project, {"first.yaml": campaign(0).replace(AGENT, OTHER_AGENT)})
    by_memory = planned(project)
    kept_in(project)[0].unlink()
    assert by_memory == planned(project)
    assert [change["address"] for change in json.loads(by_memory[2]) if change["action"] != "keep"] == [
        "campaign/campaign-000"
    ]


def test_an_apply_neither_remembers_nor_recalls(project: Path) -> None:
    assert teli_iac(project, "apply", "--auto-approve").code == 0
    assert not kept_in(project)


def lie(folder: Path) -> None:
    """Have somebody who has the key say of a file what it does not say."""
    key = ledger_key({"TELI_LEDGER_KEY": KEY}, folder, create=False)
    assert key is not None
    place = place_of(folder / ".cache", key, VERSION, (str(folder), "", "."))
    told = {**recall_manifests(place).told}
    first = min(told, key=lambda content: len(told[content]))
    told[first] = told[first].replace(AGENT.encode(), OTHER_AGENT.encode())
    keep_told(place, told)


def test_no_lie_of_a_memory_makes_an_apply_do_what_the_manifests_do_not_say(project: Path) -> None:
    assert teli_iac(project, "apply", "--auto-approve").code == 0
    planned(project)
    lie(project)
    saved = teli_iac(project, "plan", "--detailed-exitcode", "--out", "saved.plan")
    assert (saved.code, "campaign-000" in saved.out) == (2, True)
    assert teli_iac(project, "apply", "saved.plan").code == 3
    applied = teli_iac(project, "apply", "--auto-approve")
    assert (applied.code, "campaign-000" in applied.out) == (0, False)
