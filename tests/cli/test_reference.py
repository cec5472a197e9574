"""The page of all commands is that of the program."""

import re

import typer
from conftest import ROOT
from pages.commands import prose, reference_page

from lca_cardato.cli.main import app


def test_the_page_is_up_to_date():
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == reference_page(), "run: python docs/pages/commands.py > docs/commands.md"


COMPLETION = ("--install-completion", "--show-completion")
"""Options that typer adds."""


def live(command, path=()):
    """What the program itself knows: command -> names of its options, number of its arguments."""
    options, arguments = set(), 0
    for param in command.params:
        if param.name in ("help", "install_completion", "show_completion"):
            continue
        if param.param_type_name == "argument":
            arguments += 1
        else:
            options |= {*param.opts, *param.secondary_opts}
    found = {" ".join(path) or "The program": (options, arguments)}
    for name, item in getattr(command, "commands", {}).items():
        if not item.hidden:
            found.update(live(item, (*path, name)))
    return found


def test_every_command_argument_and_option_is_described():
    written = {}
    for text in re.split(r"^###? ", reference_page(), flags=re.M)[1:]:
        names = [line[3:].split("` |")[0] for line in text.splitlines() if line.startswith("| `")]
        options = [re.findall(r"--?[\w-]+", name) for name in names if name.startswith("-")]
        flat = {name for found in options for name in found}
        written[text.splitlines()[0]] = (flat, len(names) - len(options))
    assert written == live(typer.main.get_command(app))


def typed_commands():
    """Every `lca-cardato ...` in a code block of the pages that people copy from."""
    pages = [
        "README.md",
        "docs/index.md",
        "docs/howto.md",
        "docs/install.md",
        "docs/it/avvio-rapido.md",
    ]
    for name in pages:
        text = (ROOT / name).read_text(encoding="utf-8")
        for block in re.findall(r"^```sh\n(.*?)^```", text, flags=re.M | re.S):
            for line in re.findall(r"lca-cardato (.+)", block):
                yield name, line.partition("#")[0].split()


def test_commands_that_pages_show_are_known():
    known = live(typer.main.get_command(app))
    shown = list(typed_commands())
    assert len(shown) > 40
    for page, words in shown:
        if words[0].startswith("--"):
            assert words[0] in {*known["The program"][0], *COMPLETION}, f"{page}: {words}"
            continue
        name = next((n for n in (" ".join(words[:2]), words[0]) if n in known), None)
        assert name, f"{page}: {words}"
        options = {word for word in words if re.fullmatch(r"--?[a-z][\w-]*", word)}
        assert options <= known[name][0], f"{page}: {words}"


def test_every_row_has_a_meaning():
    rows = [line for line in reference_page().splitlines() if line.startswith("| `")]
    assert len(rows) > 100
    for row in rows:
        assert re.fullmatch(r"\| `[^`]+` \| \S.* \|", row), row


def test_examples_of_a_help_text_are_code():
    text = (
        "Do it.\n\n\b\nExamples:\n  lca-cardato assess a.yaml\n  lca-cardato steps\n\nMore *text*."
    )
    assert prose(text) == (
        "Do it.\n\nExamples:\n\n```text\nlca-cardato assess a.yaml\nlca-cardato steps\n```\n\n"
        "More \\*text\\*."
    )
