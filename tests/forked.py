"""The command line in processes of its own, without a second of imports for each.

One process a session imports what every crawl imports, before there is a reactor, and forks for each command. What a
test gets is a real process: it has a pid, its own files, signals and exit code. Tests of the whole program from the
outside, such as `test_end_to_end.py`, start Python themselves.
"""

import array
import atexit
import json
import os
import resource
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from functools import cache
from pathlib import Path

IMPORTED = ("malim_scraper.commands.crawl", "malim_scraper.runner", "malim_scraper.extensions.display",
            "malim_scraper.pipelines.jsonlines", "malim_scraper.scrapy_commands.crawl",
            "scrapy.core.downloader.handlers.http11", "scrapy.extensions.remote_control",
            "scrapy.downloadermiddlewares.cookies", "scrapy.downloadermiddlewares.robotstxt", "warcio.warcwriter")


class Forked:
    """A command under way, with the methods of `subprocess.Popen` that tests use; its output is text.

    args: of `malim`, or of the Python file `script`. file_bytes: no file that it writes may grow beyond.
    """

    def __init__(self, *args, script=None, cwd=None, stdin="", env=None, file_bytes=None):
        self.args, self.returncode = list(map(str, args)), None
        self._files = [tempfile.TemporaryFile() for _ in range(3)]  # noqa: SIM115
        self._texts = []
        self._files[0].write(stdin.encode())
        self._files[0].seek(0)
        order = {"args": self.args, "script": script and str(script), "cwd": str(cwd or Path.cwd()),
                 "env": {**os.environ, **(env or {})}, "file_bytes": file_bytes}
        self._parent = _parent()
        self.pid = self._parent.fork(order, [file.fileno() for file in self._files])

    def send_signal(self, number):
        """Send a signal, if the process has not ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self):
        """End the process at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self):
        """Ask the process to end."""
        self.send_signal(signal.SIGTERM)

    def poll(self):
        """Return the exit code, or None while the process runs."""
        self.returncode = self._parent.ended(self.pid, 0)
        return self.returncode

    def wait(self, timeout=60):
        """Return the exit code; raise TimeoutExpired when there is none in time."""
        self.returncode = self._parent.ended(self.pid, timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired(self.args, timeout)
        for file in self._files:
            file.seek(0)
            self._texts.append(file.read().decode())
            file.close()
        self._files = []
        return self.returncode

    def communicate(self, timeout=60):
        """Return standard output and error of the ended process; end it when it does not in time."""
        try:
            self.wait(timeout)
        except subprocess.TimeoutExpired:
            self.kill()
            self.wait()
            raise
        return self._texts[1], self._texts[2]


def run(*args, timeout=60, **options):
    """Run a command to its end; returns what `subprocess.run` does."""
    running = Forked(*args, **options)
    output, errors = running.communicate(timeout)
    return subprocess.CompletedProcess(running.args, running.returncode, output, errors)


class _Parent:
    """The process that forks, and what it has told of its children."""

    def __init__(self):
        self._socket, theirs = socket.socketpair()
        self._process = subprocess.Popen([sys.executable, __file__, str(theirs.fileno())], pass_fds=[theirs.fileno()])
        theirs.close()
        self._told = b""
        self._codes = {}
        self._born = None
        atexit.register(self._close)

    def _close(self):
        self._socket.close()
        self._process.wait()

    def fork(self, order, files):
        """Start a command and return its pid. files: its standard input, output and error."""
        message = json.dumps(order).encode()
        self._socket.sendmsg([len(message).to_bytes(4, "big")],
                             [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", files))])
        self._socket.sendall(message)
        self._born = None
        while self._born is None:
            assert self._read(60), "nothing was forked"
        return self._born

    def ended(self, pid, timeout):
        """Return the exit code of a child, or None when it has not ended in time."""
        until = time.monotonic() + timeout
        while pid not in self._codes and self._read(max(0.001, until - time.monotonic())):
            pass
        return self._codes.get(pid)

    def _read(self, timeout):
        """Take in what is told; returns whether anything was, in time."""
        self._socket.settimeout(timeout)
        try:
            told = self._socket.recv(65_536)
        except TimeoutError:
            return False
        finally:
            self._socket.settimeout(None)
        assert told, "the process that forks has ended"
        *lines, self._told = (self._told + told).split(b"\n")
        for message in map(json.loads, lines):
            self._born = message.get("born", self._born)
            if "ended" in message:
                self._codes[message["ended"]] = message["code"]
        return True


_parent = cache(_Parent)


def _serve(line):
    """Fork for each order that comes, tell which children were born and ended, until the other side hangs up."""
    for name in IMPORTED:
        __import__(name)
    assert "twisted.internet.reactor" not in sys.modules
    waker, woken = socket.socketpair()
    for one in (waker, woken):
        one.setblocking(False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the tests
    signal.set_wakeup_fd(waker.fileno())
    while True:
        ready, _, _ = select.select([line, woken], [], [])
        if woken in ready:
            with suppress(BlockingIOError):
                woken.recv(4096)
            _bury(line)
        if line in ready and not _take(line, (waker, woken)):
            return


def _bury(line):
    with suppress(ChildProcessError):
        while (ended := os.waitpid(-1, os.WNOHANG))[0]:
            code = os.waitstatus_to_exitcode(ended[1])
            line.sendall(json.dumps({"ended": ended[0], "code": code}).encode() + b"\n")


def _take(line, ours):
    size, ancillary, _, _ = line.recvmsg(4, socket.CMSG_SPACE(3 * 4))
    if not size:
        return False
    files = array.array("i", ancillary[0][2])
    length, message = int.from_bytes(size, "big"), b""
    while len(message) < length:
        message += line.recv(length - len(message))
    child = os.fork()
    if not child:
        signal.set_wakeup_fd(-1)
        for one in (line, *ours):
            one.close()
        _become(json.loads(message), files)
    for file in files:
        os.close(file)
    line.sendall(json.dumps({"born": child}).encode() + b"\n")
    return True


def _become(order, files):
    """Be the command that was ordered. Does not return."""
    for place, file in enumerate(files):
        os.dup2(file, place)
        os.close(file)
    for number in (signal.SIGCHLD, signal.SIGINT):
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    os.chdir(order["cwd"])
    os.environ.clear()
    os.environ.update(order["env"])
    if order["file_bytes"]:
        resource.setrlimit(resource.RLIMIT_FSIZE, (order["file_bytes"], order["file_bytes"]))
    code = 1
    try:
        if order["script"]:
            sys.argv = [order["script"], *order["args"]]
            runpy.run_path(order["script"], run_name="__main__")
        else:
            sys.argv = ["malim", *order["args"]]
            from malim_scraper.cli import main
            main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # what Python does with it
        sys.excepthook(*sys.exc_info())
    finally:
        with suppress(OSError):
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code & 0xFF)


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])))
