#!/usr/bin/env python3
"""Makes `pico.css` from the published package, for a site whose policy allows no data: address.

    npm pack @picocss/pico && tar xzf picocss-pico-*.tgz
    scripts/vendor-pico.py package/css/pico.classless.css

Two changes: the whole file goes into the cascade layer `pico`, so that our own layers win without
a fight over specificity, and each icon becomes a file in `static/icons/`.
"""
import re
import sys
from pathlib import Path
from urllib.parse import unquote

static = Path(__file__).resolve().parent.parent / "static"
here = static / "vendor" / "pico"
icons = static / "icons"
css = Path(sys.argv[1]).read_text(encoding="utf-8").replace('@charset "UTF-8";', "", 1).lstrip()
known = {}


def to_file(match):
    name, svg = match.group(1), unquote(match.group(2))
    # a style element inside a picture is blocked by the policy too; nothing here waits with a spinner
    svg = re.sub(r"<style>.*?</style>", "", svg)
    if svg not in known:
        taken = list(known.values())
        file = name if name not in taken else f"{name}-{sum(t.startswith(name) for t in taken) + 1}"
        known[svg] = file
        (icons / f"{file}.svg").write_text(svg + "\n", encoding="utf-8")
    return f'--pico-icon-{name}: url("../../icons/{known[svg]}.svg")'


css = re.sub(r'--pico-icon-([a-z]+): url\("data:image/svg\+xml,([^"]*)"\)', to_file, css)
if "data:" in css:
    sys.exit("a data: address is left")
banner_end = css.index("*/") + 2
banner, rest = css[:banner_end], css[banner_end:]
(here / "pico.css").write_text(
    '@charset "UTF-8";\n' + banner + "\n@layer pico, tokens, base, parts;\n@layer pico {" + rest.rstrip() + "\n}\n",
    encoding="utf-8",
)
