"""Help and errors of a command line in the language that was asked for; typer writes them in English."""

from __future__ import annotations

import contextlib
import re
import sys
from functools import partial
from typing import Any, Callable, Iterator

import typer
from typer.core import TyperCommand, TyperGroup

from lca_cardato.cli.examples import in_language
from lca_cardato.cli.outcome import language
from lca_cardato.sentence import SOURCE, say
from lca_cardato.words.language import LANGUAGES
from lca_cardato.words.told import known, tell

UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""What typer raises for a command line that is wrong; it exports the kinds of it alone."""

Made = Callable[..., str]
ERRORS: tuple[tuple[str, Made], ...] = (
    (r"Missing (?:argument|parameter) '(.+?)'\.", lambda name: say("argument {name} is missing", name=name)),
    (r"Missing option '(.+?)'\.", lambda name: say("option {name} is missing", name=name)),
    (r"Missing command\.", lambda: say("a command is missing")),
    (r"No such command '(.+?)'\..*", lambda name: say("there is no command {name}", name=name)),
    (
        r"No such option:? '?(\S+?)'?\.?(?: \(Possible options: (.+)\)| Did you mean (.+)\?)?",
        lambda name, several, one: (
            say("there is no option {name}; similar: {names}", name=name, names=several or one)
            if several or one
            else say("there is no option {name}", name=name)
        ),
    ),
    (r"Got unexpected extra arguments? ?\(?s?\)? ?\((.+)\)", lambda rest: say("too many arguments: {rest}", rest=rest)),
    (r"Option '(.+?)' requires an argument\.", lambda name: say("option {name} takes a value", name=name)),
    (r"Option '(.+?)' requires \d+ arguments\.", lambda name: say("option {name} takes several values", name=name)),
    (r"Option '(.+?)' does not take a value\.", lambda name: say("option {name} takes no value", name=name)),
    (
        r"Invalid value for '?(\S+?)'?(?: \(env var: .+?\))?: (.+)",
        lambda name, why: say("{name}: {why}", name=name, why=_value(why)),
    ),
)  # fmt: skip
"""Pattern of a message -> the sentence that says the same."""
VALUES: tuple[tuple[str, Made], ...] = (
    (
        r"(?:Value error, )?'(.*)' is not one of (.+)\.?",
        lambda typed, names: say("'{typed}' is not one of {names}", typed=typed, names=names),
    ),
    (r".*valid (?:integer|int)\b.*", lambda: say("a whole number is expected")),
    (r".*valid (?:number|float)\b.*", lambda: say("a number is expected")),
    (
        r"Input should be (?:less|greater) than or equal to (\S+)",
        lambda end: say("beyond {end}, which is the end", end=end),
    ),
    (r"\S+ is not in the range (.+?)\.?", lambda ends: say("not in the range {ends}", ends=ends)),
)
HEADS = {
    "Usage:": say("Usage:"), "Options:": say("Options:"), "Arguments:": say("Arguments:"),
    "Commands:": say("Commands:"), "[OPTIONS]": say("[OPTIONS]"), "COMMAND [ARGS]": say("COMMAND [ARGS]"),
    "Show this message and exit.": say("Show this message and exit."),
    "default: ": say("default: "), "required]": say("required]"),
    "Install completion for the current shell.": say("Install completion for the current shell."),
    "Show completion for the current shell, to copy it or customize the installation.": say(
        "Show completion for the current shell, to copy it or customize the installation."
    ),
}  # fmt: skip
"""What typer writes around our texts."""


def sentence_of(message: str) -> str:
    """Give the message of a usage error as a sentence, where it is known.

    Examples
    --------
    >>> sentence_of("Missing argument 'SCENARIO'.")
    'argument SCENARIO is missing'
    """
    return _first(message, ERRORS)


def _value(message: str) -> str:
    return _first(message, VALUES)


def _first(message: str, known_: tuple[tuple[str, Made], ...]) -> str:
    for pattern, made in known_:
        found = re.fullmatch(pattern, message.strip(), re.DOTALL)
        if found:
            return made(*found.groups())
    return message


@contextlib.contextmanager
def retold() -> Iterator[None]:
    """Let a usage error show itself in the language that was asked for."""
    try:
        yield
    except UsageError as error:
        if language() != SOURCE and type(error).show is UsageError.show:  # type: ignore[attr-defined]
            error.show = partial(_show, error)  # type: ignore[attr-defined]
        raise


def _show(error: Any, file: Any = None) -> None:
    lang, context = language(), error.ctx
    if context is not None:
        lines = [furniture(context.get_usage(), lang)]
        hint = say("`{command} --help` tells more", command=context.command_path)
        print(*lines, tell(hint, lang), "", sep="\n", file=sys.stderr)
    told = tell(sentence_of(error.format_message()), lang)
    print(f"{tell(say('error'), lang)}: {told}", file=sys.stderr)


def furniture(text: str, lang: str) -> str:
    """Give a help of typer with its heads in a language."""
    for head, told in HEADS.items():
        text = text.replace(head, tell(told, lang))
    return text


def paragraphs(text: str) -> list[str]:
    """Part a help into paragraphs, each on one line."""
    return [" ".join(part.split()) for part in re.split(r"\n[ \t]*\n", text) if part.strip()]


def texts_of(command: Any) -> Iterator[str]:
    """Give all texts of the help of a command and of those below it, each on one line."""
    yield from paragraphs(command.help or "")
    for parameter in command.params:
        if not parameter.name.endswith("_completion"):  # these are typer's own
            yield from paragraphs(getattr(parameter, "help", None) or "")
    for one in getattr(command, "commands", {}).values():
        yield from texts_of(one)


@contextlib.contextmanager
def _translated(command: Any, lang: str) -> Iterator[None]:
    """Give a command, and those that it lists, the help of a language for a while."""
    inner = list(getattr(command, "commands", {}).values())
    items = [command, *inner, *(item for item in command.params if getattr(item, "help", None))]
    before = [(item, item.help) for item in items]
    epilog = command.epilog
    try:
        for item, text in before:
            item.help = "\n\n".join(known(part, lang) for part in paragraphs(text or ""))
        command.epilog = in_language(epilog or "", lang)
        yield
    finally:
        command.epilog = epilog
        for item, text in before:
            item.help = text


class Spoken:
    """What a command has beside that of typer: its help in the language that was asked for."""

    def get_help(self, ctx: Any) -> str:
        """Write the help."""
        lang = language()
        if lang == SOURCE:
            return super().get_help(ctx)  # type: ignore[misc, no-any-return]
        with _translated(self, lang):
            return furniture(super().get_help(ctx), lang)  # type: ignore[misc]


class Command(Spoken, TyperCommand):
    """A command."""


class Group(Spoken, TyperGroup):
    """A group of commands; the name of a language alone asks for its help as nothing does."""

    def parse_args(self, ctx: Any, args: list[str]) -> Any:
        """Read what stands before the name of a command."""
        alone = [typed for one in LANGUAGES for typed in (["--lang", one], [f"--lang={one}"])]
        return super().parse_args(ctx, [] if args in alone else args)
