"""Open what a command works with: what is wanted, the ledger that remembers, the API that shows."""

from __future__ import annotations

import getpass
import os
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from teli_iac.api import ApiOrigin, TimeOuts, WritingClient, connect, is_sandbox, parse_origin
from teli_iac.errors import InvalidManifests, LedgerMissing, NotConfigured, Problem
from teli_iac.inspecting import list_agents
from teli_iac.leads import Databases, Surroundings, load_leads, nobody_known, remembering_ways
from teli_iac.ledger import (
    Backend,
    Journal,
    hold,
    ledger_key,
    load_as_remembered,
    open_ledger,
    refuse_moved,
)
from teli_iac.manifests import (
    ManifestSet,
    Place,
    Reading,
    lead_references,
    parse_manifests,
    place_of,
    read_manifests,
    read_yaml,
    recall_manifests,
    remember_manifests,
)
from teli_iac.model import Account, Desired, Leads, LedgerKey, Project, Recorded
from teli_iac.preflight import name_agents
from teli_iac.settings import Invocation, account_of, api_key, cache_folder, sandbox_file

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

_NOBODY_RECORDED = Recorded(version=0, key=LedgerKey(bytes(32)))
"""Without a ledger nobody is recorded, so that no key is needed to recognise them."""


@dataclass(frozen=True, slots=True, repr=False)
class Worlds:
    """One project's manifests, API and ledger, open."""

    asked: Invocation
    desired: Desired
    origin: ApiOrigin
    account: Account
    api: WritingClient
    ledger: Backend

    def __repr__(self) -> str:
        return f"Worlds({self.account.project})"


def read_desired(asked: Invocation) -> Desired:
    """Everything the manifests want, people included. Raises InvalidManifests with every problem at once.

    Queries are run, once each; unless something is wrong already, for which no database is asked.
    """
    manifests = _read(asked)
    return _desired(manifests, asked, _databases(manifests, asked))


def recall_desired(asked: Invocation) -> Desired:
    """The same, but unchanged manifests that were found clean before are not judged again.

    For who launches nobody. Whatever is wrong is told by the exact way, and so is what a database is asked.
    """
    place = _place_of_memory(asked)
    return read_desired(asked) if place is None else desired_as_remembered(asked, place)


def desired_as_remembered(asked: Invocation, place: Place) -> Desired:
    """The same with the memory of this place, which knows more afterwards."""
    memory = recall_manifests(place)
    manifests = _read(asked, memory.read)
    project = manifests.project
    if manifests.problems or project is None or project.connections:
        exactly = _read(asked) if memory.told else manifests
        return _desired(exactly, asked, _databases(exactly, asked))
    leads, problems = _load(manifests, asked, None)
    try:
        desired = parse_manifests(manifests, leads, problems)
    except InvalidManifests:
        if not memory.told:
            raise
        return read_desired(asked)
    remember_manifests(memory, manifests, leads)
    return desired


def _place_of_memory(asked: Invocation) -> Place | None:
    """Without the ledger's key nothing is remembered: nothing was launched, so no plan has nothing to do."""
    try:
        key = ledger_key(asked.environment, asked.config_folder, create=False)
    except NotConfigured:  # told by who opens the ledger
        return None
    if key is None or "-" in asked.paths:
        return None
    command = (str(asked.cwd), asked.project_file or "", *asked.paths)
    return place_of(cache_folder(asked.environment), key, asked.release, command)


def read_declared(asked: Invocation) -> Desired:
    """The same without asking any database: people of queries are not known."""
    return _desired(_read(asked), asked, None)


def _read_leaving(asked: Invocation) -> Desired:
    """What is declared of campaigns that are to leave: how each does, and nobody's number."""
    manifests = _read(asked)
    leads = {reference.campaign: nobody_known() for reference in lead_references(manifests)}
    return parse_manifests(manifests, leads, ())


def _desired(manifests: ManifestSet, asked: Invocation, databases: Databases | None) -> Desired:
    leads, problems = _load(manifests, asked, databases)
    return parse_manifests(manifests, leads, problems)


def _load(
    manifests: ManifestSet, asked: Invocation, databases: Databases | None
) -> tuple[Mapping[str, Leads], tuple[Problem, ...]]:
    ways = remembering_ways(cache_folder(asked.environment), asked.release)
    return load_leads(lead_references(manifests), manifests.folder, ways, databases)


def _databases(manifests: ManifestSet, asked: Invocation) -> Databases | None:
    if manifests.project is None or manifests.problems:
        return None
    return databases_of(manifests.project, asked)


def databases_of(project: Project, asked: Invocation) -> Databases:
    """What the project's manifests may ask; nothing is opened yet."""
    return Databases(project.connections, Surroundings(project.folder, asked.environment))


def find_folder(asked: Invocation) -> Path:
    """The Project's folder, from which every file is named, whatever is wrong with the campaigns."""
    return Path(_read(asked).folder)


def read_project(asked: Invocation) -> Project:
    """The Project alone, whatever is wrong with the campaigns. Raises InvalidManifests."""
    manifests = _read(asked)
    if manifests.project is None:
        raise InvalidManifests(manifests.problems)
    return manifests.project


def _read(asked: Invocation, read: Callable[[bytes], Reading] = read_yaml) -> ManifestSet:
    return read_manifests(
        asked.paths, asked.cwd, asked.project_file, asked.environment, asked.read_input, read
    )


@contextmanager
def open_worlds(
    asked: Invocation, connections: int, read: Callable[[Invocation], Desired] = read_desired
) -> Iterator[Worlds]:
    """The three worlds of the project that was asked for, `read` in this way; nothing is written yet.

    Teli is asked already where a campaign names its agent by name, for its identity is made of the id.
    """
    with _open(asked, read(asked), connections) as worlds:
        desired = worlds.desired
        if desired.unnamed_agents:
            desired = name_agents(desired, list_agents(worlds.api.reading(), desired.project))
        yield replace(worlds, desired=desired)


@contextmanager
def open_to_leave(asked: Invocation, connections: int) -> Iterator[Worlds]:
    """The same for who takes campaigns off: no leads, no do-not-call list, no database and no agent is read.

    It is what people reach for when something has gone wrong, and any of these may be what is wrong.
    """
    with _open(asked, _read_leaving(asked), connections) as worlds:
        yield worlds


@contextmanager
def _open(asked: Invocation, desired: Desired, connections: int) -> Iterator[Worlds]:
    project = desired.project
    origin = parse_origin(project.base_url)
    account = account_of(project, origin)
    ledger = open_ledger(project.ledger, project.folder, project.name)
    with open_api(project, asked, connections) as api:
        yield Worlds(asked, desired, origin, account, api, ledger)


def open_api(
    project: Project,
    asked: Invocation,
    connections: int,
    time_outs: TimeOuts = TimeOuts(),  # noqa: B008  a frozen value
) -> WritingClient:
    """The client of the project's API, the embedded Teli included; a context manager, nothing sent yet."""
    origin = parse_origin(project.base_url)
    return connect(
        origin,
        api_key(asked.environment, origin),
        application=_embedded(project),
        connections=connections,
        time_outs=time_outs,
        waiting=asked.waiting,
    )


def _embedded(project: Project) -> WSGIApplication | None:
    if not is_sandbox(project.base_url):
        return None
    from teli_iac.sandbox import application  # noqa: PLC0415  the embedded Teli is paid for only by who uses it

    return application(sandbox_file(Path(project.folder)))


def recall(worlds: Worlds) -> Recorded:
    """What the ledger says, read only; nothing when there is none."""
    if not worlds.ledger.exists():
        return _NOBODY_RECORDED
    recorded = worlds.ledger.load(worlds.account, existing_key(worlds.asked))
    refuse_moved(recorded)
    return recorded


def recall_for_plan(worlds: Worlds) -> Recorded:
    """The same; what the ledger came to when it ended as it does now is remembered on the machine."""
    if not worlds.ledger.exists():
        return _NOBODY_RECORDED
    asked = worlds.asked
    caches, key = cache_folder(asked.environment), existing_key(asked)
    recorded = load_as_remembered(worlds.ledger, worlds.account, key, caches, asked.release)
    refuse_moved(recorded)
    return recorded


@contextmanager
def hold_ledger(worlds: Worlds) -> Iterator[tuple[Journal, LedgerKey]]:
    """The hand that writes the ledger; where nobody can be called, a missing ledger is made."""
    if worlds.origin.calls_nobody:
        key = make_ledger(worlds.ledger, worlds.account, worlds.asked)
    elif worlds.ledger.exists():
        key = existing_key(worlds.asked)
    else:
        raise LedgerMissing(
            "There is no ledger here, and an apply must not make one: it could be a lost one.",
            "If nothing was ever applied, run `teli-iac ledger init`; else restore the ledger.",
        )
    now = worlds.asked.waiting.now
    with hold(worlds.ledger, worlds.account, key, this_holder(), now) as journal:
        yield journal, key


def make_ledger(ledger: Backend, account: Account, asked: Invocation) -> LedgerKey:
    """Make the ledger unless it is there; its key either way."""
    if ledger.exists():
        return existing_key(asked)
    key = ledger_key(asked.environment, asked.config_folder, create=True)
    if key is None:
        raise AssertionError("a key that is to be made is there afterwards")
    ledger.create(account, key, asked.waiting.now())
    return key


def existing_key(asked: Invocation) -> LedgerKey:
    """The key of a ledger that exists. Raises NotConfigured when there is none."""
    key = ledger_key(asked.environment, asked.config_folder, create=False)
    if key is None:
        raise NotConfigured(
            "The ledger's key is missing.",
            "Set TELI_LEDGER_KEY to the key that the ledger was made with, or restore its file"
            f" {asked.config_folder / 'teli-iac' / 'ledger.key'}.",
        )
    return key


def this_holder() -> str:
    """Who holds a ledger, as whoever finds it locked is told."""
    try:
        user = getpass.getuser()
    except (OSError, KeyError):  # a container's user without a name
        user = "somebody"
    return f"{user}@{socket.gethostname()} pid {os.getpid()}"
