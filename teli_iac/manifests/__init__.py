"""From files to what is wanted: find, read strictly, judge by schema, parse; or every problem at once.

`read_manifests` does the I/O, `lead_references` and `parse_manifests` are pure. In the order things
happen: `finding` (which files), `characters` and `reading` (bytes to documents: `plain` for nearly all of
them, `composing` for the others, `scalars` below both), `envelopes`, `accepting` and `schemas` (is it ours,
is it allowed), `complaints` and `excerpts` (what a person is told), `parsing` (documents to desired).
A plan need not judge again what `remembering` knows to be clean.
"""

from __future__ import annotations

from teli_iac.manifests.document import Reading
from teli_iac.manifests.manifest_set import ManifestSet, read_manifests
from teli_iac.manifests.parsing import parse_manifests
from teli_iac.manifests.reading import read_yaml
from teli_iac.manifests.references import lead_references, lists_of_project
from teli_iac.manifests.remembering import Place, place_of, recall_manifests, remember_manifests
from teli_iac.manifests.salvaging import salvage_project
from teli_iac.manifests.schemas import schema_text

__all__ = [
    "ManifestSet",
    "Place",
    "Reading",
    "lead_references",
    "lists_of_project",
    "parse_manifests",
    "place_of",
    "read_manifests",
    "read_yaml",
    "recall_manifests",
    "remember_manifests",
    "salvage_project",
    "schema_text",
]
