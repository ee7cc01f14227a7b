import pytest

from teli_iac.api import connect, parse_origin
from teli_iac.errors import NotConfigured, NotSent, ReplyLost
from tests.api.clients import CREATE, KEY, LIST, Naps, client_of
from tests.api.servers import CERTIFICATE, OK, Caller, Server, answering, close_at_once, json_answer


def _tls(caller: Caller) -> None:
    caller.become_tls()
    answering(OK)(caller)


def _tunnel(caller: Caller) -> None:
    caller.read_head()
    caller.send(b"HTTP/1.1 200 Connection established\r\n\r\n")
    _tls(caller)


def _trust_the_test_certificate(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))


def test_a_proxy_of_the_environment_carries_the_request_and_never_sees_the_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _trust_the_test_certificate(monkeypatch)
    with Server(_tunnel) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://user:word@127.0.0.1:{proxy.port}")
        with client_of("https://api.teli.test/base") as client:
            assert client.write(CREATE).document == {"success": True}
    tunnel, request = proxy.heads
    assert tunnel.startswith(b"CONNECT api.teli.test:443 HTTP/1.1\r\n")
    assert KEY.secret.encode() not in tunnel
    assert request.startswith(b"POST /base/v1/voice/campaigns HTTP/1.1\r\n")
    assert KEY.secret.encode() in request
    assert b"Proxy-Authorization" in tunnel
    assert b"Proxy-Authorization" not in request


@pytest.mark.parametrize("variable", ["ALL_PROXY", "https_proxy"])
def test_every_spelling_of_the_proxy_variables_counts(variable: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(close_at_once) as proxy:
        monkeypatch.setenv(variable, f"127.0.0.1:{proxy.port}")
        with client_of("https://api.teli.test") as client, pytest.raises(ReplyLost):
            client.write(CREATE)
    assert proxy.connections == 1


def test_no_proxy_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    _trust_the_test_certificate(monkeypatch)
    with Server(_tls) as server, Server(_tunnel) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("NO_PROXY", "example.com,.teli.test")
        with client_of(f"https://api.teli.test:{server.port}") as client:
            assert client.read(LIST).status == 200
    assert (proxy.connections, server.connections) == (0, 1)


def test_proxies_can_be_left_aside_while_certificates_still_count(monkeypatch: pytest.MonkeyPatch) -> None:
    _trust_the_test_certificate(monkeypatch)
    with Server(_tls) as server, Server(_tunnel) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        origin = parse_origin(f"https://api.teli.test:{server.port}")
        with connect(origin, KEY, environment_proxies=False) as client:
            assert client.read(LIST).status == 200
    assert proxy.connections == 0


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_this_machine_is_never_asked_for_through_a_proxy(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with Server(answering(OK)) as server, Server(answering(OK)) as proxy:
        for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
            monkeypatch.setenv(variable, f"http://127.0.0.1:{proxy.port}")
        with client_of(f"http://{host}:{server.port}") as client:
            assert client.read(LIST).status == 200
    assert proxy.connections == 0


def test_a_proxy_that_refuses_the_tunnel_let_nothing_through(monkeypatch: pytest.MonkeyPatch) -> None:
    refusal = json_answer({"error": "hunter2"}, status="407 Proxy Authentication Required hunter2")
    with Server(answering(refusal)) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        with client_of("https://api.teli.test") as client, pytest.raises(NotSent) as fault:
            client.write(CREATE)
    assert fault.value.what == "the proxy refused the connection (407)"


def test_a_proxy_that_is_not_there_let_nothing_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://no.such.test:3128")
    with client_of("https://api.teli.test") as client, pytest.raises(NotSent):
        client.write(CREATE)


def test_an_unknown_certificate_is_refused_before_anything_is_sent() -> None:
    with (
        Server(_tls) as server,
        client_of(f"https://api.teli.test:{server.port}") as client,
        pytest.raises(NotSent, match=r"TLS certificate was not accepted \(self-signed certificate\)"),
    ):
        client.write(CREATE)
    assert server.heads == []


def test_a_certificate_for_another_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _trust_the_test_certificate(monkeypatch)
    with (
        Server(_tls) as server,
        client_of(f"https://other.test:{server.port}") as client,
        pytest.raises(NotSent, match=r"not accepted .*other\.test"),
    ):
        client.write(CREATE)
    assert server.heads == []


def test_a_plain_server_where_tls_is_wanted_gets_nothing() -> None:
    def answer_in_plain(caller: Caller) -> None:
        caller.connection.recv(5)
        caller.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")

    with (
        Server(answer_in_plain) as server,
        client_of(f"https://127.0.0.1:{server.port}") as client,
        pytest.raises(NotSent, match="no TLS connection could be agreed on"),
    ):
        client.write(CREATE)


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("SSL_CERT_FILE", "/no/such/file.pem", "certificates"),
        ("HTTPS_PROXY", "gopher://proxy.test:70", "proxy"),
        ("HTTPS_PROXY", "http://proxy.test:port", "proxy"),
        ("HTTPS_PROXY", "socks5://proxy.test:1080", "SOCKS"),
    ],
)
def test_an_unusable_environment_is_a_setting_to_correct(
    variable: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(NotConfigured, match=words):
        connect(parse_origin("https://api.teli.test"), KEY, waiting=Naps().waiting())
