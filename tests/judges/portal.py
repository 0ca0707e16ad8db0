"""The portal before the judges: fetches from the address in TEST_URL (scripts/with-portal), and runs tools on files."""

import os
import re
import subprocess
import tempfile
import urllib.request
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

BASE = os.environ["TEST_URL"]
SCHEMAS = Path(__file__).parent / "schemas"


@cache
def fetch(path):
    """The body and the headers of a page or file."""
    with urllib.request.urlopen(path if path.startswith("http") else BASE + path) as answer:
        return answer.read(), answer.headers


def text(path):
    return fetch(path)[0].decode()


def run(*command, document):
    """Runs a tool on a document in a file of its own and gives its code and words."""
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(document)
        file.flush()
        done = subprocess.run([*command, file.name], capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


@cache
def addresses():
    """Every address of the sitemap."""
    return re.findall(r"<loc>([^<]+)</loc>", text("/sitemap.xml"))


@cache
def publications():
    """Every publication's page, in Swedish."""
    return [one for one in addresses() if re.fullmatch(re.escape(BASE) + r"/publikationer/[^/]+/[^/]+", one)]


class Words(HTMLParser):
    """The words of a page's main content."""

    def __init__(self, html):
        super().__init__()
        self.words, self.inside = [], False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.inside = self.inside or tag == "main"

    def handle_endtag(self, tag):
        self.inside = self.inside and tag != "main"

    def handle_data(self, data):
        if self.inside:
            self.words.append(data)


def words(html):
    return " ".join(" ".join(Words(html).words).split())
