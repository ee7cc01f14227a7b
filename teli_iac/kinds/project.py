"""The `Project` kind: the account to call from and the rules to call by."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import TypedDict

from teli_iac.kinds.base_url import SANDBOX, TELI, calls_nobody, normal_base_url
from teli_iac.kinds.complaint import Complaint
from teli_iac.kinds.connections import check_connections, parse_connections
from teli_iac.kinds.durations import parse_duration
from teli_iac.kinds.suppression import SuppressionSpec, check_suppression
from teli_iac.model import GuardName, LedgerPlace, Mark, Project

KIND = "Project"
SCHEMA = "project"

LEAST_LAUNCH_GRACE = timedelta(minutes=2)
LEAST_SETTLE_AFTER = timedelta(minutes=2)
SANDBOX_ORGANIZATION_ID = "1700000000000x100000000000000001"
SANDBOX_TENANT_ID = "sandbox"
SANDBOX_USER_ID = "1700000000000x100000000000000002"

_IDENTIFIER = re.compile("[!-~]{1,200}")


class ProjectSpec(TypedDict, total=False):
    """The spec as schemas/project.json lets it pass."""

    organization_id: str
    tenant_id: str
    user_id: str
    base_url: str
    ledger: str
    guards: dict[str, int]
    launch_grace: str
    drain: str
    settle_after: str
    allow_test_numbers: bool
    exclude: list[str]
    connections: dict[str, dict[str, str]]
    suppress: list[SuppressionSpec]


def check_project(spec: ProjectSpec, environment: Mapping[str, str]) -> Iterator[Complaint]:
    """What the schema cannot see. The environment fills in what the manifest leaves out, and only that."""
    yield from _check_identifiers(spec, environment)
    yield from check_connections(spec.get("connections", {}))
    yield from check_suppression(spec.get("suppress", ()))
    base_url = normal_base_url(_base_url(spec, environment))
    if base_url is None:
        yield _bad_base_url(spec)
    if not (base_url and calls_nobody(base_url)):
        yield from _check_durations(spec)


def parse_project(
    name: str, spec: ProjectSpec, environment: Mapping[str, str], *, folder: str, mark: Mark
) -> Project:
    """The project of a spec that `check_project` has nothing to say about."""
    base_url = normal_base_url(_base_url(spec, environment)) or ""
    sandbox = base_url == SANDBOX
    settle_after = spec.get("settle_after", "15m")
    return Project(
        name=name,
        organization_id=_identifier(spec.get("organization_id"), environment, "TELI_ORGANIZATION_ID")
        or (SANDBOX_ORGANIZATION_ID if sandbox else ""),
        tenant_id=_identifier(spec.get("tenant_id"), environment, "TELI_TENANT_ID")
        or (SANDBOX_TENANT_ID if sandbox else ""),
        user_id=_identifier(spec.get("user_id"), environment, "TELI_USER_ID")
        or (SANDBOX_USER_ID if sandbox else ""),
        base_url=base_url,
        ledger=spec.get("ledger", LedgerPlace.LOCAL.value),
        guards={GuardName(guard): limit for guard, limit in sorted(spec.get("guards", {}).items())},
        launch_grace=parse_duration(spec.get("launch_grace", "10m")),
        drain=parse_duration(spec.get("drain", "3m")),
        settle_after=None if settle_after == "never" else parse_duration(settle_after),
        allow_test_numbers=spec.get("allow_test_numbers", False) or sandbox,
        exclude=tuple(spec.get("exclude", ())),
        folder=folder,
        mark=mark,
        connections=parse_connections(spec.get("connections", {})),
    )


def _check_durations(spec: ProjectSpec) -> Iterator[Complaint]:
    if parse_duration(spec.get("launch_grace", "10m")) < LEAST_LAUNCH_GRACE:
        yield Complaint(
            "TELI-E049",
            ("spec", "launch_grace"),
            "launch_grace is shorter than 2m, and this project calls real people",
            "Write at least 2m: it is the time in which a faulty launch can still be ended.",
        )
    settle_after = spec.get("settle_after", "15m")
    if settle_after != "never" and parse_duration(settle_after) < LEAST_SETTLE_AFTER:
        yield Complaint(
            "TELI-E049",
            ("spec", "settle_after"),
            "settle_after is shorter than 2m, and this project calls real people",
            "Write at least 2m: a launch whose answer was lost may still arrive, and would be made twice.",
        )


def _base_url(spec: ProjectSpec, environment: Mapping[str, str]) -> str:
    return spec.get("base_url") or environment.get("TELI_API_BASE_URL") or TELI


def _bad_base_url(spec: ProjectSpec) -> Complaint:
    named = "base_url" if "base_url" in spec else "The environment's TELI_API_BASE_URL"
    return Complaint(
        "TELI-E050",
        ("spec", "base_url"),
        f"{named} is not an address that the API key may be sent to",
        "Write https://HOST without path, user or query; plain http is for loopback, `sandbox:` for trying.",
    )


def _check_identifiers(spec: ProjectSpec, environment: Mapping[str, str]) -> Iterator[Complaint]:
    variables = {
        "TELI_ORGANIZATION_ID": spec.get("organization_id"),
        "TELI_TENANT_ID": spec.get("tenant_id"),
        "TELI_USER_ID": spec.get("user_id"),
    }
    for variable, given in variables.items():
        identifier = _identifier(given, environment, variable)
        if identifier and not _IDENTIFIER.fullmatch(identifier):
            yield Complaint(
                "TELI-E052",
                ("spec",),
                f"The environment's {variable} is not an id: it holds a space or an unusual character",
                f"Set {variable} to the id as Teli shows it, or write the id into the manifest.",
            )


def _identifier(given: str | None, environment: Mapping[str, str], variable: str) -> str:
    return given or environment.get(variable, "")
