"""Terraform planning as many objects, where it is installed: its own `terraform_data`, without a network."""

from __future__ import annotations

import json
import shutil
import uuid
from pathlib import Path
from typing import Any

from benchmarks.measuring import cost
from benchmarks.tables import Row

_NEW = "`terraform plan`, all new"
_SAME = "`terraform plan`, nothing to do"
_QUIET = {"CHECKPOINT_DISABLE": "1", "TF_CLI_CONFIG_FILE": "/dev/null", "TF_IN_AUTOMATION": "1"}
_RESOURCE = """\
resource "terraform_data" "campaign_{number}" {{
  input = {{
    voice_agent_id        = "agent_86f826bf8f59bacd5c10ae948a"
    agent_outbound_number = "+14155550101"
    number_pool           = "+14155550102,+14155550103"
    retry_limit           = "3"
    campaign_begin_time   = "2030-12-02T09:00:00-05:00"
    campaign_end_time     = "2030-12-06T20:00:00-05:00"
    people                = "person {number}"
  }}
}}
"""


def rows(folder: Path, count: int, beside: str) -> list[Row]:
    """Planning everything anew, and planning what is there already."""
    program = shutil.which("terraform")
    if program is None:
        return [Row(what, None, why_not="not installed") for what in (_NEW, _SAME)]
    work = folder / "terraform"
    work.mkdir()
    plan = [program, "plan", "-input=false", "-detailed-exitcode"]
    _declare(work, 1)
    cost([program, "init", "-input=false"], work, variables=_QUIET)
    cost([program, "apply", "-input=false", "-auto-approve"], work, variables=_QUIET)
    state = work / "terraform.tfstate"
    one = json.loads(state.read_text(encoding="utf-8"))
    state.unlink()
    _declare(work, count)
    new = cost(plan, work, variables=_QUIET, codes=(2,))
    state.write_text(json.dumps(_multiplied(one, count)), encoding="utf-8")
    return [Row(_NEW, new, beside), Row(_SAME, cost(plan, work, variables=_QUIET), beside)]


def _declare(folder: Path, count: int) -> None:
    text = "".join(_RESOURCE.format(number=number) for number in range(count))
    (folder / "main.tf").write_text(text, encoding="utf-8")


def _multiplied(state: dict[str, Any], count: int) -> dict[str, Any]:
    """The state of one object as that of many, since Terraform takes a minute to apply a thousand."""
    (one,) = state["resources"]
    text = json.dumps(one)
    state["resources"] = [
        json.loads(
            text.replace("campaign_0", f"campaign_{number}")
            .replace("person 0", f"person {number}")
            .replace(one["instances"][0]["attributes"]["id"], str(uuid.uuid4()))
        )
        for number in range(count)
    ]
    return state
