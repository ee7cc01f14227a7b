"""Remembers what clean files of Campaigns declare, so that a plan need not judge unchanged ones again.

A memory that may be thrown away at any time. It holds nobody: of people written in a manifest it knows how
many they are and their fingerprint, and files with a query or a list of their own are left out of it. It
speaks of files with the very same bytes, judged by the same release; of anything else it says nothing, and
so does one that is torn, foreign or changed.

Nobody is launched by it: only a plan uses it, and an apply reads the manifests. It is sealed (`sealed`), so
that no plan says what the manifests do not.
"""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import groupby
from pathlib import Path
from typing import Any

from teli_iac.identity import canonical_json
from teli_iac.kinds import campaign
from teli_iac.manifests.document import Document, Known, Node, Reading
from teli_iac.manifests.later import Below, Exactly
from teli_iac.manifests.manifest_set import ManifestSet
from teli_iac.manifests.reading import read_yaml
from teli_iac.manifests.schemas import schema_text
from teli_iac.model import Fingerprint, JsonValue, JudgedRows, Leads, LedgerKey
from teli_iac.sealed import SealedFile, sealed_file

_SCHEME = 1
_PURPOSE = b"teli manifests"
_FINGERPRINT_BYTES = 16
_HASH = 40
"""Characters that name the content of a file."""

_WORTH_IT = 64 * 1024
"""Bytes of a memory below which reading the manifests themselves is done in a few hundredths of a second."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a command's manifests are remembered, and from how many bytes on."""

    sealed: SealedFile
    worth_it: int = _WORTH_IT


def place_of(
    caches: Path, key: LedgerKey, release: str, command: Sequence[str], worth_it: int = _WORTH_IT
) -> Place:
    """One file for the folder, Project's file and paths of a `command`, so that nothing piles up."""
    judges = canonical_json([_SCHEME, release, _numbering(), schema_text(campaign.KIND)])
    folder = caches / "teli-iac" / "manifests"
    return Place(sealed_file(folder, key, canonical_json([*command]), judges), worth_it)


def _numbering() -> str:
    """The version of the package that judges numbers, whose next one may judge otherwise."""
    try:
        return version("phonenumbers")
    except PackageNotFoundError:  # packed without what packages tell of themselves
        return ""


@dataclass(frozen=True, slots=True, repr=False)
class Memory:
    """What is remembered of files, a line of JSON each, by the hash of their bytes."""

    place: Place
    told: Mapping[str, bytes]

    def read(self, data: bytes) -> Reading:
        """As `read_yaml`, but what is remembered is taken apart when somebody asks for more than is known."""
        content = _content(data)
        told = self.told.get(content)
        return read_yaml(data) if told is None else _reading(self.place.sealed.key, data, content, told)

    def __repr__(self) -> str:
        return f"Memory({len(self.told)} files)"


def recall_manifests(place: Place) -> Memory:
    """What was written there under this key by this release; nothing for anything else."""
    body = place.sealed.read() or b""
    return Memory(place, {line[:_HASH].decode(): line[_HASH:] for line in body.split(b"\n") if line})


def remember_manifests(memory: Memory, manifests: ManifestSet, leads: Mapping[str, Leads]) -> None:
    """Keep what was found clean now, and nothing of files that are no more; an unchanged memory stays."""
    told = dict(_told(memory, manifests, leads))
    worth = sum(map(len, told.values()))
    if told.keys() != memory.told.keys() and worth >= memory.place.worth_it:
        keep_told(memory.place, told)


def keep_told(place: Place, told: Mapping[str, bytes]) -> None:
    """Put this in the place of what is remembered there."""
    place.sealed.write(b"".join(b"%s%s\n" % (content.encode(), line) for content, line in told.items()))


def _told(memory: Memory, manifests: ManifestSet, leads: Mapping[str, Leads]) -> Iterator[tuple[str, bytes]]:
    """Every file that may be remembered, by its content."""
    allows = manifests.project is not None and manifests.project.allow_test_numbers
    for _, documents in groupby(manifests.documents, key=lambda each: each.source.file):
        of_file = tuple(documents)
        reading = of_file[0].source.reading
        if reading.remembered:
            yield reading.remembered, memory.told[reading.remembered]
        elif len(of_file) == len(reading.roots) and all(_is_memorable(each, leads) for each in of_file):
            content = _content(reading.text.encode())
            veils = _veils(memory.place.sealed.key, content, len(of_file))
            told = [
                _told_of(document, leads, veil, allows) for document, veil in zip(of_file, veils, strict=True)
            ]
            yield content, json.dumps(told, separators=(",", ":")).encode()


def _is_memorable(document: Document, leads: Mapping[str, Leads]) -> bool:
    """A Campaign whose people are all callable, and neither are named by a query nor left out by a list."""
    if document.kind != campaign.KIND or document.faulty:
        return False
    spec = document.sound_part("spec")
    if "suppress" in spec or "query" in spec["leads"]:
        return False
    people = leads.get(document.name)
    return people is None or not (people.refused.count or people.suppression)


def _told_of(document: Document, leads: Mapping[str, Leads], veil: int, allows: bool) -> JsonValue:  # noqa: FBT001
    """What it declares without rows of people, where it and its leads stand, and what the rows came to."""
    value: Any = document.root.value
    mark = document.mark(("spec", "leads"))
    places: JsonValue = [document.root.line, document.root.column, mark.line, mark.column]
    if not isinstance(value["spec"]["leads"], list):
        return [value, places, None]
    people = leads[document.name].fingerprint
    judged: JsonValue = [people.count, f"{people.total ^ veil:x}", allows]
    return [{**value, "spec": {**value["spec"], "leads": []}}, places, judged]


def _reading(key: LedgerKey, data: bytes, content: str, told: bytes) -> Reading:
    exactly = Exactly(data)
    documents = json.loads(told)
    veils = _veils(key, content, len(documents))
    roots: list[Node] = []
    known: list[Known] = []
    for number, (value, places, people) in enumerate(documents):
        line, column, leads_line, leads_column = places
        roots.append(Node(value, line, column, 0, 0, Below(exactly, number)))
        known.append(Known(leads_line, leads_column, _judged(people, veils[number])))
    return Reading(
        "", tuple(roots), (), frozenset(), (), broken=False, remembered=content, known=tuple(known)
    )


def _judged(told: list[Any] | None, veil: int) -> JudgedRows | None:
    if told is None:
        return None
    count, total, allows = told
    return JudgedRows(Fingerprint(count, int(total, 16) ^ veil), allows)


def _veils(key: LedgerKey, content: str, count: int) -> Sequence[int]:
    """What lies over the fingerprints of a file: a few people could be guessed from one that lies bare."""
    drawn = hashlib.shake_256(_PURPOSE + key.secret + content.encode()).digest(_FINGERPRINT_BYTES * count)
    return [
        int.from_bytes(drawn[place : place + _FINGERPRINT_BYTES])
        for place in range(0, len(drawn), _FINGERPRINT_BYTES)
    ]


def _content(data: bytes) -> str:
    return hashlib.blake2b(data.removeprefix(codecs.BOM_UTF8), digest_size=_HASH // 2).hexdigest()
