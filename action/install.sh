#!/usr/bin/env bash
# Put teli-iac, as this action has it, into an environment of its own below the runner's temporary folder.
set -euo pipefail

if [ "$INPUT_INSTALL" != true ]; then
    exit 0
fi
if [[ ! "$INPUT_EXTRAS" =~ ^[a-z,]*$ ]]; then
    echo "The input extras takes names and commas, such as postgresql,objects." >&2
    exit 64
fi
python3 -c 'import sys; sys.exit("teli-iac needs Python 3.11: put actions/setup-python first" if sys.version_info < (3, 11) else 0)'

home="$RUNNER_TEMP/teli-iac"
pinned="$GITHUB_ACTION_PATH/constraints.txt"
if [ -n "$INPUT_CONSTRAINTS" ]; then
    pinned="$GITHUB_WORKSPACE/$INPUT_CONSTRAINTS"
fi
if [ ! -f "$pinned" ]; then
    echo "The input constraints names no file: $INPUT_CONSTRAINTS" >&2
    exit 64
fi
# By the environment, they hold for what builds teli-iac as well; pip 25.3 and later want that said apart.
export PIP_CONSTRAINT="$pinned" PIP_BUILD_CONSTRAINT="$pinned"
python3 -m venv "$home"
"$home/bin/python" -m pip install --quiet --disable-pip-version-check \
    "$GITHUB_ACTION_PATH${INPUT_EXTRAS:+[$INPUT_EXTRAS]}"
