"""What the manifests wanted: today, and at every commit that changed something in their folder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import cast

from teli_iac.errors import InvalidManifests, NotConfigured
from teli_iac.kinds import campaign
from teli_iac.kinds.campaign import CampaignSpec
from teli_iac.leads import Lists, Ways, load_leads, remembering_ways
from teli_iac.manifests import ManifestSet, lead_references, parse_manifests, read_manifests
from teli_iac.model import Campaign, Leads, LeadsReference
from teli_iac.revisions import Revision, is_shallow, laid_out, list_revisions
from teli_iac.settings import Invocation, cache_folder
from teli_iac.worlds import Worlds

_SHALLOW = "This clone is shallow: older commits are not in it (git fetch --unshallow)."

Key = tuple[str, int]
"""A campaign's name and its run."""


@dataclass(frozen=True, slots=True)
class Version:
    """What one commit wanted (None: what the manifests want today), as far as it can be read.

    `unread` are campaigns whose people or settings cannot be read any more; `whole` is False when more
    may be missing.
    """

    revision: Revision | None
    campaigns: tuple[Campaign, ...]
    unread: tuple[Key, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class Past:
    """Every version, today's first, then from newest to oldest; `lacking` says what of them is not there."""

    versions: tuple[Version, ...]
    lacking: str | None

    def wanting(self, name: str, run: int) -> Iterator[Campaign]:
        """The run of the campaign in every version that can be read."""
        for version in self.versions:
            yield from (each for each in version.campaigns if (each.name, each.run) == (name, run))


def past_of(worlds: Worlds, asked: Invocation) -> Past:
    """Everything that the manifests of the project ever wanted, as far as this clone knows."""
    folder = Path(worlds.desired.project.folder)
    today = Version(None, tuple(worlds.desired.campaigns.values()), (), whole=True)
    try:
        revisions = list_revisions(folder)
        shallow = is_shallow(folder)
    except NotConfigured as unreadable:
        return Past((today,), unreadable.message)
    lacking = _SHALLOW if shallow else None
    return Past((today, *(_version(folder, each, worlds, asked) for each in revisions)), lacking)


def _version(folder: Path, revision: Revision, worlds: Worlds, asked: Invocation) -> Version:
    with laid_out(folder, revision) as then:
        manifests = read_manifests((".",), then, None, asked.environment)
        if manifests.project is None or manifests.project.name != worlds.account.project:
            return Version(revision, (), tuple(_named(manifests)), whole=False)
        ways = remembering_ways(cache_folder(asked.environment), asked.release)
        leads = _leads(manifests, then, folder, ways)
        named = set(_named(manifests))
        campaigns = tuple(_readable(manifests, leads))
    read = {(each.name, each.run) for each in campaigns}
    return Version(revision, campaigns, tuple(sorted(named - read)), whole=not manifests.broken)


def _leads(manifests: ManifestSet, then: Path, now: Path, ways: Ways) -> Mapping[str, Leads]:
    """The people as the commit has them; a file that was never committed is looked for where it lies now.

    That is no guess: only a digest proves who was meant. What a query gave then nobody can read any more.
    """
    references = lead_references(manifests)
    kept = [each for each in references if each.file is None or (then / PurePosixPath(each.file)).exists()]
    loose = [each for each in references if each not in kept]
    lists = Lists(str(then), ways, elsewhere=str(now))
    return {**_load(loose, now, ways, lists), **_load(kept, then, ways, lists)}


def _load(references: list[LeadsReference], folder: Path, ways: Ways, lists: Lists) -> Mapping[str, Leads]:
    leads, _ = load_leads(references, str(folder), ways, lists=lists)
    return {name: people for name, people in leads.items() if people.is_known}


def _named(manifests: ManifestSet) -> Iterator[Key]:
    for document in manifests.documents:
        if document.kind == campaign.KIND and document.name:
            run = cast("CampaignSpec", document.sound_part("spec")).get("run", 1)
            yield document.name, run if type(run) is int else 1


def _readable(manifests: ManifestSet, leads: Mapping[str, Leads]) -> Iterator[Campaign]:
    """The campaigns that can be read, each on its own, so that one that cannot hides no other."""
    shared = tuple(each for each in manifests.documents if each.kind != campaign.KIND)
    for document in manifests.documents:
        if document.kind != campaign.KIND or document.name not in leads:
            continue
        alone = replace(manifests, documents=(*shared, document), problems=())
        try:
            yield from parse_manifests(alone, leads, ()).campaigns.values()
        except (InvalidManifests, KeyError):
            continue
