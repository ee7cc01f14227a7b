"""What somebody may do to a ledger behind our back, for each backend in its own terms."""

# ruff: noqa: S608  the only thing put into statements is how many events a history of the tests has

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from teli_iac.ledger import LocalLedger
from tests.ledger import objects
from tests.ledger.postgresql import connected
from tests.ledger.repositories import read, rewrite
from tests.ledger.sites import Site
from tests.ledger.worlds import history, people

_LAST = len(history())


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


def die_half_way(ledger: LocalLedger, into: Path) -> None:
    """Copy a ledger away in the middle of a write, as a power cut would leave it."""
    with closing(sqlite3.connect(ledger.path, isolation_level=None)) as writer:
        writer.execute("PRAGMA cache_size = 1")  # so that changed pages reach the file before the commit
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE events SET event = 'half'")
        writer.execute("UPDATE head SET version = 99")
        writer.execute("INSERT INTO people VALUES ('half', zeroblob(400000))")
        shutil.copytree(ledger.path.parent, into / ".teli")
        writer.execute("ROLLBACK")


def _database(site: Site) -> Path:
    ledger = site.open()
    assert isinstance(ledger, LocalLedger)
    return ledger.path


def _sql(*statements: str) -> Callable[[Site], None]:
    return lambda site: change(_database(site), *statements)


_EVENTS_OF_A_FILE: Mapping[str, Callable[[Site], None]] = {
    "an event edited": _sql(
        "UPDATE events SET event = replace(event, '\"people_count\":2', '\"people_count\":1')"
    ),
    "a time edited": _sql("UPDATE events SET at = '2026-11-23T12:00:00Z' WHERE sequence = 2"),
    "an event dropped": _sql("DELETE FROM events WHERE sequence = 2"),
    "the last event cut off": _sql(f"DELETE FROM events WHERE sequence = {_LAST}"),
    "all events cut off": _sql("DELETE FROM events"),
    "an event added": _sql(
        f"INSERT INTO events SELECT {_LAST + 1}, at, event, link FROM events WHERE sequence = 1"
    ),
    "two events swapped": _sql(
        "UPDATE events SET sequence = 100 WHERE sequence = 5",
        "UPDATE events SET sequence = 5 WHERE sequence = 6",
        "UPDATE events SET sequence = 6 WHERE sequence = 100",
    ),
    "the head moved back": _sql(
        f"UPDATE head SET version = {_LAST - 1},"
        f" link = (SELECT link FROM events WHERE sequence = {_LAST - 1})"
    ),
    "the head lost": _sql("DELETE FROM head"),
    "the head of another type": _sql("UPDATE head SET link = 'text'"),
    "a link of another type": _sql("UPDATE events SET link = 7 WHERE sequence = 3"),
    "a table lost": _sql("DROP TABLE events"),
    "the binding doubled": _sql("INSERT INTO binding SELECT * FROM binding"),
}

_PEOPLE_OF_A_FILE: Mapping[str, Callable[[Site], None]] = {
    "a person dropped": _sql("UPDATE people SET records = substr(records, 1, 20)"),
    "a person exchanged": _sql("UPDATE people SET records = zeroblob(40)"),
    "the set of another type": _sql("UPDATE people SET records = 'text'"),
    "the set lost": _sql("DELETE FROM people"),
}


def _edited(name: str, edit: Callable[[bytes], bytes | None]) -> Callable[[Site], None]:
    """Change a file of a ledger in git, or take it away."""

    def tamper(site: Site) -> None:
        bare = site.folder.parent / "remote.git"
        before = read(bare, name)
        after = edit(before)
        assert after != before
        rewrite(bare, {name: after})

    return tamper


def _lines(edit: Callable[[list[bytes]], list[bytes]]) -> Callable[[Site], None]:
    return _edited("events/00000000.log", lambda text: b"".join(edit(text.splitlines(keepends=True))))


def _to(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    return lambda text: text.replace(old, new)


def _head_moved_back(site: Site) -> None:
    bare = site.folder.parent / "remote.git"
    link = read(bare, "events/00000000.log").splitlines()[_LAST - 2].split(b" ")[2].decode()
    rewrite(bare, {"head.json": json.dumps({"version": _LAST - 1, "link": link}).encode()})


_EVENTS_IN_GIT: Mapping[str, Callable[[Site], None]] = {
    "an event edited": _edited("events/00000000.log", _to(b'"people_count":2', b'"people_count":1')),
    "a time edited": _lines(lambda lines: [lines[0], lines[1].replace(b"11-24", b"11-23"), *lines[2:]]),
    "an event dropped": _lines(lambda lines: [lines[0], *lines[2:]]),
    "the last event cut off": _lines(lambda lines: lines[:-1]),
    "the last line torn": _edited("events/00000000.log", lambda text: text[:-5]),
    "all events cut off": _edited("events/00000000.log", lambda _: None),
    "an empty file of events": _edited("events/00000000.log", lambda _: b""),
    "an event added": _lines(lambda lines: [*lines, lines[0].replace(b"1 ", b"%d " % (_LAST + 1), 1)]),
    "two events swapped": _lines(lambda lines: [*lines[:4], lines[5], lines[4], *lines[6:]]),
    "the head moved back": _head_moved_back,
    "the head lost": _edited("head.json", lambda _: None),
    "the head of another type": _edited("head.json", _to(b'"version":%d' % _LAST, b'"version":"%d"' % _LAST)),
    "the head cut short": _edited("head.json", lambda text: text[:10]),
    "a link that is none": _lines(lambda lines: [b"1 2026-11-24T12:00:00Z zz {}\n", *lines[1:]]),
    "a line that is no event": _lines(lambda lines: [*lines, b"hello\n"]),
    "the binding lost": _edited("ledger.json", lambda _: None),
    "the binding without a key": _edited("ledger.json", _to(b"key_check", b"key")),
    "a format that never was": _edited("ledger.json", _to(b'"format":1', b'"format":0')),
}

_SET = f"people/{people().ref}"

_PEOPLE_IN_GIT: Mapping[str, Callable[[Site], None]] = {
    "a person dropped": _edited(_SET, lambda records: records[:20]),
    "a person exchanged": _edited(_SET, lambda records: bytes(len(records))),
    "the set lost": _edited(_SET, lambda _: None),
}


def _rows(*statements: str) -> Callable[[Site], None]:
    """Change the rows of a ledger in PostgreSQL."""

    def tamper(site: Site) -> None:
        with connected(site.place) as connection:
            connection.execute("SET search_path TO teli_iac_ledger")
            for statement in statements:
                assert connection.execute(statement.encode()).rowcount != 0

    return tamper


_EVENTS_IN_A_DATABASE: Mapping[str, Callable[[Site], None]] = {
    "an event edited": _rows(
        "UPDATE events SET event = replace(event, '\"people_count\":2', '\"people_count\":1')"
    ),
    "a time edited": _rows("UPDATE events SET at = '2026-11-23T12:00:00Z' WHERE sequence = 2"),
    "an event dropped": _rows("DELETE FROM events WHERE sequence = 2"),
    "the last event cut off": _rows(f"DELETE FROM events WHERE sequence = {_LAST}"),
    "all events cut off": _rows("DELETE FROM events"),
    "an event added": _rows(
        f"INSERT INTO events SELECT ledger, {_LAST + 1}, at, event, link FROM events WHERE sequence = 1"
    ),
    "two events swapped": _rows(
        "UPDATE events SET sequence = 100 WHERE sequence = 5",
        "UPDATE events SET sequence = 5 WHERE sequence = 6",
        "UPDATE events SET sequence = 6 WHERE sequence = 100",
    ),
    "the head moved back": _rows(
        f"UPDATE head SET version = {_LAST - 1},"
        f" link = (SELECT link FROM events WHERE sequence = {_LAST - 1})"
    ),
    "the head lost": _rows("DELETE FROM head"),
    "a link of nothing": _rows("UPDATE events SET link = '' WHERE sequence = 3"),
    "a table lost": _rows("DROP TABLE events"),
    "a column lost": _rows("ALTER TABLE events DROP COLUMN link"),
    "the format lost": _rows("DELETE FROM format"),
    "a format that never was": _rows("UPDATE format SET version = 0"),
}

_PEOPLE_IN_A_DATABASE: Mapping[str, Callable[[Site], None]] = {
    "a person dropped": _rows("UPDATE people SET records = substr(records, 1, 20)"),
    "a person exchanged": _rows("UPDATE people SET records = decode(repeat('00', 40), 'hex')"),
    "the set lost": _rows("DELETE FROM people"),
}


def _head(edit: Callable[[dict[str, Any]], object]) -> Callable[[Site], None]:
    """Change the head of a ledger in an object store, where its last events are."""

    def tamper(site: Site) -> None:
        before = _objects_of(site)["head.json"]
        head = json.loads(before)
        edit(head)
        after = json.dumps(head, separators=(",", ":"), sort_keys=True).encode() + b"\n"
        assert after != before
        objects.change(*_place(site), "head.json", after)

    return tamper


def _object(name: str, edit: Callable[[bytes], bytes | None]) -> Callable[[Site], None]:
    """Change an object, or take it away."""

    def tamper(site: Site) -> None:
        before = _objects_of(site)[name]
        after = edit(before)
        assert after != before
        objects.change(*_place(site), name, after)

    return tamper


def _place(site: Site) -> tuple[str, str]:
    scheme, _, rest = site.place.partition("://")
    return scheme, rest.partition("?")[0].partition("/")[2]


def _objects_of(site: Site) -> Mapping[str, bytes]:
    return objects.stored(*_place(site))


def _event_edited(head: dict[str, Any]) -> None:
    head["events"][0] = head["events"][0].replace('"people_count":2', '"people_count":1')


def _time_edited(head: dict[str, Any]) -> None:
    head["events"][1] = head["events"][1].replace("11-24", "11-23")


def _added(head: dict[str, Any]) -> None:
    head["events"].append(head["events"][0].replace("1 ", f"{_LAST + 1} ", 1))


def _swapped(head: dict[str, Any]) -> None:
    head["events"][4:6] = head["events"][5:3:-1]


def _back(head: dict[str, Any]) -> None:
    head["events"].pop()
    head["version"] = _LAST - 1


_EVENTS_IN_OBJECTS: Mapping[str, Callable[[Site], None]] = {
    "an event edited": _head(_event_edited),
    "a time edited": _head(_time_edited),
    "an event dropped": _head(lambda head: head["events"].pop(1)),
    "the last event cut off": _head(lambda head: head["events"].pop()),
    "all events cut off": _head(lambda head: head["events"].clear()),
    "an event added": _head(_added),
    "two events swapped": _head(_swapped),
    "the version moved back with its event": _head(_back),
    "the version moved back alone": _head(lambda head: head.update(version=_LAST - 1)),
    "the version moved on alone": _head(lambda head: head.update(version=_LAST + 256)),
    "the version of another type": _head(lambda head: head.update(version=str(_LAST))),
    "the version below zero": _head(lambda head: head.update(version=_LAST - 256)),
    "an object of events named that is not there": _head(
        lambda head: head.update(version=_LAST + 256, full=["00" * 16])
    ),
    "a link that is none": _head(lambda head: head.update(link="zz")),
    "an event that is none": _head(lambda head: head["events"].append("hello")),
    "an event of another type": _head(lambda head: head["events"].append(7)),
    "the writes lost": _head(lambda head: head["writes"].clear()),
    "the lease lost": _head(lambda head: head.update(lease={})),
    "the lease at no time": _head(lambda head: head["lease"].update(expires="noon")),
    "the binding without a key": _head(lambda head: head["binding"].pop("key_check")),
    "a format that never was": _head(lambda head: head.update(format=0)),
    "a word too many": _head(lambda head: head.update(more=1)),
    "the head cut short": _object("head.json", lambda text: text[:100]),
    "the head of no text": _object("head.json", lambda _: bytes(range(128, 256))),
    "the head emptied": _object("head.json", lambda _: b""),
}

_PEOPLE_IN_OBJECTS: Mapping[str, Callable[[Site], None]] = {
    "a person dropped": _object(_SET, lambda records: records[:20]),
    "a person exchanged": _object(_SET, lambda records: bytes(len(records))),
    "the set lost": _object(_SET, lambda _: None),
}

EVENTS: dict[str, Mapping[str, Callable[[Site], None]]] = {
    "local": _EVENTS_OF_A_FILE,
    "file": _EVENTS_OF_A_FILE,
    "git": _EVENTS_IN_GIT,
    "postgresql": _EVENTS_IN_A_DATABASE,
    **dict.fromkeys(("s3", "gs", "az"), _EVENTS_IN_OBJECTS),
}

PEOPLE: dict[str, Mapping[str, Callable[[Site], None]]] = {
    "local": _PEOPLE_OF_A_FILE,
    "file": _PEOPLE_OF_A_FILE,
    "git": _PEOPLE_IN_GIT,
    "postgresql": _PEOPLE_IN_A_DATABASE,
    **dict.fromkeys(("s3", "gs", "az"), _PEOPLE_IN_OBJECTS),
}
