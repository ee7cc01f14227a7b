"""A project's Teli and ledger in the hands of whoever is on duty, whatever state its manifests are in."""

from __future__ import annotations

import getpass
import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import inf

from teli_iac.api import ApiOrigin, TimeOuts, WritingClient, parse_origin
from teli_iac.errors import LedgerMissing, NotConfigured
from teli_iac.ledger import Backend, open_ledger
from teli_iac.manifests import salvage_project
from teli_iac.model import Account, Project, Recorded
from teli_iac.operate import Person, Teli, Writing
from teli_iac.settings import Invocation, Target
from teli_iac.worlds import existing_key, make_ledger, open_api, this_holder

_NUMBER = re.compile(r"\+?\d(?:[ ().-]*\d){6,}")
"""What may be a phone number in a person's own words, of which the last two digits are kept."""

_SHORT = TimeOuts(connect=5.0, read=20.0, write=20.0, pool=60.0, answer=60.0, repeats=inf)
"""Whoever stops calls waits for nothing that does not come soon; it is asked again, as often as need be."""


@dataclass(frozen=True, slots=True, repr=False)
class Post:
    """One project's Teli and ledger in the hands of a person on duty."""

    asked: Invocation
    project: Project
    account: Account
    api: WritingClient
    ledger: Backend
    parallelism: int

    def __repr__(self) -> str:
        return f"Post({self.project.name})"

    @property
    def origin(self) -> ApiOrigin:
        """Where its Teli is."""
        return parse_origin(self.project.base_url)

    @property
    def teli(self) -> Teli:
        """The API as the operations use it."""
        return Teli(self.api, self.project, self.asked.waiting, self.parallelism)


@contextmanager
def open_post(asked: Invocation, target: Target, connections: int) -> Iterator[Post]:
    """The project that was asked for; nothing is sent or written yet. NotConfigured names what is missing."""
    project = find_project(asked, target)
    account = _account(project)
    ledger = open_ledger(project.ledger, project.folder, project.name)
    with open_api(project, asked, connections, _SHORT) as api:
        yield Post(asked, project, account, api, ledger, connections)


def find_project(asked: Invocation, target: Target) -> Project:
    """The Project as flags, environment and its manifest tell it: the first that says something counts."""
    told = {
        "name": target.name or asked.environment.get("TELI_PROJECT"),
        "organization_id": target.organization_id,
        "tenant_id": target.tenant_id,
        "base_url": target.base_url,
        "ledger": target.ledger,
    }
    given = {field: value for field, value in told.items() if value}
    project = salvage_project(asked.cwd, asked.project_file, asked.environment, given)
    if project is None:
        raise NotConfigured(
            "No Project can be read here, so it is unknown whose campaigns are meant.",
            "Pass --name NAME (the Project's metadata.name), or set TELI_PROJECT; the account comes from"
            " --organization-id and --tenant-id, or TELI_ORGANIZATION_ID and TELI_TENANT_ID.",
        )
    return project


def _account(project: Project) -> Account:
    origin = parse_origin(project.base_url)
    ids = {"organization_id": project.organization_id, "tenant_id": project.tenant_id}
    missing = [name for name, given in ids.items() if not given]
    if missing:
        flags = " and ".join(f"--{name.replace('_', '-')}" for name in missing)
        variables = " and ".join(f"TELI_{name.upper()}" for name in missing)
        raise NotConfigured(
            f"Nothing says the {' and the '.join(missing)} of project {project.name}.",
            f"Pass {flags}, or set {variables}.",
        )
    return Account(origin.text, project.organization_id, project.tenant_id, project.name)


def person(why: str) -> Person:
    """Whoever sits there, as the ledger names them."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a container's user without a name
        user = "somebody"
    return Person(f"{user}@{socket.gethostname()}", _NUMBER.sub(lambda found: f"…{found[0][-2:]}", why))


def recall(post: Post) -> Recorded | None:
    """What the ledger says, read only; None when the project has none."""
    if not post.ledger.exists():
        return None
    return post.ledger.load(post.account, existing_key(post.asked))


def writing_of(post: Post, *, create: bool) -> Writing | None:
    """The ledger to be written, None when the project has none; `create` makes one where nobody is called."""
    asked = post.asked
    if create and parse_origin(post.project.base_url).calls_nobody:
        key = make_ledger(post.ledger, post.account, asked)
    elif post.ledger.exists():
        key = existing_key(asked)
    else:
        return None
    return Writing(post.ledger, post.account, key, this_holder(), asked.waiting.now, asked.waiting.sleep)


def no_ledger(project: Project) -> LedgerMissing:
    """What is said where there is no ledger to go by."""
    return LedgerMissing(
        f"Project {project.name} has no ledger.",
        "If nothing was ever applied, run `teli-iac ledger init`; else restore the ledger.",
    )
