"""Which text blocks of a page are its body, when the body's text is known; and how near a body comes to it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from difflib import SequenceMatcher

from benchmarks.pages import Row

_WORD = re.compile(r"\w+")
_SIGN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PART = 0.5  # of a block's words that must be the body's, in runs of four or more


def words(text: str) -> list[str]:
    """Return the words of a text, case folded; of scripts without word spaces the signs."""
    found = []
    for word in _WORD.findall(text.casefold()):
        found += list(word) if _SIGN.search(word) else [word]
    return found


def aligned(blocks: list[str], body: str) -> list[int]:
    """Return 1 for each block that is the body's, else 0: the chain of blocks, in order, that covers most of it."""
    truth = words(body)
    places = defaultdict(list)
    for place, word in enumerate(truth):
        places[word].append(place)
    found = [(index, *match) for index, block in enumerate(blocks) for match in _matches(words(block), truth, places)]
    chosen = [0] * len(blocks)
    for index in _best_chain(found, len(truth)):
        chosen[index] = 1
    return chosen


def _matches(block: list[str], truth: list[str], places: dict[str, list[int]]) -> list[tuple[int, int, int]]:
    """Return where a block stands in the body, as start, stop and words in common."""
    size = len(block)
    if not size:
        return []
    whole = [place for place in places.get(block[0], ())[:500] if truth[place:place + size] == block]
    if whole:
        return [(place, place + size, size) for place in whole[:20]]
    if size < 6 or sum(word in places for word in block) < 0.6 * size:
        return []
    runs = [run for run in SequenceMatcher(None, block, truth, autojunk=False).get_matching_blocks() if run.size >= 4]
    common = sum(run.size for run in runs)
    return [(runs[0].b, runs[-1].b + runs[-1].size, common)] if common >= _PART * size else []


def _best_chain(found: list[tuple[int, int, int, int]], length: int) -> list[int]:
    """Return the blocks of the heaviest chain whose blocks and places both go up."""
    ends, totals = [0] * 1, [0]  # heaviest total for chains that end at or before a place, both ascending
    best_at: dict[int, tuple[int, tuple[int, ...]]] = {0: (0, ())}
    del length
    by_block: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    for index, start, stop, common in found:
        by_block[index].append((start, stop, common))
    for index, matches in by_block.items():
        new = []
        for start, stop, common in matches:
            before = ends[bisect_right(ends, start) - 1]
            total, chain = best_at[before]
            new.append((stop, total + common, (*chain, index)))
        for stop, total, chain in new:
            at = bisect_right(ends, stop) - 1
            if totals[at] >= total:
                continue
            if ends[at] != stop:
                at += 1
                ends.insert(at, stop)
                totals.insert(at, total)
            totals[at] = total
            best_at[stop] = (total, chain)
            while at + 1 < len(ends) and totals[at + 1] <= total:
                del ends[at + 1], totals[at + 1]
    return list(best_at[ends[-1]][1])


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """Count the runs of four words in a text."""
    found = _WORD.findall(text)
    return Counter(tuple(found[at:at + size]) for at in range(max(1, len(found) - size + 1)) if found)


def compared(row: Row, title: str, body: str) -> tuple[str, str]:
    """Return the two texts that are compared: with the title where the truth begins with it; Chinese by sign."""
    if row.source != "daniel":
        return row.body, body
    found = "\n".join(text for text in (title, body) if text)
    return (" ".join(row.body), " ".join(found)) if row.language == "Chinese" else (row.body, found)


def shingle_score(true: str, found: str) -> tuple[float, float, float]:
    """Return precision and recall in runs of four words, and 1 when all words are the same."""
    wanted, got = shingles(true), shingles(found)
    common = (wanted & got).total()
    return (common / got.total() if got else 0.0, common / wanted.total() if wanted else 0.0,
            float(_WORD.findall(true) == _WORD.findall(found)))
