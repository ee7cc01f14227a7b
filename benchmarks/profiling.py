"""Where the time of one command goes, by families of modules: for CONTRIBUTING.md, and who makes it faster.

The profiler is Python's own, in every thread. It makes small functions look dearer than they are, so its
shares say where to look, and the tables of a run say whether it helped.
"""

from __future__ import annotations

import pstats
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.campaigns import KEY
from benchmarks.data import write_campaigns, write_leads
from benchmarks.measuring import PEERS, PYTHON, TELI_IAC, Work, run
from benchmarks.serving import served
from benchmarks.sizes import Sizes

_FAMILIES = 8
_FUNCTIONS = 3
_LEAST = 0.01
_WAITING = re.compile(
    r"acquire|wait|SimpleQueue|sleep|\bpoll\b|select|recv|getaddrinfo|lock.*__enter__|_thread.lock"
)
_Function = tuple[str, int, str]


def _plan(folder: Path, address: str, sizes: Sizes) -> tuple[str, list[str | Path]]:
    write_campaigns(folder, sizes.campaigns[-1], address)
    for before in (["apply", "--auto-approve"], ["plan"]):  # the second plan is the first that remembers
        run(Work([*TELI_IAC, *before], folder, KEY))
    return f"`plan`, {sizes.campaigns[-1]:,} campaigns, nothing to do", ["plan"]


def _leads(folder: Path, address: str, sizes: Sizes) -> tuple[str, list[str | Path]]:
    write_leads(folder, sizes.leads[-1], address)
    return f"`plan`, one campaign of {sizes.leads[-1]:,} leads", ["plan"]


def _apply(folder: Path, address: str, sizes: Sizes) -> tuple[str, list[str | Path]]:
    write_leads(folder, sizes.leads[-1], address)
    return f"`apply`, one campaign of {sizes.leads[-1]:,} leads", ["apply", "--auto-approve"]


def _launches(folder: Path, address: str, sizes: Sizes) -> tuple[str, list[str | Path]]:
    write_campaigns(folder, sizes.launches, address)
    arguments: list[str | Path] = ["apply", "--auto-approve", "--parallelism", "16"]
    return f"`apply`, {sizes.launches:,} campaigns, no latency", arguments


def _ledger(_folder: Path, _address: str, sizes: Sizes) -> tuple[str, list[str | Path]]:
    count = sizes.leads[-1]
    return f"the ledger and {count:,} people", [PEERS / "ledger_people.py", str(count)]


PROFILES: Mapping[str, Callable[[Path, str, Sizes], tuple[str, list[str | Path]]]] = {
    "plan": _plan,
    "leads": _leads,
    "apply": _apply,
    "launches": _launches,
    "ledger": _ledger,
}


def profile(name: str, sizes: Sizes) -> str:
    """A Markdown table of the dearest families, and the dearest functions of each, by their own share."""
    with TemporaryDirectory(prefix="teli-iac-profile-") as place, served(0) as teli:
        folder = Path(place)
        what, arguments = PROFILES[name](folder, teli.address, sizes)
        kept = folder / "kept.profile"
        run(Work([*PYTHON, PEERS / "profiled.py", kept, *arguments], folder, KEY))
        shares = _shares(pstats.Stats(str(kept)))
    return _table(what, shares)


@dataclass(frozen=True, slots=True)
class _Share:
    """Of the whole, from 0 to 1."""

    family: str
    function: str
    share: float


def _shares(stats: pstats.Stats) -> list[_Share]:
    """Own time; what is built in has no place, so its time is that of the function that called it.

    Waiting is left out, for the network as for other threads, which have their own shares.
    """
    own: defaultdict[_Function, float] = defaultdict(float)
    for function, (_, _, seconds, _, callers) in stats.stats.items():  # type: ignore[attr-defined]  # typeshed forgets it
        if function[0] == "~" and _WAITING.search(function[2]):
            continue
        if function[0] == "~" and callers:
            for caller, (_, _, part, _) in callers.items():
                own[caller] += part
        else:
            own[function] += seconds
    whole = sum(own.values())
    ordered = sorted(own.items(), key=lambda each: -each[1])
    return [_Share(*_named(function), seconds / whole) for function, seconds in ordered]


def _named(function: _Function) -> tuple[str, str]:
    """Its family, and its name within it."""
    file, _, name = function
    path = Path(file)
    if file == "~":
        return "Python itself", name.strip("<>")
    if "peers" in path.parts:
        return "the program that measures", f"`{path.stem}.{name}`"
    for root in ("teli_iac", "site-packages"):
        if root in path.parts:
            at = len(path.parts) - path.parts[::-1].index(root)
            within = path.parts[at:]
            package = Path(within[0]).stem
            return f"{'teli_iac.' if root == 'teli_iac' else ''}{package}", f"`{path.stem}.{name}`"
    if file.startswith("<frozen importlib") or "importlib" in path.parts:
        return "importing modules", f"`{name}`"
    return "standard library", f"`{path.stem}.{name}`"


def _table(what: str, shares: list[_Share]) -> str:
    families: defaultdict[str, float] = defaultdict(float)
    for each in shares:
        families[each.family] += each.share
    dearest = sorted(families, key=lambda family: -families[family])[:_FAMILIES]
    lines = [
        f"| {family} | {families[family]:.0%} | {_dearest(family, shares)} |"
        for family in dearest
        if families[family] >= _LEAST
    ]
    return "\n".join([f"| {what} | own share | most of it in |", "|---|--:|---|", *lines]) + "\n"


def _dearest(family: str, shares: list[_Share]) -> str:
    found = [each for each in shares if each.family == family and each.share >= _LEAST]
    return ", ".join(f"{each.function} {each.share:.0%}" for each in found[:_FUNCTIONS])
