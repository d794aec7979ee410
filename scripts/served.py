"""The real program with the first cases, on loopback and in a folder of its own, for the scripts that read it from outside."""

import contextlib
import os
import socket
import subprocess
import time
import urllib.request
from types import SimpleNamespace


@contextlib.contextmanager
def served(program, folder, further=None):
    """Runs PROGRAM, with FURTHER settings as variables, until the block ends: its address as `site`, its `settings` as variables, and the open file of what it says as `log`."""
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        listen = "127.0.0.1:%d" % chosen.getsockname()[1]
    settings = {
        **os.environ,
        "CASEBOOK_DATA_FOLDER": folder,
        "CASEBOOK_INSTANCE_SEED": "always",
        "CASEBOOK_SERVER_LISTEN": listen,
        "CASEBOOK_SERVER_OPERATIONS_LISTEN": "",
        "CASEBOOK_SERVER_PUBLIC_URL": f"http://{listen}",
        **(further or {}),
    }
    with open(f"{folder}.log", "w+", encoding="utf-8") as log:
        running = subprocess.Popen([program, "serve"], env=settings, stdout=log, stderr=log)
        try:
            site = SimpleNamespace(site=f"http://{listen}", settings=settings, log=log)
            wait_until(lambda: is_there(f"{site.site}/healthz"), "the site does not answer", log)
            yield site
        finally:
            running.terminate()
            running.wait()


def read(address):
    """What an address answers, as text."""
    with urllib.request.urlopen(address, timeout=60) as answer:
        return answer.read().decode("utf-8")


def is_there(address):
    try:
        read(address)
    except OSError:
        return False
    return True


def wait_until(is_so, otherwise, log):
    """Asks again and again for a minute; then ends with what the program said."""
    for _ in range(300):
        if is_so():
            return
        time.sleep(0.2)
    log.seek(0)
    raise SystemExit(f"{otherwise}:\n{log.read()}")
