"""Ask for best blends: run by the command's Python and by the page's, which know nothing of each other."""

import json
import re
from pathlib import Path
from urllib.parse import urlencode


def best_of_spaces(folder, asked, data, solver):
    """Give what `optimise` finds of each space, or its problems.

    Parameters
    ----------
    folder : Path
        Base scenarios.
    asked : list of dict
        ``space``, ``changes`` and ``lang``.
    data : Data
    solver : str
    """
    from lca_cardato.errors import CardatoError
    from lca_cardato.studies.optimise import optimise
    from lca_cardato.words.told import problem_text

    found = []
    for one in asked:
        try:
            best = optimise(
                one["space"], changes=one["changes"], folder=folder, checked=False, data=data,
                solver=solver,
            )  # fmt: skip
            document = best.to_dict(one["lang"])
            del document["solver"]  # how many programs it took is the solver's
            shares = [[str(share) for share in blend.shares] for blend in best.blends]
            values = [str(blend.value) for blend in best.blends]
            found.append({"shares": shares, "values": values, "document": document})
        except CardatoError as error:
            told = [problem_text(problem, one["lang"]) for problem in error.problems]
            found.append({"problems": told})
    return found


def answers_of_pages(ask, asked):
    """Give what the page of the best blend answers, as far as it is the same without a server.

    Parameters
    ----------
    ask : callable
        Method, address and body -> status and text.
    asked : list of (str, str, dict)
        Place below the page, language, boxes.
    """
    address = re.search(r'href="(/best/[0-9a-f]+)"', ask("GET", "/", b"")[1]).group(1)
    token = re.search(r'name="token" value="([^"]+)"', ask("GET", address, b"")[1]).group(1)
    found = []
    for place, lang, boxes in asked:
        body = urlencode({"token": token, **boxes}).encode()
        status, text = ask("POST", f"{address}{place}?lang={lang}", body)
        text = text.replace(' formtarget="_blank"', "")
        if place == "/open":  # a whole page: what stands in its boxes
            text = re.findall(r'<input[^>]* name="blend[^>]*>', text)
        found.append([status, text])
    return found


def in_the_page():
    """Answer what lies in the folder that page and test share."""
    from lca_cardato.web.browser import begin

    shared = Path("/shared")
    pages = begin("/app/home", "/shared/mill")
    from lca_cardato.serve.form.engine import engine

    def ask(method, address, body):
        answer = pages.answer(method, address, body)
        return answer.status_code, answer.body.decode()

    asked = json.loads((shared / "asked.json").read_text(encoding="utf-8"))
    found = {
        "spaces": [
            best_of_spaces(shared / "bases" / base, some, engine().data, "exact")
            for base, some in asked["spaces"]
        ],
        "pages": answers_of_pages(ask, asked["pages"]),
        "space": ask("POST", "/take?name=my.space.yaml", asked["space"].encode()),
    }
    (shared / "answered.json").write_text(json.dumps(found), encoding="utf-8")
