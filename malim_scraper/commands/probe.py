"""`malim probe`: first contact with a portal."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote

import click

from malim_scraper.commands.options import render_option, settings_option
from malim_scraper.errors import MalimError, UsageError
from malim_scraper.probe.conclude import Findings
from malim_scraper.probe.report import Report
from malim_scraper.profiles import Portal, load_portal, portal_names


@click.command("probe", short_help="First contact with a portal: what is found, extracted, missing.")
@click.argument("target", metavar="URL|FILE|FOLDER")
@click.option("--url", default="", metavar="URL", help="Address of the saved page FILE. Default: what it says itself.")
@click.option("--portal", metavar="NAME", help="Try a profile: a name or a TOML file.")
@click.option("--write", "draft", metavar="FILE.toml", type=click.Path(path_type=Path, dir_okay=False),
              help="Write a profile to edit, with comments.")
@click.option("--json", "machine", is_flag=True, help="Print one JSON object.")
@render_option
@settings_option("Any Scrapy setting; may be repeated.")
def command(target: str, url: str, portal: str | None, draft: Path | None, machine: bool,
            render: str | None, settings: dict[str, str]) -> int:
    """Show what works on a portal, by what evidence, what is missing and what to do.

    Sends at most 12 requests, robots.txt included and obeyed, or none for a saved page or a folder of them.
    Exit code 3 when no page could be read as an article.

    \b
    Examples:
      malim probe https://example.org/
      malim probe https://example.org/ --write example.toml
      malim probe https://example.org/ --portal example.toml
      malim probe https://app.example/ --render auto
      malim probe saved/page.html --url https://example.org/news/1
    """
    if draft is not None and draft.exists():
        raise UsageError(f"{draft} exists. Choose another file name, or remove it first.")
    profile = load_portal(portal) if portal else None
    is_live = "://" in target
    if mode := render or (profile.all_settings().get("RENDER") if profile else None):
        settings = {"RENDER": mode, **settings}
    found = _ask(target, profile, settings) if is_live else _read(target, url, profile)
    report = found.report()
    if draft is not None:
        _write(draft, report, found, mode)
    if machine:
        click.echo(json.dumps(report.to_dict(), ensure_ascii=False, indent=2))
    else:
        from malim_scraper.probe.render import print_report

        print_report(report, sys.stdout, _following(report, target, draft) if is_live else ())
    return 0 if report.articles else 3


def _ask(target: str, profile: Portal | None, settings: dict[str, str]) -> Findings:
    from malim_scraper.fetching import FetchError, Session, run_session
    from malim_scraper.middlewares.chromium import check_browser
    from malim_scraper.probe.survey import MAX_REQUESTS, Survey
    from malim_scraper.runner import make_settings
    from malim_scraper.settings import USER_AGENT

    check_browser(make_settings(settings), [Portal("probe")])

    async def job(session: Session) -> Findings:
        agent = settings.get("ROBOTSTXT_USER_AGENT") or settings.get("USER_AGENT", USER_AGENT)
        return await Survey(session, target, agent, _tell, profile).run()

    try:
        return run_session(job, url=target, limit=MAX_REQUESTS, settings=settings)
    except FetchError as error:
        if error.reason in ("HTTP 401", "HTTP 403", "HTTP 429", "HTTP 503"):
            advice = "The portal turns programs away. Save a page with a browser and probe the file."
            raise MalimError(f"{error} {advice}") from error
        raise


def _read(target: str, url: str, profile: Portal | None) -> Findings:
    from malim_scraper.archives.saved import find_address
    from malim_scraper.archives.stream import Stream
    from malim_scraper.probe.samples import Read
    from malim_scraper.probe.saved import read_saved

    if not Path(target).exists():
        known = f" Or try its profile: malim probe {load_portal(target).start_urls[0]} --portal {target}" \
            if target in portal_names() else ""
        raise UsageError(f"'{target}' is no file or folder. An address must begin with http:// or https://.{known}")
    stream = Stream.of([target])
    if url and stream.count != 1:
        raise UsageError("--url names the address of one page, but there are several.")

    def pages() -> Iterator[Read]:
        for page in stream.pages():
            if page.problem:
                click.echo(f"{page.name}: {page.problem}", err=True)
                continue
            body = page.read()
            headers = {"content-type": page.content_type} if page.content_type else {}
            yield Read(page.name, url or page.url or find_address(body), body, headers)

    try:
        return read_saved(target, pages(), profile, datetime.now(UTC).replace(microsecond=0))
    except (OSError, EOFError) as error:
        raise MalimError(f"{target}: cannot be read ({getattr(error, 'strerror', None) or error}).") from error


def _tell(step: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"asking {step}", err=True)


def _write(path: Path, report: Report, found: Findings, mode: str | None) -> None:
    from malim_scraper.probe.saved import home_of
    from malim_scraper.profiles.draft import draft_profile

    start = home_of(report.url) if report.url else ""
    known = found.portal or Portal(name=path.stem)
    portal = replace(
        known, name=path.stem if path.stem not in portal_names() or found.portal else f"my-{path.stem}",
        start_urls=known.start_urls or ((start,) if start else ()),
        hosts=known.hosts or tuple(sorted(found.site.hosts - {""})),
        languages=known.languages or ((report.language.value,) if report.language.value else ()),
        timezone=known.timezone or report.timezone.value,
        render=known.render or ("auto" if mode == "auto" else mode == "always"),
        article_urls=known.article_urls or tuple(pattern.regex for pattern in report.article_patterns),
        listing_urls=known.listing_urls or tuple(pattern.regex for pattern in report.listing_patterns))
    notes = {"timezone": f"Found: {report.timezone.why}.", "languages": f"Found: {report.language.why}.",
             "selectors": "\n".join(line for line in report.advice if "[selectors]" in line)}
    head = (f"Profile of {report.url or report.target}, drafted by `malim probe` on {found.now:%Y-%m-%d}.\n"
            f"What extraction finds by itself needs no line here. Try it: malim probe {report.target} --portal {path}")
    try:
        path.write_text(draft_profile(portal, notes, head), "utf-8")
    except OSError as error:
        raise MalimError(f"{path}: cannot be written ({error.strerror}).") from error
    click.echo(f"Profile written: {path}", err=True)


def _following(report: Report, target: str, draft: Path | None) -> Iterator[str]:
    if draft is None:
        yield f"malim probe {quote(target)} --write my.toml    a profile to edit"
    profile = quote(str(draft or "my.toml"))
    sample = next((sample.name for sample in report.samples if sample.record), None)
    if sample:
        yield f"malim fixture add {quote(sample)} --portal {profile}    keep a page with its record as a test"
        yield f"malim crawl {profile} --out data --limit 10    the first ten articles"
