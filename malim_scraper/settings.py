"""Scrapy settings of every crawl: polite, bounded, quiet. A profile, then `-s NAME=VALUE`, win over them."""

from importlib.metadata import PackageNotFoundError, version

try:
    _VERSION = version("malim_scraper")
except PackageNotFoundError:  # run from a folder that was never installed
    _VERSION = "0"

BOT_NAME = "malim_scraper"
SPIDER_MODULES = ["malim_scraper.spiders"]
COMMANDS_MODULE = "malim_scraper.scrapy_commands"
SPIDER_CONTRACTS = {"malim_scraper.spiders.contracts.ArticleContract": 10}
USER_AGENT = f"malim_scraper/{_VERSION} (news archive; complaints: set USER_AGENT)"

# Manners
ROBOTSTXT_OBEY = True
DOWNLOAD_DELAY = 1
DOWNLOAD_DELAY_JITTER = 0
CONCURRENT_REQUESTS = 8
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DEFAULT_REQUEST_HEADERS = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5",
                           "Accept-Language": "kk,ru;q=0.8,en;q=0.5"}
COOKIES_ENABLED = False

# Bounds
DOWNLOAD_MAXSIZE = 20 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 60
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "DEBUG"  # the spider tells it, with its cause
REDIRECT_MAX_TIMES = 8

# Watching
EXTENSIONS = {"malim_scraper.extensions.metrics.MetricsExtension": 500}
METRICS = None  # a port of loopback, HOST:PORT, or a file that ends in .prom

# Many portals
PORTALS_AT_ONCE = 50  # the others wait for their turn
REACTOR_THREADPOOL_MAXSIZE = 50  # names are looked up there; a dead name server holds a thread for 20 s or more

# Many machines
REDIS_PATIENCE = 60  # seconds for which an outage of Redis is sat out
REDIS_WORKER_LIFE = 30  # seconds without a sign of life, after which a worker counts as dead and its pages wait again

# Raw pages
WARC_ARCHIVE = False
WARC_MAX_BYTES = 1_000_000_000  # a file is closed at this size

# Pages that JavaScript fills
RENDER = "never"  # or "auto", "always"
RENDER_TIMEOUT = 30  # seconds for one page
BROWSER_PAGES = 2  # at once
BROWSER_EXECUTABLE = ""  # found by its usual names
BROWSER_SANDBOX = None  # on, but for root

# Safety
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True

# Order of the parts
ITEM_PIPELINES = {
    "malim_scraper.pipelines.dates.DatesPipeline": 100,
    "malim_scraper.pipelines.check.CheckPipeline": 200,
    "malim_scraper.pipelines.since.SincePipeline": 300,
    "malim_scraper.pipelines.duplicates.DuplicatesPipeline": 400,
    "malim_scraper.pipelines.jsonlines.JsonLinesPipeline": 500,
}
DOWNLOADER_MIDDLEWARES = {
    "malim_scraper.middlewares.own_hosts.OwnHostsMiddleware": 50,  # before robots.txt (100) asks a stranger
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "malim_scraper.middlewares.crawl_delay.CrawlDelayMiddleware": 90,
    "malim_scraper.middlewares.concurrency.ConcurrencyMiddleware": 95,
    "malim_scraper.middlewares.limits.LimitsMiddleware": 300,
    "malim_scraper.middlewares.conditional.ConditionalMiddleware": 540,
    "malim_scraper.middlewares.retry_after.RetryAfterMiddleware": 560,  # sees 429 and 503 before Scrapy (550)
    "malim_scraper.middlewares.archive.ArchiveMiddleware": 580,
    "malim_scraper.middlewares.browser.BrowserMiddleware": 583,
    "malim_scraper.middlewares.encoding.EncodingMiddleware": 585,
    "malim_scraper.middlewares.whole.WholeMiddleware": 587,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
    "malim_scraper.middlewares.compression.CompressionMiddleware": 590,
    "malim_scraper.middlewares.redirect_cookies.RedirectCookiesMiddleware": 610,  # below RedirectMiddleware (600)
    "malim_scraper.middlewares.shared_turns.SharedTurnsMiddleware": 840,  # hears of redirects, which 600 keeps back
    "malim_scraper.middlewares.access.AccessMiddleware": 950,  # behind cache (900), cookies (700) and proxy (750)
}
FEED_EXPORT_ENCODING = "utf-8"
LOG_LEVEL = "INFO"
DEFAULT_DROPITEM_LOG_LEVEL = "DEBUG"  # unchanged articles are no news
