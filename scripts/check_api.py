"""Reads the API as others do (row R19): the examples of the page /api as they stand there, and schemathesis, which tries everything that the
description promises. Fails where they find anything else than what the site exports. PROGRAM is a built program, FOLDER a new folder for it."""

import html
import json
import os
import re
import subprocess
import sys
from pathlib import Path

from served import read, served, wait_until

SCRIPTS = Path(__file__).resolve().parent
# How an example is run, by the language that the page names. R is not run; that its example asks for the same is looked at.
RUN = {"curl": ["sh", "-c"], "Python": [sys.executable, "-c"]}


def main(program, folder):
    with served(program, folder) as here:
        count = lambda: json.loads(read(f"{here.site}/api/v1/cases"))["count"]
        wait_until(lambda: count() > 2, "the first cases do not come", here.log)
        check_examples(here.site)
        check_description(here.site, folder)


def check_examples(site):
    """The programs on the page print what the list has."""
    page = read(f"{site}/api")
    shown = re.findall(r"<h3>(\w+)</h3>\s*<pre[^>]*><code>(.*?)</code></pre>", page, re.DOTALL)
    programs = {language: html.unescape(program) for language, program in shown}
    assert set(programs) == {*RUN, "R"}, f"the page shows {set(programs)}"
    lines = read(f"{site}/cases.jsonl?f.domain=mobility").splitlines()
    expected = sorted(f"{case['id']}\t{case['title']['text']}" for case in map(json.loads, lines))
    assert len(expected) > 2, "the example would be read on one page"
    for language, command in RUN.items():
        done = subprocess.run([*command, programs[language]], capture_output=True, encoding="utf-8", timeout=60)
        assert done.returncode == 0, f"{language}: {done.stderr}"
        told = sorted(done.stdout.splitlines())
        assert told == expected, f"{language} prints {told}, not {expected}"
    addresses = {re.search(rf"{re.escape(site)}/api/v1/[^\s'\"]+", program)[0] for program in programs.values()}
    assert len(addresses) == 1, f"the examples ask for different things: {addresses}"
    print(f"{len(RUN)} examples of the page /api were run")


def check_description(site, folder):
    """All of it at random, with links; what needs every value of every parameter is tried where there are few."""
    description = f"{site}/api/v1/openapi.json"
    common = ["run", description, "--checks", "all", "--seed", "1", "--no-color"]
    schemathesis(folder, *common, "--phases", "examples,fuzzing,stateful", "--max-examples", "30")
    many = [f"--exclude-path={path}" for path in ("/api/v1/cases", "/api/v1/facets")]
    schemathesis(folder, *common, "--phases", "coverage", *many)


def schemathesis(folder, *arguments):
    """It keeps notes where it is run; they go with the folder."""
    notes = Path(f"{folder}.schemathesis")
    notes.mkdir(exist_ok=True)
    settings = {"SCHEMATHESIS_HOOKS": "api_hooks", "PYTHONPATH": str(SCRIPTS), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [str(Path(sys.executable).with_name("schemathesis")), *arguments]
    subprocess.run(command, cwd=notes, env={**os.environ, **settings}, check=True, timeout=300)


if __name__ == "__main__":
    main(*sys.argv[1:])
