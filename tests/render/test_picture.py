from xml.etree import ElementTree as ET

from docs.draw_plan import PICTURE, picture


def test_the_picture_in_the_readme_is_what_a_plan_prints() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(), "run `python -m docs.draw_plan`"


def test_the_picture_is_one_drawing_without_fonts_or_images_from_elsewhere() -> None:
    drawing = ET.fromstring(picture())  # noqa: S314  the same
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert "href" not in picture()
