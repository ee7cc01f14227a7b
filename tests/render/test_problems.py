from teli_iac.errors import InvalidManifests, LedgerLocked, Problem
from teli_iac.model import Mark
from teli_iac.render import render_error, render_problems

MISSPELT = Problem(
    "TELI-E012",
    "unknown key `voice_agent`",
    Mark("campaigns/fall.yaml", 12, 3),
    "Did you mean `voice_agent_id`?",
    ("  voice_agent: agent_1", "  ^^^^^^^^^^^"),
)
MASKED = Problem(
    "TELI-E071", "not a number that can be called: +1…41", Mark("leads/fall.csv", 4, 1), "Correct it."
)


def test_a_problem_has_its_place_its_line_a_caret_and_a_next_step() -> None:
    assert render_problems([MISSPELT], colour=False) == (
        "campaigns/fall.yaml:12:3: TELI-E012 unknown key `voice_agent`\n"
        "  12 |   voice_agent: agent_1\n"
        "     |   ^^^^^^^^^^^\n"
        "     = next: Did you mean `voice_agent_id`?\n"
        "\n"
        "1 problem in 1 file\n"
    )


def test_a_line_that_must_not_be_shown_is_left_out_and_all_problems_are_counted() -> None:
    assert render_problems([MISSPELT, MASKED], colour=False).endswith(
        "leads/fall.csv:4:1: TELI-E071 not a number that can be called: +1…41\n"
        "    = next: Correct it.\n"
        "\n"
        "2 problems in 2 files\n"
    )


def test_a_problem_of_no_place_is_told_without_one() -> None:
    told = render_problems([Problem("TELI-E010", "no manifest found", None, "Name a folder.")], colour=False)
    assert told == "TELI-E010 no manifest found\n   = next: Name a folder.\n\n1 problem\n"


def test_the_caret_stays_under_its_word_when_the_line_has_hidden_or_wide_characters() -> None:
    problem = Problem("TELI-E012", "unknown", Mark("a.yaml", 1, 6), "", ("\tab\u202e東 key: x", "      ^^^"))
    _, source, carets, *_ = render_problems([problem], colour=False).splitlines()
    assert source == r"  1 | \tab\u202e東 key: x"
    assert carets == "    | " + " " * len(r"\tab\u202e.. ") + "^^^"


def test_a_hostile_file_name_forges_no_second_problem() -> None:
    mark = Mark("a.yaml\nforged.yaml:1:1: TELI-E999 boo", 1, 1)
    told = render_problems([Problem("TELI-E012", "x\r\n::error::y", mark, "z\x1b[2J")], colour=False)
    assert told == (
        "a.yaml\\nforged.yaml:1:1: TELI-E999 boo:1:1: TELI-E012 x\\r\\n:\\x3aerror:\\x3ay\n"
        "    = next: z\\x1b[2J\n\n1 problem in 1 file\n"
    )


def test_an_error_says_what_is_wrong_and_what_to_do() -> None:
    error = LedgerLocked(
        "the ledger is held by ci-42 until 13:05:00 UTC", "Wait, then run the command again."
    )
    assert render_error(error, colour=False).splitlines() == [
        "Error TELI-E134: the ledger is held by ci-42 until 13:05:00 UTC",
        "Next: Wait, then run the command again.",
    ]


def test_problems_in_manifests_are_told_one_by_one() -> None:
    problems = (MISSPELT, MASKED)
    assert render_error(InvalidManifests(problems), colour=False) == render_problems(problems, colour=False)


def test_colour_marks_the_code_and_changes_no_word() -> None:
    coloured = render_problems([MISSPELT], colour=True)
    assert "\x1b[1;31mTELI-E012\x1b[0m" in coloured
    for ink in ("\x1b[1;31m", "\x1b[1m", "\x1b[2m", "\x1b[0m"):
        coloured = coloured.replace(ink, "")
    assert coloured == render_problems([MISSPELT], colour=False)
