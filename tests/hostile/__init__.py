"""A portal that has every fault that a crawl must survive, its truth, and the crawls of it."""
