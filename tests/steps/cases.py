"""The case files of tests/cases/steps/: which steps, what the world replies, and all that they want of it.

`python -m tests.steps.cases` writes the traces again; read what changed before you commit it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from textwrap import indent
from typing import Any

import yaml

from teli_iac.kinds.intentions import Result, Steps
from teli_iac.kinds.launching import end_unverified, launch
from teli_iac.kinds.releasing import release
from teli_iac.kinds.removing import remove, steer
from teli_iac.model import Removal, Status, Transition
from tests.decisions.notation import USUAL, whole_id
from tests.steps.driver import ScriptedReply, run
from tests.steps.orders import FALL, order_of, release_of

FOLDER = Path(__file__).parents[1] / "cases" / "steps"


@dataclass(frozen=True, slots=True)
class Case:
    """One file: a sentence, the steps of one change, a script of replies, and the trace they leave."""

    file: Path
    sentence: str
    told: Mapping[str, Any]
    script: tuple[ScriptedReply, ...]
    trace: str

    def steps(self) -> Steps[Result]:
        """The steps, fresh."""
        campaign_id = whole_id(FALL, USUAL)
        if "remove" in self.told:
            acts = self.told["remove"]
            return remove(Removal(campaign_id, stop="stop" in acts, delete="delete" in acts))
        if "release" in self.told:
            return release(release_of(self.told["release"] or {}))
        if "steer" in self.told:
            return steer(Transition(campaign_id, Status(self.told["steer"])))
        if "end_unverified" in self.told:
            return end_unverified(campaign_id, tuple(self.told["end_unverified"]))
        return launch(order_of(self.told["launch"]))

    def traced(self) -> str:
        """What the steps want of the world, a line each, and how they end."""
        return "".join(f"{line}\n" for line in run(self.steps(), self.script).trace)


def every_case() -> tuple[Case, ...]:
    return tuple(_read(file) for file in sorted(FOLDER.glob("*.yaml")))


def _read(file: Path) -> Case:
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    return Case(file, told["sentence"], told, tuple(told.get("script", ())), told.get("trace", ""))


def _rewrite(case: Case) -> None:
    head = case.file.read_text(encoding="utf-8").partition("\ntrace: |")[0].rstrip("\n")
    case.file.write_text(f"{head}\ntrace: |\n{indent(case.traced(), '  ')}", encoding="utf-8")


if __name__ == "__main__":
    for each in every_case():
        _rewrite(each)
