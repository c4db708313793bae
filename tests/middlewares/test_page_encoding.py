"""Pages of old portals are read in the encoding that their bytes have."""

import gzip

TEXT = "<html><p>Сегодня в Алматы ожидается дождь, сообщили синоптики."


def test_encodings(server, crawl):
    server.answers = {
        "/header-wrong": (200, {"Content-Type": "text/html; charset=utf-8"}, TEXT.encode("windows-1251")),
        "/undeclared": (200, {}, TEXT.encode("windows-1251")),
        "/old-header": (200, {"Content-Type": "text/html; charset=windows-1251"}, TEXT.encode()),
        "/koi8": (200, {"Content-Type": "text/html; charset=koi8-r"}, TEXT.encode("koi8-r")),
        "/gzip": (200, {"Content-Encoding": "gzip"}, gzip.compress(TEXT.encode("windows-1251"))),
        "/no-kind": (200, {"Content-Type": "application/octet-stream"}, TEXT.encode("windows-1251")),
        "/utf8": (200, {"Content-Type": "text/html; charset=utf-8"}, TEXT.encode()),
    }
    found = crawl(*[server.url + path for path in server.answers])
    texts = {url.removeprefix(server.url): text for url, _, _, text in found["got"]}
    assert texts == dict.fromkeys(server.answers, TEXT)


def test_sitemaps_stay_bytes(server, crawl):
    server.answers = {"/sitemap.xml.gz": (200, {"Content-Type": "application/x-gzip"}, gzip.compress(b"<urlset/>"))}
    found = crawl(server.url + "/sitemap.xml.gz")
    assert [(status, encoding) for _, status, encoding, _ in found["got"]] == [(200, None)]
