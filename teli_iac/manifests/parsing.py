"""From documents to what is wanted, or every problem of every file at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import cast

from teli_iac.errors import InvalidManifests, Problem
from teli_iac.kinds import KINDS, campaign, project
from teli_iac.kinds.campaign import CampaignDeclaration, CampaignMetadata, CampaignSpec
from teli_iac.kinds.complaint import Complaint
from teli_iac.manifests.document import Document
from teli_iac.manifests.manifest_set import ManifestSet
from teli_iac.manifests.placing import in_order, problems_in
from teli_iac.manifests.references import lost_references, shared_pools, shared_redials
from teli_iac.model import Campaign, Desired, Leads


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
    return Desired(manifests.project, _campaigns(manifests, leads), manifests.covers_project)


def _problems_of_meaning(manifests: ManifestSet) -> Iterator[Problem]:
    names = _names_by_kind(manifests)
    for document in manifests.documents:
        if document.kind != campaign.KIND:
            continue
        metadata = cast("CampaignMetadata", document.sound_part("metadata"))
        spec = cast("CampaignSpec", document.sound_part("spec"))
        yield from problems_in(document, campaign.check_campaign(metadata, spec))
        # In the part of a file that could not be read there may be the very name that is missing.
        if not manifests.broken:
            yield from problems_in(document, lost_references(document, names))
    yield from _repeated_names(manifests)


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


def _campaigns(manifests: ManifestSet, leads: Mapping[str, Leads]) -> Mapping[str, Campaign]:
    pools, redials = shared_pools(manifests), shared_redials(manifests)
    declared = (
        CampaignDeclaration(
            cast("CampaignMetadata", document.sound_part("metadata")),
            cast("CampaignSpec", document.sound_part("spec")),
            document.mark,
        )
        for document in manifests.documents
        if document.kind == campaign.KIND
    )
    parsed = [
        campaign.parse_campaign(each, leads[each.metadata["name"]], pools, redials) for each in declared
    ]
    return {each.name: each for each in sorted(parsed, key=lambda each: each.name)}
