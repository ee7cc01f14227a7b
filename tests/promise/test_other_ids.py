"""A service that files a create under an id of its own: people are called once, and we stop and say so."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from teli_iac.errors import ExitCode
from teli_iac.model import Reason, Settlement
from tests.promise.practice import Practice, Wanted, phone_number
from tests.second_teli import Fault, SecondTeli

PEOPLE = (0, 1, 2)


class _Renaming(SecondTeli):
    """Keeps no id that it was sent."""

    def respond(self, asked: Any, fault: Fault | None) -> Any:
        if asked.kind != "create":
            return super().respond(asked, fault)
        sent = json.loads(asked.body)
        sent["campaign_id"] = f"voice_campaign_{len(self.log):012x}"
        return super().respond(replace(asked, body=json.dumps(sent).encode()), fault)


def test_a_create_that_teli_files_under_another_id_never_lapses(tmp_path: Path) -> None:
    with _Renaming() as teli:
        practice = Practice(tmp_path, teli.url)
        practice.want(fall=Wanted(PEOPLE))
        applied = practice.apply()
        assert applied.ending.exit_code == ExitCode.UNKNOWN
        assert "another id" in applied.outcomes[-1].detail[0]
        for _ in range(3):
            teli.pass_time(timedelta(minutes=30))
            teli.dial()
            assert practice.apply().ending.exit_code == ExitCode.UNKNOWN
        assert teli.dialled == dict.fromkeys(map(phone_number, PEOPLE), 1)
        (change,) = practice.plan().plan.blocked
        assert (change.reason, change.faults) == (Reason.UNKNOWN_OUTCOME, applied.outcomes[-1].detail)
        practice.settle("fall", Settlement.ABANDON)
        assert practice.apply().ending.exit_code == ExitCode.DONE
        assert len(teli.log_of("create")) == 1
