"""What a person sees of many portals while they are crawled."""

from types import SimpleNamespace

from rich.console import Console

from malim_scraper.extensions import display
from malim_scraper.spiders.ledger import Ending
from malim_scraper.spiders.standing import Queued, Standing


def desk(name, responses):
    return SimpleNamespace(frontier=SimpleNamespace(portal=name, count_waiting=lambda: 7), failure=None,
                           counted=lambda count: responses if count == "responses" else 1)


def test_totals_and_the_busiest(monkeypatch):
    console = Console(width=100, record=True, force_terminal=True, stderr=True)
    monkeypatch.setattr(display, "Console", lambda **options: console)
    desks = [desk(f"p{number}.kz", number) for number in range(50)]
    ended = [Ending("over.kz", {"stored": 10, "revisions": 1, "responses": 20}, None, is_fatal=False)]
    shown = display.Display(is_on=True)
    with shown:
        shown.update(Standing(desks, ended, 449))
        text = "\n".join(str(console.render_str(part) if isinstance(part, str) else part)
                         for part in shown._bar.get_renderables())
    assert "1 of 500 portals done, 50 under way, busiest p49.kz, p48.kz, p47.kz" in text
    assert shown._bar.tasks[0].description == "111 stored, 1245 fetched, 350 queued"


def test_the_busiest_are_those_that_gave_most_lately(monkeypatch):
    clock = [0.0]
    monkeypatch.setattr(display.time, "monotonic", lambda: clock[0])
    busiest = display.Busiest()
    assert busiest.tell([desk("a.kz", 9), desk("b.kz", 3)]) == "busiest a.kz, b.kz"
    clock[0] = 1.0
    assert busiest.tell([desk("a.kz", 9), desk("b.kz", 9)]) == "busiest a.kz, b.kz"
    clock[0] = 2.5
    assert busiest.tell([desk("a.kz", 9), desk("b.kz", 9)]) == "busiest b.kz"


def test_pages_in_line_are_counted_seldom():
    counts = []
    one = desk("a.kz", 1)
    one.frontier.count_waiting = lambda: counts.append(1) or 5
    queued = Queued()
    assert [queued.count([one]) for _ in range(50)] == [5] * 50
    assert len(counts) < 5
