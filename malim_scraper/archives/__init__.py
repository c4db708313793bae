"""Saved pages and WARC files in any number, read in parallel, written as shards of one dataset."""
