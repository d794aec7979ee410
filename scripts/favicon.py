#!/usr/bin/env python3
"""Draws favicon-32.png and favicon-180.png after favicon.svg, with nothing but the standard library."""
import struct
import zlib
from pathlib import Path

static = Path(__file__).resolve().parent.parent / "static"
GROUND, INK = (0x0D, 0x54, 0x68), (0xFC, 0xFB, 0xF8)
# the strokes of favicon.svg as boxes in its 32 by 32 grid
STROKES = [(7.5, 6, 10.5, 26), (21.5, 6, 24.5, 26), (13, 10.1, 19, 11.9), (13, 15.1, 19, 16.9), (13, 20.1, 17, 21.9)]
CORNER, FINE = 4, 6


def inside(x, y):
    dx = max(CORNER - x, x - (32 - CORNER), 0)
    dy = max(CORNER - y, y - (32 - CORNER), 0)
    return dx * dx + dy * dy <= CORNER * CORNER


def pixel(px, py, size):
    seen = [0, 0, 0, 0]
    for i in range(FINE):
        for j in range(FINE):
            x = (px + (i + 0.5) / FINE) * 32 / size
            y = (py + (j + 0.5) / FINE) * 32 / size
            if inside(x, y):
                ink = any(a <= x <= c and b <= y <= d for a, b, c, d in STROKES)
                for n, value in enumerate(INK if ink else GROUND):
                    seen[n] += value
                seen[3] += 1
    if not seen[3]:
        return b"\0\0\0\0"
    return bytes([round(v / seen[3]) for v in seen[:3]] + [round(255 * seen[3] / FINE**2)])


def chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


for size in (32, 180):
    rows = b"".join(b"\0" + b"".join(pixel(x, y, size) for x in range(size)) for y in range(size))
    png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0))
    png += chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
    (static / f"favicon-{size}.png").write_bytes(png)
