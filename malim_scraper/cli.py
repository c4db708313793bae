"""The command line `malim`: one file in `commands` per command, imported only when it is called."""

from __future__ import annotations

import os
import signal
import sys
from difflib import get_close_matches
from importlib import import_module

import click

from malim_scraper.errors import MalimError

COMMANDS = ("crawl", "demo", "duplicates", "export", "extract", "fixture", "forget", "portals", "probe", "report",
            "status")


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"malim_scraper.commands.{cmd_name}").command
        return command

    def resolve_command(self, ctx: click.Context,
                        args: list[str]) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; one that is misspelt is an error with the name that was meant."""
        if args[0] not in COMMANDS and (close := get_close_matches(args[0], COMMANDS, n=1)):
            raise click.UsageError(f"No such command '{args[0]}'. Did you mean '{close[0]}'?", ctx)
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="malim_scraper", prog_name="malim")
def cli() -> None:
    """Turn news portals into research-grade datasets.

    \b
    Examples:
      malim demo                                    try it on a portal that this program serves itself
      malim crawl https://example.org/ --out data   crawl a portal, only what is new on the next call
      malim extract page.html                       read one saved page
    """


def main() -> None:
    """Run the command line and exit: a failure is one line on standard error and its exit code."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was half written is cleared away
    try:
        sys.exit(cli(standalone_mode=False) or 0)
    except MalimError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(130)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader has gone; no second error at exit
        sys.exit(141)
