import pytest

from tests.cli.running import ran

CASES = {
    ("plam",): 'There is no command "plam". Did you mean "plan"?\nTry \'teli-iac --help\' for help.',
    ("frobnicate",): 'There is no command "frobnicate".\n',
    ("sandbox", "deal"): "Did you mean 'dial'?",
    ("--colour", "never", "plan"): "No such option '--colour'.",
    ("plan", "--targt", "campaign/x"): "Did you mean '--target'?",
    ("plan", "--color", "never"): "It goes before the command: teli-iac --color",
    ("--color", "pink", "plan"): "Invalid value for '--color'",
    ("-C", "no-such-folder", "plan"): "Directory 'no-such-folder' does not exist.",
    ("plan", "--target", "fall-renewals"): '"fall-renewals" is not the address of a campaign. It looks',
    ("plan", "--target", "campaign/Fall"): "is not the address of a campaign",
    ("plan", "--allow", "max_new_peopel=3"): 'no guard "max_new_peopel". Did you mean "max_new_people"?',
    ("plan", "--allow", "live-deletes=1"): 'no guard "live-deletes". Did you mean "live_deletes"?',
    ("plan", "--allow", "x=3"): "The guards: max_new_people, people_again",
    ("plan", "--allow", "people_again"): "Give people_again the number it counts, as in people_again=12",
    ("plan", "--allow", "people_again=-1"): "Give people_again the number it counts",
    ("plan", "--allow", "people_again=²"): "Give people_again the number it counts",
    ("plan", "--allow", "people_again=1", "--allow", "people_again=2"): "people_again is given two numbers",
    ("plan", "--format", "yaml"): "Invalid value for '--format'",
    ("plan", "--parallelism", "0"): "Invalid value for '--parallelism'",
    ("apply", "--parallelism", "0", "--auto-approve"): "Invalid value for '--parallelism'",
    ("apply", "--on-error", "ignore", "--auto-approve"): "Invalid value for '--on-error'",
    ("settle", "campaign/x"): "are the ways to settle it: say which",
    ("settle", "campaign/x", "--adopt", "--abandon"): "exclude each other",
    ("settle", "campaign/x", "--adopt", "--retry"): "exclude each other",
    ("plan", "--target", "number_pool/us"): '"number_pool/us" is not the address of a campaign',
    ("settle",): "Missing argument 'ADDRESS'.",
    ("settle", "x", "--adopt"): '"x" is not the address of a campaign',
    ("explain", "TELI-E01"): 'Error TELI-E002: Nothing is called "TELI-E01". Did you mean TELI-E',
    ("explain", "fulfiled"): "Did you mean fulfilled?",
    ("schema", "Campain"): "Did you mean Campaign?",
    ("completion", "powershell"): "Invalid value for '[bash|zsh|fish]'",
    ("sandbox", "clock", "2"): '"2" is no time to let pass. Write it as +30m, +2h or +1d12h',
    ("sandbox", "clock", "+h"): "is no time to let pass",
    ("sandbox", "serve", "--port", "65536"): "Invalid value for '--port'",
    ("sandbox", "dial", "--limit", "x"): "Invalid value for '--limit'",
}


@pytest.mark.parametrize(("arguments", "said"), CASES.items(), ids=[" ".join(words) for words in CASES])
def test_a_command_line_that_is_off_exits_64_and_says_why(
    arguments: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    refused = ran(capsys, *arguments)
    assert (refused.code, refused.out) == (64, "")
    assert said in refused.err
    assert "--help" in refused.err or "Next: " in refused.err


def test_the_command_whose_help_would_have_told_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert ran(capsys, "sandbox", "clock", "2").err.endswith(
        "Try 'teli-iac sandbox clock --help' for help.\n"
    )


def test_a_mistyped_word_forges_no_line_and_no_command_of_a_pipeline(
    capsys: pytest.CaptureFixture[str],
) -> None:
    said = ran(capsys, "x\n::error::owned\x1b[31m").err
    assert "\x1b" not in said
    assert len(said.splitlines()) == 2
