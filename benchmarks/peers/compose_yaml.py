"""Read every manifest of a folder and compose its YAML, which is the least that any tool must do."""  # noqa: INP001  a script that is run, never imported

from pathlib import Path

import yaml

for path in sorted(Path().glob("*.yaml")):
    for _ in yaml.compose_all(path.read_text(encoding="utf-8"), yaml.CSafeLoader):
        pass
