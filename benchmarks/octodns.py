"""octoDNS planning as many records from YAML to YAML, where it is installed."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.measuring import cost
from benchmarks.tables import Row

_NEW = "`octodns-sync`, all new"
_SAME = "`octodns-sync`, nothing to do"
_SETTINGS = """\
providers:
  wanted: {class: octodns.provider.yaml.YamlProvider, directory: ./wanted, default_ttl: 300}
  there: {class: octodns.provider.yaml.YamlProvider, directory: ./there, default_ttl: 300}
zones:
  example.com.: {sources: [wanted], targets: [there]}
"""


def rows(folder: Path, count: int, beside: str) -> list[Row]:
    """Planning everything anew, and planning what is there already."""
    program = shutil.which("octodns-sync")
    if program is None:
        return [Row(what, None, why_not="not installed") for what in (_NEW, _SAME)]
    work = folder / "octodns"
    for name in ("wanted", "there"):
        (work / name).mkdir(parents=True)
    (work / "settings.yaml").write_text(_SETTINGS, encoding="utf-8")
    zone = "---\n" + "".join(
        f"record-{number:06}:\n  type: A\n  values: [192.0.2.{number % 250 + 1}]\n" for number in range(count)
    )
    (work / "wanted" / "example.com.yaml").write_text(zone, encoding="utf-8")
    (work / "there" / "example.com.yaml").write_text("--- {}\n", encoding="utf-8")
    command = [program, "--config-file", "settings.yaml"]
    new = cost(command, work)
    (work / "there" / "example.com.yaml").write_text(zone, encoding="utf-8")
    return [Row(_NEW, new, beside), Row(_SAME, cost(command, work), beside)]
