"""What a page takes for granted before its first command: a folder with a project, and the Teli it speaks to.

A page without one begins in an empty folder, as a newcomer does.
"""

from __future__ import annotations

import getpass
import shutil
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime, timedelta

from teli_iac import workflow
from teli_iac.api import Waiting
from teli_iac.errors import ExitCode
from teli_iac.model import Ending
from teli_iac.sandbox import application
from teli_iac.settings import Invocation
from tests.pipelines.judges import ROOT
from tests.promise.practice import options
from tests.sandbox.asking import Asker
from tests.site.reader import Reader
from tests.site.served import Loses, Served, served
from tests.telemetry.collector import collecting

Folder = Callable[[Reader], AbstractContextManager[object]]

ORGANIZATION = "1762896364768x389173798861431550"
_PROJECT = f"""\
apiVersion: teli-iac/v1
kind: Project
metadata:
  name: acme
spec:
  organization_id: "{ORGANIZATION}"
  tenant_id: acme
  user_id: "1762896366429x599348279945132448"
  ledger: local
  launch_grace: 0s
  allow_test_numbers: true
"""
_CAMPAIGN = """\
apiVersion: teli-iac/v1
kind: Campaign
metadata:
  name: {name}
spec:
  voice_agent_id: agent_86f826bf8f59bacd5c10ae948a
  agent_outbound_number: "+14155550101"
  leads: {{file: leads/{name}.csv, variables: [plan]}}
"""
_AGENT = "agent_86f826bf8f59bacd5c10ae948a"
_RENEWALS = "acme_fall-renewals_r1p1_eky4mjaqhsw6"
_APPLY = "teli-iac apply --auto-approve"
_COMMITTED = (
    "git init --quiet --initial-branch=main",
    "git add .",
    "git commit --quiet --message 'Fall renewals'",
)
_PUSHED = ("git remote add origin ../remote.git", "git push --quiet origin main")
_AREAS = (415, 212, 312, 213, 617, 206, 303)


def people(count: int, first: int = 0) -> str:
    """A file of leads with so many invented people."""
    numbers = (f"+1{_AREAS[each // 100]}5550{100 + each % 100}" for each in range(first, first + count))
    return "".join(["phone_number,first_name,plan\n", *(f"{number},Ada,gold\n" for number in numbers)])


def want(reader: Reader, **campaigns: str) -> None:
    """Write the Project, and a campaign for each name with its file of leads."""
    files = {"teli.yaml": _PROJECT}
    for word, leads in campaigns.items():
        name = word.replace("_", "-")
        files[f"campaigns/{name}.yaml"] = _CAMPAIGN.format(name=name)
        files[f"leads/{name}.csv"] = leads
    reader.write(files)


def _apply_at_once(reader: Reader) -> None:
    """Apply as the command does, without the seconds that it waits for an answer to show up after all."""
    asked = Invocation(
        cwd=reader.folder,
        project_file=None,
        paths=(".",),
        environment=reader.environment(),
        config_folder=reader.home / ".config",
        interactive=False,
        verbose=False,
        waiting=Waiting(sleep=lambda _: None, jitter=lambda: 0.0, now=lambda: datetime.now(UTC)),
    )
    *_, ending = workflow.apply(asked, options(), lambda _: True, lambda: False)
    assert isinstance(ending, Ending)
    assert ending.exit_code is ExitCode.UNKNOWN


def _dashboard(teli: Served) -> Asker:
    """Somebody who does something to a campaign in Teli itself."""
    return Asker(application(teli.store))


@contextmanager
def nothing(_reader: Reader) -> Iterator[None]:
    """An empty folder."""
    yield


@contextmanager
def first_project(reader: Reader) -> Iterator[None]:
    """What `teli-iac init` writes."""
    reader.do("teli-iac init")
    yield


@contextmanager
def practice(reader: Reader) -> Iterator[None]:
    """examples/campaigns as somebody copies it."""
    shutil.copytree(ROOT / "examples/campaigns", reader.folder, dirs_exist_ok=True)
    yield


@contextmanager
def real(reader: Reader) -> Iterator[Served]:
    """An account at what passes for https://api.teli.ai, with the key in the environment."""
    with served(reader.folder.parent / "teli") as teli:
        reader.instead["https://api.teli.ai"] = teli.address
        reader.variables |= {"TELI_API_BASE_URL": teli.address, "TELI_API_KEY": "the-key-of-your-tenant"}
        yield teli


@contextmanager
def wanted(reader: Reader) -> Iterator[None]:
    """A campaign that was not launched yet, and a collector of telemetry."""
    with real(reader), collecting() as collector:
        reader.instead["http://localhost:4318"] = collector.url
        want(reader, fall_renewals=people(248))
        yield
        assert not reader.variables.get("OTEL_EXPORTER_OTLP_ENDPOINT") or collector.spans()


@contextmanager
def calling(reader: Reader) -> Iterator[None]:
    """A little more than three hours after it was launched, half of a campaign's people are called."""
    with real(reader) as teli:
        want(reader, fall_renewals=people(600))
        reader.do("teli-iac apply --auto-approve")
        (renewals,) = (
            each["campaign_id"]
            for each in _dashboard(teli).listed(organization_id=ORGANIZATION, tenant_id="acme")
        )
        _dashboard(teli).order(renewals, "pause")
        teli.pass_time(timedelta(hours=3, seconds=30))
        _dashboard(teli).order(renewals, "resume")
        teli.call(312)
        yield


@contextmanager
def three(reader: Reader) -> Iterator[Served]:
    """Three campaigns: one that has called everybody, and two that call."""
    with real(reader) as teli:
        want(reader, fall_survey=people(20, 400))
        reader.do("teli-iac apply --auto-approve")
        teli.call()
        want(reader, fall_survey=people(20, 400), fall_renewals=people(248), spring_offers=people(100, 300))
        reader.do("teli-iac apply --auto-approve")
        yield teli


@contextmanager
def drifted(reader: Reader) -> Iterator[None]:
    """One of three campaigns was paused in the dashboard."""
    with three(reader) as teli:
        _dashboard(teli).order(_RENEWALS, "pause")
        yield


@contextmanager
def audited(reader: Reader) -> Iterator[None]:
    """A plan that was signed, and applied by a pipeline from a commit."""
    with real(reader):
        want(reader, fall_renewals=people(248))
        for command in (
            *_COMMITTED,
            "openssl genpkey -algorithm ed25519 -out ../sign.key",
            "chmod 600 ../sign.key",
            "openssl pkey -in ../sign.key -pubout -out ../sign.pub",
            "teli-iac plan --out ../saved.plan --sign-key ../sign.key",
        ):
            reader.do(command)
        reader.variables |= {"GITHUB_ACTIONS": "true", "GITHUB_ACTOR": "ann-at-ci"}
        reader.do("teli-iac apply ../saved.plan --require-signature ../sign.pub")
        reader.instead["ann@build-7"] = f"{getpass.getuser()}@{socket.gethostname()}"
        yield


@contextmanager
def doubtful(reader: Reader) -> Iterator[None]:
    """A number that the account does not have, and an agent who says a name that nobody gave."""
    with real(reader):
        want(
            reader,
            fall_renewals="phone_number,plan\n+14155550120,gold\n+14155550121,gold\n",
        )
        path = "campaigns/fall-renewals.yaml"
        text = (reader.folder / path).read_text(encoding="utf-8")
        reader.write({path: text.replace("+14155550101", "+13055550142")})
        reader.do("teli-iac init")
        # Where nobody can be called, what would stop a launch only warns, and http is as good as TLS.
        reader.instead |= {
            "   ! campaign/fall-renewals  TELI-E202": "   ? campaign/fall-renewals  TELI-E202",
            "1 error and 1 warning.": "2 warnings.",
            "TLS; no proxy": "plain http, on this machine only",
        }
        yield


@contextmanager
def made_by_hand(reader: Reader) -> Iterator[None]:
    """Two campaigns that were made in the dashboard, one of them done."""
    with real(reader) as teli:
        want(reader)
        reader.do("teli-iac init")
        owner = {"organization_id": ORGANIZATION, "tenant_id": "acme", "voice_agent_id": _AGENT}
        for name, count in (("voice_campaign_3f2a9c51d07e", 400), ("vc 1", 248)):
            numbers = [line.split(",")[0] for line in people(count).splitlines()[1:]]
            _dashboard(teli).create(name, *numbers, **owner)
            if name != "vc 1":
                teli.pass_time(timedelta(minutes=1))
        yield


@contextmanager
def unknown(reader: Reader) -> Iterator[Served]:
    """The answer to a create gets lost, and Teli does not show for a while what it launched."""
    with real(reader) as teli:
        want(reader, fall_renewals=people(248))
        teli.loses = Loses.THE_ANSWER

        def shown() -> None:
            teli.hidden.clear()
            teli.loses = Loses.NOTHING

        reader.meanwhile["Teli shows it"] = shown
        yield teli


@contextmanager
def never_arrived(reader: Reader) -> Iterator[None]:
    """A create was lost on its way, and later ones are not."""
    with unknown(reader) as teli:
        teli.loses = Loses.ALL
        _apply_at_once(reader)
        teli.loses = Loses.NOTHING
        yield


@contextmanager
def dialled(reader: Reader) -> Iterator[None]:
    """Nobody knows of a launch, and its people are being called."""
    with unknown(reader) as teli:
        _apply_at_once(reader)
        teli.call(90)
        yield


@contextmanager
def moving(reader: Reader) -> Iterator[None]:
    """A campaign is launched from a clone, and its ledger is a local one."""
    with real(reader):
        want(reader, fall_renewals=people(248))
        for command in (
            "git init --quiet --bare ../remote.git",
            *_COMMITTED,
            *_PUSHED,
            "teli-iac init",
            _APPLY,
        ):
            reader.do(command)
        reader.program("editor", "sed -i.before 's/ledger: local/ledger: git/' \"$1\"")
        reader.variables["EDITOR"] = "editor"
        yield


@contextmanager
def lost(reader: Reader) -> Iterator[None]:
    """A campaign was launched, somebody was added later, and then the ledger went."""
    with real(reader):
        want(reader, fall_renewals=people(248))
        for command in (*_COMMITTED, "teli-iac init", _APPLY, "teli-iac ledger export ../acme.jsonl"):
            reader.do(command)
        want(reader, fall_renewals=people(260))
        for command in ("git commit --quiet --all --message 'Twelve more'", _APPLY, "rm -r .teli"):
            reader.do(command)
        yield


@contextmanager
def edited(reader: Reader) -> Iterator[None]:
    """The practice in git, with an edit that is not committed, and programs that print manifests."""
    with practice(reader):
        for command in (*_COMMITTED, "git update-ref refs/remotes/origin/main HEAD"):
            reader.do(command)
        for file, before, after in (
            ("shared.yaml", "retry_limit: 2", "retry_limit: 4"),
            ("campaigns/spring-check-ups.yaml", "run: 1", "run: 2"),
        ):
            text = (reader.folder / file).read_text(encoding="utf-8")
            assert text.count(before) == 1, file
            reader.write({file: text.replace(before, after)})
        generated = ROOT / "examples/campaigns/campaigns/appointment-reminders.yaml"
        for program in ("kustomize", "helm"):
            reader.program(program, f"cat '{generated}'")
        reader.write({"make_campaigns.py": f"print(open({str(generated)!r}).read())\n"})
        yield


FOLDERS: Mapping[str, Folder] = {
    "README.md": real,
    "docs/authoring.md": edited,
    "docs/events.md": wanted,
    "docs/formats.md": first_project,
    "docs/ledger.md": moving,
    "docs/telemetry.md": wanted,
    "docs/how-to/audit.md": audited,
    "docs/how-to/calls.md": dialled,
    "docs/how-to/import.md": made_by_hand,
    "docs/how-to/lost-ledger.md": lost,
    "docs/how-to/move-the-ledger.md": moving,
    "docs/how-to/nightly-drift.md": drifted,
    "docs/how-to/pause-one-campaign.md": calling,
    "docs/how-to/preflight.md": doubtful,
    "docs/how-to/settle.md": unknown,
    "docs/how-to/stop-everything.md": three,
    "docs/how-to/watch-campaigns.md": calling,
    "examples/campaigns/README.md": practice,
}
"""By page."""

ANEW: Mapping[str, Folder] = {
    "nothing": nothing,
    "the create never arrived": never_arrived,
    "the ledger is lost": lost,
}
"""By the words behind `<!-- anew: `."""
