"""Scrapy's own commands, with this project's functions at hand; named by the setting COMMANDS_MODULE."""
