"""The machine that numbers were measured on, without its name: what it has, and whether it had other work."""

from __future__ import annotations

import os
import platform
import re
import resource
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.measuring import processor_seconds

_BUSY = 0.1
_GIBIBYTE = 1024**3


def machine() -> Mapping[str, str]:
    """What a reader needs to judge absolute times."""
    pages = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    kernel = re.match(r"[0-9.]*[0-9]", platform.release())
    return {
        "cores": str(os.cpu_count()),
        "memory": f"{pages / _GIBIBYTE:.0f} GiB",
        "processor": _processor(),
        "system": f"{platform.system()} {kernel[0] if kernel else ''} {platform.machine()}",
        "python": f"{platform.python_implementation()} {platform.python_version()}",
    }


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8")
    except OSError:
        return platform.processor() or "unknown"
    found = re.search(r"(?m)^model name\s*:\s*(.+)$", told)
    return found[1] if found else platform.machine()


@dataclass(frozen=True, slots=True)
class Moment:
    """Seconds of all processors together since the machine started, and of the commands that we ran."""

    busy: float
    total: float
    ours: float


def moment() -> Moment | None:
    """Now; None on a system that does not tell."""
    try:
        words = Path("/proc/stat").read_text(encoding="utf-8").split("\n", 1)[0].split()[1:9]
    except OSError:
        return None
    ticks = [int(word) / os.sysconf("SC_CLK_TCK") for word in words]
    waiting = ticks[3] + ticks[4]
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    own = sum(each.ru_utime + each.ru_stime for each in used)
    return Moment(sum(ticks) - waiting, sum(ticks), own + processor_seconds())


def others_share(since: Moment | None, until: Moment | None) -> float | None:
    """How much of the machine went to what is not measured here, from 0 to 1."""
    if since is None or until is None or until.total <= since.total:
        return None
    others = (until.busy - since.busy) - (until.ours - since.ours)
    return max(others, 0) / (until.total - since.total)


def quietness(share: float | None) -> str:
    """The sentence about that; a busy machine makes everything slower, and not everything alike."""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    if share is None:
        return f"load average {load}"
    told = f"others took {share:.0%} of the processors meanwhile; load average {load}"
    return f"WARNING: the machine was busy: {told}" if share > _BUSY else told
