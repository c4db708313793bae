"""What an operator wants to happen when a run was unhealthy or failed: a command, or a webhook."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import urllib.request
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from http.client import HTTPException
from pathlib import Path
from typing import Any

from malim_scraper.dataset import Run

COMMAND_SECONDS = 60.0
WEBHOOK_SECONDS = 10.0


class AlarmError(Exception):
    """The alarm could not be raised; its text says why."""


def raise_alarm(hook: str, run: Run, folder: Path) -> None:
    """Run a command, or post to a webhook, what is wrong with a run; AlarmError when that fails.

    hook: an address that begins with http:// or https:// gets a POST of JSON; all else is run by the shell, with the
    message in MALIM_MESSAGE, the folder in MALIM_DATASET, the outcome in MALIM_OUTCOME, and the JSON on its standard
    input. JSON: `message` (what is wrong), `dataset`, and the other keys of the run's line in `runs.jsonl`.
    """
    message = "\n".join(run.alarms) or run.message or run.outcome
    alarm = {**asdict(run), "message": message, "dataset": str(folder.absolute())}
    if hook.lower().startswith(("http://", "https://")):
        _post(hook, alarm)
    else:
        _execute(hook, alarm)


def _post(url: str, alarm: Mapping[str, Any]) -> None:
    body = json.dumps(alarm, ensure_ascii=False).encode()
    try:
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method="POST")  # noqa: S310
        with urllib.request.urlopen(request, timeout=WEBHOOK_SECONDS):  # noqa: S310
            pass
    except (OSError, ValueError, HTTPException) as error:  # an OSError is also HTTP 4xx and 5xx
        raise AlarmError(str(error) or type(error).__name__) from error


def _execute(command: str, alarm: Mapping[str, Any]) -> None:
    env = {**os.environ, "MALIM_MESSAGE": str(alarm["message"]), "MALIM_DATASET": str(alarm["dataset"]),
           "MALIM_OUTCOME": str(alarm["outcome"])}
    child = subprocess.Popen(command, shell=True, env=env, stdin=subprocess.PIPE, stdout=2,  # noqa: S602
                             start_new_session=True)
    try:
        child.communicate(json.dumps(alarm, ensure_ascii=False).encode() + b"\n", timeout=COMMAND_SECONDS)
    except subprocess.TimeoutExpired as error:
        with suppress(OSError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        raise AlarmError(f"not done after {COMMAND_SECONDS:.0f} s") from error
    if child.returncode:
        raise AlarmError(f"exit code {child.returncode}")
