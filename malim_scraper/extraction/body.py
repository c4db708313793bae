"""The body: the blocks of text that the page prints, or what its data declare when it prints less."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from malim_scraper.dates import find_dates
from malim_scraper.extraction.candidates import Candidate
from malim_scraper.extraction.hints import Hint, name_hints
from malim_scraper.extraction.hydration import find_hydrated
from malim_scraper.items import Block, BlockType
from malim_scraper.text import clean, fold, weigh

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Page, TextBlock

VISIBLE = "text-blocks"
_PRINTS_ENOUGH = 400  # characters: a page that prints as many is not searched for more in its scripts
_TEASER = 2_500  # characters: what a page prints before its paywall is not longer
_MUCH_MORE = 1.5  # times as long must a declared text be to be taken instead of the printed one
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HEADING_LENGTH = 120  # characters of a bold line that may be a sub-heading
_INTERVIEW = 3  # bold questions
_HEADS = 3  # elements before a line's first word
_DIALOGUE = "–—-―"
_ENDS = (".", "!", "?", "…", "。", "！", "？", ":", "։", "।", ",", ";")


def find_body(page: Page) -> Iterator[Candidate[list[Block]]]:
    """Yield the body as printed (`text-blocks`), as JSON-LD declares it (`json-ld`), as scripts hold it (`hydration`).

    Scripts are searched only on a page that prints little.
    """
    printed = read_blocks(page.layout.body)
    if printed and page.layout.by_profile:
        yield _candidate(printed, "profile", page.layout.by_profile)
    elif printed:
        node = page.layout.body[0].node
        yield _candidate(printed, VISIBLE, f"{node.tag}.{node.names}" if node.names else node.tag)
    for pointer, value in page.declared.values("articleBody"):
        if isinstance(value, str) and (blocks := read_text(value)):
            yield _candidate(blocks, "json-ld", pointer)
            break
    if length(printed) < _PRINTS_ENOUGH and (found := find_hydrated(page)) and (blocks := read_text(found[1])):
        yield _candidate(blocks, "hydration", found[0])


def choose_body(candidates: Sequence[Candidate[list[Block]]]) -> Candidate[list[Block]] | None:
    """Return the printed body, or a declared one that is much longer, where little is printed or both begin alike."""
    best: Candidate[list[Block]] | None = None
    for candidate in candidates:
        if best is not None and best.evidence == "profile":
            break
        if best is None or (length(candidate.value) > _MUCH_MORE * length(best.value) + 100
                            and (length(best.value) < _PRINTS_ENOUGH
                                 or (length(best.value) < _TEASER and _continues(best.value, candidate.value)))):
            best = candidate
    return best


def length(blocks: Sequence[Block]) -> float:
    """Return how long a body is, in characters of an alphabet."""
    return sum(weigh(block.text) for block in blocks)


def read_blocks(lines: Sequence[TextBlock]) -> list[Block]:
    """Return the blocks of a body; lines that a `<br>` breaks within a sentence are joined."""
    blocks: list[Block] = []
    last: TextBlock | None = None
    interview = sum([_is_bold(line) and line.text.endswith("?") for line in lines]) >= _INTERVIEW
    for line in lines:
        kind = block_type(line, last, interview=interview)
        joins = (line.br and last is not None and last.node is line.node and last.index == line.index - 1
                 and kind == blocks[-1].type and _goes_on(last.text, line.text))
        if joins:
            blocks[-1].text += " " + _without_head(line)
        else:
            blocks.append(Block(kind, _without_head(line)))
        last = line
    return blocks


def _goes_on(text: str, behind: str) -> bool:
    """Whether a line goes on in the one behind it: with a small letter, or with a number or sign after a word."""
    if text.endswith(_ENDS):
        return False
    return behind[0].islower() or (not behind[0].isalpha() and text[-1].isalpha())


def _without_head(line: TextBlock) -> str:
    """The text of a line without the date or the number of its comments, where one stands before its first word."""
    element, text = line.node.element, line.text
    if not text[0].isdigit() or line.index != line.node.start or (element.text or "").strip():
        return text
    for inner in islice(element, _HEADS):
        number = (inner.text or "").strip()
        if number:
            names = f"{inner.get('class') or ''} {inner.get('id') or ''}"
            hints = name_hints(names) if text.startswith(number) else 0
            counts = hints & Hint.COMMENT and number.isdigit()
            is_apart = counts or (hints & Hint.DATE and find_dates(number) == [number])
            return text[len(number):].lstrip() or text if is_apart else text
        if (inner.tail or "").strip():
            break
    return text


def block_type(line: TextBlock, before: TextBlock | None = None, *, interview: bool = False) -> BlockType:
    """Return what a line of the body is, by its element: paragraph, heading, quote or list item.

    before: the line before it. interview: bold questions are somebody's words.
    A short bold line that ends like no sentence, or a lone bold question, is a sub-heading.
    """
    node = line.node
    if node.tag in _HEADINGS:
        return "heading"
    if _is_bold(line) and not (line.br and before is not None and not before.text.endswith(_ENDS)):
        bare = line.text.rstrip("\"»”")
        if not bare.endswith(_ENDS) or (bare.endswith("?") and not interview):
            return "heading"
    for _ in range(3):
        if node.tag == "blockquote":
            return "quote"
        if node.tag == "li":
            return "list_item"
        if node.parent is None:
            break
        node = node.parent
    return "paragraph"


def _is_bold(line: TextBlock) -> bool:
    """Whether a line may be a sub-heading by its print: short, bold, none of a dialogue."""
    return (line.node.tag in ("p", "div", "td") and bool(line.hints & Hint.STRONG) and len(line.text) < _HEADING_LENGTH
            and line.text[0] not in _DIALOGUE)


def read_text(text: str) -> list[Block]:
    """Return the paragraphs of a declared body, which may hold HTML; without line breaks it is one paragraph."""
    if "<" in text and ">" in text:
        return _read_html(text)
    lines = map(clean, text.replace("\r", "\n").split("\n"))
    return [Block("paragraph", line) for line in lines if line]


def _read_html(text: str) -> list[Block]:
    from malim_scraper.extraction.page import parse_html
    from malim_scraper.extraction.walk import read_page

    root = parse_html(text.replace("\n", "<br><br>") if "<p" not in text and "<br" not in text else text)
    if root is None:
        return []
    left_out = Hint.CAPTION | Hint.AD | Hint.RELATED | Hint.HIDDEN
    return read_blocks([block for block in read_page(root).blocks if not block.hints & left_out])


def _continues(shorter: Sequence[Block], longer: Sequence[Block]) -> bool:
    """Return whether a longer body holds what a shorter one begins with."""
    text = fold(" ".join(block.text for block in longer))
    return any(fold(block.text)[:60] in text for block in shorter[:3] if len(block.text) > 40)


def _candidate(blocks: list[Block], evidence: str, where: str) -> Candidate[list[Block]]:
    return Candidate(blocks, "\n\n".join(block.text for block in blocks), evidence, where)
