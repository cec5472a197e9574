import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from lca_cardato.errors import DiskError, InputError
from lca_cardato.text.yamltree import PythonLoader, parse_document, read_document


def codes(text):
    with pytest.raises(InputError) as caught:
        parse_document(text)
    return [p.code for p in caught.value.problems]


def test_every_scalar_stays_text():
    data = parse_document("country: NO\nlot: 010\ntime: 12:30\nnumber: 1e5\nempty:\n").data
    assert data == {
        "country": "NO", "lot": "010", "time": "12:30", "number": "1e5", "empty": None,
    }  # fmt: skip


def test_positions_point_at_the_value():
    document = parse_document("a:\n  - b: 1\n    c: 2\n")
    assert document.position(("a", 0, "c")) == (3, 8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\na: 2\n", ["E201"]),
        ("a: !!python/object:os.system x\n", ["E202"]),
        ("a: &x 1\nb: *x\n", ["E203", "E203"]),
        ("*x : 1\n*y : [2]\n", ["E203", "E203"]),
        ("a: 1\n---\nb: 2\n", ["E205"]),
        ("a: [1, 2\n", ["E200"]),
        ("a: \0\n", ["E200"]),
        ("? [a, b]\n: 1\n", ["E206"]),
        ("[" * 30 + "]" * 30, ["E204"]),
    ],
)
def test_what_is_refused(text, expected):
    assert codes(text) == expected


def test_a_duplicate_key_names_both_lines():
    with pytest.raises(InputError) as caught:
        parse_document("a: 1\nb: 2\na: 3\n")
    problem = caught.value.problems[0]
    assert problem.line == 3
    assert "line 1" in problem.message


def test_deep_nesting_is_refused_without_recursion():
    assert codes("[" * 5000) == ["E204"]


def test_alias_bomb_is_refused():
    text = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*a, *a]\n" for c in "bcdefgh")
    assert set(codes(text)) == {"E203"}


@pytest.mark.parametrize(
    ("raw", "code"),
    [("città".encode("latin-1"), "E207"), ("a: 1".encode("utf-16"), "E207")],
)
def test_other_encodings_are_named(tmp_path, raw, code):
    path = tmp_path / "x.yaml"
    path.write_bytes(raw)
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert caught.value.problems[0].code == code


def test_byte_order_mark_is_accepted(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")
    assert read_document(path).data == {"a": "1"}


def test_missing_and_oversized_files(tmp_path):
    with pytest.raises(DiskError):
        read_document(tmp_path / "none.yaml")
    with pytest.raises(DiskError):
        read_document(tmp_path)
    big = tmp_path / "big.yaml"
    big.write_bytes(b"a" * 100)
    with pytest.raises(InputError) as caught:
        read_document(big, max_bytes=50)
    assert caught.value.problems[0].code == "E210"


@given(st.text(max_size=200))
def test_any_text_parses_or_is_refused(text):
    try:
        parse_document(text)
    except InputError as error:
        assert error.problems


def events(text, loader):
    try:
        found = yaml.parse(text, Loader=loader)
        return [(type(event), getattr(event, "value", "")) for event in found]
    except yaml.YAMLError:
        return "refused"


@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="PyYAML without libyaml")
@pytest.mark.parametrize(
    "text",
    [
        "a:\tb\n", "a: \t b\t# c\n", "a:\t\n  b: c\n", "{a:\tb,\tc: d}", "- a:\tb\n  c:\td\n",
        "a: [\n\tb\n]\n", "-\tx\n", "a:\n\tb: c\n", "\ta: b\n", "a:\t- x\n", "a: b\n\tc: d\n",
    ],
)  # fmt: skip
def test_both_parsers_read_tabs_alike(text):
    assert events(text, yaml.CSafeLoader) == events(text, PythonLoader)
