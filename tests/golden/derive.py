"""Derives tests/golden/digests.json from semantics §4 alone, with the standard library and none of our code.

THE DIGESTS IN digests.json MAY NEVER CHANGE. A digest is part of the campaign id, and the id is all that
Teli keeps of what was launched. If a release computed another digest for a manifest that has not changed,
it would not find its own finished campaign, take it for a new one, and call everybody in it again.

Cases may be added at the end of CASES, never edited and never removed. If the test beside this file says
that identity.py disagrees with digests.json, identity.py is wrong, whatever the reason for the change.

    python tests/golden/derive.py     writes digests.json beside this file
"""

from __future__ import annotations

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent

LEDGER_KEY = bytes(range(32))
"""The ledger's keyed hashes are frozen as well: by them a later release knows whom an earlier one called."""

PLAIN: dict[str, Any] = {
    "project": "acme",
    "campaign": "fall-renewals",
    "run": 1,
    "part": 1,
    "voice_agent_id": "agent_86f826bf8f59bacd5c10ae948a",
    "agent_outbound_number": "+15175550141",
    "number_pool": [],
    "redial": None,
    "begin": None,
    "end": None,
    # The same two instants, put into UTC by hand.
    "begin_in_utc": None,
    "end_in_utc": None,
    # Fields in the order of their names; `leads` in the order of the file.
    "leads": [["+14155550101", [["first_name", "Ada"]]]],
}

CASES: list[dict[str, Any]] = [
    {"says": "one person, nothing optional"},
    {"says": "nobody at all", "leads": []},
    {
        "says": "three people, a field each of the API's own",
        "leads": [
            ["+14155550101", [["first_name", "Ada"]]],
            ["+14155550102", [["last_name", "Hopper"]]],
            ["+14155550103", [["email", "someone@example.com"]]],
        ],
    },
    {
        "says": "the same three the other way round: the same digest",
        "leads": [
            ["+14155550103", [["email", "someone@example.com"]]],
            ["+14155550102", [["last_name", "Hopper"]]],
            ["+14155550101", [["first_name", "Ada"]]],
        ],
    },
    {"says": "a person with a number alone", "leads": [["+14155550101", []]]},
    {"says": "a pool of two", "number_pool": ["+14155550111", "+14155550112"]},
    {
        "says": "the same pool in the other order: another digest",
        "number_pool": ["+14155550112", "+14155550111"],
    },
    {"says": "redial", "redial": {"retry_limit": 3, "call_interval_days": 1}},
    {"says": "redial never, which is not no redial", "redial": {"retry_limit": 0, "call_interval_days": 0}},
    {
        "says": "a window in another offset",
        "begin": "2026-12-01T09:00:00-05:00",
        "end": "2026-12-01T20:00:00-05:00",
        "begin_in_utc": "2026-12-01T14:00:00Z",
        "end_in_utc": "2026-12-02T01:00:00Z",
    },
    {
        "says": "the same window in a third offset: the same digest",
        "begin": "2026-12-01T19:30:00+05:30",
        "end": "2026-12-02T01:00:00+00:00",
        "begin_in_utc": "2026-12-01T14:00:00Z",
        "end_in_utc": "2026-12-02T01:00:00Z",
    },
    {
        "says": "a fraction of a second, and no end",
        "begin": "2027-01-01T00:00:00.250000+02:00",
        "begin_in_utc": "2026-12-31T22:00:00.250000Z",
    },
    {
        "says": "an end alone",
        "end": "2028-02-29T23:59:59+14:00",
        "end_in_utc": "2028-02-29T09:59:59Z",
    },
    {
        "says": "names beyond ASCII, composed, decomposed and beyond the basic plane",
        "leads": [
            ["+14155550101", [["first_name", "Zoë"], ["last_name", "O\u2019Brien-Łukasiewicz"]]],
            ["+14155550102", [["first_name", "Zoe\u0308"], ["ort", "Zürich, «Höngg»"]]],
            ["+442079460999", [["first_name", "明美"], ["ملاحظة", '🎂 " \\ / \u00a0']]],
        ],
    },
    {
        "says": "values that are not text, and text that looks like them",
        "leads": [
            ["+14155550101", [["a", 1], ["b", 1.5], ["c", True], ["d", -0.001], ["e", 1e22]]],
            ["+14155550102", [["a", "1"], ["b", "1.5"], ["c", "true"], ["d", False], ["e", 10**22]]],
            ["+14155550103", [["a", 0], ["b", 1.0], ["c", []], ["d", {}], ["e", "null"]]],
        ],
    },
    {
        "says": "JSON in JSON, its keys in whatever order",
        "leads": [
            ["+14155550101", [["order", {"z": [1, "zwei", None, {"é": True, "a": ""}], "Ab": {}, "aB": []}]]],
        ],
    },
    {
        "says": "names of fields in the order of their code points",
        "leads": [
            [
                "+14155550101",
                [
                    ["Z", "1"],
                    ["_", "2"],
                    ["a", "3"],
                    ["a b", "4"],
                    ["z", "5"],
                    ["é", "6"],
                    ["\U0001d49b", "7"],
                ],
            ],
        ],
    },
    {
        "says": "a hundred people",
        "leads": [
            [f"+1415555{number:04d}", [["first_name", f"Person {number}"]]] for number in range(100, 200)
        ],
    },
    {
        "says": "all at once, of another project, run and part",
        "project": "a",
        "campaign": "q3-2027-retention-of-customers-in-poland",
        "run": 12,
        "part": 34,
        "voice_agent_id": "agent_0.x-Y_9",
        "agent_outbound_number": "+442079460018",
        "number_pool": ["+442079460019", "+14155550111", "+442079460017"],
        "redial": {"retry_limit": 20, "call_interval_days": 90},
        "begin": "2026-03-29T01:30:00+00:00",
        "end": "2026-04-05T01:30:00.000001+01:00",
        "begin_in_utc": "2026-03-29T01:30:00Z",
        "end_in_utc": "2026-04-05T00:30:00.000001Z",
        "leads": [
            ["+14155550101", [["first_name", "Ada"], ["plan", "gold"], ["visits", 7]]],
            ["+14155550102", [["first_name", "Grace"], ["plan", "00501"], ["tags", ["a", "b"]]]],
        ],
    },
]


def canonical(value: Any) -> str:
    """Canonical JSON: sorted keys, no spaces, no escapes but the needed ones."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def row_text(number: str, fields: list[list[Any]]) -> str:
    r"""The number, then each field as `\x1e` name and `\x1f` text, or `\x1d` canonical JSON."""
    text = number
    for name, value in fields:
        if isinstance(value, str):
            text += "\x1e" + name + "\x1f" + value
        else:
            text += "\x1e" + name + "\x1d" + canonical(value)
    return text


def keyed(purpose: bytes, text: str, size: int) -> bytes:
    """What the ledger keeps instead of a number or a row."""
    hashed = hashlib.blake2b(text.encode("utf-8"), key=LEDGER_KEY, person=purpose, digest_size=size)
    return hashed.digest()


def derive(case: dict[str, Any]) -> dict[str, Any]:
    """The case, complete, with all that follows from it."""
    whole = {**PLAIN, **case}
    rows = [row_text(number, fields) for number, fields in whole["leads"]]
    hashes = [hashlib.sha256(row.encode("utf-8")).digest() for row in rows]
    total = sum(int.from_bytes(each[:16], "big") for each in hashes) % 2**128
    declared = {
        "scheme": 1,
        "voice_agent_id": whole["voice_agent_id"],
        "agent_outbound_number": whole["agent_outbound_number"],
        "number_pool": whole["number_pool"],
        "redial": whole["redial"],
        "campaign_begin_time": whole["begin_in_utc"],
        "campaign_end_time": whole["end_in_utc"],
        "people": {"count": len(rows), "sum": format(total, "032x")},
    }
    hashed = hashlib.blake2b(canonical(declared).encode("utf-8")).digest()
    digest = base64.b32encode(hashed).decode("ascii").lower()[:12]
    numbers = [keyed(b"number", number, 16) for number, _ in whole["leads"]]
    details = [keyed(b"details", row, 4) for row in rows]
    records = b"".join(sorted(number + detail for number, detail in zip(numbers, details, strict=True)))
    place = f"r{whole['run']}p{whole['part']}"
    return {
        **whole,
        "row_texts": rows,
        "fingerprint": {"count": len(rows), "sum": format(total, "032x")},
        "declared": canonical(declared),
        "digest": digest,
        "keyed_numbers": [number.hex() for number in numbers],
        "people_ref": hashlib.blake2b(records, digest_size=16).hexdigest(),
        "campaign_id": f"{whole['project']}_{whole['campaign']}_{place}_{digest}",
    }


def derived() -> str:
    """The content of digests.json; all in ASCII, so that no editor can change a character unseen."""
    return json.dumps([derive(case) for case in CASES], indent=1) + "\n"


if __name__ == "__main__":
    (HERE / "digests.json").write_text(derived(), encoding="utf-8")
