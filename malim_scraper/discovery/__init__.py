"""Where a portal's articles are: sitemaps, feeds, listings and links. Pure: no network."""
