"""The GitHub action by its own scripts, in the environment of a runner, with the embedded Teli."""

from pathlib import Path

from action.telling import SUMMARY_BYTES, write_outputs, write_summary
from tests.cli.running import process
from tests.pipelines.github import BOT, Comments, read_outputs, run_action


def test_a_plan_tells_outputs_summary_and_comment(project: Path, tmp_path: Path, comments: Comments) -> None:
    step = run_action(project, tmp_path / "runner", comments)
    outputs = dict(step.outputs)
    digest, path = outputs.pop("plan_digest"), outputs.pop("plan_path")
    assert (step.code, outputs) == (
        0,
        {
            "exitcode": "2", "has_changes": "true", "launches": "1", "deletes": "0",
            "people_new": "3", "people_again": "0", "blocked": "0",
        },
    ), step.log  # fmt: skip
    assert Path(path).is_file()
    assert digest in comments.kept[0]["body"]
    assert "Ready to be applied." in step.summary
    assert (
        "For commit feedfacefeed, by [this run](https://github.com/acme/calls/actions/runs/42)."
        in (comments.kept[0]["body"])
    )


def test_a_second_plan_writes_over_its_comment(project: Path, tmp_path: Path, comments: Comments) -> None:
    for number in range(100):
        comments.add("ada", f"talk {number}")
    run_action(project, tmp_path / "runner", comments)
    run_action(project, tmp_path / "runner", comments)
    writes = [each for each in comments.asked if not each.startswith("GET")]
    assert writes == [
        "POST /repos/acme/calls/issues/7/comments",
        "PATCH /repos/acme/calls/issues/comments/101",
    ]


def test_a_strangers_comment_with_our_marker_is_left_alone(
    project: Path, tmp_path: Path, comments: Comments
) -> None:
    run_action(project, tmp_path / "runner", comments)
    stolen = comments.kept[0]["body"]
    comments.kept.clear()
    comments.add("mallory", stolen)
    run_action(project, tmp_path / "runner", comments)
    assert [each["user"]["login"] for each in comments.kept] == ["mallory", BOT]
    assert comments.kept[0]["body"] == stolen


def test_a_token_that_may_not_comment_is_said_and_fails_nothing(
    project: Path, tmp_path: Path, comments: Comments
) -> None:
    comments.may_write = False
    step = run_action(project, tmp_path / "runner", comments)
    assert (step.code, comments.kept) == (0, [])
    assert "No comment: the token may not write one (HTTP 403)." in step.log


def test_a_plan_that_fails_takes_back_what_its_old_comment_said(
    project: Path, tmp_path: Path, comments: Comments
) -> None:
    run_action(project, tmp_path / "runner", comments)
    (project / "teli.yaml").write_text("kind: Nonsense\n", encoding="utf-8")
    step = run_action(project, tmp_path / "runner", comments)
    assert step.code == 1
    (comment,) = comments.kept
    assert comment["body"].startswith("<!-- teli-iac plan ")
    assert "teli-iac plan ended with exit code 1" in comment["body"]
    assert "Ready" not in comment["body"]
    assert (step.outputs["exitcode"], step.outputs["plan_path"]) == ("1", "")


def test_the_saved_plan_is_applied_once(project: Path, tmp_path: Path) -> None:
    planned = run_action(project, tmp_path / "runner")
    approved = {"COMMAND": "apply", "EXPECT_DIGEST": planned.outputs["plan_digest"]}
    applied = run_action(project, tmp_path / "runner", None, **approved)
    assert (applied.code, applied.outputs["launches"]) == (0, "1"), applied.log
    assert "Done: 1 launched." in applied.summary
    assert run_action(project, tmp_path / "runner", None, **approved).code == 3


def test_another_digest_than_the_approved_one_sends_nothing(project: Path, tmp_path: Path) -> None:
    run_action(project, tmp_path / "runner")
    refused = run_action(project, tmp_path / "runner", COMMAND="apply", EXPECT_DIGEST="a" * 12)
    assert (refused.code, refused.outputs["exitcode"]) == (3, "3")
    assert process(project, "plan", "--detailed-exitcode").code == 2


def test_an_apply_of_nothing_approved_is_refused(project: Path, tmp_path: Path) -> None:
    step = run_action(project, tmp_path / "runner", COMMAND="apply")
    assert (step.code, "nothing was sent" in step.summary) == (64, True)


def test_words_of_the_workflow_never_reach_a_shell(project: Path, tmp_path: Path) -> None:
    hostile = "--target\n$(touch pwned); `touch pwned`"
    step = run_action(project, tmp_path / "runner", ARGUMENTS=hostile)
    assert step.code == 64
    assert not [*tmp_path.rglob("pwned")]


def test_an_unknown_command_is_refused_by_name(project: Path, tmp_path: Path) -> None:
    step = run_action(project, tmp_path / "runner", COMMAND="destroy")
    assert (step.code, step.log) == (64, "The input command takes review, plan or apply.\n")


def test_an_output_cannot_pass_for_another_one(tmp_path: Path) -> None:
    file = tmp_path / "output"
    write_outputs(file, {"plan_path": "x\nend-0\nblocked=0\nblocked<<end\n7\nend", "blocked": "2"})
    assert read_outputs(file)["blocked"] == "2"


def test_a_summary_stays_below_the_limit_of_github(tmp_path: Path) -> None:
    file = tmp_path / "summary"
    write_summary(file, "é" * 1_000_000)
    written = file.read_bytes()
    assert SUMMARY_BYTES < len(written) < 1024 * 1024
    assert written.decode().endswith("The rest did not fit into a summary; the log has it.\n\n")


def test_a_plan_that_a_guard_refuses_fails_and_tells_it_where_people_look(
    project: Path, tmp_path: Path, comments: Comments
) -> None:
    teli = project / "teli.yaml"
    text = teli.read_text(encoding="utf-8")
    teli.write_text(text.replace("max_new_people: 100", "max_new_people: 2"), encoding="utf-8")
    step = run_action(project, tmp_path / "runner", comments)
    assert (step.code, step.outputs["exitcode"], step.outputs["people_new"]) == (4, "4", "3"), step.log
    assert "--allow max_new_people=3" in step.summary
    assert "--allow max_new_people=3" in comments.kept[0]["body"]
    assert "::error " in step.log


def test_a_guard_is_lifted_by_words_of_the_workflow(project: Path, tmp_path: Path) -> None:
    teli = project / "teli.yaml"
    text = teli.read_text(encoding="utf-8")
    teli.write_text(text.replace("max_new_people: 100", "max_new_people: 2"), encoding="utf-8")
    step = run_action(project, tmp_path / "runner", ARGUMENTS="--allow\nmax_new_people=3")
    assert (step.code, step.outputs["has_changes"]) == (0, "true"), step.log


def test_a_review_of_a_faulty_manifest_fails_with_a_sentence_at_its_line(
    project: Path, tmp_path: Path, comments: Comments
) -> None:
    (campaign,) = (project / "campaigns").glob("*.yaml")
    text = campaign.read_text(encoding="utf-8")
    campaign.write_text(text.replace("redial:", "reedial:"), encoding="utf-8")
    step = run_action(project, tmp_path / "runner", comments, COMMAND="review")
    assert (step.code, step.outputs["exitcode"], step.outputs["has_changes"]) == (1, "1", "false"), step.log
    assert "::error file=campaigns/first-reminders.yaml,line=18,col=3,title=TELI-E035::" in step.log
    assert "teli-iac validate ended with exit code 1" in step.summary
    assert comments.kept == []


def test_a_review_against_a_revision_that_is_not_there_fails_and_says_so(
    project: Path, tmp_path: Path
) -> None:
    step = run_action(project, tmp_path / "runner", COMMAND="review", BASE="no-such-branch")
    assert (step.code != 0, "teli-iac diff ended with exit code" in step.summary) == (True, True), step.log


def test_a_review_that_fails_takes_back_what_its_old_comment_said(
    project: Path, tmp_path: Path, comments: Comments
) -> None:
    comments.add(BOT, "<!-- teli-iac diff workspace -->\nNothing differs.")
    (project / "teli.yaml").write_text("kind: Nonsense\n", encoding="utf-8")
    run_action(project, tmp_path / "runner", comments, COMMAND="review")
    (comment,) = comments.kept
    assert comment["body"].startswith("<!-- teli-iac diff workspace -->\n")
    assert "teli-iac validate ended with exit code 1" in comment["body"]
    assert "Nothing differs" not in comment["body"]
