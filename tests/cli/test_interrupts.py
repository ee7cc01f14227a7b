"""An apply that is stopped from outside: Ctrl-C, a cancelled pipeline, a terminal that was closed."""

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.running import PATIENCE, PROGRAM, environment, process

CAMPAIGNS = 40
CAMPAIGN = """---
apiVersion: teli-iac/v1
kind: Campaign
metadata: {{name: c{number}}}
spec:
  voice_agent_id: agent_86f826bf8f59bacd5c10ae948a
  agent_outbound_number: "+14155550101"
  leads: [{{phone_number: "+141555501{number:02}"}}]
"""


@pytest.fixture
def many(project: Path) -> Path:
    """The first project with campaigns enough that an apply is never through with them at once."""
    (project / "campaigns" / "first-reminders.yaml").unlink()
    documents = (CAMPAIGN.format(number=number) for number in range(CAMPAIGNS))
    (project / "campaigns" / "many.yaml").write_text("".join(documents))
    return project


@contextmanager
def _launching(folder: Path, *before: str) -> Iterator[subprocess.Popen[bytes]]:
    """An apply that has begun to launch."""
    apply = subprocess.Popen(  # noqa: S603  our own program
        [*before, *PROGRAM, "apply", "--auto-approve", "--parallelism", "1"],
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    with apply:
        assert apply.stderr is not None
        assert any(b"launching" in line for line in apply.stderr)
        yield apply


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_an_apply_told_to_stop_finishes_what_is_in_flight_and_exits_130(
    number: signal.Signals, many: Path
) -> None:
    with _launching(many) as apply:
        apply.send_signal(number)
        told, talked = apply.communicate(timeout=PATIENCE)
    assert apply.returncode == 130
    assert b"Stopping once what is in flight is done." in talked
    assert b"Interrupted cleanly" in told
    assert process(many, "apply", "--auto-approve").code == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda one: one.name)
def test_an_apply_whose_terminal_is_gone_stops_just_as_cleanly(number: signal.Signals, many: Path) -> None:
    with _launching(many) as apply:
        assert apply.stderr is not None
        apply.stderr.close()
        apply.send_signal(number)
        assert apply.stdout is not None
        assert b"Interrupted cleanly" in apply.stdout.read()
    assert apply.returncode == 130
    assert process(many, "apply", "--auto-approve").code == 0


def test_an_apply_under_nohup_outlives_its_terminal(many: Path) -> None:
    with _launching(many, "nohup") as apply:
        apply.send_signal(signal.SIGHUP)
        told, _ = apply.communicate(timeout=PATIENCE)
    assert apply.returncode == 0
    assert b"Done: 40 launched." in told
