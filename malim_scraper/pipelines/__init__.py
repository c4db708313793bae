"""What happens to an article between the spider and the disk, one concern a file; their order is in settings.py."""
