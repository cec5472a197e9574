"""What the program says of a problem is written as a sentence that has its translation."""

import ast
import re

import pytest
from conftest import ROOT

CODE = re.compile(r"E\d{3}")
TOLD = ("message", "suggestion", "hint", "cure")
"""Arguments that people read, by name."""
PLACES = {"QuantityError": (1, 2), "refusal": (1, 2), "Problem": (1, 7)}
"""Callable -> places of such arguments, besides the one after a code."""
NOT_SENTENCES = re.compile(r"(pip install|openssl pkey|--\w+)\b.*")
"""What is typed, not read."""
MODULES = sorted((ROOT / "lca_cardato").rglob("*.py"))


def is_code(node):
    if isinstance(node, ast.IfExp):
        return is_code(node.body)
    if isinstance(node, ast.Attribute):
        return ast.unparse(node) in ("error.code", "wrong.code", "problem.code")
    return isinstance(node, ast.Constant) and bool(CODE.fullmatch(str(node.value)))


def called(call):
    return getattr(call.func, "attr", "") or getattr(call.func, "id", "")


def arguments(call):
    """What a call tells people of a problem."""
    codes = [place for place, node in enumerate(call.args) if is_code(node)]
    if called(call) == "say" or not (codes or called(call) in PLACES):
        return []
    places = [place + 1 for place in codes] + list(PLACES.get(called(call), ()))
    found = [call.args[place] for place in places if place < len(call.args)]
    after = call.args[codes[0] + 1 :] if codes else []
    found += [node for node in after if isinstance(node, ast.Constant) and " " in str(node.value)]
    return found + [word.value for word in call.keywords if word.arg in TOLD]


def raw(node, given):
    """Texts of an expression that are no sentences, of the names as they were assigned, too."""
    if isinstance(node, ast.Constant):
        text = str(node.value)
        return [text] if text and not NOT_SENTENCES.match(text) else []
    if isinstance(node, ast.JoinedStr):
        parts = [str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values]
        return [] if NOT_SENTENCES.match("".join(parts)) else ["".join(parts)]
    if isinstance(node, ast.BinOp):
        return raw(node.left, given) + raw(node.right, given)
    if isinstance(node, ast.IfExp):
        return raw(node.body, given) + raw(node.orelse, given)
    if isinstance(node, ast.BoolOp):
        return [text for value in node.values for text in raw(value, given)]
    if isinstance(node, ast.Call) and called(node) in ("format", "join", "replace", "str"):
        return [ast.unparse(node)]
    if isinstance(node, ast.Name):
        return [text for value in given.get(node.id, ()) for text in raw(value, {})]
    return []


def inside(scope):
    """Nodes of a function or module, without those of the functions in it."""
    for node in ast.iter_child_nodes(scope):
        yield node
        if not isinstance(node, ast.FunctionDef):
            yield from inside(node)


def untold(tree):
    """Find the places where a text that is no sentence is told of a problem: (line, text)."""
    for scope in [tree, *(node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))]:
        nodes = list(inside(scope))
        given = {}
        for node in nodes:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                given.setdefault(node.targets[0].id, []).append(node.value)
        for call in (node for node in nodes if isinstance(node, ast.Call)):
            for argument in arguments(call):
                for text in raw(argument, given):
                    yield call.lineno, text


def test_every_problem_is_told_in_sentences():
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in MODULES
        for line, text in untold(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found, "\n".join(found)


def english_arguments(tree):
    """Arguments of sentences that are English texts themselves."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and called(call) == "say":
            for word in call.keywords:
                for text in raw(word.value, {}) if word.arg != "many" else ():
                    if re.search("[a-z]{2,} [a-z]{2,}", text.strip("f'\"")):
                        yield call.lineno, text


def test_no_argument_of_a_sentence_is_english():
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in MODULES
        for line, text in english_arguments(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "code",
    [
        "InputError.one('E104', 'not a number')",
        "problem(error.code, str(error), row)",
        "raise QuantityError('E104', say('x'), f'write {x}')",
        "def f():\n    text = 'no file ' + name\n    report('E501', text, path)",
        "problem('E104', say('x'), hint='a' if x else say('b'))",
        "refusal('E104', 'of {} kg'.format(x))",
        "say('is {what}', what='an output folder')",
    ],
)
def test_a_bare_text_is_found(code):
    tree = ast.parse(code)
    assert [*untold(tree), *english_arguments(tree)]
