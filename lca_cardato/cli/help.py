"""Help: `doctor`, `explain-error`."""

from __future__ import annotations

from typing import Annotated

from lca_cardato.cli import complete
from lca_cardato.cli.console import leave, print_json
from lca_cardato.cli.options import JsonOption, Lang, LangOption, argument
from lca_cardato.errors import EXIT_INTEGRITY, EXIT_OK

MARKS = {"sound": "+", "note": "!", "wrong": "x"}


def doctor(json_: JsonOption = False, lang: LangOption = Lang.en) -> None:
    """Say what is installed where, and whether it is sound; exit 6 when it is not."""
    from lca_cardato.doctor.examine import examine
    from lca_cardato.words.language import Language

    found = examine()
    document = found.to_dict(lang.value)
    if json_:
        print_json(document)
    else:
        for item in document["findings"]:
            print(f"[{MARKS[item['state']]}] {item['text']}")
            for line in item["details"]:
                print(f"      {line}")
            if item["cure"]:
                print(f"      -> {item['cure']}")
        print(Language(lang.value)("doc_all_sound" if found.sound else "doc_unsound"))
    leave(EXIT_OK if found.sound else EXIT_INTEGRITY)


def explain_error(
    code: Annotated[str, argument("CODE", "Error code, e.g. E104.", complete.codes)],
    lang: LangOption = Lang.en,
) -> None:
    """Tell what an error code means, with an example and the cure."""
    from lca_cardato.words.error_codes import find
    from lca_cardato.words.language import Language

    entry, words = find(code), Language(lang.value)
    print(f"{entry.code}: {entry.title[lang.value]}")
    if entry.example is not None:
        print(f"\n{words('error_example')}:")
        for line in entry.example.typed[:20]:
            print(f"    {line[:100]}")
    else:
        print(f"\n{words('error_comes')}: {entry.when[lang.value]}")
    print(f"\n{words('error_cure')}: {entry.cure[lang.value]}")
    print(f"{words('error_exit')}: {entry.exit_code}")
