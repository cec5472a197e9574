"""Pydantic field types for text typed by people: quantities, shares, counts, identifiers.

Every validator takes the text of the file and raises a `pydantic_core.PydanticCustomError`
whose type is our stable error code, so that one pass over a file finds every problem.
"""

from __future__ import annotations

import re
import sys
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Callable, Iterable, Iterator, Mapping, TypeVar, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
)
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError

from lca_cardato.errors import Problem, nearest
from lca_cardato.sentence import say
from lca_cardato.text.arithmetic import parse_expression
from lca_cardato.text.foreign import of_model
from lca_cardato.text.number import QuantityError, parse_number, pointed
from lca_cardato.text.period import parse_period, parse_year
from lca_cardato.text.quantity import Quantity, parse_quantity, parse_share
from lca_cardato.text.yamltree import Document, read_document
from lca_cardato.text.yarncount import YarnCount, parse_yarn_count
from lca_cardato.words.said import Said

ID_PATTERN = r"^[a-z0-9][a-z0-9._-]{0,63}$"
T = TypeVar("T")
Text = Annotated[str, Field(max_length=300), AfterValidator(Said)]
"""Words of the user, which are quoted in every sentence that they come into."""


class StrictModel(BaseModel):
    """Base of all file models: unknown keys are refused, values never change later."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        arbitrary_types_allowed=True,
        str_max_length=2000,
        populate_by_name=True,
        defer_build=True,  # a part is checked by the whole that holds it
    )

    @classmethod
    def __get_pydantic_json_schema__(cls, core: Any, handler: Any) -> Any:
        """Tell what each key means: ``fields.yaml`` beside the module, by model and key."""
        found = handler(core)
        keys = handler.resolve_ref_schema(found).get("properties", {})
        told = Path(sys.modules[cls.__module__].__file__ or "").with_name("fields.yaml")
        for key, meaning in _meanings(told).get(cls.__name__, {}).items():
            keys[key]["description"] = meaning
        return found


@lru_cache(maxsize=16)
def _meanings(path: Path) -> Mapping[str, Mapping[str, str]]:
    """What the keys of the models beside a file mean, by model and key; nothing without the file."""
    found: Any = read_document(path).data if path.is_file() else {}
    return dict(found)


def as_text(value: Any) -> Any:
    """Accept numbers given through the Python API by their shortest exact text."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, (int, float)):
        return repr(value)
    return value


def as_texts(value: Any) -> Any:
    """Give nested mappings and lists of the Python API as a file would hold them."""
    if isinstance(value, Mapping):
        return {str(key): as_texts(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [as_texts(item) for item in value]
    return as_text(value)


def _guarded(parse: Callable[[Any], T], kind: type) -> Callable[[Any], T]:
    def check(value: Any) -> T:
        if isinstance(value, kind):
            return value  # type: ignore[return-value]
        if isinstance(value, (dict, list)):
            raise refusal("E112", say("a single value is expected, not a list or mapping"))
        try:
            return parse(as_text(value))
        except QuantityError as error:
            raise refused(error) from None

    return check


def refused(error: QuantityError) -> PydanticCustomError:
    """Give what a reader of texts refuses as the error of a field."""
    return refusal(error.code, error.message, error.suggestion)


def refusal(code: str, message: str, suggestion: str = "") -> PydanticCustomError:
    """Give the error of a field.

    Parameters
    ----------
    code : str
    message, suggestion : str
        Made by `lca_cardato.sentence.say`.
    """
    told = {"message": message, "suggestion": suggestion}
    return PydanticCustomError(code, "{message}", told)  # type: ignore[arg-type]


def quantity(unit: str, *, negative: bool = False) -> Any:
    """Make the field type of a quantity whose unit must have the dimension of `unit`."""
    return Annotated[
        Quantity,
        BeforeValidator(
            _guarded(lambda text: parse_quantity(text, unit, negative=negative), Quantity)
        ),
        WithJsonSchema({"type": "string", "examples": [f"1.5 {unit}"], "x-unit": unit}),
    ]


def _period_text(text: str) -> str:
    parse_period(text)
    return text.strip()


Share = Annotated[
    Fraction,
    BeforeValidator(_guarded(parse_share, Fraction)),
    WithJsonSchema({"type": "string", "examples": ["65 %"], "x-unit": "%", "x-kind": "share"}),
]
Number = Annotated[
    Fraction,
    BeforeValidator(_guarded(parse_number, Fraction)),
    WithJsonSchema({"type": "string", "examples": ["1.5"], "x-kind": "number"}),
]
Expression = Annotated[
    Fraction,
    BeforeValidator(_guarded(parse_expression, Fraction)),
    WithJsonSchema({"type": "string", "examples": ["1.5", "= 118.59 / 267.56"]}),
]
Count = Annotated[
    YarnCount,
    BeforeValidator(_guarded(parse_yarn_count, YarnCount)),
    WithJsonSchema(
        {"type": "string", "examples": ["Nm 10", "Nm 2/28", "100 tex"], "x-kind": "count"}
    ),
]


Period = Annotated[
    str,
    BeforeValidator(_guarded(_period_text, bytes)),
    WithJsonSchema(
        {"type": "string", "examples": ["2025", "2025-03", "2025-01/2025-12"], "x-kind": "period"}
    ),
]
Year = Annotated[
    int,
    BeforeValidator(_guarded(parse_year, int)),
    WithJsonSchema({"type": "string", "examples": ["2025"], "x-kind": "year"}),
]
PLACEHOLDERS = (
    "n/a", "na", "n.a.", "nd", "n.d.", "none", "null", "nil", "tbd", "tbc", "todo", "xxx", "unknown",
    "s.n.", "sn", "senza numero",
    "sconosciuto", "ignoto", "nessuno", "nessuna", "da definire", "non disponibile",
)  # fmt: skip


def _says(word: str) -> bool:
    """Whether a word has a letter or a digit that says something: not ``0``, ``xx`` or ``-``."""
    return not {sign for sign in word if sign.isalnum()} <= {"0"} and word.strip("x") != ""


def _names_something(value: Any) -> Any:
    if isinstance(value, str):
        word = value.strip().casefold()
        if word in PLACEHOLDERS or not _says(word):
            raise refusal(
                "E223",
                say("this names nothing"),
                say("write the name or number as it stands on the paper, or leave it out"),
            )
    return value


Named = Annotated[str, Field(max_length=300), AfterValidator(_names_something)]


def _identifier(value: Any) -> str:
    value = as_text(value)
    if not isinstance(value, str) or not re.fullmatch(ID_PATTERN, value):
        raise refusal(
            "E216",
            say(
                "an identifier is lower-case letters, digits, '.', '_' and '-', at most 64, "
                "starting with a letter or digit"
            ),
        )
    return value


Identifier = Annotated[
    str, BeforeValidator(_identifier), WithJsonSchema({"type": "string", "pattern": ID_PATTERN})
]


def choice(*options: str) -> Any:
    """Make the field type of a word out of a fixed list."""

    def check(value: Any) -> str:
        value = as_text(value)
        if value not in options:
            raise refusal(
                "E215",
                say("not one of the accepted words"),
                nearest(str(value), options) or say("valid: {choices}", choices=list(options)),
            )
        return value

    return Annotated[
        str, BeforeValidator(check), WithJsonSchema({"type": "string", "enum": list(options)})
    ]


def schema(wanted: str) -> Any:
    """Make the field type of the line that names the kind of a file and the version of its schema.

    A newer version of the same kind is told apart (``E218``) from another word (``E215``).
    """
    kind, _, own = wanted.rpartition("/")

    def check(value: Any) -> str:
        text = str(as_text(value))
        if text == wanted:
            return text
        newer = re.fullmatch(re.escape(kind) + r"/([0-9]{1,6})", text)
        if newer and int(newer.group(1)) > int(own):
            raise refusal(
                "E218",
                say("the file is of a newer schema than this program reads ({own})", own=own),
                say("use a newer lca-cardato"),
            )
        raise refusal("E215", say("not one of the accepted words"), nearest(text, [wanted]))

    return Annotated[
        str, BeforeValidator(check), WithJsonSchema({"type": "string", "enum": [wanted]})
    ]


def parts_of(annotation: Any) -> Iterator[Any]:
    """Give the types that an annotation is made of, and what is noted beside them."""
    yield annotation
    for part in get_args(annotation):
        yield from parts_of(part)


def words_within(field: FieldInfo) -> tuple[str, ...]:
    """Give the words of a field that is a `choice`; none of another one."""
    for part in (*field.metadata, *parts_of(field.annotation)):
        if isinstance(part, WithJsonSchema):
            return tuple((part.json_schema or {}).get("enum", ()))
    return ()


def models_within(model: type[BaseModel]) -> list[type[BaseModel]]:
    """Give a model and all that its fields are made of, each once."""
    found = [model]
    for one in found:  # grows on the way
        for field in one.model_fields.values():
            for part in parts_of(field.annotation):
                if isinstance(part, type) and issubclass(part, BaseModel) and part not in found:
                    found.append(part)
    return found


def problems_of(
    error: ValidationError, document: Document, model: type[BaseModel], prefix: tuple = ()
) -> list[Problem]:
    """Turn pydantic's errors into `Problem` records with file, line and key.

    Parameters
    ----------
    error : ValidationError
    document : Document
        File that was validated.
    model : type of BaseModel
        Model that was validated; gives the valid keys for suggestions.
    prefix : tuple
        Path of the validated part inside the document.

    Returns
    -------
    list of Problem
    """
    found: dict[tuple, Problem] = {}
    for item in error.errors(include_url=False):
        path = prefix + _real_path(item["loc"], document, prefix)
        if item["type"] == "E105" and _split_by_comma(document, path):
            continue  # told once, with the whole number, at the key that the comma made
        if item["type"] == "missing" and document.cells:
            path += (item["loc"][-1],)
        code, message, hint = _translate(item, model, document, path)
        value = item.get("input")
        shown = value if isinstance(value, (str, int, float)) and code != "E213" else ""
        problem = document.problem(code, message, path, shown, hint)
        found.setdefault((code, problem.line, problem.key), problem)
    return list(found.values())


def _real_path(loc: Iterable[Any], document: Document, prefix: tuple) -> tuple:
    """Drop the parts of a pydantic location that name union members, not file keys."""
    path: tuple = ()
    for part in loc:
        if prefix + path + (part,) in document.positions:
            path += (part,)
    return path


_AFTER_COMMA = re.compile(r"(\d+)\s*([A-Za-z%][\w%/]*)?$")


def _split_by_comma(document: Document, path: tuple) -> str:
    """Give the end of a number that a comma cut off: the key after it in its mapping."""
    siblings: Any = document.data
    for part in path[:-1]:
        siblings = siblings[part]
    if not isinstance(siblings, dict) or not path or path[-1] not in siblings:
        return ""
    keys = list(siblings)
    after = keys[keys.index(path[-1]) + 1 :][:1]
    cut = bool(after) and siblings[after[0]] is None and _AFTER_COMMA.match(str(after[0]))
    return str(after[0]) if cut else ""


def _with_comma(document: Document, path: tuple) -> str:
    """Give a number as it was typed, when a comma inside { } made a key of its end."""
    mapping: Any = document.data
    for part in path[:-1]:
        mapping = mapping[part]
    keys = list(mapping) if isinstance(mapping, dict) else []
    place = keys.index(path[-1]) if path and path[-1] in keys else 0
    before = mapping[keys[place - 1]] if place else None
    end = _AFTER_COMMA.match(str(path[-1])) if path else None
    return f"{before},{end[1]}" if isinstance(before, str) and end else ""


def _translate(
    item: Any, model: type[BaseModel], document: Document, path: tuple
) -> tuple[str, str, str]:
    kind, context = item["type"], item.get("ctx") or {}
    if kind.startswith("E") and kind[1:].isdigit():
        return kind, context.get("message", item["msg"]), context.get("suggestion", "")
    last = str(item["loc"][-1]) if item["loc"] else ""
    if kind == "extra_forbidden" and _AFTER_COMMA.match(last) and _with_comma(document, path):
        message = say("decimal comma: inside {{ }} a comma separates keys")
        number = pointed(_with_comma(document, path))
        unit = last.lstrip("0123456789").strip()
        if unit:
            return "E101", message, say("write {number} (in {unit})", number=number, unit=unit)
        return "E101", message, say("write {text}", text=number)
    if kind == "extra_forbidden":
        message = say("unknown key '{key}'", key=last[:60])
        return "E206", message, nearest(last, valid_keys(model, item["loc"]))
    if kind == "missing" and document.cells:
        return "E213", say("this cell is to be filled in"), ""
    if kind == "missing":
        return "E213", say("key '{key}' is missing", key=last), ""
    if kind in ("model_type", "model_attributes_type", "dict_type"):
        return "E112", say("a mapping (key: value) is expected here"), ""
    if kind in ("list_type", "tuple_type"):
        return "E112", say("a list (lines starting with -) is expected here"), ""
    if kind == "string_type":
        return "E112", say("text is expected here"), ""
    return "E219", of_model(kind, item["msg"], context), ""


def valid_keys(model: type[BaseModel], loc: Iterable[Any]) -> list[str]:
    """List the keys that are valid beside the last part of a location."""
    current: Any = model
    for part in list(loc)[:-1]:
        fields = getattr(current, "model_fields", None)
        if fields and part in fields:
            current = _model_in(fields[part].annotation) or current
    fields = getattr(current, "model_fields", {})
    return [f.alias or name for name, f in fields.items()]


def _model_in(annotation: Any) -> Any:
    """Find the model class inside ``list[Model]``, ``Optional[Model]`` and the like."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()) or ():
        found = _model_in(argument)
        if found:
            return found
    return None
