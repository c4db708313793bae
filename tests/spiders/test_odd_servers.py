"""Servers that are busy now and then, tell wrong lengths, demand cookies, hide the next page: no article is lost."""

import gzip
from collections import Counter

import pytest
from tiny_portal import SENTENCE, article_page, crawl, listing_page, records, runs


def numbers(folder):
    return sorted(int(record["url"].partition("/news/")[2].partition("-")[0]) for record in records(folder))


def test_errors_that_pass(portal, folder):
    """Each page fails twice; with one more try that is a failure, and the end of the run brings a second chance."""
    asked = Counter()

    def busy(number):
        def answer():
            asked[number] += 1
            return (503, {}, b"busy") if asked[number] <= 2 else article_page(number)

        return answer

    paths = portal.add_articles(range(12))
    for number, path in enumerate(paths[:4]):
        portal.pages[path] = busy(number)
    portal.pages[paths[5]] = 500
    portal.pages["/"] = listing_page(paths)
    crawl(portal, folder, "-s", "RETRY_TIMES=1")
    assert numbers(folder) == [number for number in range(12) if number != 5]
    assert portal.paths().count(paths[5]) == 4
    crawl(portal, folder)
    assert len(records(folder)) == 11


def cut(page, **headers):
    body = page.encode()
    return 200, {"Content-Length": str(len(body) + 500), "Connection": "close", **headers}, body


def test_lengths_that_are_wrong(portal, folder):
    paths = portal.add_articles(range(5))
    portal.pages[paths[0]] = cut(article_page(0))
    portal.pages[paths[1]] = cut(article_page(1)[:-800])
    body = gzip.compress(article_page(2).encode())
    portal.pages[paths[2]] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip", "Connection": "close",
                                    "Content-Length": str(len(body) + 9)}, body)
    portal.pages[paths[3]] = (200, {"Content-Type": "text/html", "Transfer-Encoding": "chunked", "Connection": "close"},
                              b"%x\r\n%b\r\n" % (len(article_page(3).encode()), article_page(3).encode()))
    wide = article_page(4).replace("utf-8", "utf-16").encode("utf-16")
    portal.pages[paths[4]] = (200, {"Content-Type": "text/html", "Content-Length": str(len(wide) + 9),
                                    "Connection": "close"}, wide)
    portal.pages["/"] = cut(listing_page(paths))
    done = crawl(portal, folder, "-s", "DOWNLOAD_TIMEOUT=5")
    assert numbers(folder) == [0, 2, 3, 4]
    assert f"{paths[1]}: the answer broke off" in done.stderr


def test_cookies_that_are_demanded(portal, folder):
    """Who shows no cookie is sent to the same address again, for ever."""
    pages = {path: article_page(number) for number, path in enumerate(portal.add_articles(range(3)))}
    pages["/"] = listing_page(list(pages))
    for place, path in enumerate(pages):
        def answer(path=path, place=place):
            _, headers, _ = portal.asked[-1]
            if "seen=1" in headers.get("Cookie", ""):
                return pages[path]
            if place == 1:
                refresh = f'<html><meta http-equiv="refresh" content="0; url={path}"></html>'
                return 200, {"Set-Cookie": "seen=1"}, refresh
            return 302, {"Location": path, "Set-Cookie": "seen=1; Path=/; HttpOnly"}, ""

        portal.pages[path] = answer
    crawl(portal, folder)
    assert numbers(folder) == [0, 1, 2]
    first = [headers.get("Cookie") for path, headers, _ in portal.asked if path == "/"]
    assert first == [None, "seen=1"]


def test_next_pages_without_a_link(portal, folder):
    paths = portal.add_articles(range(12))
    button = '<button class="btn" data-url="/ajax/list?offset=3">Көбірек көрсету</button>'
    share = '<span class="share" data-url="/share-this-page-with-friends">Бөлісу</span>'
    portal.pages["/"] = listing_page(paths[:3], more=button + share)
    portal.pages["/ajax/list?offset=3"] = "".join(f'<a href="{path}">Тағы бір қала жаңалығы</a>' for path in paths[3:6])
    portal.pages["/ajax/list?offset=3"] += '<div id="load-more" data-next="/tizim-jalgasy"></div>'
    header = '</tizim-sony?p=3>; rel="next", </>; rel=prev'
    portal.pages["/tizim-jalgasy"] = (200, {"Link": header}, listing_page(paths[6:9]))
    portal.pages["/tizim-sony?p=3"] = listing_page(paths[9:])
    crawl(portal, folder)
    assert numbers(folder) == list(range(12))
    assert "/share-this-page-with-friends" not in portal.paths()


def test_rules_for_robots_in_headers(portal, folder):
    paths = portal.add_articles(range(3))
    page = article_page(0, foot=f'<a href="{paths[2]}">Тағы бір қала жаңалығы осында</a>')
    portal.pages[paths[0]] = (200, {"X-Robots-Tag": "noindex, nofollow, NoAI"}, page)
    other = article_page(1, head='<meta name="robots" content="noarchive">')
    portal.pages[paths[1]] = (200, {"X-Robots-Tag": "googlebot: noindex"}, other)
    portal.pages["/"] = listing_page(paths[:2])
    crawl(portal, folder)
    found = {record["title"].split()[1]: record["warnings"] for record in records(folder)}
    assert found == {"0": ["noindex", "noai"], "1": ["noarchive"]}


@pytest.mark.parametrize("robots", [
    500, (200, {"Content-Type": "text/html"}, "<html><h1>Басты бет</h1>" * 10), (302, {"Location": "/robots.txt"}, ""),
    (301, {"Location": "/r.txt"}, ""), (200, {"Content-Type": "text/plain"}, "User-agent: *\nDisallow: /x/\n" * 40_000),
    (200, {}, b"\x00\xff" * 5_000),
    (200, {"Content-Length": "9999", "Connection": "close"}, "User-agent: *\nDisallow: /x/"),
], ids=["500", "html", "loop", "moved", "huge", "binary", "cut"])
def test_robots_txt(portal, folder, robots):
    portal.pages["/robots.txt"] = robots
    portal.pages["/r.txt"] = (200, {"Content-Type": "text/plain"}, "User-agent: *\nDisallow: /x/")
    paths = portal.add_articles(range(2))
    portal.pages["/x/news/7-sayabaq-ashyldy-qalada"] = article_page(7, body=[SENTENCE * 4] * 3)
    portal.pages["/"] = listing_page([*paths, "/x/news/7-sayabaq-ashyldy-qalada"])
    crawl(portal, folder, "-s", "DOWNLOAD_TIMEOUT=5")
    obeyed = b"Disallow" in str(robots).encode() or ("r.txt'" in str(robots) and "/robots" not in str(robots))
    assert numbers(folder) == ([0, 1] if obeyed else [0, 1, 7])
    assert runs(folder)[-1]["outcome"] == "finished"
