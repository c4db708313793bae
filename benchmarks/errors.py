"""Shows the pages of the benchmark on which one field is wrong: expected against found, by cause.

    python benchmarks/errors.py title
    python benchmarks/errors.py body --source daniel --half tune --limit 5
    python benchmarks/errors.py authors --group

The pages are `../shared/data/news-pages` beside the repository, the measures those of `../shared/bench/score.py` and
`score_related.py`. A page's half is the parity of the SHA-1 of its file name: rules are made on `tune`, `confirm` tells
whether they carry over. Of `confirm` pages only the figures are shown, unless `--half confirm` asks for the pages.
"""

from __future__ import annotations

import argparse
import difflib
import hashlib
import statistics
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from malim_scraper import extract
from malim_scraper.items import Article

BENCH = Path(__file__).resolve().parents[2] / "shared" / "bench"
sys.path.insert(0, str(BENCH))
import score  # noqa: E402 (stands beside the repository, not in it)
import score_related  # noqa: E402

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Result:
    """One page. quality: 1.0 is right. cause: a class of errors, as far as it can be told."""

    row: Row
    quality: float
    expected: Any
    found: Any
    cause: str


def half_of(row: Row) -> str:
    """Return `tune` or `confirm`, by the page's file name."""
    name = Path(row["file"]).name
    return "tune" if int(hashlib.sha1(name.encode()).hexdigest(), 16) % 2 == 0 else "confirm"


def judge_title(row: Row, article: Article | None) -> Result:
    """Compare words, case folded."""
    want, got = score.fold(row["title"]), score.fold(article.title if article else "")
    cause = (
        "empty"
        if not got
        else "too long: found holds expected"
        if want in got
        else "too short: expected holds found"
        if got in want
        else "other"
    )
    return Result(row, float(want == got), row["title"], article.title if article else None, cause)


def judge_date(row: Row, article: Article | None) -> Result:
    """Compare publication days."""
    want, got = str(row["date_published"])[:10], str(article.date_published or "")[:10] if article else ""
    cause = "empty" if not got else "a day off" if want[:8] == got[:8] else "other day"
    shown = article and (article.date_published, article.date_published_raw, article.provenance.get("date_published"))
    return Result(row, float(want == got), row["date_published"], shown, cause)


def judge_authors(row: Row, article: Article | None) -> Result:
    """Compare the sets of names."""
    want = {score.fold(name) for name in row["authors"]}
    got = {score.fold(name) for name in (article.authors if article else [])} - {""}
    cause = (
        "empty"
        if not got
        else "none expected"
        if not want
        else "missing names"
        if got < want
        else "extra names"
        if got > want
        else "other names"
        if not got & want
        else "some differ"
    )
    shown = article and (article.authors, article.provenance.get("authors"))
    return Result(row, float(want == got), row["authors"], shown, cause)


def judge_tags(row: Row, article: Article | None) -> Result:
    """Compare the sets of topics by F1."""
    quality = score.set_f1(row["topics"], article.tags if article else [])
    cause = "empty" if not article or not article.tags else "none in common" if not quality else "partly"
    shown = article and (article.tags, article.provenance.get("tags"))
    return Result(row, quality, row["topics"], shown, cause)


def judge_body(row: Row, article: Article | None) -> Result:
    """Compare by F1 of 4-word shingles."""
    got = {"title": article.title, "body": article.body} if article else {}
    p, r, _ = score.body_score(*score.compared(row, got))
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    cause = (
        "no article"
        if article is None
        else "missing text"
        if p > r + 0.05
        else "extra text"
        if r > p + 0.05
        else "both"
    )
    shown = ("title", "body") if row["source"] == "daniel" else ("body",)
    return Result(row, f1, row["body"], "\n\n".join(got.get(key, "") for key in shown), cause)


def judge_related(row: Row, article: Article | None) -> Result:
    """Compare as `score_related.py` does."""
    result = score_related.score_page(row, article.related if article else [])
    cause = "no block there" if not result["block"] else "missing" if result["missing"] else "extra"
    missing, extra = (
        [f"{score_related.get(i, 'title')} <{score_related.get(i, 'url')}>" for i in result[key]]
        for key in ("missing", "extra")
    )
    return Result(row, score_related.quality(result), missing, extra, cause)


JUDGES: dict[str, Callable[[Row, Article | None], Result]] = {
    "body": judge_body,
    "title": judge_title,
    "date": judge_date,
    "authors": judge_authors,
    "tags": judge_tags,
    "related": judge_related,
}


def rows_for(field: str, source: str | None) -> Iterator[Row]:
    """Yield the pages that have a truth for a field."""
    if field == "related":
        yield from score_related.labelled_pages()
        return
    for row in score.pages():
        if field != "body" and row["source"] != "fundus":
            continue
        if (field == "date" and not row["date_published"]) or (field == "tags" and not row["topics"]):
            continue
        if source in (None, row["source"]):
            yield row


def paragraphs(text: str) -> list[str]:
    """Return a text's lines without empty ones, white space folded, so that only words can differ."""
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()]


def show_body(result: Result) -> None:
    """Print paragraphs that are missing (-) or extra (+); of similar ones only the words that differ."""
    want, got = paragraphs(result.expected), paragraphs(result.found)
    for code, a, b, c, d in difflib.SequenceMatcher(None, want, got, autojunk=False).get_opcodes():
        if code == "equal":
            print(f"      = {b - a} paragraphs")
        else:
            left, right = " ".join(want[a:b]).split(), " ".join(got[c:d]).split()
            show_words(left, right)


def show_words(left: list[str], right: list[str]) -> None:
    """Print runs of words that only one side has."""
    for code, a, b, c, d in difflib.SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if code != "equal":
            for sign, words in (("-", left[a:b]), ("+", right[c:d])):
                if words:
                    print(f"      {sign} {' '.join(words)[:400]}")


def show(field: str, result: Result) -> None:
    """Print one page."""
    print(f"  {result.quality:.3f} [{result.cause}] {result.row['file']} {result.row['url'][:90]}")
    if field == "body":
        show_body(result)
        return
    print(f"      expected {result.expected}")
    print(f"      found    {result.found}")


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("field", choices=JUDGES)
    parser.add_argument("--half", choices=("tune", "confirm", "both"), default="tune", help="whose pages to show")
    parser.add_argument("--source", choices=("aeb", "fundus", "daniel"), help="body: only pages of this source")
    parser.add_argument("--file", default="", help="only pages whose file name holds this")
    parser.add_argument("--limit", type=int, default=1000, help="show so many pages, the worst first")
    parser.add_argument("--group", action="store_true", help="order by cause, largest class first")
    parser.add_argument("--below", type=float, default=0.999, help="show pages of a lower quality than this")
    args = parser.parse_args()
    results = [
        JUDGES[args.field](row, extract(row["html"], url=row["url"]))
        for row in rows_for(args.field, args.source)
        if args.file in row["file"]
    ]
    wrong = [r for r in results if r.quality < args.below and args.half in (half_of(r.row), "both")]
    causes = {cause: sum(r.cause == cause for r in wrong) for cause in {r.cause for r in wrong}}
    wrong.sort(key=lambda r: (-causes[r.cause], r.cause, r.quality) if args.group else (r.quality,))
    for result in wrong[: args.limit]:
        show(args.field, result)
    for cause, count in sorted(causes.items(), key=lambda item: -item[1]):
        print(f"{count:4} {cause}")
    for half in ("tune", "confirm"):
        values = [r.quality for r in results if half_of(r.row) == half]
        if values:
            print(f"{args.field} {half}: {statistics.mean(values):.3f} over {len(values)} pages")


if __name__ == "__main__":
    main()
