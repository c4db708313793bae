"""The command line's frame: what a script sees of it."""

import subprocess
import sys

import pytest


def malim(*args):
    return subprocess.run([sys.executable, "-m", "malim_scraper", *args], capture_output=True, text=True, timeout=60)


def test_help_names_every_command():
    from malim_scraper.cli import COMMANDS

    done = malim("--help")
    assert done.returncode == 0
    for command in COMMANDS:
        assert command in done.stdout
    assert "..." not in done.stdout.partition("Commands:")[2], "a line of the list is cut"


@pytest.mark.parametrize(("args", "words"), [
    (["extarct"], "Did you mean 'extract'?"),
    (["nonsense"], "nonsense"),
    (["extract"], "PATH"),
    (["extract", "--nonsense"], "--nonsense"),
])
def test_wrong_usage_is_exit_code_2(args, words):
    done = malim(*args)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_every_command_has_help_with_examples():
    from malim_scraper.cli import COMMANDS

    for command in COMMANDS:
        done = malim(command, "--help")
        assert done.returncode == 0
        assert f"malim {command}" in done.stdout, f"{command} --help shows no example"
