"""What a worker is told in one line."""

import os
import subprocess
import sys

import forked
import pytest
from redis_server import RedisServer
from working import FAST, finish, worker


def test_redis_that_does_not_answer(portal, tmp_path):
    done = forked.run("crawl", portal.base + "/", "--out", tmp_path / "data", "--redis",
                      "redis://user:secret@127.0.0.1:1/0", *FAST)
    assert done.returncode == 1 and len(done.stderr.splitlines()) == 1
    assert "redis://127.0.0.1:1/0" in done.stderr and "secret" not in done.stderr
    assert portal.asked == []


def test_two_workers_with_one_name(portal, queue, tmp_path):
    first = worker(portal.base, tmp_path / "data", queue, "a", "-s", "DOWNLOAD_DELAY=0.2")
    while not portal.asked:
        assert first.poll() is None
    said, = finish(worker(portal.base, tmp_path / "data", queue, "a"), code=1)
    assert "another worker is named a" in said
    other = tmp_path / "elsewhere"
    other.mkdir()
    said, = finish(worker(portal.base, other / "data", queue, "a"), code=1)
    assert "another worker is named a" in said
    first.terminate()
    finish(first, code=143)


def test_a_password_from_the_environment_is_told_nowhere(portal, tmp_path):
    queue = RedisServer(tmp_path, password="secret")
    try:
        said, = finish(worker(portal.base, tmp_path / "data", queue, "a"), code=1)
        assert "secret" not in said
        said, = finish(worker(portal.base, tmp_path / "data", queue, "a", "--limit", "1",
                              env={"MALIM_REDIS_PASSWORD": "secret"}))
        assert "secret" not in said
        for file in (tmp_path / "data").iterdir():
            assert b"secret" not in file.read_bytes()
    finally:
        queue.close()


@pytest.mark.parametrize(("args", "words"), [
    (("--worker", "a"), "it needs --redis"),
    (("--redis", "http://127.0.0.1"), "is no address of Redis"),
    (("--redis", "redis://127.0.0.1:1", "--worker", "a/b"), "--worker 'a/b'"),
])
def test_wrong_usage(args, words, tmp_path):
    done = forked.run("crawl", "malim", "--out", tmp_path / "data", *args)
    assert done.returncode == 2 and words in done.stderr and not (tmp_path / "data").exists()


def test_without_the_extra(tmp_path):
    (tmp_path / "redis.py").write_text("raise ImportError('not installed')\n")
    done = subprocess.run([sys.executable, "-m", "malim_scraper", "crawl", "malim", "--out", "data", "--redis",
                           "redis://127.0.0.1"], capture_output=True, text=True, cwd=tmp_path,
                          env={**os.environ, "PYTHONPATH": str(tmp_path)})
    assert done.returncode == 2 and "pip install 'malim_scraper[redis]'" in done.stderr
