"""What watches a crawl, one concern a file."""
