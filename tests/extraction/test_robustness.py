"""Hostile pages: `extract` and `explain` return in bounded time and never raise."""

import random
import subprocess
import sys
import time
from pathlib import Path

from hostile_pages import NAMES, PARAGRAPH
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from malim_scraper import explain, extract

URL = "https://kala.example/news/2024/100-kala-kuni"
PAGE = f"""<!DOCTYPE html><html lang="kk"><head><meta charset="utf-8"><title>Қала күні тойланды — Кала</title>
<meta property="og:title" content="Қала күні тойланды"><link rel="canonical" href="{URL}">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "NewsArticle",
"headline": "Қала күні тойланды", "datePublished": "2024-04-24T12:30:00+05:00", "author": [{{"name": "Асқар Нұр"}}]}}]}}
</script></head><body><nav><ul><li><a href="/news">Жаңалықтар</a></li></ul></nav><main><article itemscope
itemtype="https://schema.org/NewsArticle"><h1 itemprop="headline">Қала күні тойланды</h1><p class="byline">Асқар Нұр
<time datetime="2024-04-24T12:30">24 сәуір 2024, 12:30</time></p><img src="/i.jpg" alt="Алаң"><p>{PARAGRAPH * 2}</p>
<h2>Жәрмеңке</h2><p>{PARAGRAPH}<b>{PARAGRAPH}</b><br><br>{PARAGRAPH}</p><blockquote>{PARAGRAPH}</blockquote>
<p>Оқи отырыңыз: <a href="/news/2024/99-kopir">Көпір жөндеуден өтті қалада</a></p></article>
<section class="related"><h3>Байланысты жаңалықтар</h3><ul><li><a href="/news/2024/98-su">Су деңгейі төмендеп
келеді</a> <span>23.04.2024</span></li></ul></section></main><footer>© 2024</footer></body></html>"""
PIECES = ("<", ">", "</", "<!--", "-->", "<![CDATA[", "]]>", "&#0;", "&#xD800;", "&", "\x00", "\ufeff", "\u202e",
          "\ud800", "<script>", "</script>", "<table><tr><td>", "<svg><p>", "<template>", "<frameset>", "<plaintext>",
          "<base href=//>", '<meta charset="utf-7">', '<a href="http://[::1">', '<p style="display:none">', "{",
          '{"@graph": [null, {}]}', '<script type="application/ld+json">', "9" * 5000, "<time datetime=0000-00-00>",
          "<?xml version='1.0' encoding='x'?>")


def check(page: str | bytes) -> None:
    started = time.process_time()
    article = extract(page, url=URL)
    assert explain(page, url=URL).article == article
    assert time.process_time() - started < 10  # of two calls


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.binary(max_size=2_000))
def test_random_bytes(page):
    check(page)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.text(alphabet=st.characters(), max_size=2_000))
def test_random_text(page):
    check(page)


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
@given(st.integers(0, 2**32), st.integers(1, 40), st.sampled_from(["utf-8", "windows-1251", "utf-16", "shift_jis", ""]))
def test_mutated_pages(seed, times, encoding):
    page = mutate(PAGE, random.Random(seed), times)
    check(page.encode(encoding, "replace") if encoding else page)


def mutate(page: str, chance: random.Random, times: int) -> str:
    """Drop, repeat, reverse, cut and insert pieces of a page."""
    for _ in range(times):
        start = chance.randrange(len(page) + 1)
        stop = min(len(page), start + chance.choice((1, 5, 50, 500)))
        cut = page[start:stop]
        page = chance.choice((
            page[:start] + page[stop:], page[:stop] + cut + page[stop:],
            page[:start] + chance.choice(PIECES) + page[start:],
            page[:start] + cut[::-1] + page[stop:], page[:max(stop, 200)]))
    return page


RUN = """
import sys, time
sys.path[:0] = {path!r}
from hostile_pages import HEAD, NAMES, hostile_page
from malim_scraper import explain, extract
for name in NAMES:
    bare = hostile_page(name, {scale})
    print(name, end=": ", flush=True)
    started = time.process_time()
    extract(bare, url={url!r})
    explain((HEAD + bare).encode("utf-8", "surrogatepass"), url={url!r})
    print(round(time.process_time() - started, 2), flush=True)
"""


def test_large_and_deep_pages():
    """A small part of the size that `benchmarks/heavy.py` tries: enough for what grows faster than the page."""
    code = RUN.format(path=[str(Path(__file__).parent), *sys.path], scale=0.03, url=URL)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout[-200:] + done.stderr[-2_000:]
    lines = (line.rpartition(": ") for line in done.stdout.splitlines())
    seconds = {name: float(time) for name, _, time in lines}
    assert list(seconds) == NAMES
    assert not {name: time for name, time in seconds.items() if time > 2}
