"""Help with writing manifests: a first project, what our codes mean, the schemas.

The first project is the folder first_project/, files like any other: a test validates and plans them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path

from teli_iac.catalogue import CATALOGUE, Entry
from teli_iac.catalogue.examples import EXAMPLES
from teli_iac.catalogue.guards import GUARDS
from teli_iac.catalogue.questions import QUESTIONS
from teli_iac.catalogue.reasons import REASONS
from teli_iac.errors import AlreadyThere, UsageError
from teli_iac.kinds import KINDS, campaign
from teli_iac.manifests import schema_text
from teli_iac.manifests.document import deepest
from teli_iac.manifests.envelopes import kind_of
from teli_iac.manifests.finding import find_project_above
from teli_iac.manifests.gathering import gather

_PROJECT = "teli.yaml"
_FILES = {
    _PROJECT: "teli.yaml",
    "campaigns/first-reminders.yaml": "campaigns/first-reminders.yaml",
    "leads/first.csv": "leads/first.csv",
}
_IGNORE = ".gitignore"
SCHEMA_FILE = "teli-iac.schema.json"
"""What the first line of a first project's manifests leads editors to."""

_NAME = "first-project"
_LONGEST_NAME = 40
_CATALOG_SCHEMA = "https://json.schemastore.org/schema-catalog.json"


@dataclass(frozen=True, slots=True)
class Explanation:
    """A word of ours explained: a code, a reason, a guard or an open question; some without an example."""

    word: str
    what: str
    entry: Entry
    example: str = ""


def has_project(folder: Path) -> bool:
    """Whether the folder lies in a project: there is a teli.yaml in it or above it."""
    return find_project_above(folder) is not None


def write_first_project(folder: Path) -> tuple[str, ...]:
    """Write a small project for the embedded Teli; the files, by their paths below the folder.

    Raises AlreadyThere, with nothing written, when one of them exists. A .gitignore that exists is left
    alone, since .teli/ hides itself from git, and so is a schema for editors.
    """
    present = [name for name in _FILES if (folder / name).exists() or (folder / name).is_symlink()]
    if present:
        raise AlreadyThere(
            f"There is already {' and '.join(present)}; nothing was written.",
            "Start in another folder, or move the file away: teli-iac overwrites nothing.",
        )
    texts = {name: _template(source) for name, source in _FILES.items()}
    texts[_PROJECT] = texts[_PROJECT].replace(_NAME, _project_name(folder), 1)
    if not (folder / _IGNORE).exists():
        texts[_IGNORE] = _template("gitignore")
    if not (folder / SCHEMA_FILE).exists():
        texts[SCHEMA_FILE] = schema_text()
    for name, text in texts.items():
        _write_new(folder / name, text)
    return tuple(texts)


def explanations() -> tuple[Explanation, ...]:
    """Everything that can be explained: codes, reasons, guards."""
    return tuple(_explanations().values())


def explain(word: str) -> Explanation:
    """What a code (`TELI-E012`, `e012`), a reason (`ledger_lost`) or a guard means; else UsageError."""
    known = _explanations()
    sought = word.strip().casefold().replace("-", "_").removeprefix("teli_")
    if sought in known:
        return known[sought]
    close = get_close_matches(sought, known, n=1)
    suggestion = f" Did you mean {known[close[0]].word}?" if close else ""
    raise UsageError(
        f'Nothing is called "{word}".{suggestion}', "`teli-iac explain` lists every code, reason and guard."
    )


def schema(kind: str | None) -> str:
    """The JSON Schema of a kind, whatever its case (`NumberPool`, `number_pool`), or of all together."""
    if kind is None:
        return schema_text()
    known = {_folded(name): name for name in KINDS}
    if _folded(kind) not in known:
        close = get_close_matches(_folded(kind), known, n=1)
        suggestion = f" Did you mean {known[close[0]]}?" if close else ""
        raise UsageError(f'There is no kind "{kind}".{suggestion}', f"The kinds are {', '.join(KINDS)}.")
    return schema_text(known[_folded(kind)])


def modeline(where: str) -> str:
    """The line by which an editor finds the schema of a file; `where` is a path from that file, or a URL."""
    if not where.isprintable() or not where or " " in where:
        raise UsageError("A modeline names a path or a URL without blanks.", f"Such as {SCHEMA_FILE}.")
    return f"# yaml-language-server: $schema={where}\n"


def schema_catalog(url: str) -> str:
    """A catalogue in the form of schemastore.org, with the one entry that leads to the schema at `url`."""
    if not url.isprintable() or not url.startswith(("https://", "http://", "file://")):
        raise UsageError(f"{url!r} is no URL.", "Name where the schema is served: https://…, or file://…")
    entry = {
        "name": "teli-iac",
        "description": "Outbound-calling campaigns of the Teli voice API as code",
        "fileMatch": ["teli.yaml", "teli.yml", "*.teli.yaml", "*.teli.yml"],
        "url": url,
    }
    catalog = {"$schema": _CATALOG_SCHEMA, "version": 1, "schemas": [entry]}
    return json.dumps(catalog, indent=2) + "\n"


def campaign_addresses(folder: Path, project_file: str | None) -> tuple[str, ...]:
    """The addresses of all campaigns of the project in or around a folder, whatever else is wrong there."""
    project = find_project_above(folder) if project_file is None else folder / project_file
    gathered = gather((str(project.parent if project else folder),), folder, project_file)
    names = (
        deepest(root, ("metadata", "name")).value
        for reading in gathered.readings.values()
        for root in reading.roots
        if kind_of(root) == campaign.KIND
    )
    return tuple(sorted({f"campaign/{name}" for name in names if isinstance(name, str)}))


def _folded(kind: str) -> str:
    return kind.casefold().replace("_", "").replace("-", "")


@cache
def _explanations() -> Mapping[str, Explanation]:
    """By the word in lower case, a code without its `TELI-`."""
    words = [
        *(_explained(question, "question", entry) for question, entry in QUESTIONS.items()),
        *(_explained(code, "error", entry) for code, entry in sorted(CATALOGUE.items())),
        *(_explained(reason, "reason", entry) for reason, entry in REASONS.items()),
        *(_explained(guard, "guard", entry) for guard, entry in GUARDS.items()),
    ]
    return {each.word.casefold().removeprefix("teli-"): each for each in words}


def _explained(word: str, what: str, entry: Entry) -> Explanation:
    return Explanation(word, what, entry, EXAMPLES.get(word, ""))


def _project_name(folder: Path) -> str:
    """The folder's name as a project may be called; one name for all would mix up their campaigns on Teli."""
    plain = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.casefold()).strip("-")
    return plain[:_LONGEST_NAME].rstrip("-") or _NAME


def _template(name: str) -> str:
    return (files("teli_iac") / "first_project" / name).read_text(encoding="utf-8")


def _write_new(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
