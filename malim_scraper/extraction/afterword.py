"""What follows the article under a label of its own, such as "Read also", and is no part of the body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from malim_scraper.labels import label_matcher
from malim_scraper.text import weigh

if TYPE_CHECKING:
    from malim_scraper.extraction.page import Node, Page, TextBlock

_LABEL = 60  # characters of a line that may be a label
_SHORT = 30  # characters of a date or heading among teasers
_MOST = 0.5  # of the body's text that may stand behind a label for it to be cut


def without_afterword(page: Page, body: Sequence[TextBlock]) -> list[TextBlock]:
    """Return the body up to the first label of other articles behind it and outside of its element.

    A label inside the element that holds all the text before it stands among the paragraphs, where the text goes on.
    """
    if not body:
        return []
    chosen = {block.index for block in body}
    for label in page.blocks[body[0].index + 1:body[-1].index]:
        if label.index in chosen or len(label.text) > _LABEL or label.link_chars or not _is_label(label.text):
            continue
        before = [block for block in body if block.index < label.index]
        behind = body[len(before):]
        if not _holds(before, label) and (_weight(behind) < _MOST * _weight(before) or _are_teasers(page, behind)):
            return before
    return list(body)


def _is_label(text: str) -> bool:
    return label_matcher("related").matches(text) or label_matcher("not_related").matches(text)


def _weight(blocks: Sequence[TextBlock]) -> float:
    return sum([weigh(block.text) for block in blocks])


def _are_teasers(page: Page, blocks: Sequence[TextBlock]) -> bool:
    """Whether each longer line is a link or stands right behind one, as summaries behind their titles do."""
    return all(len(block.text) < _SHORT or block.link_chars * 2 > len(block.text)
               or page.blocks[block.index - 1].link_chars for block in blocks)


def _holds(blocks: Sequence[TextBlock], label: TextBlock) -> bool:
    """Whether the smallest element around all blocks holds the label, too."""
    node: Node | None = blocks[0].node if len(blocks) > 1 else blocks[0].node.parent
    while node is not None and node.stop <= blocks[-1].index:
        node = node.parent
    return node is None or node.start <= label.index < node.stop
