from docs.write_commands import PAGE, page


def test_the_page_of_commands_is_what_help_prints() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m docs.write_commands`"
