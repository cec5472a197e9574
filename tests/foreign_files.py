"""Files of other programs, made by hand."""

import json
import zipfile

import openpyxl


def workbook(path, exchanges, about=(), name="Spun things"):
    """A workbook as bw2io writes it, by hand."""
    book = openpyxl.Workbook()
    rows = [
        ["Database", "mine"], [], ["Activity", name], ["code", "c1"], ["location", "IT"],
        ["reference product", "thing"], ["unit", "kilogram"], *map(list, about), ["Exchanges"],
        ["name", "amount", "unit", "location", "categories", "type", "reference product",
         "uncertainty type", "loc", "scale", "minimum", "maximum", "comment"],
        *map(list, exchanges), [],
    ]  # fmt: skip
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


MADE = [["Spun things", 2, "kilogram", "IT", None, "production", "thing"]]
CARBON = ["Carbon dioxide, fossil", 3000, "gram", None, "air::unspecified", "biosphere"]
ABOUT = [["source", "A paper"], ["year", 2020]]


def archive(path, parts):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name, data if isinstance(data, (str, bytes)) else json.dumps(data))
    return path
