"""What happens to the hostile portal between two crawls."""

import random
from datetime import datetime, timedelta

from hostile.stories import ZONE, make_story

NEW_PLACES = ("front", "listing", "rss", "gz", "atom")
_CORRECTION = {
    "kk": "Түзету: бұл абзац қайта жазылды, себебі алғашқы нұсқада қате болған екен.",
    "ru": "Исправление: этот абзац переписан, поскольку в первой версии была ошибка.",
}


def change(portal):
    """Correct four stories, delete two, publish five; return their titles by what happened."""
    edited = [story for story in portal.stories if story.place == "gz" and story.parts == 1 and story.number > 1005][:2]
    edited += [story for story in portal.stories if story.number in (1000, 1003)]
    for story in edited:
        story.edit(_CORRECTION[story.language])
    gone = [story for story in portal.stories if story.number in (1004, 1005)]
    for story, status in zip(gone, (404, 410), strict=True):
        story.gone = status
    now = datetime.now(ZONE).replace(second=0, microsecond=0) - timedelta(hours=1)
    new = [make_story(random.Random(place), 5001 + place, name, now) for place, name in enumerate(NEW_PLACES)]
    for story in new:
        story.trouble, story.habit, story.parts = None, None, 1
        story.form = "plain" if story.form == "part-2" else story.form
    portal.stories = new + portal.stories
    return {"edited": {story.title for story in edited}, "gone": gone, "new": {story.title for story in new}}
