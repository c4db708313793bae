"""A real Redis on loopback for one test, with its append-only file in the test's folder."""

import os
import shutil
import socket
import subprocess
import time

import pytest
import redis

PROGRAM = shutil.which("redis-server")


class RedisServer:
    """A server that can be killed and started again. url: for `--redis`."""

    def __init__(self, folder, password=None):
        if PROGRAM is None:
            if os.environ.get("CI"):
                pytest.fail("redis-server is not installed")
            pytest.skip("redis-server is not installed")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._command = [PROGRAM, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(folder), "--save", "",
                         "--appendonly", "yes", *(("--requirepass", password) if password else ())]
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.client = redis.Redis(port=self.port, password=password, decode_responses=True)
        self.start()

    def start(self):
        self._process = subprocess.Popen(self._command, stdout=subprocess.DEVNULL,
                                         stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while True:
            try:
                return self.client.ping()
            except redis.ConnectionError:
                assert time.monotonic() < until, "redis-server does not answer"
                time.sleep(0.02)

    def kill(self):
        self._process.kill()
        self._process.wait()

    def close(self):
        self.client.close()
        self.kill()

    def keys(self):
        """The keys that are left of crawls; how hosts are to be treated outlives them for a while."""
        return [key for key in self.client.scan_iter() if not key.startswith("malim:host:")]
