"""Terraform planning as many objects, where it is installed: its own `terraform_data`, without a network."""

from __future__ import annotations

import json
import shutil
import uuid
from pathlib import Path
from typing import Any

from benchmarks.measuring import NOT_INSTALLED, Failed, Work, run

NEW = "`terraform plan`, all new"
SAME = "`terraform plan`, nothing to do"
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


def works(folder: Path, count: int) -> dict[str, Work]:
    """Planning everything anew, and planning what is there already; absent where that cannot be prepared."""
    program = shutil.which("terraform") or ""
    absent = _prepare(program, folder, count) if program else NOT_INSTALLED
    plan = [program, "plan", "-input=false", "-detailed-exitcode"]
    return {
        NEW: Work(plan, folder / "terraform-new", _QUIET, codes=(2,), absent=absent),
        SAME: Work(plan, folder / "terraform-same", _QUIET, absent=absent),
    }


def _prepare(program: str, folder: Path, count: int) -> str:
    """Why it did not work, or nothing."""
    new, same = folder / "terraform-new", folder / "terraform-same"
    same.mkdir()
    try:
        state = _state_of_one(program, same)
    except (Failed, OSError, ValueError) as failed:
        return f"failed: {str(failed).splitlines()[0]}"
    shutil.copytree(same, new)
    for each in (new, same):
        _declare(each, count)
    (same / "terraform.tfstate").write_text(json.dumps(_multiplied(state, count)), encoding="utf-8")
    return ""


def _state_of_one(program: str, folder: Path) -> dict[str, Any]:
    """What Terraform writes down of one object that it applied; the folder is without it again."""
    _declare(folder, 1)
    run(Work([program, "init", "-input=false"], folder, _QUIET))
    run(Work([program, "apply", "-input=false", "-auto-approve"], folder, _QUIET))
    path = folder / "terraform.tfstate"
    state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    path.unlink()
    return state


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
