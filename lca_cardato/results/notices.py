"""What a reader sees before any figure: what was questioned, and what is the user's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from lca_cardato.inventory.records import OWN, Inventory
from lca_cardato.inventory.uncounted import told
from lca_cardato.lcia.methods import Method
from lca_cardato.model.questions import Question
from lca_cardato.results.rounding import number
from lca_cardato.words.language import Language
from lca_cardato.words.said import Said, one_line

QUESTIONED, ANSWERED, OWN_DATA, DIFFERS = "questioned", "answered", "own", "differs"
READ = "read"
LISTED = 12
"""Names that a sentence lists; the document holds them all."""
Notice = dict[str, Any]


def notices(
    questions: Iterable[Question],
    inventory: Inventory,
    words: Language,
    methods: Sequence[Method] = (),
    own_rules: Sequence[str] = (),
) -> list[Notice]:
    """Tell what was questioned, and which data, methods and rules are the user's own.

    Parameters
    ----------
    questions : iterable of Question
        Of a resolved product.
    inventory : Inventory
    words : Language
    methods : sequence of Method
        Further methods that were asked for.
    own_rules : sequence of str
        Ids of rule packs that are not shipped.

    Returns
    -------
    list of dict
        ``kind``, ``level`` (``questioned``, ``answered`` or ``own``), ``code`` and ``text``; open
        questions first, then those with a reason, then what is the user's own. A question has
        ``key``, ``place``, ``line``, ``value`` as typed, ``range``, ``factor``, ``source``, ``slip`` and
        ``reason`` beside it; data of the user's have their ``files``, ``added`` and ``replaced``.
    """
    asked = [question_notice(item, words) for item in questions]
    return [
        *(item for item in asked if item["level"] == QUESTIONED),
        *(item for item in asked if item["level"] == ANSWERED),
        *_own_inventory(inventory, words),
        *_own_doubts(inventory, words),
        *_own_background(inventory, words),
        *_own_methods(methods, words),
        *_own_rules(own_rules, words),
    ]


def question_notice(item: Question, words: Language) -> Notice:
    """Write a question as a notice.

    Parameters
    ----------
    item : Question
    words : Language
    """
    line = words("notice_line", line=str(item.line)) if item.line else ""
    where = item.cell or f"{item.place}{line}"
    why = item.text(words).rstrip(". ")
    typed = f"{words.quote(item.typed)}; " if item.typed else ""
    told = f"{where}: {typed}{why}{'' if why.endswith('?') else '.'}"
    if item.source and item.source not in why:
        told = f"{told} {words('notice_source', source=item.source)}"
    if not item.open:
        told = f"{told} {words('said_reason', text=Said(item.reason))}"
        if item.reason_at:
            told = f"{told} {words('notice_reason_at', place=item.reason_at)}"
    return {
        "kind": "question",
        "level": QUESTIONED if item.open else ANSWERED,
        "code": item.code,
        "text": told,
        "key": item.key,
        "place": item.cell or item.place,
        "line": item.line or None,
        "value": item.typed,
        "range": _range(item),
        "factor": None if item.factor is None else number(item.factor),
        "source": item.source,
        "slip": item.slip,
        "reason": item.reason.strip(),
    }


def place_notices(warnings: Iterable[dict[str, str]]) -> list[Notice]:
    """Tell before the figures what a result warns of: water consumed where no factor is known.

    For what has no list of warnings: comparisons, uncertainty, sensitivity, verdicts alone.

    Parameters
    ----------
    warnings : iterable of dict
        ``code`` and ``text``, as in a result document.
    """
    return [
        {"kind": "own_places", "level": OWN_DATA, "code": "own_places", "text": item["text"],
         "files": [], "added": [], "replaced": []}
        for item in warnings if item["code"] == "water_place_unknown"
    ]  # fmt: skip


def rows_notice(count: int, rows: int, words: Language) -> Notice:
    """Tell how many rows of a batch hold a questioned figure."""
    return {
        "kind": "questioned_rows", "level": QUESTIONED, "code": "questioned_rows",
        "text": words("notice_questioned_rows", count=str(count), rows=str(rows)), "count": count,
    }  # fmt: skip


def counts_notice(turned: Sequence[tuple[str, str]], words: Language) -> Notice:
    """Tell how yarn counts of a batch were read that stand before their plies.

    Parameters
    ----------
    turned : sequence of (str, str)
        As typed, and as it was read.
    words : Language
    """
    told = [words("count_turned_pair", typed=typed, read=read) for typed, read in turned]
    return {
        "kind": "counts_read", "level": READ, "code": "counts_read",
        "text": words("notice_counts_read", pairs=", ".join(told)),
        "counts": [list(pair) for pair in turned],
    }  # fmt: skip


def parted_notice(name: str, values: Sequence[str], words: Language) -> Notice:
    """Tell that rows of a batch can't be compared across the values of a column."""
    return {
        "kind": "parted_rows", "level": DIFFERS, "code": "parted_rows",
        "text": words("notice_parted_rows", column=name, values=", ".join(values)),
        "column": name, "values": list(values),
    }  # fmt: skip


def _range(item: Question) -> Any:
    """Ends of the range that the figure was held against, in the unit that is named."""
    given = item.arguments
    if "low" not in given and "high" not in given:
        return None
    ends = {key: None if given.get(key) is None else number(given[key]) for key in ("low", "high")}
    return {**ends, "unit": str(given.get("unit", ""))}


def _own(code: str, words: Language, texts: dict[str, Any], **data: Any) -> Notice:
    return {"kind": code, "level": OWN_DATA, "code": code,
            "text": words(f"notice_{code}", **texts), **data}  # fmt: skip


def _own_inventory(inventory: Inventory, words: Language) -> list[Notice]:
    if not inventory.added and not inventory.overridden and OWN not in inventory.layers:
        return []
    files = sorted(inventory.files.get(OWN, {}))
    added = [f"{section}/{key}" for section, key in inventory.added]
    replaced = [f"{section}/{key}" for section, key in inventory.overridden]
    texts = {
        "files": listed([words.quote(Path(name).as_posix()) for name in files], words),
        "added": listed(added, words), "replaced": listed(replaced, words),
    }  # fmt: skip
    return [_own("own_inventory", words, texts, files=files, added=added, replaced=replaced)]


def _own_doubts(inventory: Inventory, words: Language) -> list[Notice]:
    """Tell what of the user's own data counts for nothing, or is not booked."""
    found: dict[str, list[Any]] = {}
    for doubt in inventory.doubts:
        layers = {inventory.layer_of.get(tuple(key.split("/", 1))) for key in doubt["records"]}
        if OWN in layers:
            found.setdefault(doubt["kind"], []).append(doubt)
    return [
        _own(
            f"own_{kind}", words, {"told": " ".join(told(one, words) for one in some[:LISTED])},
            files=[], added=[key for one in some for key in one["records"]], replaced=[],
        )
        for kind, some in found.items()
    ]  # fmt: skip


def _own_background(inventory: Inventory, words: Language) -> list[Notice]:
    note = inventory.background
    if note is None:
        return []
    kept = [key for key in note.taken if inventory.layer_of[("datasets", key)] != OWN]
    texts = {
        "title": Said(note.title), "place": Said(f"{note.project}/{note.database}"),
        "mapping": Said(note.mapping), "count": str(len(kept)), "replaced": listed(kept, words),
    }  # fmt: skip
    names = [f"{note.project}/{note.database}", note.mapping]
    replaced = [f"datasets/{key}" for key in kept]
    found = _own("own_background", words, texts, files=names, added=[], replaced=replaced)
    if note.credit:
        found.update(text=f"{found['text']} {note.credit}", credit=note.credit)
    return [found]


def _own_methods(methods: Sequence[Method], words: Language) -> list[Notice]:
    found = [one for one in methods if one.factors is not None]
    if not found:
        return []
    names = [f"{one.indicator.id} {one_line(one.indicator.name or '')}" for one in found]
    texts = {"count": str(len(found)), "names": listed(names, words)}
    ids = [f"methods/{one.indicator.id}" for one in found]
    return [_own("own_method", words, texts, files=[], added=ids, replaced=[])]


def _own_rules(own: Sequence[str], words: Language) -> list[Notice]:
    if not own:
        return []
    texts = {"count": str(len(own)), "names": listed(own, words)}
    ids = [f"rules/{name}" for name in own]
    return [_own("own_rules", words, texts, files=[], added=ids, replaced=[])]


def listed(names: Sequence[str], words: Language) -> str:
    """Write names one after another; where there are many, the first and how many more."""
    if not names:
        return words("notice_none")
    shown = ", ".join(names[:LISTED])
    more = len(names) - LISTED
    return shown if more <= 0 else words("notice_more", names=shown, count=str(more))


def open_questions(found: Iterable[Notice]) -> int:
    """Count the questions without a reason."""
    return sum(item.get("level") == QUESTIONED for item in found)


def in_a_line(found: Sequence[Notice], words: Language) -> str:
    """Tell in a line what there is: how many questions, and which data are the user's own.

    Parameters
    ----------
    found : sequence of dict
        As `notices` makes them.
    words : Language

    Returns
    -------
    str
        Empty when there is nothing to tell.
    """
    parts = []
    for level in (QUESTIONED, ANSWERED):
        count = sum(item["level"] == level and item["kind"] == "question" for item in found)
        if count:
            parts.append(words(f"notice_count_{level}", count=str(count)))
    for item in found:
        if item["kind"] == "parted_rows":
            parts.insert(0, words("brief_parted_rows", column=item["column"]))
        elif item["kind"] == "counts_read":
            parts.append(words("brief_counts_read"))
        elif item["kind"] == "questioned_rows":
            parts.insert(0, words("brief_questioned_rows", count=str(item["count"])))
        elif item["level"] == OWN_DATA:
            names = [*(item.get("replaced") or []), *(item.get("added") or [])]
            what = words(f"brief_{item['code']}")
            parts.append(f"{what} ({listed(names, words)})")
            parts += [item["credit"]] if item.get("credit") else []
    return "; ".join(parts)
