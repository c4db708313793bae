"""The spiders: one for any portal, one file per portal that has its own."""
