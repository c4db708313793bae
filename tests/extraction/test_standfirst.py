"""A lead that the page prints before the text is the body's first paragraph; a second headline is not."""

import pytest

from malim_scraper import extract

LEAD = "Қала әкімдігі көктемде жаңа саябақ салуды бастайды."
TEXT = ("Саябақ алты гектар жерді алып, екі мың түп ағаш отырғызылады деп хабарлады әкімдіктің баспасөз қызметі.",
        "Жұмысқа бюджеттен екі миллиард теңге бөлінді, оны сәуірде бастап, қараша айында бітіру жоспарланған.",
        "Тұрғындар бұл жерде бұрын қоқыс жатқанын айтып, жобаны екі жылдан бері сұрап жүргенін еске салды.")


def _page(lead, *, description="", text=TEXT):
    return (f'<html><head><title>Қалада жаңа саябақ ашылады</title><meta name="description" content="{description}">'
            f"</head><body><article><header><h1>Қалада жаңа саябақ ашылады</h1>{lead}</header><div class='text'>"
            + "".join(f"<p>{line}</p>" for line in text) + "</div></article></body></html>")


@pytest.mark.parametrize(("lead", "description", "first"), [
    (f'<p class="article-lead">{LEAD}</p>', "", LEAD),
    (f'<div class="standfirst">{LEAD}</div>', "", LEAD),
    (f"<p>{LEAD}</p>", LEAD, LEAD),
    (f'<h2 class="sub-headline">{LEAD}</h2>', LEAD, TEXT[0]),
    (f'<p class="article__dek">{LEAD}</p>', "", TEXT[0]),
    (f'<p class="lead">{TEXT[0]}</p>', TEXT[0], TEXT[0]),
    (f'<figure><img src="/a.jpg"><figcaption class="intro">{LEAD}</figcaption></figure>', "", TEXT[0]),
    ("", LEAD, TEXT[0]),
])
def test_first_paragraph(lead, description, first):
    article = extract(_page(lead, description=description), url="https://example.kz/news/4711-sayabaq")
    assert [article.blocks[0].text, article.blocks[-1].text] == [first, TEXT[-1]]
    assert len({block.text for block in article.blocks}) == len(article.blocks)
