"""TELI-E001 to TELI-E009 and TELI-E190: what any command may say."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry

PROBLEMS: dict[str, Entry] = {
    "TELI-E002": Entry(
        "Wrong usage",
        "The command line names something that does not exist, or leaves out what is needed.",
        "Read the help of the command: `teli-iac COMMAND --help`.",
    ),
    "TELI-E003": Entry(
        "Problems in the manifests",
        "Something is wrong in the files; every problem is listed with its place and its own code.",
        "Fix them; `teli-iac validate` checks again without connecting.",
    ),
    "TELI-E004": Entry(
        "A setting is missing",
        "The command needs a key or an id that neither the Project nor the environment gives.",
        "Set what the message names.",
    ),
    "TELI-E006": Entry(
        "Not approved",
        "The answer to the question was not `yes`, so nothing was done.",
        "Run the command again and type `yes`, or pass --auto-approve once the plan is reviewed.",
    ),
    "TELI-E007": Entry(
        "A file is in the way",
        "`init` would have to overwrite a file, and it never does.",
        "Start in another folder, or move the file away.",
    ),
    "TELI-E008": Entry(
        "Refused by a guard",
        "The plan goes beyond a limit of the Project, such as how many people may be called anew.",
        "Read the plan again. If it is right, pass the named consent, or raise the limit in the Project.",
    ),
    "TELI-E009": Entry(
        "Nothing to settle",
        "The campaign has neither a launch whose outcome is unknown nor one that failed its verification.",
        "Look at `teli-iac plan`: it names the campaigns that wait for a decision.",
    ),
    "TELI-E190": Entry(
        "A file could not be written",
        "--write names a file for one more telling of the plan, and the system refused to write it. The"
        " answer itself was given before; an apply stops here, and has sent nothing.",
        "See that the folder can be written and has room, or name another file.",
    ),
}
