"""The catalogues hold what the program asks for, in both languages, and what they hold is shown."""

import ast
import re
import shutil
import string

import pytest
from conftest import ROOT
from pages import catalogues

from lca_cardato.claims.packs_model import shipped_packs
from lca_cardato.inventory.models import STAGES
from lca_cardato.lcia.indicators import INDICATOR_IDS
from lca_cardato.scenario.figure import CLASSES
from lca_cardato.scenario.models import ORIGINS
from lca_cardato.words import catalogue as module
from lca_cardato.words.catalogue import Catalogue, catalogue, path_of
from lca_cardato.words.error_codes import entries
from lca_cardato.words.language import LANGUAGES, Language

PROGRAM = ROOT / "lca_cardato"
CALLED = {"words", "WORDS"}
GROUPS = {  # of the texts that a template takes as a mapping: prefix -> name there
    "page_": (PROGRAM / "serve", r"\bt\.(\w+)"),
    "form_": (PROGRAM / "serve" / "templates", r"\bf\.(\w+)"),
    "web_": (PROGRAM, r"\bw\.(\w+)"),
    "frame_": (PROGRAM / "report", r"\b(?:labels|words)\.(?!at\b|lang\b)([a-z_]+)"),
}


def messages(catalog):
    return {message.context: message for message in catalog if message.id}


def forms(text):
    return [text] if isinstance(text, str) else list(text)


def fields(text):
    return sorted({name for _, name, _, _ in string.Formatter().parse(text) if name is not None})


@pytest.fixture(scope="module")
def template():
    return messages(catalogues.read(catalogues.TEMPLATE))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_catalogue_holds_every_text_of_the_template(template, lang):
    found = messages(catalogues.read(path_of(lang, "po"), lang))
    assert found.keys() == template.keys()
    for key, message in found.items():
        assert message.id == template[key].id, key
        assert not message.fuzzy, key
        asked = fields(forms(message.id)[-1])
        for text in forms(message.string):
            assert text.strip(), key
            assert fields(text) == asked or (
                text != forms(message.string)[-1] and [*fields(text), "count"] == asked
            ), key
            assert len(text) - len(text.lstrip()) == len(forms(message.id)[0]) - len(
                forms(message.id)[0].lstrip()
            ), key


def test_english_is_that_of_the_template(template):
    for key, message in messages(catalogues.read(path_of("en", "po"))).items():
        assert forms(message.string) == forms(template[key].id)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_program_reads_what_people_edit(lang):
    """Else: run `python docs/pages/catalogues.py`, or save the catalogue in Poedit."""
    compiled = Catalogue(path_of(lang))
    found = messages(catalogues.read(path_of(lang, "po"), lang))
    assert compiled.english.keys() == found.keys()
    assert compiled.plurals == {key for key, message in found.items() if message.pluralizable}
    for key, message in found.items():
        texts = [compiled.text(key, count) for count in (1, 2)]
        assert texts == (forms(message.string) * 2)[:2], key


def constant(node):
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def patterns(node):
    """A key that is put together, as a regular expression with its varying parts."""
    parts = [
        re.escape(str(part.value)) if isinstance(part, ast.Constant) else "(.*)"
        for part in node.values
    ]
    varying = parts.count("(.*)")
    fixed = varying == 1 < len(parts) or (varying == 2 and parts[0] != "(.*)")
    return {re.compile("".join(parts))} if fixed else set()


def asks(node):
    """Whether a call asks a language for a text."""
    name = node.func
    if isinstance(name, ast.Call):
        return getattr(name.func, "id", "") == "Language"
    return getattr(name, "id", getattr(name, "attr", "")) in CALLED


def chosen(node):
    """The keys of an argument: one, or one of two."""
    if isinstance(node, ast.IfExp):
        return chosen(node.body) + chosen(node.orelse)
    return [node]


class Program:
    """What the source asks for: keys, patterns of keys, and every string that could be a key."""

    def __init__(self):
        self.keys, self.patterns, self.strings = set(), set(), set()
        for path in PROGRAM.rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                self.look(node)
        self.strings |= {*entries(), *(pack.since for pack, _ in shipped_packs())}
        for path in [*PROGRAM.rglob("*.j2"), *PROGRAM.rglob("*.typ"), *PROGRAM.rglob("*.js")]:
            if path.name.endswith(".min.js"):
                continue  # of others
            text = path.read_text(encoding="utf-8")
            self.keys |= set(re.findall(r"""\bwords\(["'](\w+)["']\)""", text))
            for start, (folder, named) in GROUPS.items():
                if folder in path.parents:
                    self.keys |= {start + name for name in re.findall(named, text)}

    def look(self, node):
        if constant(node):
            self.strings.add(node.value)
        elif isinstance(node, ast.JoinedStr):
            self.patterns |= patterns(node)
        elif isinstance(node, ast.Tuple) and len(node.elts) == 2:  # a message ('key', {...})
            if constant(node.elts[0]) and isinstance(node.elts[1], ast.Dict):
                self.keys.add(node.elts[0].value)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", "") == "heads":
            texts = [text for item in node.args if (text := constant(item))]  # such as "#c_share %"
            self.keys |= {text.lstrip("#").partition(" ")[0] for text in texts}
        elif isinstance(node, ast.Call) and node.args and asks(node):
            self.keys |= {key for item in chosen(node.args[0]) if (key := constant(item))}

    def uses(self, key):
        """Whether a key stands in the source, whole or in known strings within a pattern."""
        if key in self.keys or key in self.strings:
            return True
        start = next((start for start in GROUPS if key.startswith(start)), "")
        if start and key[len(start) :] in self.strings:
            return True
        found = (pattern.fullmatch(key) for pattern in self.patterns)
        return any(match and {*match.groups()} <= {*self.strings, ""} for match in found)


@pytest.fixture(scope="module")
def program():
    return Program()


def test_every_key_in_the_code_has_a_text(program, template):
    assert {"share_flips", "page_compare_two", "frame_sort", "cause_unknown"} <= program.keys
    assert program.keys <= template.keys()
    assert {*INDICATOR_IDS, *STAGES, *CLASSES, *ORIGINS} <= template.keys()


def test_every_text_is_used(program, template):
    assert not [key for key in template if not program.uses(key)]
    assert not program.uses("sec_nothing") and not program.uses("page_nothing")


@pytest.fixture
def elsewhere(tmp_path, monkeypatch):
    """The catalogues as files that may be edited; the program reads them there."""
    folder = tmp_path / "locale"
    shutil.copytree(module.FOLDER, folder)
    monkeypatch.setattr(module, "FOLDER", folder)
    monkeypatch.setattr(catalogues, "TEMPLATE", folder / "lca_cardato.pot")
    for cached in (catalogue, entries):
        cached.cache_clear()
    yield folder
    for cached in (catalogue, entries):
        cached.cache_clear()


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_a_corrected_text_is_shown(elsewhere, capsys):
    from lca_cardato.cli.help import explain_error
    from lca_cardato.cli.options import Lang

    edit(path_of("it", "po"), 'msgstr "Virgola in un numero"', 'msgstr "Una virgola di troppo"')
    catalogues.main()
    explain_error("E101", Lang.it)
    assert capsys.readouterr().out.startswith("E101: Una virgola di troppo\n")
    explain_error("E101", Lang.en)
    assert capsys.readouterr().out.startswith("E101: A comma in a number\n")


def test_changed_english_asks_for_another_look_at_the_italian(elsewhere):
    template = elsewhere / "lca_cardato.pot"
    edit(template, 'msgid "A comma in a number"', 'msgid "A decimal comma"')
    edit(template, '#. Error E102: what is wrong\nmsgctxt "E102"\n', 'msgctxt "E999"\n')
    catalogues.main()
    assert Language("en")("E101") == "A decimal comma" and Language("en")("E102") == "E102"
    italian = messages(catalogues.read(path_of("it", "po"), "it"))
    assert italian["E101"].fuzzy and italian["E101"].string == "Virgola in un numero"
    assert italian["E999"].fuzzy and not italian["E999"].string
    assert "E102" not in italian and not italian["E103"].fuzzy


def test_the_catalogues_are_as_the_tool_writes_them(elsewhere):
    before = {lang: messages(catalogues.read(path_of(lang, "po"), lang)) for lang in LANGUAGES}
    catalogues.main()
    for lang in LANGUAGES:
        after = messages(catalogues.read(path_of(lang, "po"), lang))
        assert {k: (m.string, m.flags, m.auto_comments) for k, m in after.items()} == {
            k: (m.string, m.flags, m.auto_comments) for k, m in before[lang].items()
        }
