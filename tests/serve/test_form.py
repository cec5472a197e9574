"""The form of serve: nothing typed is lost, the same problems and figures as the command."""

import asyncio
import html
import random
import re
import shutil

import pytest
from conftest import NAMES, ROOT, shipped, with_papers

from lca_cardato.errors import InputError
from lca_cardato.scenario.entry.fields import fields
from lca_cardato.scenario.load import load_scenario
from lca_cardato.serve.form.draft import draft_of, draft_of_tree, pairs_of
from lca_cardato.serve.form.shape import Part, shape
from lca_cardato.serve.form.tree import filled
from lca_cardato.serve.form.typed import boxed, written
from lca_cardato.text.yamltree import read_document
from lca_cardato.words.language import LANGUAGES, Language

PORT = 8765
HERE = f"127.0.0.1:{PORT}"
YARN = {
    "product.type": "yarn", "product.name": "Filato di prova", "product.count": "8",
    "company.municipality": "Prato",
    "blend[0].fibre": "wool", "blend[0].share": "70", "blend[0].origin": "recycled_post_consumer",
    "blend[0].place": "Prato",
    "blend[1].fibre": "polyamide", "blend[1].share": "30", "blend[1].origin": "virgin",
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    with_papers(tmp_path)
    for name in ("recycled-wool-70", "recycled-fabric"):
        text = (ROOT / "scenarios" / f"{name}.yaml").read_text(encoding="utf-8")
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def client(folder, store):
    return client_of(folder)


def client_of(folder, **options):
    from starlette.testclient import TestClient

    from lca_cardato.serve.app import make_app

    return TestClient(make_app(folder, "en", PORT, **options), base_url=f"http://{HERE}")


def token_of(client):
    return re.search(r'name="token" value="([^"]+)"', client.get("/form").text).group(1)


def send(client, path, boxes, **beside):
    """Post a form, as its page would."""
    data = {
        "token": token_of(client),
        **{f":{key}": value for key, value in beside.items()},
        **boxes,
    }
    return client.post(path, data=data, follow_redirects=False)


def boxes_of(page):
    """Boxes of a page with what stands in them, in their order."""
    found, parts = {}, page.partition('<div id="parts">')[2].partition("<aside")[0]
    for tag in re.finditer(
        r'<input id="f:[^"]+" name="([^"]+)"[^>]* value="([^"]*)"|<textarea [^>]*name="([^"]+)"[^>]*>\n(.*?)</textarea>'
        r'|<select (?:id="f:[^"]+" )?name="([^"]+)"[^>]*>(.*?)</select>', parts, re.DOTALL,
    ):  # fmt: skip
        name = next(filter(None, (tag[1], tag[3], tag[5])))
        value = tag[2] or tag[4] or ""
        if tag[5]:
            chosen = re.search(r'<option value="([^"]*)" selected', tag[6])
            value = chosen[1] if chosen else ""
        if not name.startswith("new:"):
            found[html.unescape(name)] = html.unescape(value)
    return found


def problems(page):
    """Boxes and sentences of the problems of an answer."""
    items = re.findall(r'<li[^>]*?(?:data-box="([^"]*)")?>(.*?)</li>', page, re.DOTALL)
    return [(box, html.unescape(re.sub("<[^>]+>", "", text))) for box, text in items]


@pytest.mark.parametrize("name", NAMES)
def test_a_file_through_the_boxes_of_the_page_is_the_same(client, name):
    """What is shown is what is sent, and gives the scenario of the file."""
    shown = boxes_of(client.get("/form", params={"from": f"shipped:{name}"}).text)
    made = filled(draft_of(shown.items()))
    assert not made.problems
    assert load_scenario(made.tree).scenario == load_scenario(shipped(name)).scenario
    path = ROOT / "scenarios" / f"{name}.yaml"
    draft = draft_of_tree(read_document(path).data)
    assert draft_of(list(pairs_of(draft))) == draft
    again = load_scenario(filled(draft).tree, path.parent).scenario
    assert again == load_scenario(path).scenario


def test_every_field_of_a_scenario_has_a_place_in_the_form():
    todo, seen = ["Scenario"], set()
    reached = set()
    while todo:
        model = todo.pop()
        seen.add(model)
        for key, known in shape(model).items():
            if isinstance(known, Part):
                todo += [known.model] if known.model and known.model not in seen else []
            else:
                reached.add((model, key))
    assert reached == {(field.model, field.key) for field in fields()}


@pytest.mark.parametrize(
    "text, kind, units",
    [
        ("163000 kWh", "quantity", ("kWh/kg", "kWh")), ("0.45 kWh/kg", "quantity", ("kWh/kg", "kWh")),
        ("= 118.59 / 267.56", "quantity", ("kWh/kg",)), ("1.2 t", "quantity", ("kg",)),
        ("163,000 kg", "quantity", ("kg",)), ("70 %", "share", ("%",)), ("66.6666 %", "share", ("%",)),
        ("Nm 2/28", "count", ("Nm",)), ("100 tex", "count", ("Nm",)), ("2025", "year", ()),
        ("6,5", "text", ()), ("null", "text", ()), ("1e5 kg", "quantity", ("kg",)),
        ("00123", "text", ()), ("12 %", "quantity", ("%",)), ("  ", "text", ()),
    ],
)  # fmt: skip
def test_a_text_comes_out_of_its_box_as_it_went_in(text, kind, units):
    shown, unit = boxed(text, kind, units)
    assert written(shown, kind, unit) == text.strip()


def test_what_people_type_into_a_box():
    assert written("0,45", "quantity", "kWh/kg") == "0.45 kWh/kg"
    assert written("163,000", "quantity", "kg") == "163,000 kg"  # two readings: the reader asks
    assert written(" 8 ", "count", "Nm") == "Nm 8"
    assert boxed("0.7", "share", ("%",)) == ("70", "%")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["recycled-wool-70", "recycled-fabric"])
def test_the_figures_are_those_of_assess(client, assessed, name, lang):
    page = client.get("/form", params={"from": f"shipped:{name}", "lang": lang}).text
    answer = send(client, "/form/figures", boxes_of(page), source="yarn").text
    value = Language(lang).number(assessed(name).score("climate_change"))
    assert f"{value} kg CO2-eq" in re.search('data-status="([^"]+)"', answer).group(1)
    verdicts = re.findall(r'class="badge (\w+)"', answer)
    wanted = {c.pack.claim: c.verdict for c in assessed(name).claims}
    assert verdicts[:2] == [wanted["cardato"], wanted["cardato-recycled"]]
    assert "<svg" in answer and "style=" not in answer


def test_problems_are_those_of_validate_and_name_their_boxes(client):
    wrong = {
        **YARN, "product.count": "x", "blend[0].place": "Atlantis", "route[0].@": "carding",
        "route[0].electricity.value": "5", "route[0].electricity.value~": "kWh",
        "blend[1].document": "nowhere.pdf", "documents[0].@": "a", "documents[0].kind": "invoice",
        "documents[0].date": "2999-01-01",
    }  # fmt: skip
    found = problems(send(client, "/form/figures", wrong).text)
    with pytest.raises(InputError) as caught:
        load_scenario(filled(draft_of(wrong.items())).tree)
    told = " ".join(text for _, text in found)
    assert all(problem.message in told for problem in caught.value.problems)
    boxes = [box for box, _ in found]
    for box in ("product.count", "blend[1].document", "documents[0].date"):
        assert box in boxes
    right = {**wrong, "product.count": "8", "blend[1].document": "a", "documents[0].date": ""}
    boxes = [box for box, _ in problems(send(client, "/form/figures", right).text)]
    assert {"blend[0].place", "route[0].electricity.value"} <= set(boxes)


def test_a_questioned_figure_stands_beside_its_box_until_it_has_a_reason(client):
    boxes = {**YARN, "route[0].@": "carding", "route[0].electricity.value": "9",
             "route[0].electricity.value~": "kWh/kg"}  # fmt: skip
    answer = send(client, "/form/figures", boxes).text
    assert '<li class="question" data-reason data-box="route[0].electricity.value">' in answer
    assert "badge" in answer, "the figures are told all the same"
    said = {**boxes, "route[0].electricity.reason": "an old set, measured twice by the supplier"}
    answer = send(client, "/form/figures", said).text
    assert 'class="question"' not in answer and "an old set" in answer


def test_what_is_missing_is_told_at_its_box(client):
    found = dict(
        problems(
            send(client, "/form/figures", {**YARN, "product.name": "", "blend[1].share": ""}).text
        )
    )
    assert {"product.name", "blend[1].share"} <= found.keys()
    fabric = {**YARN, "product.type": "fabric"}
    found = dict(problems(send(client, "/form/figures", fabric).text))
    assert "product.surface_mass" in found or "product.construction" in found


def test_an_entry_without_a_name_or_with_one_twice(client):
    twice = {**YARN, "documents[0].@": "a", "documents[0].kind": "other",
             "documents[1].@": "a", "documents[1].kind": "other", "documents[2].kind": "other"}  # fmt: skip
    found = dict(problems(send(client, "/form/figures", twice).text))
    assert {"documents[1].@", "documents[2].@"} <= found.keys()
    answer = send(client, "/form/save/yaml", twice)
    assert answer.status_code == 422 and "E201" in answer.text


def test_lines_are_added_and_taken_out_without_scripts(client):
    page = send(client, "/form", YARN, action="add blend", source="yarn").text
    assert "blend[2].share" in boxes_of(page)
    assert re.search(r'id="f:blend\[2\]\.fibre"[^>]* autofocus', page)
    page = send(client, "/form", {**YARN, "new:route": "carding"}, action="add route").text
    assert boxes_of(page)["route[0].@"] == "carding"
    boxes = {**boxes_of(page), "new:route[0]": "electricity"}
    page = send(client, "/form", boxes, action="add route[0]").text
    assert boxes_of(page)["route[0].electricity.value~"] == "kWh/kg"
    page = send(client, "/form", boxes_of(page), action="remove blend[0]").text
    found = boxes_of(page)
    assert found["blend[0].fibre"] == "polyamide" and "blend[1].fibre" not in found
    assert problems(page), "the whole page holds the answer too"


@pytest.mark.parametrize(
    "action", ["add nothing", "remove blend[9]", "add blend[0].x.y", "x", "add blend..[1]"]
)
def test_a_button_that_is_none_changes_nothing(client, action):
    page = send(client, "/form", YARN, action=action)
    assert page.status_code == 200
    assert {k: v for k, v in boxes_of(page.text).items() if v and "~" not in k} == YARN


def test_a_saved_form_is_read_by_assess(client, folder, assessed):
    page = client.get("/form", params={"from": "shipped:recycled-wool-70"}).text
    answer = send(client, "/form/save/yaml", boxes_of(page))
    assert answer.headers["content-disposition"] == 'attachment; filename="recycled-wool-70.yaml"'
    (folder / "saved.yaml").write_bytes(answer.content)
    assert (
        load_scenario(folder / "saved.yaml").scenario
        == load_scenario(shipped("recycled-wool-70")).scenario
    )
    unfinished = send(client, "/form/save/yaml", {**YARN, "blend[1].share": "3O"})
    assert unfinished.status_code == 200 and "share: 3O" in unfinished.text


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["recycled-wool-70", "knit-polyester-blend"])
def test_a_workbook_of_a_form_is_the_same_scenario_again(client, folder, name, lang):
    page = client.get("/form", params={"from": f"shipped:{name}", "lang": lang}).text
    answer = send(client, "/form/save/xlsx", boxes_of(page))
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}.xlsx"'
    kept = send(client, "/form/keep", boxes_of(page), name="foglio.xlsx")
    assert kept.status_code == 303
    assert load_scenario(folder / "foglio.xlsx").scenario == load_scenario(shipped(name)).scenario
    again = client.get(kept.headers["location"]).text
    assert (
        filled(draft_of(boxes_of(again).items())).tree
        == filled(draft_of(boxes_of(page).items())).tree
    )
    assert "foglio.xlsx" in client.get("/").text
    assert send(client, "/form/save/ods", boxes_of(page)).status_code == 404


def test_names_of_people_in_a_file_are_chosen_in_the_lists(client, folder):
    text = (folder / "recycled-wool-70.yaml").read_text(encoding="utf-8")
    (folder / "nomi.yaml").write_text(text.replace("fibre: wool", "fibre: lana"), encoding="utf-8")
    page = client.get("/form", params={"from": key_of(client, "nomi.yaml")}).text
    assert boxes_of(page)["blend[0].fibre"] == "wool"


def key_of(client, name):
    return re.search(rf'{re.escape(name)}: .*?from=(file:[0-9a-f]+)"', client.get("/").text).group(
        1
    )


def test_a_form_is_kept_in_the_folder_and_replaces_only_what_was_opened(client, folder):
    answer = send(client, "/form/keep", YARN, name="prova", source="yarn")
    assert answer.status_code == 303
    assert load_scenario(folder / "prova.yaml").scenario.product.name == "Filato di prova"
    shown = client.get(answer.headers["location"])
    assert "prova.yaml" in shown.text and boxes_of(shown.text)["blend[0].share"] == "70"
    before = (folder / "prova.yaml").read_bytes()
    again = send(
        client, "/form/keep", {**YARN, "blend[0].lot": "A 1"}, name="prova.yaml", source="yarn"
    )
    assert again.status_code == 409 and "E503" in again.text
    assert (
        boxes_of(again.text)["blend[0].lot"] == "A 1"
        and (folder / "prova.yaml").read_bytes() == before
    )

    seen = re.search(r'name=":seen" value="([0-9a-f]{64})"', shown.text).group(1)
    mark = key_of(client, "prova.yaml")
    own = {"name": "prova.yaml", "source": mark, "seen": seen, "replace": "yes"}
    first = send(client, "/form/keep", {**YARN, "blend[0].lot": "A 1"}, **own)
    assert first.status_code == 303 and b"lot: A 1" in (folder / "prova.yaml").read_bytes()
    other_tab = send(client, "/form/keep", {**YARN, "blend[0].lot": "B 2"}, **own)
    assert other_tab.status_code == 409 and "changed after it was opened" in other_tab.text
    assert b"lot: A 1" in (folder / "prova.yaml").read_bytes()


def test_the_file_of_a_form_goes_and_what_was_typed_stays(client, folder):
    mark = key_of(client, "recycled-wool-70.yaml")
    (folder / "recycled-wool-70.yaml").unlink()
    assert "badge" in send(client, "/form/figures", YARN, source=mark).text
    assert send(client, "/form/keep", YARN, name="again", source=mark).status_code == 303
    assert load_scenario(folder / "again.yaml").scenario.product.name == "Filato di prova"


@pytest.mark.parametrize(
    "name", ["", "../x", "a/b.yaml", "..", ".hidden", "con.yaml", "x.space.yaml", "x\x00y", "C:\\x"]
)
def test_no_other_place_is_written(client, folder, name):
    before = sorted(folder.parent.rglob("*"))
    answer = send(client, "/form/keep", YARN, name=name)
    assert answer.status_code == 409 and "E215" in answer.text
    assert sorted(folder.parent.rglob("*")) == before


def test_a_folder_that_is_only_read(folder, store):
    client = client_of(folder, may_write=False)
    assert "/form/keep" not in client.get("/form").text
    before = sorted(folder.rglob("*"))
    answer = send(client, "/form/keep", YARN, name="x")
    assert answer.status_code == 409 and "nothing is written" in answer.text
    assert sorted(folder.rglob("*")) == before


def test_strangers_and_odd_boxes_are_refused(client):
    for path in (
        "/form",
        "/form/parts",
        "/form/figures",
        "/form/keep",
        "/form/save/yaml",
        "/form/report",
    ):
        answer = client.post(path, data={**YARN, "token": "x"})
        assert answer.status_code in (403, 422) and "load the page again" in answer.text, path
        far = client.post(path, data=YARN, headers={"Origin": "http://evil.example"})
        assert far.status_code == 403
        for odd in ("__class__", "blend[5].share", "blend.share", "product", "route[0].heat.value",
                    "product.name[0]", "a" * 5000, "yarns[0].blend[0].steps[0].loss[0].value"):  # fmt: skip
            answer = send(client, path, {odd: "1"})
            assert answer.status_code in (403, 422) and "E206" in answer.text, (path, odd)
    for mark in (
        "shipped:../x",
        "file:0",
    ):  # a blank form, into which the address may bring another
        answer = client.get("/form", params={"from": mark})
        assert answer.status_code == 404 and "E215" in answer.text
        assert boxes_of(answer.text)["product.type"] == "yarn"


def test_a_text_that_no_file_may_hold_is_told(client):
    hidden = {**YARN, "product.name": "a\u202eb"}
    assert "U+202E" in send(client, "/form/figures", hidden).text
    assert send(client, "/form/save/yaml", hidden).status_code == 422


def test_a_file_that_the_form_can_not_hold_is_told(client, folder):
    text = (folder / "recycled-wool-70.yaml").read_text(encoding="utf-8")
    (folder / "odd.yaml").write_text(text + "colour: red\n", encoding="utf-8")
    answer = client.get("/form", params={"from": key_of(client, "odd.yaml")})
    assert answer.status_code == 400 and "colour" in answer.text and "E206" in answer.text


@pytest.mark.parametrize("schema, code", [("99", "E218"), ("0", "E215")])
def test_a_scenario_of_another_schema_is_not_taken_for_one_of_this(client, folder, schema, code):
    text = (folder / "recycled-wool-70.yaml").read_text(encoding="utf-8")
    text = text.replace("lca-cardato/scenario/1", f"lca-cardato/scenario/{schema}")
    (folder / "later.yaml").write_text(text, encoding="utf-8")
    answer = client.get("/form", params={"from": key_of(client, "later.yaml")})
    assert answer.status_code == 400 and code in answer.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_report_of_a_form(client, assessed, lang):
    page = client.get("/form", params={"from": "shipped:recycled-wool-70", "lang": lang}).text
    answer = send(client, "/form/report", boxes_of(page))
    value = Language(lang).number(assessed("recycled-wool-70").score("climate_change"))
    assert answer.status_code == 200 and value in answer.text
    assert f'<html lang="{lang}">' in answer.text
    policy = answer.headers["content-security-policy"]
    assert "'sha256-" in policy and "unsafe" not in policy


def test_a_fabric_names_the_file_of_its_yarn(client, folder, assessed):
    (folder / "yarns").mkdir()
    (folder / "recycled-wool-70.yaml").rename(folder / "yarns" / "nm8.yaml")
    shutil.copytree(folder / "documents", folder / "yarns" / "documents")
    boxes = {"product.type": "fabric", "product.name": "Tessuto", "product.construction": "woven",
             "product.surface_mass": "420", "company.municipality": "Prato", "yarn": "yarns/nm8.yaml"}  # fmt: skip
    page = send(client, "/form", boxes, source="fabric", action="calculate").text
    assert "per m2" in page and 'value="yarns/nm8.yaml"' in page
    for outside in ("../x.yaml", str(folder / "yarns" / "nm8.yaml"), "nowhere.yaml"):
        answer = send(client, "/form/figures", {**boxes, "yarn": outside}).text
        assert 'data-box="yarn"' in answer and "badge" not in answer


def test_the_report_of_a_form_as_a_file(client):
    for form, start in (("pdf", b"%PDF"), ("xlsx", b"PK")):
        answer = send(client, "/form/report", YARN, **{"as": form})
        assert answer.content.startswith(start)
        wanted = f'attachment; filename="filato-di-prova.{form}"'
        assert answer.headers["content-disposition"] == wanted
    sheet = send(client, "/form/report", YARN, **{"as": "sheet"})
    assert (
        "'sha256-" in sheet.headers["content-security-policy"] and "Filato di prova" in sheet.text
    )


def test_a_pdf_without_the_extra_names_the_command(client, bare):
    answer = send(client, "/form/report", YARN, **{"as": "pdf"})
    assert answer.status_code == 422 and "E510" in answer.text
    assert "lca-cardato[reports]" in answer.text


def test_a_run_folder_of_a_form_is_one_that_verify_accepts(client, folder, command):
    for name in ("run-filato-di-prova", "run-filato-di-prova-2"):
        answer = send(client, "/form/run", YARN, source="yarn")
        assert answer.status_code == 303, answer.text
        assert client.get(answer.headers["location"]).status_code == 200
        done = command("verify", folder / name)
        assert done.returncode == 0, done.stdout + done.stderr
    assert (folder / "run-filato-di-prova" / "result.json").read_bytes() == (
        folder / "run-filato-di-prova-2" / "result.json").read_bytes()  # fmt: skip
    done = command("reproduce", folder / "run-filato-di-prova")
    assert done.returncode == 0, done.stdout + done.stderr
    readonly = client_of(folder, may_write=False)
    assert send(readonly, "/form/run", YARN).status_code == 422
    assert not (folder / "run-filato-di-prova-3").exists()
    refused = send(client, "/form/run", {**YARN, "blend[1].share": "3"})
    assert refused.status_code == 422 and "E301" in refused.text


def test_a_form_beside_another_scenario(client):
    answer = send(client, "/form/compare", YARN, other="shipped:virgin-wool")
    assert answer.status_code == 200 and "virgin-wool" in answer.text
    fabric = send(client, "/form/compare", YARN, other=key_of(client, "recycled-fabric.yaml"))
    assert fabric.status_code == 422 and "E349" in fabric.text
    assert "compare yarn with yarn and fabric with fabric" in fabric.text


ODD = ("", " ", "0", "-1", "1e400", "nan", "70 %", "١٢", "a" * 400, "<b>", "null", "=1+1", "2025-13-40", "\u202e",
       "{", "- x", "9" * 60, "true", "kWh", "Nm 1/0", "0 %", "100")  # fmt: skip


def test_whatever_stands_in_the_boxes_there_is_an_answer(client):
    """Boxes of a whole scenario with odd texts, parts taken out and added: never an error of ours."""
    draft = draft_of_tree(read_document(ROOT / "scenarios" / "recycled-wool-70.yaml").data)
    drawn, token, statuses = random.Random(5), token_of(client), set()
    for number in range(90):
        some = draft_of(list(pairs_of(draft)))
        pairs = list(pairs_of(some))
        for place in drawn.sample(range(len(pairs)), drawn.choice((1, 2, 8))):
            pairs[place] = (pairs[place][0], drawn.choice(ODD))
        action = drawn.choice(
            ("calculate", "add route", "remove blend[1]", "add route[1]", "remove route[0]")
        )
        data = {"token": token, ":action": action, "new:route": drawn.choice(ODD),
                "new:route[1]": drawn.choice((*ODD, "heat", "chemicals", "loss")), **dict(pairs)}  # fmt: skip
        path = drawn.choice(
            ("/form/figures", "/form/figures", "/form/save/yaml", "/form/parts", "/form")
        )
        answer = client.post(path, data=data)
        statuses.add(answer.status_code)
        assert answer.status_code in (200, 422), (number, path, answer.text[:600])
    assert statuses == {200, 422}


def test_a_report_does_not_keep_others_waiting_nor_mix_with_them(folder, store, assessed):
    import httpx

    from lca_cardato.serve.app import make_app

    app = make_app(folder, "en", PORT)
    token = app.state.desk.token
    forms = {
        name: dict(pairs_of(draft_of_tree(shipped(name))))
        for name in ("recycled-wool-70", "virgin-wool")
    }

    async def both():
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(
            transport=transport, base_url=f"http://{HERE}", timeout=60
        ) as page:

            async def ask(path, name):
                answer = await page.post(path, data={"token": token, **forms[name]})
                done.append((path, name))
                return name, answer

            done = []
            calls = [ask("/form/report", "virgin-wool")]
            calls += [ask("/form/figures", name) for name in [*forms] * 4]
            return await asyncio.gather(*calls), done

    answers, done = asyncio.run(both())
    for name, answer in answers:
        value = Language("en").number(assessed(name).score("climate_change"))
        assert answer.status_code == 200 and value in answer.text
    assert done[0][0] == "/form/figures"
