"""What goes wrong on the hostile portal: answers that never end or lie, spaces without end, false pages."""

import gzip
import itertools
import socket
import struct
import time
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from hostile import markups

_TITLE = "Қалада жаңа саябақ ашылды деген хабар"
_HANG = ("/qate/ilinu-1-zhana-sayabaq-ashyldy", "/qate/ilinu-2-zhana-sayabaq-ashyldy")


def links(portal):
    """What the front page links to besides its news."""
    host = portal.base.partition("://")[2].partition(":")[0]
    named = [(path, f"{_TITLE} {place}") for place, path in enumerate(ANSWERS)]
    return [
        *named,
        ("/teren/", "Тереңірек"),
        ("/taraptar/?a=1", "Тараптар"),
        ("/tyiym/5-zhabyq-zhanalyq-habary", _TITLE),
        ("/izdeu?q=su", "Іздеу"),
        ("/video/9.mp4", _TITLE),
        ("/oku.php?id=999999", _TITLE),
        ("/oku.php", _TITLE),
        (f"http://{host}:{portal.stranger}/zhanalyq/1-basqa-porttagy-zhana-habar", _TITLE),
        (f"http://2130706433:{portal.stranger}/zhanalyq/5-zheke-mekenzhaidagy-habar", _TITLE),
        (f"http://0x7f.1:{portal.stranger}/zhanalyq/6-zheke-mekenzhaidagy-habar", _TITLE),
        (f"http://0.0.0.0:{portal.stranger}/zhanalyq/7-zheke-mekenzhaidagy-habar", _TITLE),
        (f"http://[::ffff:127.0.0.1]:{portal.stranger}/zhanalyq/8-zheke-mekenzhaidagy-habar", _TITLE),
        (f"http://127.0.0.1.nip.io:{portal.stranger}/zhanalyq/9-zheke-mekenzhaidagy-habar", _TITLE),
        (f"http://{host}@127.0.0.2:{portal.stranger}/zhanalyq/10-zheke-mekenzhaidagy-habar", _TITLE),
        ("/zhanalyq/" + "uzyn-" * 2_000, _TITLE),
        ("/zhoq%2525/bet%25D0%25B6-turaly-zhana-habar", _TITLE),
        ("/zhoq/\x00/bet-turaly-zhana-habar", _TITLE),
        (f"http://127.0.0.2:{portal.stranger}/zhanalyq/2-zheke-mekenzhaidagy-habar", _TITLE),
        (f"http://[::1]:{portal.stranger}/zhanalyq/3-zheke-mekenzhaidagy-habar", _TITLE),
        ("ftp://127.0.0.1/zhanalyq/4-basqa-shema-zhana-habar", _TITLE),
        ("javascript:void(0)", _TITLE),
        ("data:text/html,<h1>x</h1>", _TITLE),
        ("mailto:a@dala.example", _TITLE),
        ("file:///etc/passwd", _TITLE),
        ("http://[bad", _TITLE),
        ("//", _TITLE),
        ("?", _TITLE),
        ("http://127.0.0.1:99999/x", _TITLE),
    ]


def answer(portal, path, query):
    """The answer of a path that misbehaves, or None."""
    if path in ANSWERS:
        portal.faults_met[path] += 1
        return ANSWERS[path](portal)
    for start, respond in SPACES.items():
        if start in portal.spaces and path.startswith(start):
            return respond(portal, path, query)
    return None


def trouble(portal, story):
    """What a story's own address does the first time it is asked for, or None."""
    if story.trouble is None:
        return None
    portal.faults_met[story.number] += 1
    if portal.faults_met[story.number] > 1:
        return None
    page = markups.article(portal, story, 1, "").encode()
    return {
        "busy": lambda: (503, {"Retry-After": "1"}, b"busy"),
        "busy-date": lambda: (
            503,
            {"Retry-After": format_datetime(datetime.now(UTC) + timedelta(seconds=1), usegmt=True)},
            b"",
        ),
        "limited": lambda: (429, {"Retry-After": "1"}, b"<html>slow down"),
        "recovers": lambda: (500, {}, b"<html><h1>Internal Server Error</h1>"),
        "reset": lambda: lambda handler: _reset(handler, page[: len(page) // 2], len(page)),
        "cut-gzip": lambda: (
            200,
            {"Content-Type": "text/html; charset=utf-8", "Content-Encoding": "gzip"},
            gzip.compress(page)[: -len(gzip.compress(page)) // 3],
        ),
        "short": lambda: (
            200,
            {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(page) * 2)},
            page,
        ),
        "hangs": lambda: _hang(portal),
    }[story.trouble]()


def by_habit(portal, story, answer, headers):
    """The answer of a story whose address has a fault each time."""
    status, given, body = answer
    if story.habit == "long-length":
        return status, given | {"Content-Length": str(len(body) + 700)}, body
    if story.habit == "no-last-chunk":
        return lambda handler: _unending(handler, given, body)
    if story.habit == "cookie" and "kordim=1" not in (headers.get("Cookie") or ""):
        return 302, {"Location": story.path, "Set-Cookie": "kordim=1; Path=/"}, b""
    if story.habit == "new-etag":
        return status, given | {"ETag": f'"{portal.views()}"'}, body
    if story.habit == "foreign-base":
        return status, given, body.replace(b"<head>", f'<head><base href="http://127.0.0.2:{portal.stranger}/">'.encode())
    return answer


def _unending(handler, headers, body):
    _start(handler, Transfer_Encoding="chunked", **{name.replace("-", "_"): value for name, value in headers.items()})
    _write(handler, b"%x\r\n%b\r\n" % (len(body), body))


def _write(handler, data):
    try:
        handler.wfile.write(data)
    except OSError:
        return False
    return True


def _start(handler, **headers):
    handler.send_response(200)
    for name, value in headers.items():
        handler.send_header(name.replace("_", "-"), value)
    handler.send_header("Connection", "close")
    handler.end_headers()
    handler.close_connection = True


def _reset(handler, data, length):
    _start(handler, Content_Type="text/html; charset=utf-8", Content_Length=str(length))
    _write(handler, data)
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.shutdown(socket.SHUT_RD)


def _hang(portal):
    return lambda handler: setattr(handler, "close_connection", True) or portal.stopping.wait(portal.slow)


def _endless(handler):
    _start(handler, Content_Type="text/html")
    chunk = f"<p>{_TITLE} және тағы бірдеңе.</p>".encode() * 200
    while _write(handler, chunk) and not handler.server.portal.stopping.is_set():
        pass


def _dripping(handler):
    _start(handler, Content_Type="text/html; charset=utf-8")
    until = time.monotonic() + handler.server.portal.slow
    while time.monotonic() < until and _write(handler, b"<p>a") and not handler.server.portal.stopping.wait(0.2):
        pass


def _bomb(handler):
    """Half a gigabyte of zeros in half a megabyte."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    _start(handler, Content_Type="text/html", Content_Encoding="gzip")
    for _ in range(512):
        if not _write(handler, packer.compress(bytes(1024 * 1024))):
            return
    _write(handler, packer.flush())


def _big(handler):
    _start(handler, Content_Type="text/html", Content_Length=str(300_000_000))
    chunk = b"<p>text</p>" * 10_000
    for _ in range(300_000_000 // len(chunk)):
        if not _write(handler, chunk):
            return


def _lying(handler):
    _start(handler, Content_Type="text/html", Content_Length="-5")
    _write(handler, b"<html>")


def _garbage(handler):
    handler.close_connection = True
    _write(handler, b"\x16\x03\x01\x02\x00\x01 not http at all\r\n\r\n")


def _soft_404(portal):
    text = f"<p>Кешіріңіз, сіз іздеген бет табылмады немесе жойылған.</p><ul>{'<li>Басты бетке өтіңіз</li>' * 3}</ul>"
    return _html(markups.page(portal, "Бет табылмады", text))


def _wall(portal):
    text = (
        "<p>Бұл мақала тек жазылушыларға арналған. Оқу үшін жүйеге кіріңіз.</p>"
        '<form action="/login"><input name="login"><input type="password" name="p"><button>Кіру</button></form>'
    )
    return _html(markups.page(portal, "Кіру қажет", text))


def _html(text, status=200):
    return status, {"Content-Type": "text/html; charset=utf-8"}, text.encode()


def _to(location, status=302):
    return lambda portal: (status, {"Location": location.format(port=portal.stranger, base=portal.base)}, b"")


def _meta_loop(portal):
    return _html('<html><head><meta http-equiv="refresh" content="0; url=/qate/aynalu-meta-zhana-habar"></head></html>')


_BINARY = bytes(range(256)) * 400
ANSWERS = {
    "/qate/agyn-1-zhana-sayabaq-ashyldy": lambda portal: _endless,
    "/qate/tamshy-1-zhana-sayabaq-ashyldy": lambda portal: _dripping,
    "/qate/bomba-1-zhana-sayabaq-ashyldy": lambda portal: _bomb,
    "/qate/ulken-1-zhana-sayabaq-ashyldy": lambda portal: _big,
    "/qate/otirik-1-zhana-sayabaq-ashyldy": lambda portal: _lying,
    "/qate/qoqys-1-zhana-sayabaq-ashyldy": lambda portal: _garbage,
    **dict.fromkeys(_HANG, _hang),
    "/qate/uzilu-1-zhana-sayabaq-ashyldy": lambda portal: lambda handler: _reset(handler, b"<html><h1>", 900),
    "/qate/ekilik-1-zhana-sayabaq-ashyldy": lambda portal: (200, {"Content-Type": "text/html"}, _BINARY),
    "/qate/suret-1-zhana-sayabaq-ashyldy": lambda portal: (
        200,
        {"Content-Type": "text/html"},
        b"\x89PNG\r\n\x1a\n" + _BINARY,
    ),
    "/qate/pdf-1-zhana-sayabaq-ashyldy": lambda portal: (
        200,
        {"Content-Type": "application/pdf"},
        b"%PDF-1.7" + _BINARY,
    ),
    "/qate/zip-1-zhana-sayabaq-ashyldy": lambda portal: (
        200,
        {"Content-Encoding": "gzip", "Content-Type": "text/html"},
        b"no gzip",
    ),
    "/qate/bos-1-zhana-sayabaq-ashyldy": lambda portal: (200, {"Content-Type": "text/html"}, b""),
    "/qate/joq-1-zhana-sayabaq-ashyldy": _soft_404,
    "/qate/kiru-1-zhana-sayabaq-ashyldy": _wall,
    "/qate/500-1-zhana-sayabaq-ashyldy": lambda portal: _html("<h1>500</h1>", 500),
    "/qate/503-1-zhana-sayabaq-ashyldy": lambda portal: _html("<h1>503</h1>", 503),
    "/qate/403-1-zhana-sayabaq-ashyldy": lambda portal: _html("<h1>403</h1>", 403),
    "/qate/599-1-zhana-sayabaq-ashyldy": lambda portal: _html("<h1>?</h1>", 599),
    "/qate/204-1-zhana-sayabaq-ashyldy": lambda portal: (204, {}, b""),
    "/qate/aynalu-1-zhana-habar-turaly": _to("/qate/aynalu-2-zhana-habar-turaly"),
    "/qate/aynalu-2-zhana-habar-turaly": _to("/qate/aynalu-1-zhana-habar-turaly", 301),
    "/qate/aynalu-3-zhana-habar-turaly": _to("/qate/aynalu-3-zhana-habar-turaly"),
    "/qate/aynalu-meta-zhana-habar": _meta_loop,
    "/qate/basty-1-zhana-habar-turaly": _to("/"),
    "/qate/zheke-1-zhana-habar-turaly": _to("http://127.0.0.2:{port}/ishki"),
    "/qate/zheke-2-zhana-habar-turaly": _to("http://[::1]:{port}/ishki"),
    "/qate/zheke-3-zhana-habar-turaly": _to("http://127.0.0.1:{port}/basqa-port"),
    "/qate/zheke-4-zhana-habar-turaly": _to("file:///etc/passwd"),
    "/qate/zheke-5-zhana-habar-turaly": _to("http://localhost.invalid/a"),
    "/qate/zheke-6-zhana-habar-turaly": _to(""),
}


def _calendar(portal, path, query):
    found = [int(step) for step in path.split("/") if step.isdigit()]
    year, month, *day = found if len(found) > 1 else (2024, 5)
    if day:
        return _html(markups.page(portal, f"{day[0]}.{month}.{year}", "<p>Бұл күні оқиға жоқ.</p>"))
    before, after = (
        ((year, month - 1) if month > 1 else (year - 1, 12)),
        ((year, month + 1) if month < 12 else (year + 1, 1)),
    )
    days = "".join(f'<a href="/kuntizbe/{year}/{month:02}/{day:02}/">{day}</a> ' for day in range(1, 29))
    return _html(
        markups.page(
            portal,
            f"{month:02}.{year}",
            days
            + "".join(f'<a href="/kuntizbe/{year}/{month:02}/">{year}-{month}</a>' for year, month in (before, after)),
        )
    )


def _filter(portal, path, query):
    values = {key: query.get(key, "0") for key in ("tus", "ret", "olshem", "jyl")}
    rows = []
    for key, number in itertools.product(values, range(5)):
        other = values | {key: str(number)}
        rows.append(
            f'<a href="{path}?{"&".join(f"{name}={value}" for name, value in other.items())}">{key} {number}</a>'
        )
    rows += [
        f'<a href="{portal.link(story)}">{story.title}</a>' for story in portal.stories[:3] if story.place == "front"
    ]
    return _html(markups.page(portal, "Сүзгі", " ".join(rows)))


def _session(portal, path, query):
    """Each page of a session leads to the same few stories under addresses of a new session."""
    story = next((story for story in portal.stories if path.endswith(f"/{story.number}/")), None)
    token = f"{len(portal.asked) * 7919 % 0xFFFFFF:06x}"
    rows = [f'<p><a href="/s/{token}/{other.number}/">{other.title}</a></p>' for other in portal.stories[:6]]
    more = "".join([*rows, f'<a href="/s/{token}1/">Тағы</a>'])
    if story is None or story.gone:
        return _html(markups.page(portal, "Менің бетім", more))
    text = markups.article(portal, story, 1, "" if story.canonical == "none" else portal.base + story.path)
    return _html(text.replace("</body>", f"<div>{more}</div></body>"))


def _deep(portal, path, query):
    step = len(portal.asked)
    return _html(markups.page(portal, "Тереңірек", f'<a href="bolim{step % 97}/">Бөлім</a> <a href="teren/">Терең</a>'))


def _last_page(portal, path, query):
    number = int(query.get("page", "2")) if query.get("page", "2").isdigit() else 2
    return _html(markups.listing(portal, "Толығырақ", portal.stories[:2], following=f"/toly/?page={number + 1}"))


SPACES = {
    "/kuntizbe/": _calendar,
    "/suzgi/": _filter,
    "/taraptar/": _filter,
    "/s/": _session,
    "/teren/": _deep,
    "/toly/": _last_page,
}
