"""The pages of this machine: what they show, and whom they refuse."""

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from decimal import Decimal

import pytest
from conftest import ROOT, with_papers
from report.browser import Browser, browser_only

from lca_cardato.errors import InputError
from lca_cardato.serve.blend import read_shares, share_nodes
from lca_cardato.serve.start import serve
from lca_cardato.text.yamltree import parse_document
from lca_cardato.words.language import Language

HOSTILE = "<script>alert(1)</script>"
PORT = 8765
UNSHAPED = (
    {"product": None}, {"claims": [{"id": "cardato", "name": "Cardato", "verdict": []}]},
    {"indicators": {"climate_change": {"value": 10**400, "per_kg": 1, "unit": "kg", "by_stage": {}}}},
)  # fmt: skip
HERE = f"127.0.0.1:{PORT}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory, command):
    place = with_papers(tmp_path_factory.mktemp("desk"))
    scenario = (ROOT / "scenarios" / "recycled-wool-70.yaml").read_text(encoding="utf-8")
    (place / "mill.yaml").write_text(scenario, encoding="utf-8")
    other = re.sub(r"(?m)^(  name: ).*$", rf'\1"{HOSTILE}"', scenario)
    assert HOSTILE in other
    (place / "hostile.yaml").write_text(other, encoding="utf-8")
    (place / "notes.yaml").write_text("a: 1\n", encoding="utf-8")
    for source, name in (("mill", "one"), ("hostile", "two")):
        done = command("assess", place / f"{source}.yaml", "--out", place / name)
        assert done.returncode == 0, done.stderr
    (place / "broken").mkdir()
    (place / "broken" / "result.json").write_text("{", encoding="utf-8")
    (place / "broken" / "run.json").write_text("{}", encoding="utf-8")
    document = json.loads((place / "one" / "result.json").read_text(encoding="utf-8"))
    for number, change in enumerate(UNSHAPED):
        (place / f"unshaped-{number}").mkdir()
        text = json.dumps({**document, **change})
        (place / f"unshaped-{number}" / "result.json").write_text(text, encoding="utf-8")
        (place / f"unshaped-{number}" / "run.json").write_text("{}", encoding="utf-8")
    (place / "outside").symlink_to(ROOT / "scenarios")
    (place / "link.yaml").symlink_to(ROOT / "scenarios" / "virgin-wool.yaml")
    (place / "loop.yaml").symlink_to(place / "loop.yaml")
    return place


@pytest.fixture
def client(folder, store):
    from starlette.testclient import TestClient

    from lca_cardato.serve.app import make_app

    return TestClient(make_app(folder, "en", PORT), base_url=f"http://{HERE}")


def blend_of(client, name="mill.yaml"):
    found = re.search(rf'{re.escape(name)}: <a href="/blend/([0-9a-f]+)"', client.get("/").text)
    return found.group(1)


def token_of(client, key):
    return re.search(r'name="token" value="([^"]+)"', client.get(f"/blend/{key}").text).group(1)


def climate(assessed, lang):
    """Climate change of the run, as the pages write it."""
    value = assessed("recycled-wool-70").score("climate_change")
    return f"{Language(lang).number(value)} kg CO2-eq"


def test_runs_and_scenarios_are_listed(client, assessed):
    page = client.get("/").text
    assert "one" in page and climate(assessed, "en") in page and "meets" in page
    assert "can&#39;t be read" in page  # the broken run
    assert page.count('<td colspan="6"') == 1 + len(UNSHAPED)
    assert "mill.yaml" in page and "notes.yaml" not in page
    assert "link.yaml" not in page and "virgin-wool" not in page
    assert HOSTILE not in page and "&lt;script&gt;" in page


def test_two_runs_side_by_side(client, assessed):
    keys = re.findall(r'<option value="([0-9a-f]+)"', client.get("/").text)[:2]
    page = client.get("/compare", params={"a": keys[0], "b": keys[1], "lang": "it"}).text
    assert (
        "Cambiamento climatico" in page
        and climate(assessed, "it") in page
        and re.search(r"[^0-9+-]0 %", page)
    )
    assert HOSTILE not in page
    assert client.get("/compare", params={"a": "../one", "b": keys[1]}).status_code == 404


def test_moving_the_blend_gives_the_numbers_of_assess(client, folder, tmp_path):
    from lca_cardato.studies.assess import assess

    key = blend_of(client)
    data = {"token": token_of(client, key), "share": ["60", "32.5", "7.5"]}
    found = client.post(f"/api/blend/{key}", data=data).json()
    assert found["problems"] == []
    saved = client.post(f"/save/{key}", data=data)
    assert saved.headers["content-disposition"] == 'attachment; filename="mill-blend.yaml"'
    (folder / "saved.yaml").write_bytes(saved.content)
    try:
        result = assess(folder / "saved.yaml")
    finally:
        (folder / "saved.yaml").unlink()
    for name, value in found["scores"].items():
        assert value == pytest.approx(result.score(name), rel=1e-9)
    assert found["verdicts"] == {c.pack.claim: c.verdict for c in result.claims}
    assert found["verdicts"]["cardato-recycled"] == "not_met"
    before, after = (folder / "mill.yaml").read_text(encoding="utf-8"), saved.text
    changed = [a for a, b in zip(before.splitlines(), after.splitlines()) if a != b]
    assert len(before.splitlines()) == len(after.splitlines())
    assert len(changed) == 3 and all("share" in line for line in changed)


@pytest.mark.parametrize(
    "lang, said", [("en", "GRS: recycled content"), ("it", "GRS: contenuto riciclato")]
)
def test_claims_are_named_in_the_language(client, lang, said):
    page = client.get(f"/blend/{blend_of(client)}", params={"lang": lang}).text
    assert f'<th scope="row">{said}</th>' in page and "en=&#39;" not in page


def test_without_javascript_the_form_gives_the_same(client):
    key = blend_of(client)
    data = {"token": token_of(client, key), "share": ["60", "32.5", "7.5"]}
    page = client.post(f"/blend/{key}", data=data).text
    shown = client.post(f"/api/blend/{key}", data=data).json()["shown"]
    assert all(text in page for text in shown.values())


@pytest.mark.parametrize(
    "shares, said",
    [
        (["60", "30", "5"], "sum"),
        (["x", "-1", "101"], "0 to 100"),
        (["100"], "3 shares"),
        ([], "3"),
    ],
)
def test_shares_that_can_not_be(client, shares, said):
    key = blend_of(client)
    answer = client.post(
        f"/api/blend/{key}", data={"token": token_of(client, key), "share": shares}
    )
    assert answer.status_code == 400
    assert said in " ".join(answer.json()["problems"])


def test_all_wrong_shares_at_once():
    odd = ["nan", "1e9", "٣٠", "1_0", "+5", "0x1", "１", "1e1", "", "100.1", "5.", "1.1234567"]
    with pytest.raises(InputError) as caught:
        read_shares([*odd, "2"], len(odd) + 1)
    assert [p.key for p in caught.value.problems] == [f"blend[{i}].share" for i in range(len(odd))]
    assert read_shares(["32,5", " 7 "], 2) == [Decimal("32.5"), Decimal("7")]


def test_shares_are_found_in_the_text():
    text = "blend:\n  - {fibre: wool, share: 70 %}  # seventy\n  - fibre: pa\n    share: '30 %'\n"
    assert [text[a:b] for a, b in share_nodes(text)] == ["70 %", "'30 %'"]
    assert share_nodes("a: 1\n") == []


def test_what_validate_accepts_can_be_served():
    """One parser reads a scenario everywhere: a tab after a colon, Windows line ends, any letter."""
    text = "note:\t'🧶 però'\r\nblend:\r\n  - fibre:\twool\r\n    share:\t70 %\r\n"
    assert parse_document(text).data["blend"] == [{"fibre": "wool", "share": "70 %"}]
    assert [text[a:b] for a, b in share_nodes(text)] == ["70 %"]


def test_strangers_are_refused(client):
    key = blend_of(client)
    token = token_of(client, key)
    good = {"token": token, "share": ["70", "25", "5"]}
    assert client.get("/", headers={"Host": "evil.example"}).status_code == 403
    assert client.get("/", headers={"Host": "127.0.0.1:80"}).status_code == 403
    post = client.post(f"/api/blend/{key}", data=good, headers={"Origin": "http://evil.example"})
    assert post.status_code == 403
    assert client.post(f"/api/blend/{key}", data={**good, "token": "x"}).status_code == 403
    assert client.post(f"/save/{key}", data={"share": ["70", "25", "5"]}).status_code == 403
    assert client.put("/").status_code == 403
    long = {**good, "share": ["1" * 30_000]}
    assert client.post(f"/api/blend/{key}", data=long).status_code == 403
    small = {"Content-Length": "10"}
    pieces = (b"share=70&" * 1000 for _ in range(9))
    assert client.post(f"/api/blend/{key}", content=pieces, headers=small).status_code == 403


@pytest.mark.parametrize(
    "path",
    ["/blend/..%2f..%2fetc%2fpasswd", "/blend/0", "/static/../app.py", "/static/%2e%2e/app.py",
     "/one/result.json", "/compare"],
)  # fmt: skip
def test_no_path_of_the_address_is_opened(client, path):
    answer = client.get(path)
    assert answer.status_code == 404 and "import" not in answer.text


def test_every_answer_has_the_policy(client):
    for path in ("/", "/static/blend.js", "/nothing"):
        headers = client.get(path).headers
        assert headers["content-security-policy"].startswith("default-src 'none'")
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"


@pytest.fixture(scope="module")
def served(folder, home):
    process = subprocess.Popen(
        [sys.executable, "-m", "lca_cardato", "serve", str(folder), "--no-browser", "--port", "8790"],
        stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUTF8": "1"},
    )  # fmt: skip
    address = process.stdout.readline().split()[0]
    for _ in range(100):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            break
        except OSError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait(timeout=20)


@browser_only
def test_sliders_in_a_browser(served):
    browser = Browser()
    try:
        page = browser.open(served)
        assert browser.axe() == []
        page.execute_script(
            "[...document.querySelectorAll('a')].find(a => a.closest('li')?.textContent"
            ".startsWith('mill.yaml')).click()"
        )
        cell = page.find_element("css selector", "[data-score=climate_change]")
        before = cell.text
        page.execute_script(
            "const r = document.querySelector('[data-range]'); r.value = 40;"
            "r.dispatchEvent(new Event('input'));"
        )
        for _ in range(50):
            if cell.text != before:
                break
            time.sleep(0.1)
        assert cell.text != before
        boxes = [
            b.get_attribute("value") for b in page.find_elements("css selector", "[name=share]")
        ]
        assert sum(Decimal(b) for b in boxes) == 100 and boxes[0] == "40"
        verdict = page.find_element("css selector", "[data-verdict=cardato-recycled]")
        assert "not met" in verdict.text
        assert browser.errors() == [] and browser.axe() == []
        browser.resize(360)
        assert page.execute_script("return document.documentElement.scrollWidth") <= 360
    finally:
        browser.close()


def test_port_that_is_taken_moves_on(served, folder):
    process = subprocess.Popen(
        [sys.executable, "-m", "lca_cardato", "serve", str(folder), "--no-browser", "--port", "8790"],
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert process.stdout.readline().startswith("http://127.0.0.1:8791/")
    finally:
        process.terminate()
        process.wait(timeout=20)
    assert json.dumps(served)


@pytest.mark.parametrize("port", [-1, 0, 65_536, 99_999])
def test_a_port_that_can_not_be(folder, port):
    with pytest.raises(InputError, match="E326"):
        serve(folder, port, open_browser=False)
