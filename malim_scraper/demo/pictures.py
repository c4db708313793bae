"""Pictures of the replica, drawn from their names: real PNG and SVG bytes without files."""

import struct
import zlib
from functools import lru_cache

_WIDTH, _HEIGHT = 160, 90


@lru_cache(maxsize=256)
def png(name: str) -> bytes:
    """Return a PNG of two fields of colour, which the name decides."""
    seed = zlib.crc32(name.encode())
    sky, ground = bytes((seed & 255, seed >> 8 & 255, 200)), bytes((seed >> 16 & 255, 140, seed >> 24 & 255))
    rows = b"".join(b"\0" + (sky if row < _HEIGHT * 2 // 3 else ground) * _WIDTH for row in range(_HEIGHT))
    header = struct.pack(">IIBBBBB", _WIDTH, _HEIGHT, 8, 2, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9))
            + _chunk(b"IEND", b""))


def logo() -> bytes:
    """Return the portal's logo as SVG."""
    return (b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 24" width="120" height="24">'
            b'<rect width="24" height="24" rx="5" fill="#0a5fb4"/>'
            b'<path d="M5 18V6l7 7 7-7v12" fill="none" stroke="#fff" stroke-width="3"/></svg>')


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
