"""The server: who is let in, what is served and what never is, how much it takes at once, and how it leaves."""

import base64
import os
import re
import signal
import socket
import stat
import threading
from contextlib import ExitStack
from importlib.util import find_spec

import httpx
import pytest
from argon2 import PasswordHasher
from click.testing import CliRunner
from served import ROOT, get, post, served, started
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from index.records import CorpusError
from ui.server.accounts import ATTEMPTS, WITHIN, Accounts, TooManyAttempts, hash_password, read_accounts, write_account
from ui.server.calls import REQUIRED
from ui.server.guard import LARGEST_JSON, Guard, Limits
from ui.server.headers import HEADERS
from ui.server.hosting import Hosting
from ui.server.login import Login

PASSWORD = "un mot de passe"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""A hash of it that costs nothing to check."""


WORKERS = [pytest.param(1, id="one worker"), pytest.param(2, id="two workers")]
"""In how many processes a server answers; what is promised is promised of each."""


# The running server


@pytest.fixture(scope="module", params=WORKERS)
def server(seeds_index, request):
    with served(seeds_index, "--workers", request.param) as address:
        yield address


def test_a_monitor_sees_what_is_served(server):
    from importlib.metadata import PackageNotFoundError, version

    try:
        known = version("recoupe")
    except PackageNotFoundError:
        known = None
    answer = get(server, "healthz")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/json")
    assert answer.json() == {"status": "ok", "sources": 5, "paragraphs": 42, "version": known}


def test_only_this_machine_is_listened_to(server):
    port = int(server.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        pass
    with pytest.raises(OSError, match="refused"):  # 127.0.0.2 would answer if every address were listened to
        socket.create_connection(("127.0.0.2", port), timeout=5)


def test_the_page_loads_nothing_from_elsewhere(server):
    page = get(server, "").text
    loaded = re.findall(r'<(?:script|link|img|iframe)[^>]*?(?:src|href)="([^"]*)"', page)
    assert loaded
    assert [address for address in loaded if re.match(r"(?:https?:)?//", address)] == []
    assert re.findall(r"@import|url\(['\"]?(?:https?:)?//", get(server, "theme.css").text) == []


def test_nothing_is_told_to_anybody(server):
    config = get(server, "config").json()
    assert config["analytics_enabled"] is False
    assert config["run_history"] is False


@pytest.mark.parametrize("path", ["", "healthz", "nul", "gradio_api/info", "gradio_api/file=/etc/passwd"])
def test_every_response_has_the_headers_that_keep_it_in_its_place(server, path):
    headers = get(server, path).headers
    assert {name: headers[name] for name in HEADERS} == HEADERS
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert not re.search(r"https?:|\*", headers["content-security-policy"])
    assert "'unsafe-inline'" not in re.search("script-src [^;]*", headers["content-security-policy"])[0]


def test_what_is_named_by_what_it_holds_is_kept_by_the_browser_and_nothing_else(server):
    page = get(server, "")
    script = re.search(r'src="\.?/?(assets/[^"]+-[\w-]{8}\.js)"', page.text)[1]
    assert get(server, script).headers["cache-control"] == "private, max-age=31536000, immutable"
    assert page.headers["cache-control"] == "no-store"
    missing = get(server, "assets/index-00000000.js")
    assert (missing.status_code, missing.headers["cache-control"]) == (404, "no-store")


def test_only_scripts_of_the_page_itself_may_run(server):
    pages = [get(server, "", headers={"Accept-Encoding": encoding}) for encoding in ("br", "gzip")]
    numbers = [re.search(r"'nonce-([\w-]{20,})'", page.headers["content-security-policy"])[1] for page in pages]
    assert numbers[0] != numbers[1]
    for number, page in zip(numbers, pages, strict=True):
        scripts = re.findall(r"<script[^>]*>", page.text)
        assert len(scripts) >= 4
        assert all(f'nonce="{number}"' in script for script in scripts)
        assert int(page.headers["content-length"]) == page.num_bytes_downloaded  # it comes compressed


@pytest.mark.parametrize(
    "path",
    [
        "file=/etc/passwd",
        "file=%2Fetc%2Fpasswd",
        "file=../../../../../../etc/passwd",
        "file=%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "file=pyproject.toml",
        "file=./seeds/",
        "file=/proc/self/environ",
        "file=http://127.0.0.1/",
        "file=https://example.org/",
        "file=file:///etc/passwd",
        "file=",
        "file/etc/passwd",
        "file//etc/passwd",
        "proxy=https://example.org/",
        "custom_component/x/client/component/..",
        "../config/../etc/passwd",
        "deep_link?session_hash=x",
        "stream/x/y/0/playlist-file",
        "mcp/schema",
        "mcp/sse",
        "vibe-code/",
        "process_recording",
        "token",
        "runs",
    ],
)
def test_no_file_of_this_machine_and_no_other_route_is_served(server, path):
    port = int(server.rstrip("/").rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port), timeout=5) as raw:  # as it stands: a client would tidy the path
        raw.sendall(f"GET /gradio_api/{path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while more := raw.recv(65536):
            answer += more
    assert int(answer.split()[1]) in (403, 404)
    assert b"root:" not in answer


def test_the_index_cannot_be_read_by_its_path(server, seeds_index):
    for file in ("recoupe.json", "segments/000001/documents.jsonl"):
        assert (seeds_index / file).is_file()
        assert get(server, f"gradio_api/file={seeds_index}/{file}").status_code == 403


def test_uploads_are_off(server):
    sent = httpx.post(f"{server}gradio_api/upload", files={"files": ("a.txt", b"0" * 100)}, trust_env=False)
    assert (sent.status_code, sent.json()["error"]) == (403, "uploads are off; recoupe serve --allow-uploads")


def test_no_file_is_fetched_for_anybody(server):
    file = {"path": "http://127.0.0.1:1/x", "meta": {"_type": "gradio.FileData"}}
    answer = post(server, "gradio_api/call/v2/ask", {"question": file})
    assert (answer.status_code, answer.json()) == (400, {"error": "a file cannot be given by its address on the web"})
    escaped = r'{"question": {"p\u0061th": "HTTPS://x", "meta": {"_type": "gradio.\u0046ileData"}}}'
    answer = httpx.post(f"{server}gradio_api/call/v2/ask", content=escaped, trust_env=False)
    assert answer.status_code == 400


def test_a_file_of_this_machine_is_not_taken_for_a_question(server):
    file = {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}}
    answer = post(server, "gradio_api/run/ask", {"data": [file]})
    assert answer.status_code == 500
    assert "root:" not in answer.text


def test_other_sites_and_other_names_are_refused(server):
    assert get(server, "config", headers={"Host": "elsewhere.example"}).status_code == 421
    assert get(server, "config", headers={"Host": "localhost:1"}).status_code == 200
    assert get(server, "config", headers={"Origin": "https://elsewhere.example"}).status_code == 403
    assert get(server, "config", headers={"Origin": "null"}).status_code == 403
    assert get(server, "config", headers={"Origin": server.rstrip("/")}).status_code == 200
    forged = {"Origin": "https://elsewhere.example", "Host": "elsewhere.example", "X-Forwarded-Host": "127.0.0.1"}
    assert get(server, "config", headers=forged).status_code == 421


def test_there_are_no_tools_unless_they_are_asked_for(server):
    body = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    assert post(server, "gradio_api/mcp/", body).status_code in (404, 405)


# Logging in


@pytest.fixture(scope="module")
def accounts_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("accounts") / "accounts"
    write_account(file, "camille", PASSWORD)
    write_account(file, "zoé", PASSWORD + " !")
    return file


@pytest.fixture(scope="module")
def closed(seeds_index, accounts_file):
    """A server of two workers that asks for a login; it leaves on SIGTERM."""
    mcp = ["--mcp"] if find_spec("mcp") else []
    options = ["--auth-file", accounts_file, "--host", "0.0.0.0", "--workers", 2, *mcp]
    with served(seeds_index, *options, stop=signal.SIGTERM) as address:
        yield address


@pytest.mark.parametrize(
    "path",
    ["config", "assets/x.js", "theme.css", "robots.txt", "gradio_api/info", "gradio_api/openapi.json",
     "gradio_api/queue/data?session_hash=x", "gradio_api/heartbeat/x", "gradio_api/mcp/", "gradio_api/user",
     "gradio_api/startup-events", "gradio_api/upload_progress?upload_id=x", "nul"],
)  # fmt: skip
def test_nothing_is_read_without_a_login(closed, path):
    answer = get(closed, path)
    assert (answer.status_code, answer.json()) == (401, {"error": "log in first"})
    assert answer.headers["www-authenticate"] == 'Basic realm="Recoupe"'


@pytest.mark.parametrize(
    "path", ["queue/join", "call/v2/ask", "call/ask", "run/ask", "component_server", "upload", "cancel", "mcp/"]
)
def test_nothing_is_sent_without_a_login(closed, path):
    assert post(closed, f"gradio_api/{path}", {}).status_code == 401


def test_the_health_and_the_login_page_need_no_login(closed):
    assert get(closed, "healthz").json()["status"] == "ok"
    page = get(closed, "login", headers={"Accept": "text/html", "Accept-Language": "fr-FR,fr;q=0.9"})
    assert page.status_code == 200
    assert '<html lang="fr">' in page.text
    assert "<script" not in page.text


def test_a_browser_is_shown_in_and_its_question_is_kept(closed):
    with httpx.Client(trust_env=False, headers={"Accept": "text/html"}, base_url=closed) as browser:
        answer = browser.get("/?q=combien+%22de%22")
        assert (answer.status_code, answer.headers["location"]) == (303, "/login?q=combien+%22de%22")
        page = browser.get(answer.headers["location"])
        action = re.search(r'action="([^"]*)"', page.text)[1]
        assert action == "/login?q=combien+%22de%22"
        wrong = browser.post(action, data={"username": "camille", "password": "faux"})
        assert (wrong.status_code, 'role="alert"' in wrong.text) == (401, True)
        right = browser.post(action, data={"username": "camille", "password": PASSWORD})
        assert (right.status_code, right.headers["location"]) == (303, "/?q=combien+%22de%22")
        cookie = right.headers["set-cookie"]
        assert {"HttpOnly", "Path=/", "SameSite=lax"} <= set(cookie.split("; "))
        assert browser.get("/config").json()["username"] == "camille"
        browser.get("/logout")
        assert browser.get("/config", headers={"Accept": "*/*"}).status_code == 401


def test_a_program_logs_in_with_gradio_client(closed):
    from gradio_client import Client
    from gradio_client.exceptions import AuthenticationError

    client = Client(closed, auth=("zoé", PASSWORD + " !"), verbose=False)
    assert client.predict("how many soldiers died?", api_name="/ask")["found"] is True
    client.close()
    with pytest.raises(AuthenticationError):
        Client(closed, auth=("zoé", "faux"), verbose=False)


def test_a_program_logs_in_with_basic_authentication(closed):
    assert get(closed, "gradio_api/info", auth=("camille", PASSWORD)).status_code == 200
    assert get(closed, "gradio_api/info", auth=("camille", "faux")).status_code == 401
    for header in ("Basic", "Basic !", "Basic " + base64.b64encode(b"\xff").decode(), "Bearer x"):
        assert get(closed, "gradio_api/info", headers={"Authorization": header}).status_code == 401


def test_a_model_logs_in_with_basic_authentication(closed):
    pytest.importorskip("mcp", reason="the extra recoupe[mcp] is not installed")
    from test_mcp import in_session

    basic = base64.b64encode(f"camille:{PASSWORD}".encode()).decode()
    tools = in_session(closed, lambda session: session.list_tools(), Authorization=f"Basic {basic}").tools
    assert [tool.name for tool in tools] == ["ask", "search", "compare", "sources"]


# Accounts


def test_an_account_is_kept_as_a_hash_that_only_its_owner_reads(tmp_path):
    file = tmp_path / "accounts"
    write_account(file, "camille", "premier mot")
    write_account(file, "zoé", "deuxième mot")
    write_account(file, "camille", "troisième mot")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(read_accounts(file)) == ["camille", "zoé"]
    assert "mot" not in file.read_text(encoding="utf-8")
    accounts = Accounts(read_accounts(file))
    assert accounts.verified("camille", "troisième mot", "here")
    assert not accounts.verified("camille", "premier mot", "here")
    assert not accounts.verified("nobody", "troisième mot", "here")
    assert os.listdir(tmp_path) == ["accounts"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "holds no account"),
        ("camille", "line 1 is not NAME:HASH"),
        ("# note\ncamille:secret", "line 2 is not NAME:HASH"),
        ("a b:" + hash_password(PASSWORD), "line 1: a name has letters"),
    ],
)
def test_a_file_that_is_none_of_accounts_is_refused(tmp_path, text, message):
    file = tmp_path / "accounts"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(CorpusError, match=message):
        read_accounts(file)
    with pytest.raises(CorpusError, match="cannot be read"):
        read_accounts(tmp_path)


def test_who_fails_too_often_waits_even_with_the_right_password():
    now = 1000.0
    accounts = Accounts({"camille": CHEAP}, clock=lambda: now)
    assert accounts.verified("camille", PASSWORD, "there")
    for number in range(ATTEMPTS):
        now += 1
        assert not accounts.verified("camille", f"faux {number}", "there")
    with pytest.raises(TooManyAttempts) as refused:
        accounts.verified("camille", PASSWORD, "there")
    assert refused.value.wait == WITHIN - ATTEMPTS + 2
    assert accounts.verified("camille", PASSWORD, "elsewhere")
    now += refused.value.wait
    assert accounts.verified("camille", PASSWORD, "there")
    assert not accounts.verified("camille", "faux", "there")


def test_attempts_at_the_same_time_are_counted_together():
    accounts = Accounts({"camille": CHEAP})
    outcomes = []

    def attempt(number):
        try:
            outcomes.append(accounts.verified("camille", f"faux {number}", "there"))
        except TooManyAttempts:
            outcomes.append(None)

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(ATTEMPTS + 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes.count(False), outcomes.count(None)) == (ATTEMPTS, 5)


def test_a_session_ends():
    now = 0.0
    accounts = Accounts({}, clock=lambda: now)
    token = accounts.open_session("camille")
    other = accounts.open_session("zoé")
    assert (accounts.in_session(token), accounts.in_session("nul")) == ("camille", None)
    accounts.close_session(token)
    assert (accounts.in_session(token), accounts.in_session(other)) == (None, "zoé")
    now = 12 * 3600.0
    assert accounts.in_session(other) is None


def test_the_command_makes_an_account(tmp_path):
    from ui.cli import cli

    file = tmp_path / "accounts"
    done = CliRunner().invoke(cli, ["password", "camille", "--auth-file", str(file)], input=PASSWORD + "\n")
    assert done.output == "camille may log in; a server that runs already learns it when it is started again.\n"
    assert Accounts(read_accounts(file)).verified("camille", PASSWORD, "here")
    line = CliRunner().invoke(cli, ["password", "zoé"], input=PASSWORD + "\n").output
    assert re.fullmatch(r"zoé:\$argon2id\$\S+\n", line)
    short = CliRunner().invoke(cli, ["password", "zoé"], input="court\n")
    assert (short.exit_code, short.output) == (1, "Error: a password has from 8 to 1024 characters\n")
    assert CliRunner().invoke(cli, ["password", "a:b"], input=PASSWORD).exit_code == 2


# The guard before an application that says yes to everything


async def yes(scope, receive, send):
    read = b""
    while True:
        message = await receive()
        read += message.get("body", b"")
        if not message.get("more_body"):
            break
    await PlainTextResponse(f"{scope['path']} {len(read)}")(scope, receive, send)


def guarded(files, **changes):
    known = {"ask": {"question": REQUIRED, "history": None}}
    page = {"root_path": "", "endpoints": known, "events": {3: 2}}
    options = {"door": None, "hosts": None, "most_upload": 0} | page | changes
    return TestClient(Guard(yes, Limits(files=files, **options)), base_url="http://127.0.0.1:7860")


def test_files_of_the_page_are_served_and_links_out_of_it_are_not(tmp_path):
    files = tmp_path / "files"
    (files / "a").mkdir(parents=True)
    (files / "a" / "export.csv").write_text("x", encoding="utf-8")
    (files / "a" / "link").symlink_to("/etc/passwd")
    (files / "a" / "folder").symlink_to("/etc")
    (tmp_path / "files-of-others").write_text("x", encoding="utf-8")
    client = guarded(files)
    assert client.get(f"/gradio_api/file={files}/a/export.csv").status_code == 200
    for path in ("a/link", "a/folder/passwd", "../files-of-others", "a/../../files-of-others"):
        assert client.get(f"/gradio_api/file={files}/{path}").status_code == 403
    assert client.get(f"/gradio_api/file={files}-of-others").status_code == 403


def test_a_body_has_its_limit(tmp_path):
    client = guarded(tmp_path, most_upload=1000)
    question = '{"data": ["%s"]}'
    within = question % ("x" * (LARGEST_JSON - 100))
    assert client.post("/gradio_api/run/ask", content=within).status_code == 200
    assert client.post("/gradio_api/run/ask", content=question % ("x" * LARGEST_JSON)).status_code == 413
    parts = (chunk for chunk in [b'{"data": ["', b"x" * LARGEST_JSON, b'"]}'])
    assert client.post("/gradio_api/run/ask", content=parts).status_code == 413
    assert client.post("/gradio_api/upload", content=b"x" * 20_000).text == "/gradio_api/upload 20000"
    assert client.post("/gradio_api/upload", content=b"x" * 20_001).status_code == 413


def test_what_the_page_sends_past_the_queue_is_let_in_and_nothing_like_it(tmp_path):
    client = guarded(tmp_path)

    def status(**body):
        return client.post("/gradio_api/run/predict", json=body).status_code

    assert status(fn_index=3, data=[1, 2]) == 200
    assert [status(fn_index=3, data=[1]), status(fn_index=3, data="ab"), status(fn_index=2, data=[1, 2])] == [404] * 3
    assert [status(fn_index="3", data=[1, 2]), status(data=[1, 2]), status()] == [404] * 3


def test_a_proxy_may_pass_its_prefix_on_or_not(tmp_path):
    client = guarded(tmp_path, root_path="/recoupe")
    assert client.get("/recoupe/config").text == "/config 0"
    assert client.get("/config").text == "/config 0"
    assert client.get("/recoupes/config").status_code == 404
    assert client.get("/recoupe/gradio_api/file=/etc/passwd").status_code == 403


def test_a_server_on_this_machine_has_the_names_that_it_was_given(tmp_path):
    names = Hosting(root_path="https://news.example/recoupe").hosts
    client = guarded(tmp_path, hosts=names)
    assert client.get("/config").status_code == 200
    assert client.get("/config", headers={"Host": "News.example"}).status_code == 200
    assert client.get("/config", headers={"Origin": "https://news.example"}).status_code == 200
    assert client.get("/config", headers={"Host": "news.example.evil.example"}).status_code == 421
    assert Hosting(host="0.0.0.0").hosts is None
    assert Hosting(host="::1").hosts == {"127.0.0.1", "localhost", "[::1]"}
    assert Hosting(auth_file=tmp_path / "accounts").hosts is None


def test_a_cookie_is_secure_where_the_connection_is(tmp_path):
    accounts = Accounts({"camille": CHEAP})
    client = guarded(tmp_path, door=Login(accounts, root_path="/recoupe"), root_path="/recoupe")
    client.base_url = "https://news.example"
    answer = client.post("/recoupe/login", data={"username": "camille", "password": PASSWORD})
    assert {"Secure", "Path=/recoupe/"} <= set(answer.headers["set-cookie"].split("; "))
    assert client.get("/recoupe/config").status_code == 200
    assert client.post("/recoupe/login", content=b"x" * 20_000).status_code == 413


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"x", {"Content-Type": "multipart/form-data"}, 400),
        (b"a=1&b=2&c=3&d=4&e=5", {"Content-Type": "application/x-www-form-urlencoded"}, 400),
        (b"", {"Content-Length": "much"}, 413),
    ],
)
def test_a_login_that_is_none_is_refused_in_a_sentence(tmp_path, body, headers, status):
    client = guarded(tmp_path, door=Login(Accounts({"camille": CHEAP}), root_path=""))
    answer = client.post("/login", content=body, headers=headers)
    assert answer.status_code == status
    assert answer.json()["error"]


def test_a_corpus_on_an_engine_is_served_too(seeds_index):
    program = (
        "import sys; from index import Corpus; from ui.server.serving import serve_corpus; "
        "from ui.server.hosting import Hosting; corpus = Corpus.open(sys.argv[1]); "
        "corpus.path = 'milvus+http://127.0.0.1:19530/news'; serve_corpus(corpus, Hosting(port=0))"
    )
    with started(["-c", program, seeds_index], stop=signal.SIGTERM) as (address, _):
        assert get(address, "healthz").json()["sources"] == 5


def test_who_fails_too_often_is_told_when_to_come_back(tmp_path):
    client = guarded(tmp_path, door=Login(Accounts({"camille": CHEAP}), root_path=""))
    for number in range(ATTEMPTS):
        assert client.get("/config", auth=("camille", f"faux {number}")).status_code == 401
    answer = client.get("/config", auth=("camille", PASSWORD))
    assert answer.status_code == 429
    assert 290 <= int(answer.headers["retry-after"]) <= 300
    answer = client.post("/login", data={"username": "camille", "password": PASSWORD}, headers={"Accept": "text/html"})
    assert answer.status_code == 429
    assert "Try again in" in answer.text


# Ports


def test_a_port_in_use_is_passed_over_or_refused():
    from ui.server.serving import listen

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CorpusError, match=f"port {port} on 127.0.0.1 is in use; choose another with --port"):
            listen("127.0.0.1", port, tries=1)
        with listen("127.0.0.1", port, tries=50) as listener:
            assert port < listener.getsockname()[1] < port + 50


def test_an_address_of_another_machine_is_refused():
    from ui.server.serving import listen

    with pytest.raises(CorpusError, match=r"192\.0\.2\.1 cannot be listened on"):
        listen("192.0.2.1", 0, tries=1)


# Options


@pytest.mark.parametrize(
    ("text", "number"), [("20MB", 20_000_000), ("500 kb", 500_000), ("7", 7), ("1gb", 10**9), ("9B", 9)]
)
def test_sizes(text, number):
    from ui.terminal.serving import Size

    assert Size().convert(text, None, None) == number


@pytest.mark.parametrize(
    "options", [["--max-upload", "0"], ["--max-upload", "big"], ["--root-path", "recoupe"], ["--root-path", "/a b"]]
)
def test_bad_options_are_refused(options):
    from ui.cli import cli

    assert CliRunner().invoke(cli, ["serve", *options]).exit_code == 2


# Too many at once, and the end


@pytest.fixture(params=WORKERS)
def slow(seeds_index, tmp_path, request):
    """A server open to everybody that answers what begins with "attends" once a file is there; and that file.

    A reader is connected to it from the beginning until after it has left.
    """
    go = tmp_path / "go"
    told = "Warning: whoever reaches 0.0.0.0 reads this corpus; --auth-file asks for a login."
    command = [ROOT / "tests" / "slow_server.py", seeds_index, go, request.param]
    with ExitStack() as afterwards, started(command, stop=signal.SIGTERM, told=told) as (server, process):
        heart = httpx.stream("GET", f"{server}gradio_api/heartbeat/x", trust_env=False)
        assert next(afterwards.enter_context(heart).iter_lines()) == "data: ALIVE"
        yield server, process, go


def test_a_full_queue_says_that_it_is_busy(slow):
    from gradio_client import Client
    from gradio_client.exceptions import AppError
    from gradio_client.utils import QueueError

    server, process, go = slow
    asked = [post(server, "gradio_api/call/v2/ask", {"question": f"attends {n} ?"}) for n in range(4)]
    for _ in asked:
        assert process.stdout.readline() == "working\n"
    waiting = post(server, "gradio_api/call/v2/ask", {"question": "attends ?"})
    busy = post(server, "gradio_api/call/v2/ask", {"question": "attends encore ?"})
    assert [answer.status_code for answer in (*asked, waiting, busy)] == [200] * 5 + [503]
    assert busy.json()["detail"].startswith("Queue is full.")
    assert busy.headers["retry-after"] == "2"
    client = Client(server, verbose=False)
    with pytest.raises((AppError, QueueError), match="Queue is full"):
        client.predict("attends ?", api_name="/ask")
    go.touch()
    for answer in (*asked, waiting):
        event = answer.json()["event_id"]
        assert get(server, f"gradio_api/call/ask/{event}", timeout=20).text.startswith("event: complete")
    assert client.predict("how many soldiers died?", api_name="/ask")["found"] is True
    client.close()
