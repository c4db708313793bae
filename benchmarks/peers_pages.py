"""Scores extractors on the test pages that peers ship in their own source distributions, which nobody here tuned for.

    pip download --no-deps --no-binary newspaper4k newspaper4k==0.9.6
    pip download --no-deps --no-binary trafilatura trafilatura==0.5.0
    pip download --no-deps --no-binary htmldate htmldate==0.9.1
    for archive in *.tar.gz; do tar xzf $archive; done
    python -m benchmarks.peers_pages FOLDER malim trafilatura readability newspaper4k

FOLDER: where they were unpacked. newspaper4k: whole records. trafilatura: pieces of text that a body holds or lacks, as
its unit tests say; many pages are blogs, some pieces are readers' comments. htmldate: days; many pages are no articles.
"""

from __future__ import annotations

import argparse
import ast
import json
import statistics
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from malim_scraper.encoding import decode

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "shared" / "bench"))
import score

Extractor = Callable[[str, str], dict[str, Any]]


def main() -> None:
    """Print one line for each extractor and set of pages."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*", default=["malim"])
    options = parser.parse_args()
    for name in options.names:
        extract = score.EXTRACTORS[name]()
        for kind, judge in (("newspaper4k", _records), ("trafilatura", _pieces), ("htmldate", _days)):
            for root in sorted(options.folder.glob(f"{kind}-*/tests")):
                print(f"{name:<12} {root.parent.name:<20} {judge(root, _careful(extract))}", flush=True)


def _careful(extract: Extractor) -> Callable[[Path, str], dict[str, Any]]:
    """The extractor as a function of a file; a page on which it fails gives nothing."""
    def run(file: Path, url: str) -> dict[str, Any]:
        try:
            return extract(decode(file.read_bytes(), None), url) or {}
        except Exception:
            return {}
    return run


def _records(root: Path, extract: Callable[[Path, str], dict[str, Any]]) -> str:
    bodies, right = [], {"title": [0, 0], "authors": [0, 0], "date": [0, 0]}
    for text in sorted((root / "data" / "txt").glob("*.txt")):
        page, record = root / "data" / "html" / f"{text.stem}.html", root / "data" / "metadata" / f"{text.stem}.json"
        if not page.exists():
            continue
        wanted = json.loads(record.read_text("utf-8")) if record.exists() else {}
        got = extract(page, wanted.get("url", ""))
        precision, recall, _ = score.body_score(text.read_text("utf-8"), got.get("body"))
        bodies.append(2 * precision * recall / (precision + recall) if precision + recall else 0.0)
        pairs = {"title": (score.fold(wanted.get("title")), score.fold(got.get("title"))),
                 "authors": (_names(wanted.get("authors")), _names(got.get("authors"))),
                 "date": (str(wanted.get("publish_date") or "")[:10], str(got.get("date") or "")[:10])}
        for field, (want, found) in pairs.items():
            right[field][0] += bool(want) and want == found
            right[field][1] += bool(want)
    fields = ", ".join(f"{field} {hit} of {all_}" for field, (hit, all_) in right.items())
    return f"{len(bodies)} pages: body F1 {statistics.mean(bodies):.3f}, {fields}"


def _names(names: list[str] | None) -> set[str]:
    return {score.fold(name) for name in names or []} - {""}


def _pieces(root: Path, extract: Callable[[Path, str], dict[str, Any]]) -> str:
    hits = {True: [0, 0], False: [0, 0]}
    bodies: dict[Path, str] = {}
    for page, url, piece, is_in in _said(root):
        if page not in bodies:
            bodies[page] = " ".join((extract(page, url).get("body") or "").split())
        hits[is_in][0] += " ".join(piece.split()) in bodies[page]
        hits[is_in][1] += 1
    return (f"{len(bodies)} pages: {hits[True][0]} of {hits[True][1]} wanted pieces, "
            f"{hits[False][0]} of {hits[False][1]} unwanted")


def _said(root: Path) -> Iterator[tuple[Path, str, str, bool]]:
    """What the unit tests say of a page: a piece of text that is, or is not, in what is extracted."""
    tree = ast.parse((root / "unit_tests.py").read_text("utf-8"))
    files = _table(tree)
    for node in ast.walk(tree):
        url = ""
        body = getattr(node, "body", None)
        for line in body if isinstance(body, list) else ():
            url = next(_calls(line, "load_mock_page"), url)
            page = root / "cache" / files.get(url, "-")
            for test in ast.walk(line) if isinstance(line, ast.Assert | ast.If) and page.exists() else ():
                piece = test.left if isinstance(test, ast.Compare) else None
                if isinstance(test, ast.Compare) and isinstance(piece, ast.Constant) and "<" not in str(piece.value):
                    yield page, url, str(piece.value), isinstance(test.ops[0], ast.In)


def _days(root: Path, extract: Callable[[Path, str], dict[str, Any]]) -> str:
    tree = ast.parse((root / "unit_tests.py").read_text("utf-8"))
    files, days = _table(tree), {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and (url := next(_calls(node.left, "load_mock_page"), "")) in files:
            days.setdefault(url, set()).update(str(ast.literal_eval(other))[:10] for other in node.comparators)
    known = {url: wanted for url, wanted in days.items() if (root / "cache" / files[url]).exists()}
    found = {url: got for url in known if (got := extract(root / "cache" / files[url], url))}
    dated = {url: str(got["date"])[:10] for url, got in found.items() if got.get("date")}
    right = sum(day in known[url] for url, day in dated.items())
    return f"{len(known)} pages, {len(found)} of them articles: {right} days right, {len(dated) - right} wrong"


def _table(tree: ast.Module) -> dict[str, str]:
    """The files of the pages by address."""
    for line in tree.body:
        if isinstance(line, ast.Assign) and getattr(line.targets[0], "id", "") == "MOCK_PAGES":
            return dict(ast.literal_eval(line.value))
    return {}


def _calls(node: ast.AST, function: str) -> Iterator[str]:
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == function and call.args \
                and isinstance(call.args[0], ast.Constant):
            yield str(call.args[0].value)


if __name__ == "__main__":
    main()
