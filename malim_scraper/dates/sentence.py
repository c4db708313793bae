"""Whether words such as `today`, `2 years ago` or `5 May` date a text or only belong to a sentence."""

from malim_scraper.dates.mention import Line, Mention
from malim_scraper.dates.vocabulary import DAYS_AGO_ALONE

_LONGEST_BYLINE, _LONGEST_DATELINE = 90, 40
_PARTS = " \t\r\n.,:;|•·-–—/()\xa0"


def is_told(line: Line, mention: Mention) -> bool:
    """Whether a mention without a year dates the line that it stands in."""
    if len(line.printed) > _LONGEST_BYLINE:
        return mention.ago is None and mention.start < _LONGEST_DATELINE
    if mention.clock is not None:
        return True
    word = line.folded[mention.start : mention.end]
    if mention.ago is None or mention.ago[0] != "day" or any(map(str.isdigit, word)) or " " in word:
        return True
    return word in DAYS_AGO_ALONE and _stands_apart(line, mention)


def _stands_apart(line: Line, mention: Mention) -> bool:
    """`Published today` and `Economy • Today` are dates, `Sport Today` is a name."""
    before, after = line.printed[: mention.start].rstrip(), line.printed[mention.end :].lstrip()
    if (not before or before[-1] in _PARTS) and (not after or after[0] in _PARTS):
        return len(line.printed) <= _LONGEST_BYLINE // 2
    return not after and line.printed[mention.start].islower() and len(before.split()) == 1
