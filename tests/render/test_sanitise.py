import pytest
from hypothesis import given
from hypothesis import strategies as st

from teli_iac.render import for_terminal


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("campaign/fall-renewals", "campaign/fall-renewals"),
        ("Société Générale, 東京, ☎", "Société Générale, 東京, ☎"),
        ("e\u0301te\u0301", "e\u0301te\u0301"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("\x9b31mred", r"\x9b31mred"),
        ("\x1b]8;;http://x\x07link", r"\x1b]8;;http://x\x07link"),
        ("two\nlines\r\tend", r"two\nlines\r\tend"),
        ("line\u2028paragraph\u2029", r"line\u2028paragraph\u2029"),
        ("a\u202eb\u2066c", r"a\u202eb\u2066c"),
        ("zero\u200bwidth\ufeff\u00ad", r"zero\u200bwidth\ufeff\xad"),
        ("no\u00a0break", r"no\xa0break"),
        ("lone \ud800", r"lone \ud800"),
        ("tag \U000e0041", r"tag \U000e0041"),
        ("filler \u3164", r"filler \u3164"),
        ("tower a" + "\u0301" * 4, "tower a\u0301\u0301" + r"\u0301\u0301"),
        ("::error::boo", r"\x3a\x3aerror:\x3aboo"),
        ("  ::stop-commands::t", r"  \x3a\x3astop-commands:\x3at"),
        ("##[error]boo ##vso[x]", r"#\x23[error]boo #\x23vso[x]"),
        ("file.yaml:12:5", "file.yaml:12:5"),
    ],
)
def test_what_could_deceive_is_shown_and_all_else_stays(text: str, shown: str) -> None:
    assert for_terminal(text) == shown


@given(st.text(st.characters()))
def test_a_safe_text_is_one_printable_line_and_is_safe_already(text: str) -> None:
    safe = for_terminal(text)
    assert safe.isprintable()
    assert for_terminal(safe) == safe
    assert "::" not in safe


@given(st.text(st.characters()), st.text(st.characters()))
def test_texts_put_side_by_side_form_no_command(left: str, right: str) -> None:
    assert not f"{for_terminal(left)}: {for_terminal(right)}".lstrip().startswith("::")
