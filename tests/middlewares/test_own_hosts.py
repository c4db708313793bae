"""Only the portal's own hosts, and never a private network."""

PAGE = (200, {}, b"<html><p>page")


def redirect(where):
    return 302, {"Location": where}, b""


def test_strangers_and_private_addresses_are_never_asked(server, crawl):
    port = server.server_port
    server.answers = {
        "/": PAGE,
        "/to-stranger": redirect("http://stranger.test/secret"),
        "/to-loopback": redirect(f"http://localhost:{port}/secret"),
        "/to-spelling": redirect(f"http://127.1:{port}/secret"),
        "/to-port": redirect(f"http://127.0.0.1:{port + 1}/secret"),
        "/to-broken": redirect("http://[broken/"),
        "/to-file": redirect("file:///etc/hosts"),
        "/refresh": (200, {}, b"<html><meta http-equiv=refresh content='0; url=http://169.254.169.254/secret'>"),
        "/own": redirect("/"),
    }
    found = crawl(*[server.url + path for path in server.answers],
                  f"http://[::ffff:127.0.0.1]:{port}/secret", f"http://2130706433:{port}/secret",
                  "http://10.0.0.1/secret",
                  names={"stranger.test": "127.0.0.1"})
    assert "/secret" not in server.paths()
    assert [url for url, *_ in found["got"]].count(server.url + "/") == 2
    assert found["left_out"] == {"foreign-host": 1, "private-address": 7}


def test_a_name_that_resolves_to_a_private_address_is_never_asked(server, crawl):
    """Also when it is the portal's own: another host of its profile, or a name server that lies."""
    server.answers = {"/": PAGE, "/secret": PAGE}
    port = server.server_port
    found = crawl(server.url + "/", f"http://other.test:{port}/secret", f"http://www.other.test:{port}/secret",
                  hosts=["other.test"], names={"other.test": "127.0.0.1", "www.other.test": "::ffff:10.0.0.1"})
    assert server.paths() == ["/"]
    assert found["left_out"] == {"private-address": 2}
    assert sorted(url for url, _ in found["failed"]) == [
        f"http://other.test:{port}/secret", f"http://www.other.test:{port}/secret"]


def test_a_named_host_may_be_private(server, crawl):
    server.answers = {"/": PAGE}
    found = crawl(f"http://replica.test:{server.server_port}/", names={"replica.test": "127.0.0.1"})
    assert [status for _, status, *_ in found["got"]] == [200]


def test_robots_txt_of_a_stranger_is_not_asked(server, crawl):
    server.answers = {"/": PAGE, "/robots.txt": redirect("http://stranger.test/robots.txt")}
    found = crawl(server.url + "/", "http://stranger.test/", names={"stranger.test": "127.0.0.1"},
                  settings={"ROBOTSTXT_OBEY": True})
    assert server.paths() == ["/robots.txt", "/"]
    assert found["left_out"] == {"foreign-host": 2}
