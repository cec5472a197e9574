"""Folders are looked at without making any."""

from lca_cardato.doctor.places import look, other_stores


def test_a_folder_that_is_not_there_is_not_made(tmp_path):
    writable, free = look(tmp_path / "a" / "b")
    assert writable and free > 0
    assert list(tmp_path.iterdir()) == []


def test_a_folder_is_tried_and_left_as_it_was(tmp_path):
    assert look(tmp_path)[0] and list(tmp_path.iterdir()) == []


def test_a_file_in_the_place_of_the_folder(tmp_path):
    (tmp_path / "home").write_text("", encoding="utf-8")
    assert not look(tmp_path / "home")[0]
    assert not look(tmp_path / "home" / "below")[0]


def test_stores_of_other_versions_are_counted(tmp_path):
    for name in ("a" * 24, "b" * 24, "brightway", "c" * 24 + ".partial"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "arrays.npz").write_bytes(bytes(1_500_000))
    assert other_stores(tmp_path, "a" * 24) == (1, 2)
    assert other_stores(tmp_path / "none", "a" * 24) == (0, 0)
