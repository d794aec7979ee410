"""Follows a search by mail as a reader does, with a mail server and a mail parser that are not ours: aiosmtpd (from PyPI) takes what the real
program sends, and Python's email package reads it. What would come tomorrow is brought forward in the database. PROGRAM is a built
program, FOLDER a new folder for it."""

import email
import email.policy
import html
import json
import re
import socket
import sqlite3
import subprocess
import sys
import urllib.parse
import urllib.request

from aiosmtpd.controller import Controller

from served import read, served, wait_until

ADDRESS = "reader.ender@example.org"


class Mailbox:
    """Keeps each mail that the server is handed."""

    def __init__(self):
        self.taken = []

    async def handle_DATA(self, _server, _session, envelope):
        self.taken.append((envelope.mail_from, envelope.rcpt_tos, envelope.content))
        return "250 OK"


def main(program, folder):
    mailbox = Mailbox()
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    settings = {
        "CASEBOOK_MAIL_TRANSPORT": "smtp",
        "CASEBOOK_MAIL_SMTP_URL": f"smtp://127.0.0.1:{port}",
        "CASEBOOK_MAIL_SMTP_HELLO": "mail.casebook.example",
        "CASEBOOK_MAIL_FROM": "Casebook <casebook@example.org>",
        "CASEBOOK_JOBS_POLL_SECONDS": "1",
    }
    try:
        with served(program, folder, settings) as here:
            follow(here, program, folder, mailbox)
    finally:
        server.stop()
    print(f"{len(mailbox.taken)} mails were taken by another server, read, and ended by one click")


def follow(here, program, folder, mailbox):
    site = here.site
    wait_until(lambda: json.loads(read(f"{site}/api/v1/cases"))["count"] > 2, "the first cases do not come", here.log)
    said = submit(site, "/alerts/new?f.country=DE", {"address": ADDRESS, "often": "daily"})
    assert "Look into your mailbox" in said, said
    wait_until(lambda: len(mailbox.taken) == 1, "the first mail does not come", here.log)
    asking = parsed(mailbox.taken[0])
    assert asking["List-Unsubscribe"] is None, "nobody has said yes: there is nothing to end"
    link = only_link(site, asking, "/confirm")
    assert "Country: Germany" in read(f"{site}{link}"), "the search is named in words"
    assert "You will be told" in submit(site, link, {"often": "daily"})

    revise(here, program, folder)
    bring_forward(folder, here.log)
    wait_until(lambda: len(mailbox.taken) == 2, "the mail about what is new does not come", here.log)
    news = parsed(mailbox.taken[1])
    assert news["Message-ID"] != asking["Message-ID"], "each mail has an id of its own"
    assert "one new or revised case" in news["Subject"], news["Subject"]
    text = news.get_content()
    assert "Country: Germany" in text and "(revision 2)" in text, text
    # RFC 2369 and RFC 8058: one address in angle brackets, and the pair that a mail program posts to it.
    assert news["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click", news["List-Unsubscribe-Post"]
    [end] = re.fullmatch(r"<(\S+)>", news["List-Unsubscribe"]).groups()
    assert end == f"{site}{only_link(site, news, '/unsubscribe')}", "the header and the text name the same address"
    assert "No more mails" in post(end, {"List-Unsubscribe": "One-Click"}, {})
    assert "These mails have ended" in read(end)


def parsed(taken):
    """A mail as Python's email package reads it: well formed, to and from whom it should be, plain text in short lines."""
    sender, recipients, content = taken
    mail = email.message_from_bytes(content, policy=email.policy.default)
    assert not mail.defects and not any(header.defects for header in mail.values()), mail.defects
    assert (sender, recipients) == ("casebook@example.org", [ADDRESS]), taken
    assert (str(mail["From"]), str(mail["To"])) == ("Casebook <casebook@example.org>", ADDRESS), mail.items()
    assert mail["Subject"] and mail["Date"].datetime and mail["Message-ID"], mail.items()
    assert (mail.get_content_type(), mail.get_content_charset()) == ("text/plain", "utf-8"), mail["Content-Type"]
    assert not mail.is_multipart(), "a mail has one part, of plain text, and nothing that is fetched when it is read"
    lines = mail.get_content().splitlines()
    assert all(len(line) < 78 or line.startswith("http") for line in lines), lines
    return mail


def only_link(site, mail, ending):
    """The one link of a mail to a page with this ending, without the site's address."""
    [link] = re.findall(rf"{re.escape(site)}(/alerts/\S*{ending}\S*)", mail.get_content())
    return link


def revise(here, program, folder):
    """Makes a second revision of the reference case, which fits the search."""
    exported = subprocess.run([program, "export", "-"], env=here.settings, check=True, stdout=subprocess.PIPE, stderr=here.log)
    lines = [line for line in exported.stdout.decode("utf-8").splitlines() if '"id":"7K2MQX4T","revision":1' in line]
    with open(f"{folder}.jsonl", "w", encoding="utf-8") as file:
        file.write(lines[0] + "\n")
    subprocess.run(
        [program, "import", "--replace", f"{folder}.jsonl"], env=here.settings, check=True, stdout=here.log, stderr=here.log
    )


def bring_forward(folder, log):
    """Makes the alert due today, and the schedule that looks for what is due."""
    wait_until(lambda: change(folder, "UPDATE alerts SET due = date('now') WHERE due IS NOT NULL") == 1, "nobody has said yes", log)
    due = "UPDATE schedules SET due = '2000-01-01 00:00:00' WHERE name = 'send_alerts'"
    wait_until(lambda: change(folder, due) == 1, "the worker does not look for alerts", log)


def change(folder, statement):
    connection = sqlite3.connect(f"{folder}/casebook.sqlite3", timeout=30)
    try:
        with connection:
            return connection.execute(statement).rowcount
    finally:
        connection.close()


def submit(site, path, answers):
    """Fills in the form of a page, with all that it carries along, and sends it as a browser does."""
    page = read(f"{site}{path}")
    form = re.search(r'<form method="post" action="([^"]+)">(.*?)</form>', page, re.DOTALL)
    hidden = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form[2])
    pairs = {html.unescape(name): html.unescape(value) for name, value in hidden}
    return post(f"{site}{html.unescape(form[1])}", {**pairs, **answers}, {"Origin": site})


def post(address, pairs, headers):
    body = urllib.parse.urlencode(pairs).encode("ascii")
    with urllib.request.urlopen(urllib.request.Request(address, data=body, headers=headers), timeout=60) as answer:
        return answer.read().decode("utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
