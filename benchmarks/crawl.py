"""How fast a crawl is, and how much memory it takes: `python benchmarks/crawl.py [articles] [rounds]`.

A loopback server gives that many small articles (default 3,000) on listings of 50. A bare Scrapy spider with the same
start and as many requests at once follows the same links without extracting anything; `malim crawl` stores every
article. Both without delays; each crawl (default 3 rounds) is compared with the bare spider's runs right before and
after it, since the load of a machine changes. The seconds are those of the whole command, start of Python included;
what `malim crawl` asks beyond the pages (robots.txt, feeds, sitemaps) does not count as pages. Prints pages per second
of both, their ratio, and the memory of the crawl.
"""

import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from statistics import median

PER_LISTING = 50
SENTENCE = "Қала тұрғындары жаңа саябақтың ашылуына жиналып, ағаш отырғызды да, кешке дейін тарамай әңгіме айтты. "
BARE = """
import sys, scrapy
from scrapy.crawler import CrawlerProcess
class Bare(scrapy.Spider):
    name = "bare"
    async def start(self):
        yield scrapy.Request(sys.argv[1])
    def parse(self, response):
        for href in response.css("a::attr(href)").getall():
            yield response.follow(href)
process = CrawlerProcess({"LOG_LEVEL": "ERROR", "TELNETCONSOLE_ENABLED": False, "REMOTE_CONTROL_ENABLED": False,
                          "DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS": 8,
                          "CONCURRENT_REQUESTS_PER_DOMAIN": 8})
crawler = process.create_crawler(Bare)
process.crawl(crawler)
process.start()
print(crawler.stats.get_value("response_received_count"))
"""


def article(number: int) -> str:
    """A small article with links to its neighbours."""
    text = "".join(f"<p>{number}-мақала, {part}-бөлім. {SENTENCE * 3}</p>" for part in range(4))
    others = [(number + step) % articles() for step in range(1, 7)]
    links = "".join(f'<li><a href="{path(other)}">Тағы бір маңызды жаңалық</a></li>' for other in others)
    return (f'<!doctype html><html lang="kk"><head><meta charset="utf-8"><title>Саябақ ашылды {number}</title></head>'
            f'<body><nav><a href="/">Басты бет</a></nav><article><h1>Нөмірі {number} саябақ ашылды</h1>'
            f'<p class="meta">Автор: Айгүл Серік <time datetime="2024-04-24">24.04.2024</time></p>{text}</article>'
            f"<ul>{links}</ul></body></html>")


def listing(page: int) -> str:
    """The links of one listing."""
    numbers = range(page * PER_LISTING, min((page + 1) * PER_LISTING, articles()))
    items = "".join(f'<li><a href="{path(number)}">Бүгінгі маңызды жаңалық туралы {number}</a></li>'
                    for number in numbers)
    after = f'<a rel="next" href="/?page={page + 1}">Келесі</a>' if numbers.stop < articles() else ""
    head = '<!doctype html><html lang="kk"><head><meta charset="utf-8"></head>'
    return f"{head}<body><ul>{items}</ul>{after}</body></html>"


def path(number: int) -> str:
    """The address of an article on the server."""
    return f"/news/{number}-sayabaq-ashyldy-qalada"


def articles() -> int:
    """How many articles there are."""
    return int(sys.argv[1]) if len(sys.argv) > 1 else 3_000


def rounds() -> int:
    """How many crawls are measured."""
    return int(sys.argv[2]) if len(sys.argv) > 2 else 3


class Handler(BaseHTTPRequestHandler):
    """Answers from memory."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = 65_536
    pages: dict[str, bytes] = {}  # noqa: RUF012

    def log_message(self, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        """Send a page or 404."""
        body = self.pages.get(self.path)
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")


class Server(ThreadingMixIn, TCPServer):
    """One thread a connection."""

    daemon_threads = True
    request_queue_size = 100


def serve(port: "multiprocessing.Queue[int]") -> None:
    """Serve until killed."""
    Handler.pages = {path(number): article(number).encode() for number in range(articles())}
    last = (articles() - 1) // PER_LISTING
    Handler.pages |= {"/" if page == 0 else f"/?page={page}": listing(page).encode() for page in range(last + 1)}
    with Server(("127.0.0.1", 0), Handler) as server:
        port.put(server.server_address[1])
        server.serve_forever()


def watch(process: "subprocess.Popen[str]") -> list[float]:
    """The memory of a process in MB, twice a second until it ends."""
    seen = []
    while process.poll() is None:
        try:
            status = Path(f"/proc/{process.pid}/status").read_text()
            seen += [int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")]
        except OSError:
            break
        time.sleep(0.5)
    return seen


def timed(command: list[str]) -> tuple[float, float, str, list[float]]:
    """Run a command; returns seconds of the clock, seconds of the processor, its output, its memory."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    memory = watch(process)
    output, _ = process.communicate()
    took = time.perf_counter() - begun
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, output, memory


@dataclass
class Crawl:
    """One crawl of `malim`: pages read, articles stored, what it printed, its seconds and its memory in MB."""

    read: int
    stored: int
    output: str
    took: float
    cpu: float
    memory: list[float]


def crawl(base: str) -> Crawl:
    """Crawl the server into a new folder with `malim crawl`."""
    with tempfile.TemporaryDirectory() as folder:
        took, cpu, output, memory = timed(
            [sys.executable, "-m", "malim_scraper", "crawl", base, "--out", folder, "-s", "DOWNLOAD_DELAY=0",
             "-s", "CONCURRENT_REQUESTS_PER_DOMAIN=8"])
        stored = sum(1 for _ in (Path(folder) / "articles.jsonl").open())
        counts = next(iter(json.loads((Path(folder) / "runs.jsonl").read_text())["portals"].values()))
        return Crawl(counts["responses"], stored, output.strip().partition("\n")[0], took, cpu, memory)


def main() -> None:
    """Measure and print."""
    port: multiprocessing.Queue[int] = multiprocessing.Queue()
    server = multiprocessing.Process(target=serve, args=(port,), daemon=True)
    server.start()
    base = f"http://127.0.0.1:{port.get()}/"
    bare = [timed([sys.executable, "-c", BARE, base])]
    ratios: list[tuple[float, float]] = []
    for _ in range(rounds()):
        ours = crawl(base)
        bare.append(timed([sys.executable, "-c", BARE, base]))
        pages = int(bare[-1][2].split()[-1])
        beside = [(pages, took, cpu) for took, cpu, *_ in bare[-2:]]
        print(ours.output)
        for name, (count, took, cpu) in (("bare Scrapy", beside[0]), ("malim crawl", (ours.read, ours.took, ours.cpu)),
                                         ("bare Scrapy", beside[1])):
            print(f"  {name}: {count} pages, {count / took:.0f} a second, {count / cpu:.0f} a second of the processor")
        rates = [sum(run[place] for run in beside) / 2 / pages for place in (1, 2)]
        ratios.append((rates[0] * ours.read / ours.took, rates[1] * ours.read / ours.cpu))
        early, late = ours.memory[max(1, len(ours.memory) // 4)], ours.memory[-2]
        print(f"  {ours.stored} stored; ratio {ratios[-1][0]:.2f} by the clock, {ratios[-1][1]:.2f} by the processor; "
              f"{max(ours.memory):.0f} MB at most, {early:.0f} MB after a quarter, {late:.0f} MB at the end")
    clock, processor = (median(ratio[place] for ratio in ratios) for place in (0, 1))
    print(f"ratio, median of {rounds()}: {clock:.2f} by the clock, {processor:.2f} by the processor; "
          f"load of the machine {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    server.terminate()


if __name__ == "__main__":
    main()
