"""Crawls of the hostile portal, compared with its truth."""

import json
import subprocess
import sys
from collections import Counter, defaultdict
from datetime import datetime
from urllib.parse import urlsplit

from malim_scraper.urls import article_id

SETTINGS = {"DOWNLOAD_DELAY": "0", "DOWNLOAD_TIMEOUT": "1.5", "RETRY_TIMES": "1"}


def command(portal, folder, *args, **settings):
    """The command line of a crawl in a hurry."""
    pairs = [part for name, value in (SETTINGS | settings).items() for part in ("-s", f"{name}={value}")]
    return [
        sys.executable,
        "-m",
        "malim_scraper",
        "crawl",
        portal.base + "/",
        "--out",
        str(folder),
        "--timezone",
        "Asia/Almaty",
        *pairs,
        *args,
    ]


def crawl(portal, folder, *args, code=0, timeout=400, **settings):
    """Crawl, check the exit code, and return what was asked for."""
    portal.asked.clear()
    done = subprocess.run(command(portal, folder, *args, **settings), capture_output=True, text=True, timeout=timeout)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    done.asked = Counter(portal.asked)
    return done


def records(folder):
    """The records of a folder, in order."""
    return [json.loads(line) for line in (folder / "articles.jsonl").read_bytes().splitlines()]


def newest(found):
    """The last revision of each record."""
    return list({record["id"]: record for record in found}.values())


def last_run(folder):
    """The line of the last run."""
    return json.loads((folder / "runs.jsonl").read_text("utf-8").splitlines()[-1])


def compare(portal, found):
    """What is wrong with records, one line each. found: of one revision each, or the newest."""
    truth = {story.title: story for story in portal.stories if not story.gone}
    stored = defaultdict(list)
    for record in found:
        stored[record["title"]].append(record)
    gone = {story.title for story in portal.stories if story.gone}
    wrong = [
        f"not an article: {title!r} {[record['url'] for record in stored[title]]}"
        for title in stored.keys() - truth.keys() - gone
    ]
    for title, story in truth.items():
        several = stored.get(title, [])
        if len(several) != 1:
            where = [record["url"] for record in several]
            wrong.append(
                f"{story.number} stored {len(several)} times: {story.place} {story.form} {story.canonical} "
                f"{story.trouble} {story.markup} parts={story.parts} {where}"
            )
        for record in several[:1]:
            wrong += [f"{story.number} {story.markup}: {line}" for line in _fields(portal, story, record)]
    return sorted(wrong)


def _fields(portal, story, record):
    expected = {
        "portal": portal.name,
        "id": article_id(record["canonical_url"]),
        "section": None,
        "images": [],
        "tags": story.tags,
        "free_access": None,
        "date_modified": None,
        "title": story.title,
        "authors": story.authors,
        "body": "\n\n".join(story.paragraphs),
        "language": story.language,
    }
    gone = {other.title for other in story.related if other.gone}
    if story.is_relative:
        day = record["date_published"] and datetime.fromisoformat(record["date_published"]).date()
        if day is None or abs((day - story.published.date()).days) > 1:
            yield f"date_published {record['date_published']} is not about {story.published}"
    else:
        expected["date_published"] = story.date_published
    for name, value in expected.items():
        if record[name] != value:
            yield f"{name} ({story.shown}): {str(record[name])[:300]!r} is not {str(value)[:300]!r}"
    shown = [other.title for other in story.related if not other.gone]
    found = [item["title"] for item in record["related"] if item["title"] not in gone]
    if found != shown:
        yield f"related {found} is not {shown}"
    if "\n\n".join(block["text"] for block in record["blocks"]) != record["body"] or not record["first_seen_at"]:
        yield "blocks, body and times of sight do not fit"
    for name in ("canonical_url", "url"):
        if urlsplit(record[name]).netloc != portal.name or urlsplit(record[name]).path.startswith("//"):
            yield f"{name} {record[name]}"
    if story.shown == "future" and "future-date" not in record["warnings"]:
        yield "no warning future-date"
