"""`python -m malim_scraper` is `malim`."""

from malim_scraper.cli import main

main()
