"""Any world: manifests, a history that a ledger could hold, and what an API could show of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.decisions.notation import NOON, Spec

NAMES = ("fall", "spring", "winter")
AGENTS = st.sampled_from(["agent_a", "agent_b"])
PEOPLE = st.sampled_from([0, 1, 3, 5, "2-5", "4-8", [1, "4-5"]])
LATER, SOON, PAST = NOON + timedelta(days=4), NOON + timedelta(minutes=10), NOON - timedelta(hours=1)
ENDS = st.sampled_from([LATER, LATER, LATER, None, None, SOON, PAST])
STATUSES = ("active", "active", "paused", "completed", "ended", "queued")
AGO = [timedelta(minutes=5), timedelta(minutes=15), timedelta(days=3)]
INTENDED_AT = st.sampled_from([NOON - ago for ago in AGO])

SPECS = st.fixed_dictionaries(
    {"people": PEOPLE, "agent": AGENTS, "end": ENDS},
    optional={
        "details": st.just({4: "Dora"}),
        "pool": st.just(2),
        "redial": st.just([3, 1]),
        "run": st.sampled_from([1, 1, 2, 3]),
        "status": st.sampled_from(["active", "active", "active", "paused", "ended"]),
        "on_remove": st.sampled_from(["delete", "end", "retain"]),
        "refused": st.just(2),
        "most": st.sampled_from([1, 2]),
    },
)

_FATES: tuple[tuple[str, ...], ...] = (
    ("launched",),
    ("launched",),
    ("launched", "finished"),
    ("launched", "paused"),
    ("launched", "paused", "ended"),
    ("launched", "paused", "ended", "deleted"),
    ("launched", "vanished"),
    ("adopted",),
    ("intended",),
    ("intended", "arrived"),
    ("intended", "arrived", "unverified", "ended"),
    ("intended", "voided"),
    ("intended", "lapsed"),
    ("intended", "lapsed", "appeared"),
    ("intended", "abandoned"),
)


@st.composite
def worlds(draw: st.DrawFn) -> Spec:
    """A world as a case file would tell it."""
    desired = draw(st.dictionaries(st.sampled_from(NAMES), SPECS, max_size=3))
    parts = draw(st.lists(_part(desired), max_size=5, unique_by=lambda part: part["id"]))
    recorded = [entry for part in parts if part["recorded"] for entry in _history(part)]
    recorded += draw(st.lists(_departures(parts), max_size=1))
    recorded += draw(st.sampled_from([[], [], [], [{"imported": {"id": "vc 1", "as": "fall"}}]]))
    observed = {part["id"]: part["seen"] for part in parts if part["seen"]}
    strangers = draw(st.sampled_from([{}, {"vc 1": "completed"}, {"beta/fall r1p1": "active"}]))
    return {
        "desired": desired,
        "recorded": recorded,
        "observed": {**observed, **strangers},
        "absent": [part["id"] for part in parts if not part["seen"] and draw(st.booleans())],
        "look_ups": {part["id"]: draw(st.sampled_from([0, 1, 3])) for part in parts if not part["seen"]},
        "gaps": draw(st.sampled_from([[], [], [], ["two reads named different campaigns"]])),
        "targets": draw(st.sampled_from([[], [], [], ["campaign/fall"]])),
        "covers_project": draw(st.sampled_from([True, True, True, False])),
        "ledger_exists": bool(recorded) or draw(st.sampled_from([True, True, False])),
        "project": draw(st.sampled_from([{}, {}, {"settle_after": "never"}])),
    }


@st.composite
def _part(draw: st.DrawFn, desired: Mapping[str, Spec]) -> dict[str, Any]:
    """One part: often as its manifest says, often of another time."""
    name = draw(st.sampled_from(NAMES))
    same = name in desired and draw(st.sampled_from([True, True, False]))
    spec = {} if same else draw(SPECS)
    run, number = draw(st.sampled_from([1, 1, 1, 2])), draw(st.sampled_from([1, 1, 1, 2]))
    recorded = draw(st.sampled_from([True, True, True, True, False]))
    status = draw(st.sampled_from([*STATUSES, *([None] * 3 if recorded else [])]))
    told: dict[str, Any] = {"status": status} if recorded else {"status": status, "like": spec}
    if status and draw(st.sampled_from([False, False, False, True])):
        told |= draw(st.sampled_from([{"count": 1}, {"count": None, "begin": None, "end": None}]))
    return {
        "id": f"{name} r{run}p{number}",
        "recorded": recorded,
        "fate": draw(st.sampled_from(_FATES)),
        "spec": {**spec, "at": draw(INTENDED_AT)},
        "seen": told if status else None,
    }


def _history(part: Mapping[str, Any]) -> list[Spec]:
    begun, *later = part["fate"]
    entries: list[Spec] = [{begun: {"id": part["id"], **part["spec"]}}]
    for verb in later:
        more = {"faults": ["Teli counts 1 contacts"]} if verb == "unverified" else {}
        known = {"abandoned": {"settled": {"id": part["id"], "as": "abandon"}}}
        entries.append(known.get(verb, {verb: {"id": part["id"], **more}}))
    return entries


def _departures(parts: list[dict[str, Any]]) -> st.SearchStrategy[Spec]:
    names = sorted({part["id"].partition(" ")[0] for part in parts if part["recorded"]}) or ["fall"]
    return st.sampled_from([{"left": name} for name in names])
