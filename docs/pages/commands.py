"""Generate the page of all commands: ``python docs/pages/commands.py > docs/commands.md``.

It is read off the functions behind the commands, so that it does not depend on how a version of
typer lays out its help.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Sequence
from enum import Enum
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import typer

HEAD = """# Commands

All commands with their arguments and options, written from the program itself; a test holds this
page against it. `lca-cardato COMMAND --help` says the same in the terminal. What is written in
`[ ]` may be left out.
"""
PROGRAM = "lca-cardato"
TYPES = {"Path": "PATH", "str": "TEXT", "int": "NUMBER", "float": "NUMBER"}


def prose(text: str) -> str:
    """Write a help text as Markdown: examples, which the terminal does not wrap, as code.

    Parameters
    ----------
    text : str
        As typed. A paragraph with a line that is a backspace alone, with indented lines, or that
        begins with the name of the program is an example; lines before it that end with a colon
        are its heading.
    """
    blocks = []
    for paragraph in re.split(r"\n[ \t]*\n", inspect.cleandoc(text)):
        lines = [line for line in paragraph.splitlines() if line.strip() != "\b"]
        kept = len(lines) < len(paragraph.splitlines())
        if kept or any(line.startswith((" ", f"{PROGRAM} ", "$ ")) for line in lines):
            while lines and lines[0].rstrip().endswith(":"):
                blocks.append(_plain(lines.pop(0).strip()))
            if lines:
                body = inspect.cleandoc("\n" + "\n".join(lines))
                blocks.append(f"```text\n{body}\n```")
        elif lines:
            blocks.append(_plain(" ".join(" ".join(lines).split())))
    return "\n\n".join(blocks)


def _plain(text: str) -> str:
    """Keep signs that a help text does not mean as Markdown or HTML from acting."""
    parts = text.split("`")
    return "`".join(
        part if number % 2 else re.sub(r"([<>*_\[\]|])", r"\\\1", part)
        for number, part in enumerate(parts)
    )


def _row(param: inspect.Parameter, hint: Any) -> tuple[str, str, bool]:
    """How a parameter is written, what it means, and whether it is an argument."""
    if get_origin(hint) is not Annotated:
        raise TypeError(f"{param.name}: write it as Annotated[type, typer.Option(...)]")
    kind, info = get_args(hint)[:2]
    many = False
    for _ in range(3):
        options = [part for part in get_args(kind) if part is not type(None)]
        many = many or get_origin(kind) in (list, tuple)
        if get_origin(kind) in (Union, list, tuple) or len(options) == 1:
            kind = options[0]
    meaning = _plain(" ".join((info.help or "").split()))
    choices = [str(item.value) for item in kind] if _is_enum(kind) else []
    default = getattr(param.default, "value", param.default)
    if isinstance(info, typer.models.ArgumentInfo):
        name = info.metavar or param.name.upper()
        if param.default is not param.empty and not name.startswith("["):
            name = f"[{name}]"
        return name, meaning, True
    typed = [info.default, *(info.param_decls or ())]  # typer keeps the first name as `default`
    named = [text for text in typed if isinstance(text, str) and text.startswith("-")]
    names = ", ".join(named or [f"--{param.name.replace('_', '-')}"])
    if kind is not bool:
        value = info.metavar or "|".join(choices) or TYPES.get(kind.__name__, "TEXT")
        names = f"{names} {value}"
        if default not in (None, "", param.empty):
            meaning += f" Default: `{default}`."
    if many and "repeat" not in meaning:
        meaning += " Repeatable."
    return names, meaning, False


def _is_enum(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Enum)


def section(
    path: tuple[str, ...], told: str, call: Any, epilog: str = "", group: bool = False
) -> str:
    """Write the section of a command.

    Parameters
    ----------
    path : tuple of str
        Program and command.
    told : str
        Its help text.
    call : callable or None
        The function behind it, or behind a group of commands.
    epilog : str
    group : bool
    """
    rows = []
    if call is not None:
        hints = get_type_hints(call, include_extras=True)
        params = inspect.signature(call).parameters.values()
        found = [_row(p, hints[p.name]) for p in params if _visible(hints[p.name])]
        rows = sorted(found, key=lambda row: not row[2])
    words = [*path, *(name for name, _, argument in rows if argument)]
    words += ["COMMAND ..."] if group else ["[OPTIONS]"] if not all(r[2] for r in rows) else []
    name = " ".join(path[1:]) or "The program"
    parts = [f"{'###' if len(path) > 2 else '##'} {name}", prose(told)]
    parts.append(f"```text\n{' '.join(words)}\n```")
    if rows:
        lines = [f"| `{name}` | {text} |".replace("|", "\\|") for name, text, _ in rows]
        lines = [f"|{line[2:-2]}|".replace("` \\| ", "` | ") for line in lines]
        parts.append("\n".join(["| argument or option | meaning |", "|---|---|", *lines]))
    parts.append(prose(epilog))
    return "\n\n".join(part for part in parts if part)


def _visible(hint: Any) -> bool:
    return not any(getattr(info, "hidden", False) for info in get_args(hint)[1:])


def sections(
    app: typer.Typer, path: tuple[str, ...] = (PROGRAM,), order: Sequence[str] = ()
) -> Iterator[str]:
    """Sections of an app and of all commands below it, in the order of its help."""
    callback = app.registered_callback
    call = callback.callback if callback else None
    told = app.info.help or (call.__doc__ if call else "") or ""
    epilog = app.info.epilog if isinstance(app.info.epilog, str) else ""
    yield section(path, told if isinstance(told, str) else "", call, epilog, group=True)
    found: dict[str, list[str]] = {}
    for command in app.registered_commands:
        if command.hidden or command.callback is None:
            continue
        name = command.name or command.callback.__name__.replace("_", "-")
        told = command.help or command.callback.__doc__ or ""
        found[name] = [section((*path, name), told, command.callback, command.epilog or "")]
    for group in app.registered_groups:
        if group.typer_instance is not None and not group.hidden:
            name = str(group.name)
            found[name] = list(sections(group.typer_instance, (*path, name)))
    for name in order or found:
        yield from found[name]


def reference_page() -> str:
    """Make the page."""
    from lca_cardato.cli.main import SECTIONS, app

    order = [name for names in SECTIONS.values() for name in names]
    return HEAD + "\n" + "\n\n".join(sections(app, order=order)) + "\n"


if __name__ == "__main__":
    print(reference_page(), end="")
