"""`malim forget`: nothing of an article is left, and nothing else is touched."""

import json
import subprocess
import sys

import pytest
from tiny_portal import TinyPortal, article_page, crawl, listing_page, records, serving

from malim_scraper.dataset.folder import Folder
from malim_scraper.dataset.forget import forget
from malim_scraper.dataset.frontier import Frontier
from malim_scraper.errors import DatasetError

A, B = "https://x.kz/person-a", "https://x.kz/b"


def line(ident, url, **more):
    return {"id": ident, "url": url + "?utm_source=x", "canonical_url": url, "portal": "x", "title": ident.upper(),
            "content_hash": "h", "revision": 1, "related": [], **more}


@pytest.fixture
def folder(tmp_path):
    related = [{"title": "SECRET", "url": A + "?utm_source=y"}, {"title": "C", "url": "https://x.kz/c"}]
    some = [line("a", A, title="SECRET"), line("b", B, related=related), line("a", A, title="SECRET 2", revision=2)]
    text = "".join(json.dumps(one) + "\n" for one in some)
    (tmp_path / "articles.jsonl").write_text(text, encoding="utf-8")
    (tmp_path / "articles-00001.jsonl").write_text(json.dumps(line("a", A, title="SECRET 3", revision=3)) + "\n")
    (tmp_path / "articles.jsonl.damaged-1").write_text('{"title": "SECR')
    Folder(tmp_path).close()
    return tmp_path


def test_an_article_goes_everywhere(folder):
    assert forget(folder, [A + "?fbclid=1"]) == 3
    left = [json.loads(text) for text in (folder / "articles.jsonl").read_text("utf-8").splitlines()]
    assert [(one["id"], [item["title"] for item in one["related"]]) for one in left] == [("b", ["C"])]
    for path in folder.iterdir():
        assert b"SECR" not in path.read_bytes(), path
    note = json.loads((folder / "forgotten.jsonl").read_text("utf-8"))
    assert (note["articles"], note["records"]) == (["a"], 3)


def test_it_is_not_fetched_again(folder):
    forget(folder, [A])
    opened = Folder(folder)
    assert opened.repairs == []
    frontier = Frontier(opened.store.state, "x")
    assert not frontier.add(A, rank=1)
    assert frontier.find(A).status == "never"
    assert frontier.find(B).status == "done"
    assert frontier.claim(A, asked=frontier.find(B)) is None
    opened.close()


def test_it_stays_forgotten_when_the_state_is_lost(tmp_path):
    folder = tmp_path / "data"
    with serving(TinyPortal()) as portal:
        paths = portal.add_articles(range(4))
        portal.pages["/other"] = article_page(1, canonical=portal.base + paths[1])
        portal.pages["/"] = listing_page([paths[1] + "?print=1", *paths, "/other"])
        crawl(portal, folder)
        forget(folder, [portal.base + paths[1]])
        for file in folder.glob("state.sqlite*"):
            file.unlink()
        portal.asked = []
        crawl(portal, folder)
    assert paths[1] not in portal.paths()
    assert sorted(record["title"].split()[1] for record in records(folder)) == ["0", "2", "3"]


@pytest.mark.parametrize("step", ["_rewrite", "note_forgotten"])
def test_a_kill_in_between_leaves_a_folder_that_opens(folder, monkeypatch, step):
    def killed(*args):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(f"malim_scraper.dataset.forget.{step}", killed)
        with pytest.raises(KeyboardInterrupt):
            forget(folder, [A])
    opened = Folder(folder)
    known = {ident for ident, in opened.store.state.db.execute("SELECT id FROM articles")}
    opened.close()
    assert known == ({"a", "b"} if step == "_rewrite" else {"b"})
    if step == "_rewrite":
        assert forget(folder, [A]) == 3


def test_an_unknown_address_changes_nothing(folder):
    before = (folder / "articles.jsonl").read_bytes()
    with pytest.raises(DatasetError, match="Nothing was removed"):
        forget(folder, [A, "https://x.kz/nowhere"])
    assert (folder / "articles.jsonl").read_bytes() == before


def test_the_command(folder, tmp_path):
    command = [sys.executable, "-m", "malim_scraper", "forget"]
    done = subprocess.run([*command, str(folder), "--url", B], capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", f"1 record removed from {folder}\n")
    done = subprocess.run([*command, str(tmp_path / "none"), "--url", B], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (1, f"Error: {tmp_path / 'none'}: no articles.jsonl here.\n")
    assert not (tmp_path / "none").exists()
