"""What a person should do after a probe, each piece of advice one or two sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from malim_scraper.probe.fields import missing_fields
from malim_scraper.probe.report import Report, Sample

BROWSER = ("Try `malim probe ADDRESS --render always`; if that shows articles, add `render = true` to the profile, or "
           "crawl with `--render auto`.")
CHECKED = "Look for a feed, AMP pages or a data interface of the portal, or ask its editors."
_LONG_DELAY = 10  # seconds
_HINTS = {"authors": "Many portals name none.", "lead": "Many portals print none.",
          "section": "It may stand in the address alone.", "images": "An article need not have one."}


def advise(report: Report, *, start_note: str, neighbours: Counter[str]) -> Iterator[str]:
    """Yield what is missing and what to do about it, the gravest first.

    start_note: what stands in the way of reading the start page. neighbours: hosts beside the portal's own that its
    pages link to, with the number of links.
    """
    yield from _of_access(report, start_note)
    yield from _of_discovery(report)
    yield from _of_fields([sample for sample in report.samples if sample.record])
    if report.timezone.value is None and report.samples:
        yield f"Time zone unknown ({report.timezone.why}). Set `timezone` in the profile, else times count as UTC."
    for host, count in neighbours.most_common(3):
        if count > 2:
            yield f"{count} links lead to {host}. If it is the portal's own, add it to `hosts`."


def _of_access(report: Report, start_note: str) -> Iterator[str]:
    notes = list(dict.fromkeys(filter(None, [start_note, *(sample.note for sample in report.samples)])))
    if notes and not any(sample.record for sample in report.samples):
        yield f"{notes[0][:1].upper()}{notes[0][1:]}. {_remedy(report, notes[0])}"
    elif report.samples and not any(sample.record for sample in report.samples):
        yield ("None of the pages that were tried is read as an article. Save one, and look at "
               "`malim extract page.html --explain`; selectors for `title` and `body` can mend it.")
    elif not report.samples:
        yield "No article was found. Name the address of one: `malim probe ADDRESS-OF-AN-ARTICLE`."
    robots = report.robots
    if robots and robots.crawl_delay and robots.crawl_delay >= _LONG_DELAY:
        yield (f"robots.txt asks for {robots.crawl_delay:g} s between requests: a thousand pages take "
               f"{robots.crawl_delay * 1000 / 3600:.0f} hours.")


def _remedy(report: Report, note: str) -> str:
    address = report.target if "://" in report.target else "ADDRESS"
    return BROWSER.replace("ADDRESS", address) if "JavaScript" in note else CHECKED


def _of_discovery(report: Report) -> Iterator[str]:
    if report.robots is None:
        return
    kinds = {source.kind for source in report.sources}
    if not kinds & {"sitemap", "sitemap index", "news sitemap", "feed"}:
        yield "Neither sitemap nor feed was found: a crawl goes by links and lists, which takes more requests."
    if any("time of generation" in source.note for source in report.sources):
        yield "A sitemap's `lastmod` says nothing: edits of older articles are found with `malim crawl --full` only."


def _of_fields(samples: list[Sample]) -> Iterator[str]:
    missing = Counter(field for sample in samples for field in missing_fields(sample.rows))
    for field, count in missing.items():
        if field in _HINTS and count < len(samples):
            continue
        hint = f" {_HINTS[field]}" if field in _HINTS else ""
        yield (f"No {field} on {count} of {len(samples)} pages.{hint} If the page shows it, add "
               f'`{field} = "CSS or XPath"` under `[selectors]`.')
    doubted = Counter(row.field for sample in samples for row in sample.rows if row.doubt and row.value)
    for field in doubted:
        yield f"{field} is in doubt: compare it with the page; a selector in the profile decides."
