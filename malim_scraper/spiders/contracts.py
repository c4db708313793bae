"""A contract for `scrapy check`: a callback finds one article, with these fields."""

from __future__ import annotations

from typing import Any

from scrapy.contracts import Contract
from scrapy.exceptions import ContractFail

from malim_scraper.items import Article


class ArticleContract(Contract):
    """`@article title date_published`: the page gives exactly one article, in which these fields are filled."""

    name = "article"

    def post_process(self, output: list[Any]) -> None:
        """Raise ContractFail when it does not."""
        articles = [found for found in output if isinstance(found, Article)]
        if len(articles) != 1:
            raise ContractFail(f"{len(articles)} articles instead of one")
        missing = [field for field in self.args if not getattr(articles[0], field, None)]
        if missing:
            raise ContractFail(f"nothing in: {', '.join(missing)}")
