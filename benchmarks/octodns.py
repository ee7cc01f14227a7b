"""octoDNS planning as many records from YAML to YAML, where `make peers` installed it or PATH has it."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.measuring import NOT_INSTALLED, Work

NEW = "`octodns-sync`, all new"
SAME = "`octodns-sync`, nothing to do"
_OWN = Path(__file__).parents[1] / "build" / "peers" / "bin" / "octodns-sync"
_SETTINGS = """\
providers:
  wanted: {class: octodns.provider.yaml.YamlProvider, directory: ./wanted, default_ttl: 300}
  there: {class: octodns.provider.yaml.YamlProvider, directory: ./there, default_ttl: 300}
zones:
  example.com.: {sources: [wanted], targets: [there]}
"""


def octodns_sync() -> str | None:
    """Where the program is."""
    return str(_OWN) if _OWN.exists() else shutil.which("octodns-sync")


def works(folder: Path, count: int) -> dict[str, Work]:
    """Planning everything anew, and planning what is there already."""
    zone = "---\n" + "".join(
        f"record-{number:06}:\n  type: A\n  values: [192.0.2.{number % 250 + 1}]\n" for number in range(count)
    )
    return {
        NEW: _work(folder / "octodns-new", zone, "--- {}\n"),
        SAME: _work(folder / "octodns-same", zone, zone),
    }


def _work(folder: Path, wanted: str, there: str) -> Work:
    for name, zone in (("wanted", wanted), ("there", there)):
        (folder / name).mkdir(parents=True)
        (folder / name / "example.com.yaml").write_text(zone, encoding="utf-8")
    (folder / "settings.yaml").write_text(_SETTINGS, encoding="utf-8")
    program = octodns_sync()
    return Work(
        [program or "", "--config-file", "settings.yaml"], folder, absent="" if program else NOT_INSTALLED
    )
