"""TELI-E010 to TELI-E059: finding, reading and judging manifests."""

from __future__ import annotations

from teli_iac.catalogue.entry import Entry

_FINDING: dict[str, Entry] = {
    "TELI-E010": Entry(
        "No such path",
        "A path on the command line names neither a file nor a folder.",
        "Check the path; it is taken from the current folder or from -C.",
    ),
    "TELI-E011": Entry(
        "Cannot be read",
        "The operating system refused to read a file or folder, or a link leads nowhere.",
        "Check its permissions and where its links lead.",
    ),
    "TELI-E012": Entry(
        "Not an ordinary file",
        "Pipes, sockets and devices are never read: they may block or never end.",
        "Write the manifests into an ordinary file.",
    ),
    "TELI-E013": Entry(
        "Outside the project folder",
        "A file or a link leads out of the folder of the Project's file. Only what is below it is read.",
        "Put the file into the project folder, or list the link under the Project's `exclude`.",
    ),
    "TELI-E014": Entry(
        "The same file twice",
        "Two names lead to one file through a link, so that its campaigns would be counted twice.",
        "Remove one of the names, or list it under the Project's `exclude`.",
    ),
    "TELI-E015": Entry(
        "File too large",
        "A manifest file may have at most 4 MiB.",
        "Split it, and keep long lists of people in a leads file.",
    ),
    "TELI-E016": Entry(
        "No manifest at all",
        "The paths hold no document. That is never taken as a wish to delete every campaign.",
        "Check the paths; use `destroy` to remove everything.",
    ),
    "TELI-E017": Entry(
        "No Project",
        "Neither the paths nor a teli.yaml here or above hold a document of kind Project.",
        "Write one, by convention into teli.yaml; `teli-iac init` makes a first one.",
    ),
    "TELI-E018": Entry(
        "More than one Project",
        "There is exactly one Project, since it says which account is called from.",
        "Keep one, or list the other's folder under the first one's `exclude`.",
    ),
    "TELI-E019": Entry(
        "Not a manifest file",
        "A path names a file that does not end in .yaml or .yml.",
        "Rename it, or name its folder.",
    ),
    "TELI-E054": Entry(
        "Linked folder not read",
        "Links to folders are not followed. This one leads to a folder of the project that is not read "
        "otherwise, so campaigns may be missing.",
        "Name the folder itself among the paths, or list the link under the Project's `exclude`.",
    ),
}

_TEXT: dict[str, Entry] = {
    "TELI-E020": Entry(
        "Not UTF-8",
        "Manifests are UTF-8, with or without a byte order mark.",
        "Save the file as UTF-8.",
    ),
    "TELI-E021": Entry(
        "Forbidden character",
        "Control, invisible and text-direction characters can make a line look like another one; "
        "none may stand in a manifest, not even escaped.",
        "Remove the character.",
    ),
    "TELI-E022": Entry(
        "Not YAML",
        "The text does not follow the rules of YAML; the place is where reading had to stop.",
        "Look at indentation, quotes and brackets at that place and just above it.",
    ),
    "TELI-E023": Entry(
        "Nested too deep",
        "No manifest needs more than a handful of levels; 40 are allowed.",
        "Simplify the document.",
    ),
    "TELI-E024": Entry(
        "Too many values",
        "A file may hold at most 300,000 keys and values.",
        "Split the file, and keep long lists of people in a leads file.",
    ),
    "TELI-E025": Entry(
        "Anchors, aliases and merge keys",
        "They let a small file grow without bound and hide where a value comes from.",
        "Write the value out, or share it through a NumberPool or RedialPolicy.",
    ),
    "TELI-E026": Entry(
        "Tags",
        "Tags such as `!!binary` or `!!python/object` change what a value is; none is read.",
        "Remove the tag; quote the value if it is text.",
    ),
    "TELI-E027": Entry(
        "Directives",
        "Of YAML's directives only %YAML is read.",
        "Remove the directive.",
    ),
    "TELI-E028": Entry(
        "Duplicate key",
        "A mapping gives the same key twice; which one is meant cannot be known.",
        "Keep one of the two.",
    ),
    "TELI-E029": Entry(
        "Key is not text",
        "Keys are text. Unquoted `1`, `true`, `null` or a list are something else.",
        "Quote the key or correct it.",
    ),
    "TELI-E030": Entry(
        "Quote it",
        "A value looks like a number where text is wanted, or like a number that YAML readers disagree about "
        "(+1555…, 00501, 0x1F, 1_000).",
        'Put quotes around it: "…". Where a number is meant, write plain decimals.',
    ),
    "TELI-E031": Entry(
        "Too many problems",
        "A file has so many problems that the rest of it was not looked at.",
        "Mend the first ones and run the command again.",
    ),
}

_SCHEMA: dict[str, Entry] = {
    "TELI-E032": Entry(
        "Not a manifest",
        "Every document that is not empty must be a manifest of ours, so that a typing error never makes "
        "a campaign silently disappear.",
        "Give it apiVersion and kind, or list its file under the Project's `exclude`.",
    ),
    "TELI-E033": Entry(
        "Unknown apiVersion",
        "The only version of the manifest format is teli-iac/v1.",
        "Write `apiVersion: teli-iac/v1`.",
    ),
    "TELI-E034": Entry(
        "Unknown kind",
        "The kinds are Project, Campaign, NumberPool and RedialPolicy.",
        "Correct the kind.",
    ),
    "TELI-E035": Entry(
        "Unknown key",
        "A key is not known at this place; it would otherwise be ignored in silence.",
        "Correct or remove it; `teli-iac schema KIND` lists the keys.",
    ),
    "TELI-E036": Entry(
        "Missing key",
        "A key that cannot be left out is not there.",
        "Add it.",
    ),
    "TELI-E037": Entry(
        "Wrong type",
        "A value is of another type than the key wants, or there is none.",
        "Write it as the example of the schema shows.",
    ),
    "TELI-E038": Entry(
        "Not an allowed value",
        "The key takes one of a few words, and this is none of them.",
        "Write one of the allowed words.",
    ),
    "TELI-E039": Entry(
        "Wrong form",
        "The text does not have the form that is wanted here: a name, a number in E.164, a time, a duration.",
        "Write it as the example shows.",
    ),
    "TELI-E040": Entry(
        "Out of range",
        "The number is smaller or larger than makes sense.",
        "Write a number within the range.",
    ),
    "TELI-E041": Entry(
        "Empty",
        "A list or text that needs content is empty.",
        "Fill it, or leave the key out.",
    ),
    "TELI-E042": Entry(
        "Repeated entry",
        "A list holds the same entry twice.",
        "Remove one of the two.",
    ),
    "TELI-E043": Entry(
        "Too long",
        "A list or text is longer than is allowed here.",
        "Shorten it.",
    ),
}

_MEANING: dict[str, Entry] = {
    "TELI-E044": Entry(
        "Agent given twice",
        "A campaign names its agent by `agent: {name: …}` and by `voice_agent_id`.",
        "Keep one of the two.",
    ),
    "TELI-E045": Entry(
        "No such time",
        "The time is well written, but no calendar has it: February 30, hour 24, second 60, year 0.",
        "Correct it.",
    ),
    "TELI-E046": Entry(
        "End before begin",
        "The campaign would end before it begins, or at the same instant.",
        "Move one of the two times; compare them with their offsets.",
    ),
    "TELI-E047": Entry(
        "No such NumberPool or RedialPolicy",
        "A campaign refers to a name that no document under the paths has.",
        "Correct the name, or add the file that declares it to the paths.",
    ),
    "TELI-E048": Entry(
        "Name declared twice",
        "Two documents of one kind have the same name.",
        "Rename or remove one of the two.",
    ),
    "TELI-E049": Entry(
        "launch_grace or settle_after too short",
        "Where real people are called, a faulty launch must leave two minutes to be ended before its first "
        "call, and a launch whose answer was lost two minutes to arrive before it is made anew.",
        "Write at least 2m.",
    ),
    "TELI-E050": Entry(
        "Address not allowed",
        "The API key is sent to https addresses only, and in plain http to this machine only.",
        "Write https://HOST, http://localhost:PORT or `sandbox:`.",
    ),
    "TELI-E052": Entry(
        "Bad id in the environment",
        "An environment variable that stands in for an id of the account holds no id.",
        "Set the variable to the id as Teli shows it, or write the id into the manifest.",
    ),
    "TELI-E053": Entry(
        "Renamed from itself",
        "`renamed_from` names the campaign itself.",
        "Write the name it had before, or leave the key out.",
    ),
    "TELI-E055": Entry(
        "Nearly a field of the API",
        "A lead's field is nearly named phone_number, first_name, last_name or email. The real field would be"
        " left out without a word, and the agent would not know the name.",
        "Correct the name; a variable of your own needs one that is less like it.",
    ),
    "TELI-E056": Entry(
        "Nothing to say about a campaign made elsewhere",
        "With `metadata.campaign_id` a manifest describes a campaign that was made elsewhere. Teli shows its"
        " agent and its times; what else it was given is hidden, and nothing is ever sent for it.",
        "Leave the key out.",
    ),
    "TELI-E057": Entry(
        "Leads unknown in a campaign of our own",
        "`leads: unknown` stands in manifests that `import` writes, for nobody here knows whom such a"
        " campaign calls. A campaign without `metadata.campaign_id` is one to be launched, and needs people.",
        "Name the leads: a file, or a list.",
    ),
    "TELI-E058": Entry(
        "Campaign described twice",
        "Two manifests have the same `metadata.campaign_id`.",
        "Keep one of the two.",
    ),
    "TELI-E059": Entry(
        "Not made elsewhere",
        "`metadata.campaign_id` is for campaigns that were made elsewhere, and this id is one that this"
        " project gave.",
        "Leave the key out. If the ledger has lost the campaign: `teli-iac adopt ADDRESS`.",
    ),
}

PROBLEMS: dict[str, Entry] = _FINDING | _TEXT | _SCHEMA | _MEANING
