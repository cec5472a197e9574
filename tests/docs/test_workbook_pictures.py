"""The pictures of the workbook show what it holds today."""

from pages.workbook import DIGEST, SHOWN, STATIC, digest, workbooks


def test_the_pictures_are_not_older_than_the_workbook():
    """Else: run `python docs/pages/workbook.py`."""
    made = workbooks()
    assert digest(made) == DIGEST.read_text(encoding="ascii").strip()
    for name in SHOWN:
        for lang in made:
            assert (STATIC / f"workbook-{name}-{lang}.png").stat().st_size > 5_000
