"""`import` and `adopt` at the command line, against the embedded Teli."""

from __future__ import annotations

import json
import shutil
from io import BytesIO
from pathlib import Path

import pytest

from teli_iac import sandbox
from teli_iac.author import write_first_project
from teli_iac.kinds.project import SANDBOX_ORGANIZATION_ID
from tests.cli.running import Ran, process


@pytest.fixture
def project(tmp_path: Path) -> Path:
    folder = tmp_path / "acme"
    folder.mkdir()
    write_first_project(folder)
    assert _ran(folder, "apply", "--auto-approve").code == 0
    _made_by_hand(folder, "vc 1")
    return folder


def _ran(folder: Path, *arguments: str) -> Ran:
    return process(folder, *arguments)


def _made_by_hand(folder: Path, campaign_id: str) -> None:
    body = {
        "campaign_id": campaign_id,
        "voice_agent_id": "agent_86f826bf8f59bacd5c10ae948a",
        "agent_outbound_number": "+14155550101",
        "organization_id": SANDBOX_ORGANIZATION_ID,
        "tenant_id": "sandbox",
        "leads": [{"phone_number": "+14155550150"}],
    }
    service = sandbox.application(folder / ".teli" / "sandbox.db")
    sent = json.dumps(body).encode()
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/v1/voice/campaigns",
        "HTTP_X_API_KEY": "k",
        "CONTENT_LENGTH": str(len(sent)),
        "wsgi.input": BytesIO(sent),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
    }
    statuses: list[str] = []
    list(service(environ, lambda status, *_: statuses.append(status)))  # type: ignore[arg-type]
    assert statuses == ["200 OK"]


def test_what_was_made_by_hand_is_listed_imported_and_planned_as_nothing_to_do(project: Path) -> None:
    assert _ran(project, "import").out == "vc 1  active, 1 person\n1 campaign can be imported.\n"
    imported = _ran(project, "import", "--all")
    assert (imported.code, imported.err) == (0, "")
    assert imported.out == "campaigns/imported/vc-1.yaml  vc 1\n1 campaign imported.\n"
    planned = _ran(project, "plan", "--detailed-exitcode")
    assert (planned.code, "1 made elsewhere, left as it is" in planned.out) == (0, True)
    assert _ran(project, "validate").code == 0
    assert "its people are unknown to us" in _ran(project, "ledger", "show").out
    assert "415555" not in imported.out + planned.out


def test_a_lost_ledger_is_adopted_again(project: Path) -> None:
    for file in (project / ".teli").glob("ledger*"):
        file.unlink() if file.is_file() else shutil.rmtree(file)
    adopted = _ran(project, "adopt", "campaign/first-reminders")
    assert (adopted.code, adopted.err) == (0, "")
    assert "is adopted with its 3 people" in adopted.out
    again = _ran(project, "adopt", "campaign/first-reminders")
    assert (again.code, "TELI-E171" in again.err) == (1, True)


def test_names_and_all_exclude_each_other(project: Path) -> None:
    assert _ran(project, "import", "vc 1", "--all").code == 64
