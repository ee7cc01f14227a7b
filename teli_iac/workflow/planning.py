"""Looking ahead: commands that read manifests, and decide what an apply would do."""

from __future__ import annotations

from pathlib import Path

from teli_iac.approval import as_approved
from teli_iac.diagnosing import check_online
from teli_iac.errors import InvalidManifests
from teli_iac.leads import stale_lists
from teli_iac.model import Desired, Finding
from teli_iac.model.comparison import Comparison
from teli_iac.plan_files import read_plan_file, refuse_in_the_way, write_plan_file
from teli_iac.preflight import as_warnings
from teli_iac.proposal import PlanResult, propose
from teli_iac.reviewing import compare_with_revision
from teli_iac.saved_plans import SavedPlan, write_document
from teli_iac.settings import Invocation, PlanOptions, Saving
from teli_iac.signatures import signer, verifier
from teli_iac.uncallable import problems_of_people
from teli_iac.worlds import find_folder, open_worlds, read_declared, recall_desired, recall_for_plan


def validate(asked: Invocation) -> Desired:
    """Check everything that can be checked offline: no database is asked. Raises InvalidManifests."""
    desired = read_declared(asked)
    _refuse_uncallable(desired, asked)
    return desired


def _refuse_uncallable(desired: Desired, asked: Invocation) -> None:
    now = asked.waiting.now()
    problems = (*stale_lists(desired.campaigns.values(), now), *problems_of_people(desired, now))
    if problems:
        raise InvalidManifests(problems)


def find_project(asked: Invocation) -> Path:
    """The folder that the places of problems are told from, whatever is wrong with the manifests."""
    return find_folder(asked)


def validate_online(asked: Invocation) -> tuple[Desired, tuple[Finding, ...]]:
    """Check what can be checked offline, then people of queries, and what Teli says of agents and numbers.

    Sends nothing but GET.
    """
    validate(asked)
    with open_worlds(asked, connections=2) as worlds:
        _refuse_uncallable(worlds.desired, asked)
        findings = check_online(worlds)
        return worlds.desired, as_warnings(findings) if worlds.origin.calls_nobody else findings


def compare(asked: Invocation, revision: str) -> Comparison:
    """What the working tree changes since a git revision; asks neither Teli nor the ledger."""
    return compare_with_revision(asked, revision)


def plan(asked: Invocation, options: PlanOptions) -> PlanResult:
    """Decide what an apply would do. Cannot write: it holds neither the ledger nor a client that writes."""
    with open_worlds(asked, options.parallelism, recall_desired) as worlds:
        return propose(worlds, worlds.desired, recall_for_plan(worlds), worlds.ledger.people, options)


def save_plan(asked: Invocation, options: PlanOptions, saving: Saving) -> PlanResult:
    """Plan, and write that plan to a file: once it is approved, exactly that can be applied, and once."""
    refuse_in_the_way(saving.file)
    sign = signer(saving.sign_key) if saving.sign_key else None
    result = plan(asked, options)
    saved = as_approved(result, options, saving.nonce, asked.release)
    write_plan_file(saving.file, write_document(saved, sign))
    return result


def read_plan(file: Path, signed_by: Path | None) -> SavedPlan:
    """A saved plan from its file alone; with the public key in `signed_by`, only one signed so."""
    return read_plan_file(file, verifier(signed_by) if signed_by else None)
