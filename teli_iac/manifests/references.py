"""What campaigns refer to by name: shared pools and policies, and where their people come from."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, cast

from teli_iac.kinds import campaign, number_pool, project, redial_policy
from teli_iac.kinds.campaign import SharedPool, SharedRedial
from teli_iac.kinds.complaint import Complaint
from teli_iac.kinds.number_pool import NumberPoolSpec, parse_number_pool
from teli_iac.kinds.redial_policy import RedialPolicySpec, parse_redial_policy
from teli_iac.kinds.suppression import check_suppression, parse_suppression
from teli_iac.manifests.document import Document, deepest
from teli_iac.manifests.later import RowsLater
from teli_iac.manifests.manifest_set import ManifestSet
from teli_iac.manifests.suggestions import did_you_mean_name
from teli_iac.model import (
    Connection,
    DoNotCall,
    Fingerprint,
    InlineRow,
    JsonValue,
    LeadsReference,
    Mark,
    Query,
)
from teli_iac.model.making import maker

_make_reference = maker(LeadsReference)
_NAMES_SHOWN = 10
_LEADS = ("spec", "leads")
_NAMED_KINDS = {"number_pool": number_pool.KIND, "redial": redial_policy.KIND}


def lead_references(manifests: ManifestSet) -> tuple[LeadsReference, ...]:
    """Where the people of every campaign come from whose name and `leads` are in order, sorted by name."""
    allow_test_numbers = manifests.project is None or manifests.project.allow_test_numbers
    everywhere = lists_of_project(manifests)
    campaigns = (document for document in manifests.documents if document.kind == campaign.KIND)
    return tuple(
        sorted(
            (
                _leads_reference(document, everywhere, allow_test_numbers=allow_test_numbers)
                for document in campaigns
                if _names_people(document)
            ),
            key=lambda reference: (reference.campaign, reference.mark),
        )
    )


def lists_of_project(manifests: ManifestSet) -> tuple[DoNotCall, ...]:
    """The do-not-call lists of the Project, which count for every campaign."""
    projects = (document for document in manifests.documents if document.kind == project.KIND)
    return tuple(each for document in projects for each in _lists_of(document))


def _lists_of(document: Document) -> tuple[DoNotCall, ...]:
    """The lists that a document declares, unless there is something wrong with them."""
    declared = document.sound_part("spec").get("suppress", ())
    return () if any(check_suppression(declared)) else parse_suppression(declared, document.mark)


def _names_people(document: Document) -> bool:
    sound = document.is_sound(*_LEADS) and document.is_sound("metadata", "name")
    return sound and document.sound_part("spec").get("leads") != campaign.UNKNOWN


def shared_pools(manifests: ManifestSet) -> Mapping[str, SharedPool]:
    """Every valid NumberPool by name."""
    return {
        document.name: SharedPool(
            parse_number_pool(cast("NumberPoolSpec", document.sound_part("spec"))),
            document.mark(("spec", "numbers")),
        )
        for document in manifests.documents
        if document.kind == number_pool.KIND and not document.faulty
    }


def shared_redials(manifests: ManifestSet) -> Mapping[str, SharedRedial]:
    """Every valid RedialPolicy by name."""
    return {
        document.name: SharedRedial(
            parse_redial_policy(cast("RedialPolicySpec", document.sound_part("spec"))),
            {key: document.mark(("spec", key)) for key in ("retry_limit", "call_interval_days")},
            document.mark(("spec",)),
        )
        for document in manifests.documents
        if document.kind == redial_policy.KIND and not document.faulty
    }


def lost_references(document: Document, names: Mapping[str, frozenset[str]]) -> Iterator[Complaint]:
    """The names in a campaign that no document has; `names` are those of all documents, by kind."""
    spec = document.sound_part("spec")
    for key, kind in _NAMED_KINDS.items():
        name = spec.get(key)
        if not isinstance(name, str) or name in names[kind] or document.is_faulted(("spec", key)):
            continue
        known = ", ".join(sorted(names[kind])[:_NAMES_SHOWN]) or "none"
        yield Complaint(
            "TELI-E047",
            ("spec", key),
            f'There is no {kind} called "{name}"',
            f"{did_you_mean_name(name, names[kind])}Known here: {known}.",
        )


def lost_connections(document: Document, declared: Mapping[str, Connection]) -> Iterator[Complaint]:
    """The connections that a document names and that the Project does not declare."""
    spec = document.sound_part("spec")
    leads = spec.get("leads")
    name = leads.get("connection") if isinstance(leads, dict) else None
    if name is not None and name not in declared:
        yield _lost_connection((*_LEADS, "connection"), name, declared)
    for number, each in enumerate(spec.get("suppress", ())):
        name = each.get("connection")
        if name is not None and name not in declared:
            yield _lost_connection(("spec", "suppress", number, "connection"), name, declared)


def _lost_connection(path: tuple[str | int, ...], name: str, declared: Collection[str]) -> Complaint:
    """Manifests invent none."""
    known = ", ".join(sorted(declared)[:_NAMES_SHOWN]) or "none"
    return Complaint(
        "TELI-E111",
        path,
        f'The Project declares no connection called "{name}"',
        f"{did_you_mean_name(name, frozenset(declared))}Declared: {known}.",
    )


def _leads_reference(
    document: Document, everywhere: tuple[DoNotCall, ...], *, allow_test_numbers: bool
) -> LeadsReference:
    declared: Any = document.sound_part("spec")["leads"]
    options: dict[str, Any] = declared if isinstance(declared, dict) else {}
    return _make_reference(
        campaign=document.name,
        file=options.get("file"),
        inline=() if options else _inline_rows(document),
        columns=options.get("columns", {}),
        variables=tuple(options.get("variables", ())),
        default_country=options.get("default_country"),
        delimiter=options.get("delimiter"),
        encoding=options.get("encoding"),
        allow_test_numbers=allow_test_numbers,
        mark=_mark_of_leads(document),
        query=_query(document, options),
        # Whom a campaign made elsewhere calls is decided already: its people are only counted.
        suppress=() if _is_made_elsewhere(document) else (*_lists_of(document), *everywhere),
        judged=_judged(document, allow_test_numbers=allow_test_numbers),
    )


def _is_made_elsewhere(document: Document) -> bool:
    root: Any = document.root.value
    return "campaign_id" in root.get("metadata", ())


def _mark_of_leads(document: Document) -> Mark:
    known = document.known
    if known is None:
        return document.mark(_LEADS)
    return Mark(document.source.file, known.leads_line, known.leads_column)


def _judged(document: Document, *, allow_test_numbers: bool) -> Fingerprint | None:
    """What the rows of a manifest came to, where they were judged in the same way before."""
    people = document.known.people if document.known else None
    same_way = people is not None and people.allow_test_numbers is allow_test_numbers
    return people.fingerprint if people and same_way else None


def _query(document: Document, options: Mapping[str, Any]) -> Query | None:
    if "query" not in options:
        return None
    return Query(options["query"], options["connection"], document.mark((*_LEADS, "query")))


def _inline_rows(document: Document) -> Sequence[InlineRow]:
    read = partial(_rows_below, document)
    return read() if document.known is None else RowsLater(read)


def _rows_below(document: Document) -> tuple[InlineRow, ...]:
    file = document.source.file
    return tuple(
        InlineRow(
            values=cast("dict[str, JsonValue]", row.value),
            marks={
                str(key): Mark(file, node.key_line, node.key_column) for key, node in row.children.items()
            },
            mark=Mark(file, row.line, row.column),
        )
        for row in deepest(document.root, _LEADS).children.values()
    )
