"""Placeholders in an agent's words, such as `{{first_name}}`, held against what the leads have."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from teli_iac.model import Leads

_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]{1,200}?)\s*\}\}")
_ALWAYS_THERE = frozenset({"phone_number"})
_NEARLY = 0.6


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A placeholder that `missing` of the people have nothing for; `meant` is a field of nearly its name."""

    name: str
    missing: int
    meant: str | None


def placeholders(texts: Iterable[str]) -> tuple[str, ...]:
    """The names between double braces, each once, in their order."""
    return tuple(dict.fromkeys(name for text in texts for name in _PLACEHOLDER.findall(text)))


def unfilled(names: Iterable[str], leads: Leads) -> tuple[Unfilled, ...]:
    """The placeholders that somebody among the people has nothing for."""
    wanted = [name for name in names if name not in _ALWAYS_THERE]
    if not wanted or not len(leads):
        return ()
    filled = Counter(name for lead in leads for name, _ in lead.fields)
    return tuple(
        Unfilled(name, len(leads) - filled[name], _meant(name, filled) if not filled[name] else None)
        for name in wanted
        if filled[name] < len(leads)
    )


def _meant(name: str, fields: Iterable[str]) -> str | None:
    folded = {_folded(field): field for field in sorted(fields, reverse=True)}
    close = get_close_matches(_folded(name), folded, n=1, cutoff=_NEARLY)
    return folded[close[0]] if close else None


def _folded(name: str) -> str:
    return name.casefold().replace(" ", "").replace("_", "").replace("-", "")
