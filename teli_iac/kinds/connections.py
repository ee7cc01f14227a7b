"""What a Project may declare of its connections: each kind has words of its own, and no secret among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qsl, urlsplit

from teli_iac.kinds.complaint import Complaint
from teli_iac.kinds.durations import parse_duration
from teli_iac.model import Connection, ConnectionKind

DEFAULT_TIMEOUT = "10m"
_ALWAYS = frozenset({"kind", "timeout"})
_OURS = "TELI_"
_SECRET = re.compile("pass|secret|token|key|credential", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Words:
    """`one_of` must be there, one of them and not two; `others` may be."""

    one_of: tuple[str, ...]
    others: tuple[str, ...] = ()


_WORDS: Mapping[ConnectionKind, _Words] = {
    ConnectionKind.SQLITE: _Words(("file",)),
    ConnectionKind.POSTGRESQL: _Words(("url", "url_from"), ("password_from",)),
    ConnectionKind.DUCKDB: _Words(("folder", "bucket")),
    ConnectionKind.SQLALCHEMY: _Words(("url", "url_from"), ("password_from",)),
    ConnectionKind.SPARK: _Words(("remote", "remote_from"), ("token_from",)),
}
"""A word that ends with `_from` names a variable of the environment."""


def check_connections(connections: Mapping[str, Mapping[str, str]]) -> Iterator[Complaint]:
    """What the schema cannot see: words of another kind, missing ones, secrets, and variables of our own."""
    for name, declared in connections.items():
        path = ("spec", "connections", name)
        yield from _check_words(path, ConnectionKind(declared["kind"]), declared)
        yield from _check_secrets(path, declared)


def parse_connections(connections: Mapping[str, Mapping[str, str]]) -> Mapping[str, Connection]:
    """The connections by name, of a spec that `check_connections` has nothing to say about."""
    return {name: _connection(name, declared) for name, declared in sorted(connections.items())}


def _connection(name: str, declared: Mapping[str, str]) -> Connection:
    settings = {word: value for word, value in sorted(declared.items()) if word not in _ALWAYS}
    timeout: timedelta = parse_duration(declared.get("timeout", DEFAULT_TIMEOUT))
    return Connection(name, ConnectionKind(declared["kind"]), settings, timeout)


def _check_words(
    path: tuple[str, ...], kind: ConnectionKind, declared: Mapping[str, str]
) -> Iterator[Complaint]:
    words = _WORDS[kind]
    known = (*words.one_of, *words.others)
    needed = " or ".join(words.one_of)
    for word in declared.keys() - _ALWAYS - {*known}:
        told = f"A connection of kind {kind.value} has no {word}"
        yield Complaint("TELI-E112", (*path, word), told, f"Leave it out. It has: {', '.join(known)}.")
    given = [word for word in words.one_of if word in declared]
    if not given:
        told = f"The connection does not say where it leads: {needed} is missing"
        yield Complaint("TELI-E112", path, told, f"Write {needed}.")
    for word in given[1:]:
        told = f"The connection says twice where it leads, by {given[0]} and by {word}"
        yield Complaint("TELI-E112", (*path, word), told, "Keep one of the two.")


def _check_secrets(path: tuple[str, ...], declared: Mapping[str, str]) -> Iterator[Complaint]:
    for word, value in declared.items():
        if word.endswith("_from") and value.startswith(_OURS):
            told = f"{value} is a setting of teli-iac itself, which is sent to no database"
            yield Complaint("TELI-E112", (*path, word), told, "Name a variable that is for this connection.")
        if word in {"url", "remote"} and _holds_secret(value):
            step = "Take it out, and name the environment variable that has it by a word with _from."
            yield Complaint("TELI-E113", (*path, word), "The address holds a secret", step)


def _holds_secret(url: str) -> bool:
    try:
        parts = urlsplit(url)
        # Spark Connect has its words behind the path.
        told = f"{parts.query};{parts.path.partition(';')[2]}".replace(";", "&")
        words = [word for word, _ in parse_qsl(told, keep_blank_values=True)]
    except ValueError:
        return True  # what cannot be taken apart is not shown to be without one
    return parts.password is not None or any(map(_SECRET.search, words))
