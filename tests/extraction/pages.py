"""Small pages to try finders on."""

from malim_scraper.extraction.page import parse_html
from malim_scraper.extraction.walk import read_page

URL = "https://example.kz/qogam/4711-zhanbyr"
TEXT = "".join(
    f"<p>{part} Қала тұрғындары жаңбырдан кейін көшеге шығып, су басқан аулаларды бірге тазалады, деді әкімдік.</p>"
    for part in (
        "Дүйсенбіде Жайық бойында нөсер жаңбыр жауды.",
        "Құтқарушылар екі сағат жұмыс істеді.",
        "Келесі аптада да жаңбыр болуы мүмкін.",
    )
)


def page(*, head="", before="", after="", headline="<h1>Жайық бойында нөсер жаңбыр жауды</h1>", url=URL, portal=None):
    """Read an article's page. head: into `<head>`; before: between headline and text; after: behind the text."""
    html = (
        f"<html lang='kk'><head>{head}</head><body><article>{headline}{before}"
        f"<div class='article-text'>{TEXT}</div>{after}"
        "</article></body></html>"
    )
    found = read_page(parse_html(html), url)
    found.portal = portal
    return found


def values(candidates, *evidence):
    """Return the values of candidates, of some kinds of evidence or of all."""
    return [candidate.value for candidate in candidates if not evidence or candidate.evidence in evidence]
