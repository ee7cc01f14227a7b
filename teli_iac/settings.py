"""What one command was asked and is allowed to use: flags, environment and Project, read once."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from teli_iac.api import ApiKey, ApiOrigin, Waiting, is_sandbox
from teli_iac.errors import NotConfigured
from teli_iac.model import Account, ApprovalKind, GuardName, OnError, PersonAct, Project

DEFAULT_PARALLELISM = 8
MOST_PARALLELISM = 64

_SANDBOX_KEY = "sandbox"
_NOWHERE = Path(os.devnull)


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """How far a plan reaches and what it is allowed; empty `targets` mean everything.

    `allow` lifts a guard by its exact count. `parallelism` is how many campaigns are worked on at once.
    `expect_digest` is how the approved plan's digest begins. With `preflight`, agents and numbers of what is
    launched are looked up. `approval` is how the plan is approved, for the ledger to remember.
    """

    targets: tuple[str, ...]
    allow: Mapping[GuardName, int]
    parallelism: int
    on_error: OnError
    expect_digest: str | None = None
    preflight: bool = False
    approval: ApprovalKind | None = None


@dataclass(frozen=True, slots=True)
class Saving:
    """Where a plan is saved, whose private key signs it if any, and the nonce that makes it work once."""

    file: Path
    sign_key: Path | None
    nonce: str


@dataclass(frozen=True, slots=True)
class Target:
    """Whose campaigns are meant, as far as flags say it; None leaves it to the Project or the environment.

    So the live world can be seen and stopped when the manifests cannot be read.
    """

    name: str | None = None
    organization_id: str | None = None
    tenant_id: str | None = None
    base_url: str | None = None
    ledger: str | None = None


@dataclass(frozen=True, slots=True)
class ByHand:
    """What a person does to which campaigns, and why, in their own words."""

    act: PersonAct
    addresses: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, repr=False)
class Invocation:
    """Where and by whom a command was started.

    `cwd` is the folder that `paths` and `project_file` are taken from. `interactive` says that a person
    sits at the terminal and can be asked. `waiting` is how time passes. `release` is the version that
    runs. `read_input` gives the manifests that the path `-` stands for, the same however often it is
    asked. The repr leaves out the environment, which holds keys.
    """

    cwd: Path
    project_file: str | None
    paths: tuple[str, ...]
    environment: Mapping[str, str]
    config_folder: Path
    interactive: bool
    verbose: bool
    waiting: Waiting = Waiting()  # noqa: RUF009  a frozen value
    release: str = ""
    read_input: Callable[[], bytes] = bytes

    def __repr__(self) -> str:
        return f"Invocation({', '.join(self.paths)} in {self.cwd})"


def paths_of(asked: Invocation) -> tuple[str, ...]:
    """The paths as they are from the folder the command was started in, the same on every machine."""
    return tuple(Path(os.path.relpath(asked.cwd / path, asked.cwd)).as_posix() for path in asked.paths)


def api_key(environment: Mapping[str, str], origin: ApiOrigin) -> ApiKey:
    """The key in TELI_API_KEY; the embedded Teli needs none and is given none.

    Raises NotConfigured when there is no key, or one that cannot be sent.
    """
    if is_sandbox(origin.text):
        return ApiKey(_SANDBOX_KEY)
    return ApiKey(environment.get("TELI_API_KEY", ""))


def account_of(project: Project, origin: ApiOrigin) -> Account:
    """Whom the project calls for, and where. Raises NotConfigured naming every id that is missing."""
    ids = {
        "organization_id": project.organization_id,
        "tenant_id": project.tenant_id,
        "user_id": project.user_id,
    }
    missing = [name for name, given in ids.items() if not given]
    if missing:
        variables = " and ".join(f"TELI_{name.upper()}" for name in missing)
        raise NotConfigured(
            f"The Project at {project.mark} has no {' and no '.join(missing)}.",
            f"Write it into the Project, or set {variables}.",
        )
    return Account(origin.text, project.organization_id, project.tenant_id, project.name)


def sandbox_file(folder: Path) -> Path:
    """Where the embedded Teli of the project in `folder` keeps its campaigns."""
    return folder / ".teli" / "sandbox.db"


def config_folder(environment: Mapping[str, str]) -> Path:
    """The user's own folder for settings, in which teli-iac has a folder of its own.

    XDG_CONFIG_HOME, else APPDATA on Windows, else `.config` in the home folder. A user without a home,
    as in some containers, gets a place where nothing can be made; TELI_LEDGER_KEY helps there.
    """
    return _folder_of_user(environment, "XDG_CONFIG_HOME", "APPDATA", ".config")


def cache_folder(environment: Mapping[str, str]) -> Path:
    """The user's own folder for what may be thrown away at any time, in which teli-iac has one of its own.

    XDG_CACHE_HOME, else LOCALAPPDATA on Windows, else `.cache` in the home folder.
    """
    return _folder_of_user(environment, "XDG_CACHE_HOME", "LOCALAPPDATA", ".cache")


def _folder_of_user(environment: Mapping[str, str], variable: str, on_windows: str, usual: str) -> Path:
    given = environment.get(variable) or (environment.get(on_windows) if os.name == "nt" else None)
    if given and Path(given).is_absolute():
        return Path(given)
    try:
        return Path(environment["HOME"] if environment.get("HOME") else Path.home()) / usual
    except RuntimeError:
        return _NOWHERE / usual
