"""Scrapy's own tools on the replica: shell, parse, check, and a spider with the page object."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from malim_scraper.demo import Replica, serve
from malim_scraper.demo.truth import truth

SPIDER = '''
from malim_scraper.spiders.portal import PortalSpider

class Checked(PortalSpider):
    name = "checked"

    @classmethod
    def from_crawler(cls, crawler, *args, **kwargs):
        return super().from_crawler(crawler, *args, url="{base}/", **kwargs)

    def parse_article(self, response):
        """An article.

        @url {url}
        @article {fields}
        """
        return super().parse_article(response)
'''
PAGE_OBJECT = '''
from scrapy import Request, Spider
from malim_scraper.poet import ArticlePage

class Own(Spider):
    name = "own"
    custom_settings = {{"ADDONS": {{"scrapy_poet.Addon": 300}}, "ITEM_PIPELINES": {{}}}}

    async def start(self):
        yield Request("{url}", self.parse_page)

    async def parse_page(self, response, page: ArticlePage):
        yield await page.to_item()
'''


@pytest.fixture(scope="module")
def replica():
    with serve(Replica()) as running:
        yield running.replica


@pytest.fixture(scope="module")
def article(replica):
    return next(one for one in truth(replica) if one["title"] and one["authors"])


def scrapy(*args, **env):
    settings = {"SCRAPY_SETTINGS_MODULE": "malim_scraper.settings", **env}
    return subprocess.run([sys.executable, "-m", "scrapy", *args], capture_output=True, text=True, timeout=60,
                          env={**os.environ, **settings})


def test_shell_has_extract_at_hand(article):
    done = scrapy("shell", article["canonical_url"], "-s", "DOWNLOAD_DELAY=0", "-c", "extract(response).title")
    assert done.stdout.strip() == article["title"], done.stderr


def test_shell_explains_a_saved_page(tmp_path):
    Path(tmp_path / "page.html").write_text("<h1>Бет</h1>", "utf-8")
    done = scrapy("shell", str(tmp_path / "page.html"), "-c", "explain(response).article is None")
    assert done.stdout.strip() == "True", done.stderr


@pytest.mark.parametrize(("spider", "args", "code", "told"), [
    ("portal", [], 2, "Error: no portal: "),
    ("portal", ["limt=3", "url=http://127.0.0.1:9/"], 2, "Error: -a limt: there is no such argument. Did you mean"),
    ("portal", ["url=http://127.0.0.1:9/"], 1, "Error: 127.0.0.1:9: nothing could be fetched. "),
    ("portal", ["url=http://127.0.0.1:9/", "_job=7"], 1, "Error: 127.0.0.1:9: nothing could be fetched. "),
    ("potral", [], 2, "there is no spider 'potral'. Known spiders: malim, portal."),
])
def test_crawl_fails_in_one_line(tmp_path, spider, args, code, told):
    """Port 9 (discard) answers nowhere."""
    done = scrapy("crawl", spider, *[part for arg in args for part in ("-a", arg)], "-s", "LOG_ENABLED=0", "-s",
                  "RETRY_TIMES=0", "-s", "ROBOTSTXT_OBEY=0")
    assert done.returncode == code, done.stderr
    assert told in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_parse_reads_one_article(replica, article):
    done = scrapy("parse", "--spider", "portal", "-a", f"url={replica.base}/", "-a", "timezone=Asia/Almaty",
                  "--nocolour", "-c", "parse_article", article["canonical_url"])
    assert f"'title': '{article['title']}'" in done.stdout, done.stderr
    assert "# Requests  -----" in done.stdout
    assert done.stdout.rstrip().endswith("[]")


@pytest.mark.parametrize(("fields", "code", "told"), [
    ("title authors body", 0, "OK"), ("title no_such_field", 1, "nothing in: no_such_field"),
])
def test_check_runs_contracts(tmp_path, replica, article, fields, code, told):
    source = SPIDER.format(base=replica.base, url=article["canonical_url"], fields=fields)
    (tmp_path / "checked_spiders.py").write_text(source)
    done = scrapy("check", "checked", "-s", "SPIDER_MODULES=checked_spiders", PYTHONPATH=str(tmp_path))
    assert done.returncode == code, done.stderr
    assert told in done.stderr + done.stdout


def test_malim_has_a_contract():
    assert "parse_article" in scrapy("check", "-l", "malim").stdout


def test_page_object_in_a_spider_of_ones_own(tmp_path, article):
    pytest.importorskip("scrapy_poet")
    (tmp_path / "own.py").write_text(PAGE_OBJECT.format(url=article["canonical_url"]))
    done = scrapy("runspider", str(tmp_path / "own.py"), "-o", "-:jsonl", "-s", "LOG_LEVEL=ERROR", "-s",
                  "DOWNLOAD_DELAY=0")
    assert article["title"] in done.stdout, done.stderr


def test_page_object_on_its_own():
    pytest.importorskip("web_poet")
    from web_poet import HttpResponse

    from malim_scraper.poet import ArticlePage
    page = ArticlePage(HttpResponse("https://example.kz/", body="<p>бос бет</p>".encode(), encoding="utf-8"))
    assert asyncio.run(page.to_item()) is None
