"""One run of the action: do the command, tell outputs, summary and comment, and end as the program ended."""

from __future__ import annotations

import os
import sys

from action.commands import COMMANDS
from action.comments import tell_pull_request
from action.inputs import InputRefused, read_inputs
from action.telling import write_outputs, write_summary


def main() -> int:
    """The exit code of the step: 0 as well where the program's 2 only says that there are changes."""
    try:
        inputs = read_inputs(os.environ)
    except InputRefused as refused:
        print(refused, file=sys.stderr)
        return 64
    done = COMMANDS[inputs.command](inputs)
    write_outputs(inputs.output_file, done.outputs())
    write_summary(inputs.summary_file, done.summary)
    tell_pull_request(inputs, done)
    return 0 if done.code in done.well else done.code


if __name__ == "__main__":
    sys.exit(main())
