"""The validators of others accept what a run folder holds (development tools, no network)."""

import email.message
import io
import sys
import urllib.request
from pathlib import Path

import pytest
from conftest import ROOT

from lca_cardato.audit.run import run_files
from lca_cardato.files.atomic import write_folder

CONTEXT = Path(__file__).parents[1] / "data" / "ro-crate-1.1-context.jsonld"  # CC0


@pytest.fixture
def no_network(monkeypatch):
    """Serve the JSON-LD context of RO-Crate 1.1 from a file, refuse any other address."""
    requests = pytest.importorskip("requests")
    data = CONTEXT.read_bytes()

    class Answer(io.BytesIO):
        headers = email.message.Message()
        status = code = 200
        url = ""

        def info(self):
            return self.headers

        def geturl(self):
            return self.url

    Answer.headers["Content-Type"] = "application/ld+json"
    real = urllib.request.urlopen

    def known(address):
        if address != "https://w3id.org/ro/crate/1.1/context":
            raise OSError(f"no network in the tests: {address}")

    def urlopen(request, *_, **__):
        address = request if isinstance(request, str) else request.full_url
        known(address)
        answer = Answer(data)
        answer.url = address
        return answer

    def request(session, method, url, **_):
        known(url)
        answer = requests.Response()
        answer.status_code, answer._content, answer.url = 200, data, url
        answer.headers["Content-Type"] = "application/ld+json"
        return answer

    for module in list(sys.modules.values()):
        if getattr(module, "urlopen", None) is real:
            monkeypatch.setattr(module, "urlopen", urlopen)
    monkeypatch.setattr(requests.sessions.Session, "request", request)


@pytest.mark.parametrize("name", ["contract-spinner", "recycled-fabric"])
def test_the_crate_is_a_process_run_crate(assessed, tmp_path, name, request):
    validator = pytest.importorskip("rocrate_validator")
    from rocrate_validator import models, services

    assert validator
    request.getfixturevalue("no_network")
    folder = tmp_path / name
    write_folder(folder, run_files(assessed(name), ROOT / "scenarios" / f"{name}.yaml", "en"))
    settings = services.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="process-run-crate",
        requirement_severity=models.Severity.REQUIRED,
    )
    result = services.validate(settings)
    assert result.passed(), [issue.message for issue in result.get_issues()]


@pytest.mark.parametrize("name", ["contract-spinner", "recycled-fabric"])
def test_the_tables_are_a_data_package(assessed, tmp_path, name):
    frictionless = pytest.importorskip("frictionless")
    folder = tmp_path / name
    write_folder(folder, run_files(assessed(name), ROOT / "scenarios" / f"{name}.yaml", "it"))
    with frictionless.system.use_context(trusted=False):
        package = frictionless.Package("datapackage.json", basepath=str(folder / "tables"))
        report = package.validate()
    assert report.valid, report.flatten(["title", "message"])
    written = [path.name for path in (folder / "tables").glob("*.csv")]
    assert sorted(one.path for one in package.resources) == sorted(written)
    assert len(written) == (9 if name == "recycled-fabric" else 8)  # with its virgin reference
