"""The day in an address."""

import pytest

from malim_scraper.extraction.dated_addresses import days_in


@pytest.mark.parametrize(("path", "days"), [
    ("/2021/02/19/zhanbyr", [("2021-02-19", "url")]),
    ("/film/2011/nov/18/zhanbyr", [("2011-11-18", "url")]),
    ("/2011/Nov/8/zhanbyr", [("2011-11-08", "url")]),
    ("/blog/zhanbyr-2011-11-18.html", [("2011-11-18", "url-number")]),
    ("/blog/zhanbyr_2011_11_18", [("2011-11-18", "url-number")]),
    ("/article.php?date=2011-11-18", [("2011-11-18", "url-number")]),
    ("/18/11/2011/zhanbyr.html", [("2011-11-18", "url-number")]),
    ("/d/18.11.2011/zhanbyr", [("2011-11-18", "url-number")]),
    ("/view/AKR20210219143000051", [("2021-02-19", "url-number")]),
    ("/2011/11/zhanbyr", []),                         # a month
    ("/images/27663-1736200335-m.jpg", []),
    ("/tel-2011-11-18-2012", []),
    ("/a-2011-13-18.html", []),                       # no month
    ("/2011/novosti/18a/", []),
])
def test_days(path, days):
    assert list(days_in("https://example.kz" + path)) == days
