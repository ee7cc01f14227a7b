"""From documents to what is wanted, or every problem of every file at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from teli_iac.errors import InvalidManifests, Problem
from teli_iac.identity import parse_campaign_id
from teli_iac.kinds import KINDS, campaign, project
from teli_iac.kinds.campaign import CampaignDeclaration, CampaignMetadata, CampaignSpec
from teli_iac.kinds.complaint import Complaint
from teli_iac.manifests.document import Document
from teli_iac.manifests.manifest_set import ManifestSet
from teli_iac.manifests.placing import in_order, problems_in
from teli_iac.manifests.references import (
    lists_of_project,
    lost_connections,
    lost_references,
    shared_pools,
    shared_redials,
)
from teli_iac.model import Campaign, Desired, ImportedCampaign, Leads


def parse_manifests(
    manifests: ManifestSet, leads: Mapping[str, Leads], lead_problems: tuple[Problem, ...]
) -> Desired:
    """Everything wanted, with `leads` by the campaign's name.

    Raises InvalidManifests with all problems together, sorted by place: those of reading and schemas,
    of meaning and references, and those that loading the leads found.
    """
    problems = in_order((*manifests.problems, *_problems_of_meaning(manifests), *lead_problems))
    if problems or manifests.project is None:
        raise InvalidManifests(problems)
    declared = _declarations(manifests)
    return Desired(
        manifests.project,
        _campaigns(manifests, declared, leads),
        manifests.covers_project,
        _imports(declared, leads),
        lists_of_project(manifests),
    )


def _problems_of_meaning(manifests: ManifestSet) -> Iterator[Problem]:
    names = _names_by_kind(manifests)
    for document in manifests.documents:
        if document.known is not None:  # of which nothing can be wrong by itself, and which asks nobody
            yield from _lost(document, names, manifests)
            continue
        if document.kind in {campaign.KIND, project.KIND} and manifests.project is not None:
            yield from problems_in(document, lost_connections(document, manifests.project.connections))
        if document.kind != campaign.KIND:
            continue
        metadata = cast("CampaignMetadata", document.sound_part("metadata"))
        spec = cast("CampaignSpec", document.sound_part("spec"))
        yield from problems_in(document, campaign.check_campaign(metadata, spec))
        yield from _lost(document, names, manifests)
    yield from _repeated_names(manifests)
    yield from _misused_ids(manifests)


def _lost(
    document: Document, names: Mapping[str, frozenset[str]], manifests: ManifestSet
) -> tuple[Problem, ...]:
    """In the part of a file that could not be read there may be the very name that is missing."""
    return () if manifests.broken else problems_in(document, lost_references(document, names))


def _names_by_kind(manifests: ManifestSet) -> Mapping[str, frozenset[str]]:
    names: defaultdict[str, set[str]] = defaultdict(set)
    for document in manifests.documents:
        names[document.kind].add(document.name)
    return {kind: frozenset(names[kind]) for kind in KINDS}


def _repeated_names(manifests: ManifestSet) -> Iterator[Problem]:
    first: dict[tuple[str, str], Document] = {}
    for document in manifests.documents:
        if document.kind == project.KIND or not document.is_sound("metadata", "name"):
            continue
        earlier = first.setdefault((document.kind, document.name), document)
        if earlier is not document:
            place = earlier.mark(("metadata", "name"))
            complaint = Complaint(
                "TELI-E048",
                ("metadata", "name"),
                f'The {document.kind} "{document.name}" is declared twice; the first is at {place}',
                "Rename or remove one of the two.",
            )
            yield from problems_in(document, (complaint,))


def _misused_ids(manifests: ManifestSet) -> Iterator[Problem]:
    """Ids of campaigns made elsewhere that are this project's own, or described by two manifests."""
    first: dict[str, Document] = {}
    for document in manifests.documents:
        if document.kind != campaign.KIND:
            continue
        campaign_id = document.sound_part("metadata").get("campaign_id")
        if campaign_id is None:
            continue
        own = parse_campaign_id(campaign_id)
        if manifests.project and own and own.project == manifests.project.name:
            yield from problems_in(document, (_own_id(own.name),))
        earlier = first.setdefault(campaign_id, document)
        if earlier is not document:
            yield from problems_in(document, (_described_twice(earlier),))


def _own_id(name: str) -> Complaint:
    return Complaint(
        "TELI-E059",
        ("metadata", "campaign_id"),
        "This is the id of a campaign of this very project",
        f"Leave campaign_id out. If the ledger has lost the campaign: `teli-iac adopt campaign/{name}`.",
    )


def _described_twice(earlier: Document) -> Complaint:
    return Complaint(
        "TELI-E058",
        ("metadata", "campaign_id"),
        f"Another manifest describes this id, at {earlier.mark(('metadata', 'campaign_id'))}",
        "Keep one of the two.",
    )


def _declarations(manifests: ManifestSet) -> list[CampaignDeclaration]:
    return [
        CampaignDeclaration(
            cast("CampaignMetadata", document.sound_part("metadata")),
            cast("CampaignSpec", document.sound_part("spec")),
            document.mark,
        )
        for document in manifests.documents
        if document.kind == campaign.KIND
    ]


def _campaigns(
    manifests: ManifestSet, declared: Iterable[CampaignDeclaration], leads: Mapping[str, Leads]
) -> Mapping[str, Campaign]:
    pools, redials = shared_pools(manifests), shared_redials(manifests)
    parsed = [
        campaign.parse_campaign(each, leads[each.metadata["name"]], pools, redials)
        for each in declared
        if "campaign_id" not in each.metadata
    ]
    return {each.name: each for each in sorted(parsed, key=lambda each: each.name)}


def _imports(
    declared: Iterable[CampaignDeclaration], leads: Mapping[str, Leads]
) -> Mapping[str, ImportedCampaign]:
    """Of the people that such a manifest names, their number goes on, and nothing else."""
    counts = {name: len(people) for name, people in leads.items() if people.is_known}
    parsed = [
        campaign.parse_import(each, counts.get(each.metadata["name"]))
        for each in declared
        if "campaign_id" in each.metadata
    ]
    return {each.name: each for each in sorted(parsed, key=lambda each: each.name)}
