"""`doctor`: everything around the manifests that a launch needs, tried out one after the other.

It sends nothing but GET. Of the ledger it tries the lease and that a write which does not fit is refused,
and writes no event.
"""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.request import getproxies

from teli_iac.api import is_sandbox, parse_origin
from teli_iac.catalogue import CATALOGUE
from teli_iac.errors import (
    ApiError,
    ApiRefused,
    InvalidManifests,
    LedgerError,
    LedgerLocked,
    LedgerMissing,
    NotConfigured,
    StoreUnfit,
    TeliIacError,
)
from teli_iac.inspecting import inspect_account
from teli_iac.kinds.wire import list_request, read_list
from teli_iac.ledger import Backend, open_ledger
from teli_iac.model import Campaign, Desired, DesiredStatus, Finding, LedgerPlace, Project, Severity
from teli_iac.observe import MOST_CLOCK_SKEW
from teli_iac.preflight import as_warnings, check_campaigns
from teli_iac.render.words import counted
from teli_iac.settings import Invocation, account_of
from teli_iac.worlds import Worlds, existing_key, open_worlds, read_desired, read_project, this_holder

Findings = Iterator[Finding]

_PROBE = timedelta(seconds=5)
_NAMES = frozenset({"TELI-E207", "TELI-E208"})
_EXTRAS = {"postgresql": "psycopg"}
"""Ledgers whose package is an extra, by the beginning of their place."""


def diagnose(asked: Invocation) -> Findings:
    """What was tried and how it went, as it goes."""
    yield _fine("versions", f"teli-iac {asked.release}, Python {sys.version.split()[0]}")
    try:
        project = read_project(asked)
    except TeliIacError as fault:
        yield _from(fault, "manifests", "TELI-E220")
        return
    yield from _manifests(asked)
    yield from _ledger(project, asked)
    yield from _network(project)
    yield from _teli(asked)


def check_online(worlds: Worlds) -> tuple[Finding, ...]:
    """What Teli says to the agents and numbers of every campaign that may still call."""
    return check_campaigns(
        still_calling(worlds), inspect_account(worlds.api.reading(), worlds.desired.project)
    )


def still_calling(worlds: Worlds) -> tuple[Campaign, ...]:
    """Campaigns whose window is not over and that are not wanted ended; the rest needs no agent any more."""
    now = worlds.asked.waiting.now()
    return tuple(
        each
        for each in worlds.desired.campaigns.values()
        if each.desired_status is not DesiredStatus.ENDED
        and (each.settings.closes is None or each.settings.closes > now)
    )


def _manifests(asked: Invocation) -> Findings:
    try:
        desired = read_desired(asked)
    except InvalidManifests as fault:
        yield _from(fault, "manifests", "TELI-E220")
        return
    yield _fine("manifests", f"{_sum(desired)} in order")


def _sum(desired: Desired) -> str:
    campaigns = counted(len(desired.campaigns) + len(desired.imports), "campaign")
    return f"project {desired.project.name}, {campaigns}"


def _ledger(project: Project, asked: Invocation) -> Findings:
    scheme = project.ledger.partition(":")[0]
    package = _EXTRAS.get(scheme)
    if package and importlib.util.find_spec(package) is None:
        yield _finding("TELI-E226", "ledger", f"A ledger in {scheme} needs a package that is not installed.")
        return
    try:
        ledger = open_ledger(project.ledger, project.folder, project.name)
        account = account_of(project, parse_origin(project.base_url))
        if not ledger.exists():
            yield _missing(project)
            return
        recorded = ledger.load(account, existing_key(asked))
        yield _fine(
            "ledger", f"{_where(project)} is there, its key fits, {counted(recorded.version, 'event')}"
        )
        yield from try_writes(ledger, recorded.version, asked)
    except LedgerMissing:
        yield _missing(project)
    except StoreUnfit as fault:
        yield _from(fault, "ledger writes", "TELI-E224")
    except (LedgerError, NotConfigured) as fault:
        yield _from(fault, "ledger", "TELI-E223")


def _where(project: Project) -> str:
    return (
        "the local ledger"
        if project.ledger == LedgerPlace.LOCAL
        else f"the {project.ledger.partition(':')[0]} ledger"
    )


def _missing(project: Project) -> Finding:
    if is_sandbox(project.base_url):
        return _fine("ledger", "none yet; the first apply to the embedded Teli makes it")
    return _finding("TELI-E222", "ledger", f"There is no ledger ({_where(project)}).")


def try_writes(ledger: Backend, version: int, asked: Invocation) -> Findings:
    """Take the lease, see that nobody else gets it and that a write at another version is refused."""
    now = asked.waiting.now
    try:
        lease = ledger.acquire(this_holder(), now(), _PROBE)
    except LedgerLocked as locked:
        yield _finding("TELI-E225", "ledger", locked.message)
        return
    try:
        twice = _refuses(lambda: ledger.acquire(f"{this_holder()} twice", now(), _PROBE))
        misfit = _refuses(lambda: ledger.append((), (), now(), lease, version + 1))
    finally:
        ledger.release(lease)
    if twice and misfit:
        yield _fine("ledger writes", "one writer at a time, and a write that does not fit is refused")
        return
    yield _finding("TELI-E224", "ledger writes", "The ledger took a write that it had to refuse.")


def _refuses(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except LedgerError:
        return True
    return False


def _network(project: Project) -> Findings:
    if is_sandbox(project.base_url):
        yield _fine("network", "none is needed: the embedded Teli is in this program")
        return
    origin = parse_origin(project.base_url)
    tls = "TLS" if origin.scheme == "https" else "plain http, on this machine only"
    proxies = sorted(getproxies().keys() & {"http", "https", "all", "socks"})
    through = f"; the environment names proxies for {', '.join(proxies)}" if proxies else "; no proxy"
    yield _fine("network", f"{origin.text}: {tls}{'' if origin.calls_nobody else through}")


def _teli(asked: Invocation) -> Findings:
    try:
        with open_worlds(asked, connections=2) as worlds:
            yield from _answers(worlds)
    except InvalidManifests as fault:
        yield from _unnamed(fault)
    except NotConfigured as fault:
        yield _from(fault, "Teli", "TELI-E221")
    except ApiError as fault:
        yield _from(fault, "Teli", "TELI-E221")


def _unnamed(fault: InvalidManifests) -> Findings:
    """Agents whose name stands for none or for several; or the manifests are not in order at all."""
    named = [problem for problem in fault.problems if problem.code in _NAMES]
    for problem in named:
        message = f"{problem.message}."
        yield Finding(problem.code, Severity.ERROR, "agents", message, problem.next_step, problem.mark)
    if not named:
        yield _finding("TELI-E227", "Teli", "Teli was not asked, since the manifests are not in order.")


def _answers(worlds: Worlds) -> Findings:
    try:
        reply = worlds.api.read(list_request(worlds.desired.project))
        campaigns = read_list(reply)
    except ApiRefused as fault:
        yield _from(fault, "key", "TELI-E228")
        return
    yield _fine(
        "key",
        f"accepted for tenant {worlds.desired.project.tenant_id}; {counted(len(campaigns), 'campaign')}",
    )
    if reply.date is not None and not worlds.origin.calls_nobody:
        yield compare_clocks((reply.date - worlds.asked.waiting.now()).total_seconds())
    findings = check_online(worlds)
    yield from as_warnings(findings) if worlds.origin.calls_nobody else findings
    if not findings:
        yield _fine("agents and numbers", "those of every campaign that may still call are there")


def compare_clocks(seconds: float) -> Finding:
    """What it means that Teli's clock is so far ahead of this machine's, or behind it when less than zero."""
    apart = abs(round(seconds))
    if apart <= MOST_CLOCK_SKEW.total_seconds():
        return _fine("clock", f"{apart} seconds from Teli's")
    way = "behind" if seconds > 0 else "ahead of"
    return _finding("TELI-E229", "clock", f"This machine's clock is {apart:,} seconds {way} Teli's.")


def _fine(about: str, message: str) -> Finding:
    return Finding("", Severity.FINE, about, message, "")


_WARNINGS = frozenset({"TELI-E225", "TELI-E227"})


def _finding(code: str, about: str, message: str) -> Finding:
    severity = Severity.WARNING if code in _WARNINGS else Severity.ERROR
    return Finding(code, severity, about, message, CATALOGUE[code].next_step)


def _from(fault: TeliIacError, about: str, code: str) -> Finding:
    return replace(_finding(code, about, fault.message), next_step=fault.next_step)
