"""What happens to an article between page and record: one concern a file, their order in `settings.py`."""
