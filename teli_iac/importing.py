"""Campaigns that were made elsewhere, described by manifests of their own id. Nothing is sent but reads."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from teli_iac.decisions.gathering import newly_imported
from teli_iac.errors import ImportRefused, TeliIacError, UsageError
from teli_iac.identity import parse_campaign_id
from teli_iac.kinds.importing import can_be_described, manifest_of, name_for
from teli_iac.ledger import Journal
from teli_iac.model import (
    Observed,
    ObservedCampaign,
    PartState,
    Recorded,
)
from teli_iac.observe import Question, observe
from teli_iac.plan import unmanaged_ids
from teli_iac.worlds import Worlds, read_declared

_FREE = frozenset({PartState.VOID, PartState.LAPSED, PartState.RETRIED})


@dataclass(frozen=True, slots=True)
class Described:
    """A manifest that was written for a campaign made elsewhere; `file` is below the project folder."""

    file: str
    name: str
    campaign_id: str


@dataclass(frozen=True, slots=True)
class Importable:
    """Campaigns made elsewhere that no manifest describes, and those that cannot be: by why, in sentences."""

    campaigns: tuple[ObservedCampaign, ...]
    left_out: tuple[str, ...]


def refuse_part_of_project(worlds: Worlds) -> None:
    """Refuse paths that leave out part of the project: what is described there would seem undescribed."""
    if not worlds.desired.covers_project:
        raise UsageError(
            "Only part of the project's manifests is seen from here.",
            "Run it in the folder of the Project, or with -C FOLDER.",
        )


def list_importable(worlds: Worlds, recorded: Recorded) -> Importable:
    """What could be imported, in the order of the ids."""
    return _importable(worlds, recorded, _observe(worlds, recorded))


def import_campaigns(
    worlds: Worlds, journal: Journal, wanted: Sequence[str] | None, folder: str
) -> tuple[tuple[Described, ...], tuple[str, ...]]:
    """Write a manifest for each wanted id, or for all of them, and record what was imported.

    What was written, and sentences about what was left out. Raises ImportRefused with nothing written when
    an id cannot be imported, a file is in the way, or the manifests would not be part of the project.
    """
    recorded = journal.load()
    observed = _observe(worlds, recorded)
    importable = _importable(worlds, recorded, observed)
    chosen = importable.campaigns if wanted is None else _choose(importable, wanted, observed)
    described = _describe(chosen, folder, worlds, recorded)
    _write(described, {each.campaign_id: each for each in chosen}, worlds)
    desired = replace(worlds.desired, imports=read_declared(worlds.asked).imports)
    journal.record(*newly_imported(desired, recorded, observed), at=worlds.asked.waiting.now())
    return described, importable.left_out if wanted is None else ()


def _observe(worlds: Worlds, recorded: Recorded) -> Observed:
    question = Question(worlds.desired.project, recorded, trusts_its_clock=worlds.origin.calls_nobody)
    return observe(worlds.api.reading(), question, worlds.asked.waiting)


def _importable(worlds: Worlds, recorded: Recorded, observed: Observed) -> Importable:
    # What only the ledger describes lost its manifest, and may get one again.
    forgotten = replace(recorded, imports={})
    found = [
        observed.campaigns[campaign_id] for campaign_id in unmanaged_ids(worlds.desired, forgotten, observed)
    ]
    why = {each.campaign_id: _why_not(each.campaign_id) for each in found}
    return Importable(
        tuple(each for each in found if why[each.campaign_id] is None),
        tuple(sentence for sentence in why.values() if sentence),
    )


def _why_not(campaign_id: str) -> str | None:
    reference = parse_campaign_id(campaign_id)
    if reference:
        return f"{campaign_id} is a campaign of the project {reference.project}, which looks after it."
    if not can_be_described(campaign_id):
        return "One has an id that no manifest can hold."
    return None


def _choose(
    importable: Importable, wanted: Sequence[str], observed: Observed
) -> tuple[ObservedCampaign, ...]:
    by_id = {each.campaign_id: each for each in importable.campaigns}
    for campaign_id in wanted:
        if campaign_id not in by_id:
            raise ImportRefused(
                f'"{campaign_id}" cannot be imported: {_hindrance(campaign_id, observed)}.'
                " Nothing was written.",
                "`teli-iac import` without arguments lists what can be imported. For a campaign of this"
                " project: `teli-iac adopt ADDRESS`.",
            )
    return tuple(by_id[campaign_id] for campaign_id in dict.fromkeys(wanted))


def _hindrance(campaign_id: str, observed: Observed) -> str:
    if campaign_id not in observed.campaigns:
        return "Teli shows no campaign with this id"
    return "it is this project's, or another's, or a manifest describes it already"


def _describe(
    chosen: Iterable[ObservedCampaign], folder: str, worlds: Worlds, recorded: Recorded
) -> tuple[Described, ...]:
    project = worlds.desired.project
    taken = {*worlds.desired.campaigns, *worlds.desired.imports}
    taken |= {part.name for part in recorded.parts.values()}
    taken |= {each.name for each in recorded.imports.values()}
    described = []
    for each in chosen:
        known = recorded.imports.get(each.campaign_id)
        free = known is not None and known.name not in {*worlds.desired.campaigns, *worlds.desired.imports}
        name = known.name if known and free else name_for(each.campaign_id, taken)
        taken.add(name)
        file = (worlds.asked.cwd / folder / f"{name}.yaml").resolve()
        below = Path(project.folder).resolve()
        if not file.is_relative_to(below):
            raise ImportRefused(
                "The folder to write to lies outside of the project; nothing was written.",
                "Name a folder below the Project's.",
            )
        described.append(Described(file.relative_to(below).as_posix(), name, each.campaign_id))
    return tuple(described)


def _write(described: Iterable[Described], campaigns: Mapping[str, ObservedCampaign], worlds: Worlds) -> None:
    """Write the manifests, all or none, and read them back as part of the project."""
    below = Path(worlds.desired.project.folder)
    written: list[Path] = []
    try:
        for each in described:
            path = below / each.file
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                written.append(path)
                file.write(manifest_of(campaigns[each.campaign_id], each.name))
        _read_back(described, worlds)
    except BaseException as fault:
        for path in written:
            with contextlib.suppress(OSError):
                path.unlink()
        if isinstance(fault, FileExistsError):
            raise ImportRefused(
                f"There is already {fault.filename}; nothing was written.",
                "Move it away, or name another folder with --out: teli-iac overwrites nothing.",
            ) from fault
        raise


def _read_back(described: Iterable[Described], worlds: Worlds) -> None:
    try:
        imports = read_declared(worlds.asked).imports
    except TeliIacError as fault:
        raise ImportRefused(
            f"The manifests would not be in order with the new ones ({fault.message}); nothing was written.",
            "Import fewer campaigns to find out which of them it is, and report it.",
        ) from fault
    if any(each.name not in imports for each in described):
        raise ImportRefused(
            "The folder to write to is not among the project's manifests; nothing was written.",
            "Name one that is neither hidden nor in the Project's `exclude`.",
        )
