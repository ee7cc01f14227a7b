"""The tree of commands, and the standard options that stand before each of them.

Nothing is imported here but click: `--help` must cost no more than a program that does nothing.
"""

from __future__ import annotations

import click

from teli_iac.cli.command import keep_tables
from teli_iac.cli.lazy_group import Entry, LazyGroup
from teli_iac.cli.terminal import answer
from teli_iac.cli.version import VERSION

NAME = "teli-iac"

_PLANNING = "teli_iac.cli.planning"
_APPLYING = "teli_iac.cli.applying"
_AUTHORING = "teli_iac.cli.authoring"
_TAKING_OVER = "teli_iac.cli.taking_over"
_REFERENCE = "teli_iac.cli.reference"

_MAIN = {
    "init": Entry(_AUTHORING, "init", "Write a first project, or make the ledger of an existing one."),
    "validate": Entry(_PLANNING, "validate", "Check manifests and leads, offline."),
    "fmt": Entry("teli_iac.cli.formatting", "fmt", "Format manifests, and change nothing they say."),
    "plan": Entry(_PLANNING, "plan", "Show what apply would do, to whom, and why. Never writes."),
    "diff": Entry("teli_iac.cli.comparing", "diff", "Show what the manifests change since a git revision."),
    "apply": Entry(_APPLYING, "apply", "Launch and remove campaigns as planned, once approved."),
    "show": Entry("teli_iac.cli.showing", "show", "Show a saved plan, from its file alone."),
    "destroy": Entry(_APPLYING, "destroy", "Remove every campaign of the project from Teli."),
    "import": Entry(_TAKING_OVER, "import_", "Describe campaigns that were made elsewhere."),
    "adopt": Entry(_TAKING_OVER, "adopt", "Take into the ledger what it lacks of a campaign."),
    "settle": Entry("teli_iac.cli.settling", "settle", "Decide about a launch whose outcome nobody knows."),
}

_DUTY = {
    "status": Entry("teli_iac.cli.standing", "status", "Show how every campaign stands, once or live."),
    "drift": Entry("teli_iac.cli.standing", "drift", "Show what differs from what was launched and done."),
    "halt": Entry("teli_iac.cli.halting", "halt", "Stop the calls: pause everything of this project, now."),
    "release": Entry("teli_iac.cli.halting", "release", "Lift the hold of a halt: apply works again."),
    "pause": Entry("teli_iac.cli.steering", "pause", "Pause campaigns by hand until a person resumes them."),
    "resume": Entry("teli_iac.cli.steering", "resume", "Let paused campaigns call again."),
    "end": Entry("teli_iac.cli.steering", "end", "End campaigns for good, by hand."),
}

_AROUND = {
    "calls": Entry("teli_iac.cli.calls", "calls", "Show what Teli's call history says of a campaign."),
    "doctor": Entry(
        "teli_iac.cli.diagnosing", "doctor", "Try out what a launch needs, and say what is wrong."
    ),
    "explain": Entry(_REFERENCE, "explain", "Say what an error code, reason or guard means."),
    "schema": Entry(_REFERENCE, "schema", "Print the JSON Schema of the manifests."),
    "ledger": Entry(
        "teli_iac.cli.ledger", "ledger", "Make, show, check or move the memory of who was called."
    ),
    "sandbox": Entry("teli_iac.cli.sandbox", "sandbox", "Run the embedded Teli, which calls nobody."),
    "completion": Entry("teli_iac.cli.completion", "completion", "Print a script that completes commands."),
    "version": Entry("teli_iac.cli.version", "version", "Print the version."),
}

_HELP = """\
Campaigns as code for the Teli voice API: describe outbound-calling campaigns in
YAML, see what will happen to whom, then let it happen. Within one run of a
campaign nobody is dialled twice.

First steps, calling nobody:
  teli-iac init           writes a project for the embedded Teli
  teli-iac plan           shows what apply would do
  teli-iac apply          asks, then launches the campaigns
  teli-iac sandbox dial   lets the embedded Teli make the calls
"""

_EPILOG = """\
Environment:
  TELI_API_KEY     the key of the Project's tenant; wanted by plan, apply,
                   destroy and settle, but never for the embedded Teli
  TELI_LEDGER_KEY  the ledger's key, where no file holds it
  TELI_ORGANIZATION_ID, TELI_TENANT_ID, TELI_USER_ID, TELI_API_BASE_URL
                   what the Project leaves out
  NO_COLOR, CLICOLOR_FORCE, COLUMNS
                   how text is shown

Exit codes:
  0  done, or nothing to do              5  partly applied
  1  error, nothing written              6  a launch's outcome is unknown
  2  changes (with --detailed-exitcode)  7  another apply holds the ledger
  3  the plan is out of date            64  the command line is off
  4  refused by a guard, or blocked    130  interrupted cleanly
"""


def _tell_version(context: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001  click's signature
    if asked:
        answer(f"{NAME} {VERSION}\n")
        context.exit()


_STANDARD_OPTIONS = [
    click.Option(
        ["-C", "folder"],
        metavar="DIR",
        default=".",
        type=click.Path(exists=True, file_okay=False),
        help="Work as if started in DIR.",
    ),
    click.Option(
        ["--project", "project_file"],
        metavar="FILE",
        help="The file with the Project, when it is neither among PATHS nor in teli.yaml here or above.",
    ),
    click.Option(
        ["--color"],
        type=click.Choice(["auto", "always", "never"]),
        default="auto",
        help="Colour the output; auto: on a terminal.",
    ),
    click.Option(["-v", "--verbose"], is_flag=True, help="Tell more when something goes wrong."),
    click.Option(
        ["--version"],
        is_flag=True,
        is_eager=True,
        expose_value=False,
        callback=_tell_version,
        help="Print the version.",
    ),
]

program = LazyGroup(
    name=NAME,
    sections={"Commands": _MAIN, "While people are called": _DUTY, "Around them": _AROUND},
    help=keep_tables(_HELP),
    epilog=keep_tables(_EPILOG),
    context_settings={"help_option_names": ["-h", "--help"]},
    params=[*_STANDARD_OPTIONS],
)
