"""`serve` lives on whatever lies in its folder and whatever is asked of it."""

import asyncio
import json
import os
import random
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import pytest
import yaml
from conftest import ROOT, shipped, with_papers
from processes import POSIX
from starlette.testclient import TestClient

from lca_cardato.audit.run import run_files
from lca_cardato.files.atomic import write_folder
from lca_cardato.serve.app import make_app
from lca_cardato.words.language import Language

PORT = 8765
HERE = f"127.0.0.1:{PORT}"
SCENARIO = ROOT / "scenarios" / "recycled-wool-70.yaml"
ODD = (None, [], {}, "x", -1, 10**400, True, [[[]]], {"a": 1}, "<b>", 1e308, [None])


@pytest.fixture(scope="module")
def run(assessed, tmp_path_factory):
    place = tmp_path_factory.mktemp("runs") / "run"
    write_folder(place, run_files(assessed("recycled-wool-70"), SCENARIO, "en"))
    return place


@pytest.fixture
def desk(run, tmp_path):
    shutil.copytree(run, tmp_path / "good")
    shutil.copytree(run, tmp_path / "other")
    return tmp_path


def client(folder):
    return TestClient(make_app(folder, "en", PORT), base_url=f"http://{HERE}")


def places(node, path=()):
    """Every place of a document."""
    if path:
        yield path
    items = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node)
        if isinstance(node, list)
        else ()
    )
    for key, value in list(items)[:8]:
        yield from places(value, (*path, key))


def changed(document, path, value):
    text = json.loads(json.dumps(document))
    node = text
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value
    return text


def climate(assessed):
    """Climate change of the sound run, as the pages write it."""
    value = assessed("recycled-wool-70").score("climate_change")
    return f"{Language('en').number(value)} kg CO2-eq"


def test_a_run_of_any_shape_is_told_and_the_others_are_shown(desk, assessed):
    """Values at places of the result that the pages read, each replaced by odd ones."""
    file = desk / "other" / "result.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    shown = ("product", "declared_unit", "indicators", "claims", "notices", "schema", "questions")
    found = [path for path in places(document) if path[0] in shown and len(path) < 5]
    drawn = random.Random(1)
    page = client(desk)
    for path in drawn.sample(found, min(len(found), 60)):
        file.write_text(json.dumps(changed(document, path, drawn.choice(ODD))), encoding="utf-8")
        answer = page.get("/")
        assert answer.status_code == 200 and climate(assessed) in answer.text, path
        keys = re.findall(r'<option value="([0-9a-f]+)"', answer.text)
        pair = {"a": keys[0], "b": keys[-1]} if keys else {}
        assert page.get("/compare", params=pair).status_code < 600, path


def test_a_run_that_breaks_the_page_alone_is_named(desk, monkeypatch, assessed):
    """Whatever the look at its shape has missed."""
    file = desk / "other" / "result.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    document["indicators"]["climate_change"]["value"] = "none"
    file.write_text(json.dumps(document), encoding="utf-8")
    monkeypatch.setattr("lca_cardato.serve.folder._check_shape", lambda document: None)
    page = client(desk).get("/")
    assert page.status_code == 200 and climate(assessed) in page.text
    assert re.search(
        r'other</th><td colspan="6" class="soft">can&#39;t be read: \w+Error', page.text
    )


def test_a_file_that_is_none(desk, assessed):
    file = desk / "other" / "result.json"
    for make in (lambda: file.write_bytes(b""), lambda: file.write_bytes(b"\xff\xfe\0"),
                 lambda: file.write_text("[" * 100_000, encoding="utf-8"), lambda: file.mkdir(),
                 *([lambda: os.mkfifo(file)] if hasattr(os, "mkfifo") else [])):  # fmt: skip
        file.unlink()
        make()
        page = client(desk).get("/")
        assert page.status_code == 200 and climate(assessed) in page.text
        assert "can&#39;t be read" in page.text
        if file.is_dir():
            file.rmdir()
            file.write_bytes(b"")


def test_whether_digests_hold_is_shown(desk):
    page = client(desk)
    assert page.get("/").text.count("<td>hold</td>") == 2
    file = desk / "other" / "claims.json"
    file.write_bytes(file.read_bytes().replace(b"not_met", b"meets"))
    text = page.get("/").text
    assert text.count("<td>hold</td>") == 1 and text.count("do not hold") == 1
    (desk / "other" / "SHA256SUMS").unlink()
    assert "SHA256SUMS: E501" in page.get("/").text


def ask(app, method="GET", path="/", headers=(), chunks=(), away=False):
    """Put a request to the application as a server would; its status, or None without an answer."""
    wanted = [
        (b"host", HERE.encode()),
        *((k.encode("latin-1"), v.encode("latin-1")) for k, v in headers),
    ]
    scope = {"type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": method,
             "scheme": "http", "path": path, "raw_path": path.encode(), "query_string": b"",
             "headers": wanted, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", PORT)}  # fmt: skip
    answers, rest = [], list(chunks)

    async def receive():
        if rest:
            return {"type": "http.request", "body": rest.pop(0), "more_body": bool(rest) or away}
        return {"type": "http.disconnect"}

    async def send(message):
        answers.append(message)

    asyncio.run(app(scope, receive, send))
    return answers[0]["status"] if answers else None


def test_a_client_that_goes_away_is_no_fault(desk):
    shutil.copy(SCENARIO, with_papers(desk) / "mill.yaml")
    app = make_app(desk, "en", PORT)
    key = re.search(r"/blend/([0-9a-f]+)", client(desk).get("/").text).group(1)
    small = [("content-length", "10")]
    for path in (f"/api/blend/{key}", f"/save/{key}", f"/blend/{key}"):
        assert ask(app, "POST", path, small, [b"share=70"], away=True) is None


def memory():
    with open("/proc/self/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_thousand_odd_requests_take_no_memory(desk):
    app = make_app(desk, "en", PORT)
    drawn = random.Random(2)
    methods = ("GET", "POST", "PUT", "HEAD", "OPTIONS", "DELETE", "TRACE", "BREW")
    paths = (
        "/nothing",
        "/blend/0",
        "/api/blend/0",
        "/save/0",
        "/compare",
        "/static/x",
        "/%00",
        "/é",
    )
    before = None
    for number in range(1_000):
        length = drawn.choice(["", "0", "10", "-1", "9" * 40, "20000", "20001", "1e3", "٣", "x"])
        body = [b"a" * drawn.choice([0, 10, 30_000])] * drawn.randrange(6)
        heads = [("content-length", length)] if length.isascii() else []
        heads += [("cookie", "lang=" + "x" * drawn.randrange(9000)), ("origin", f"http://{HERE}")]
        status = ask(app, drawn.choice(methods), drawn.choice(paths), heads, body, number % 7 == 0)
        assert status in (None, 200, 403, 404, 405), number
        before = memory() if number == 100 else before
    assert memory() - before < 12 * 2**20


def test_an_error_of_a_page_becomes_a_page(desk, monkeypatch):
    app = make_app(desk, "en", PORT)

    def broken(folder):
        raise RuntimeError("of a kind that nobody thought of")

    monkeypatch.setattr("lca_cardato.serve.listing.find", broken)
    answer = TestClient(app, base_url=f"http://{HERE}").get("/")
    assert answer.status_code == 500 and "nobody thought of" in answer.text
    assert answer.headers["content-security-policy"].startswith("default-src")


def other_run(desk, changes):
    """Change the result of one of the two runs, as if it had been of another product."""
    file = desk / "other" / "result.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    for path, value in changes.items():
        *way, last = path.split(".")
        node = document
        for key in way:
            node = node[key]
        node[last] = value
    file.write_text(json.dumps(document), encoding="utf-8")
    (desk / "other" / "SHA256SUMS").write_text("", encoding="utf-8")
    page = client(desk)
    keys = re.findall(r'<option value="([0-9a-f]+)"', page.get("/").text)
    return page, {"a": keys[0], "b": keys[1]}


def test_yarn_and_fabric_are_not_compared(desk, monkeypatch):
    monkeypatch.setattr("lca_cardato.serve.folder.check_digests", lambda *some: None)
    page, pair = other_run(desk, {"product.type": "fabric", "declared_unit.unit": "m2"})
    answer = page.get("/compare", params=pair)
    assert answer.status_code == 400
    assert "the declared unit differs" in answer.text and "1 m2" in answer.text
    assert "compare yarn with yarn and fabric with fabric" in answer.text


def test_stages_of_either_run_are_shown_in_their_order(desk, monkeypatch):
    monkeypatch.setattr("lca_cardato.serve.folder.check_digests", lambda *some: None)
    stages = {"indicators.climate_change.by_stage": {"finishing": 1.0, "fabric_forming": 2.0}}
    page, pair = other_run(desk, stages)
    text = page.get("/compare", params=pair).text
    rows = re.findall(r'<th scope="row">([^<]+)</th>', text)
    first, last = rows.index("fibre supply"), rows.index("waste treatment")
    assert rows[first:last].index("weaving or knitting") < rows[first:last].index("finishing")


def test_a_run_is_a_link_to_its_report_under_its_own_policy(desk):
    page = client(desk)
    link = re.search(r'href="(/run/[0-9a-f]+)">good<', page.get("/").text).group(1)
    for lang, said in (("en", "Climate change"), ("it", "Cambiamento climatico")):
        answer = page.get(link, params={"lang": lang})
        assert answer.status_code == 200 and said in answer.text
        policy = answer.headers["content-security-policy"]
        assert "'sha256-" in policy and "unsafe" not in policy and "frame-ancestors" in policy
    file = desk / "good" / "claims.json"
    file.write_bytes(file.read_bytes().replace(b"not_met", b"meets"))
    answer = page.get(link)
    assert answer.status_code == 409 and "E606" in answer.text
    assert page.get("/run/0").status_code == 404


def test_own_rework_is_a_slider_as_the_fibres_are(tmp_path, store):
    from lca_cardato.studies.assess import assess

    data = shipped("virgin-wool")
    data["blend"] = [{"fibre": "wool", "share": "90 %", "origin": "virgin"},
                     {"fibre": "polyamide", "share": "6 %", "origin": "virgin"},
                     {"origin": "in_process_rework", "share": "4 %"}]  # fmt: skip
    for step in data["route"].values():
        step.pop("reclaimed", None)
    (tmp_path / "mill.yaml").write_text(yaml.safe_dump(data, sort_keys=False), encoding="utf-8")
    page = client(tmp_path)
    key = re.search(r"/blend/([0-9a-f]+)", page.get("/").text).group(1)
    text = page.get(f"/blend/{key}").text
    assert (
        "own rework" in text and "scarti propri reimmessi" in page.get(f"/blend/{key}?lang=it").text
    )
    token = re.search(r'name="token" value="([^"]+)"', text).group(1)
    found = page.post(f"/api/blend/{key}", data={"token": token, "share": ["80", "17", "3"]}).json()
    for line, share in zip(data["blend"], (80, 17, 3)):
        line["share"] = f"{share} %"
    result = assess(data)
    assert found["problems"] == []
    for name, value in found["scores"].items():
        assert value == pytest.approx(result.score(name), rel=1e-9)
    none = page.post(f"/api/blend/{key}", data={"token": token, "share": ["80", "20", "0"]})
    assert none.status_code == 400 and "togliere la sua riga" in none.json()["problems"][0]


def test_several_yarns_are_refused_in_a_true_sentence(tmp_path, store):
    scenario = ROOT / "scenarios" / "knit-polyester-blend.yaml"
    shutil.copy(scenario, with_papers(tmp_path) / "mill.yaml")
    page = client(tmp_path)
    key = re.search(r"/blend/([0-9a-f]+)", page.get("/").text).group(1)
    assert "several yarns" in page.get(f"/blend/{key}").text


@pytest.mark.parametrize("port", ["0", "-1", "65536", "99999", "x"])
def test_a_port_that_is_none_is_a_wrong_use(command, desk, port):
    done = command("serve", desk, "--no-browser", "--port", port)
    assert done.returncode == 2 and "--port" in done.stderr


@POSIX
def test_a_body_without_an_end_takes_no_memory(desk, home):
    """Chunks behind a small Content-Length, and a client that leaves in the middle of it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "lca_cardato", "serve", str(desk), "--no-browser", "--port", "8830"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        address = process.stdout.readline().split()[0]
        port = int(address.rsplit(":", 1)[1].strip("/"))
        for _ in range(200):
            try:
                urllib.request.urlopen(address, timeout=20).close()
                break
            except OSError:  # it is bound, and does not listen yet
                time.sleep(0.05)
        before = resident(process.pid)
        for _ in range(3):
            with socket.create_connection(("127.0.0.1", port), timeout=5) as peer:
                peer.sendall(f"POST /api/blend/0 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
                             "Content-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n".encode())  # fmt: skip
                try:
                    for _ in range(40):
                        peer.sendall(b"80000\r\n" + b"a" * 0x80000 + b"\r\n")
                except OSError:  # it is closed, or nobody reads any more
                    pass
        assert urllib.request.urlopen(address, timeout=20).status == 200
        assert resident(process.pid) - before < 30 * 2**20
    finally:
        process.terminate()
        _, errors = process.communicate(timeout=20)
    assert errors == ""


def resident(process):
    if sys.platform != "linux":
        return 0
    with open(f"/proc/{process}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * 4096
