"""A table of the staff, taken away as files: Python's own reader of CSV and openpyxl read what the page shows."""

import csv
import io
import re
import unittest
import urllib.parse
import urllib.request
from html.parser import HTMLParser
from http.cookiejar import CookieJar

import openpyxl
from portal import BASE

TABLE = "/handlaggare/lager"
SHEET = "/handlaggare/tabeller/stock/exportera"
# The page of a file is asked for so often at most until the file is there.
PATIENCE = 5000


class Staff:
    """A made-up member of staff with a browser that keeps cookies."""

    def __init__(self, name):
        jar = urllib.request.HTTPCookieProcessor(CookieJar())
        self.opener = urllib.request.build_opener(jar)
        page = self.get("/logga-in")
        [choice] = re.findall(rf'<label[^>]*for="([^"]+)"[^>]*>\s*{name}', page)
        [tag] = re.findall(rf'<input[^>]*id="{choice}"[^>]*>', page)
        self.post("/logga-in/demo", konto=re.search('value="([^"]+)"', tag)[1])

    def bytes(self, path, **fields):
        body = urllib.parse.urlencode(fields).encode() if fields else None
        request = urllib.request.Request(urllib.parse.urljoin(BASE, path), body, {"sec-fetch-site": "same-origin"})
        with self.opener.open(request) as answer:
            self.at = answer.url
            return answer.read()

    def get(self, path):
        return self.bytes(path).decode()

    def post(self, path, **fields):
        return self.bytes(path, **fields).decode()

    def file(self, form):
        """Asks for the table as a file and fetches it when it has been written."""
        self.post(SHEET, format=form, kolumner="visade")
        page = self.at
        for _ in range(PATIENCE):
            links = re.findall(r'href="([^"]+/fil)"', self.get(page))
            if links:
                return self.bytes(links[0])
        raise AssertionError(f"no file as {form}")


class Cells(HTMLParser):
    """The first table of a page, row by row."""

    def __init__(self, html):
        super().__init__()
        self.rows, self.cell, self.done = [], None, False
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag == "tr" and not self.done:
            self.rows.append([])
        elif tag in ("th", "td") and not self.done:
            self.cell = ""

    def handle_endtag(self, tag):
        if tag in ("th", "td") and self.cell is not None:
            self.rows[-1].append(" ".join(self.cell.split()))
            self.cell = None
        self.done = self.done or tag == "table"

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data


class Tables(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lars = Staff("Lars")
        cls.page = Cells(cls.lars.get(TABLE)).rows

    def agree(self, rows):
        """A file has the columns of the page, a row for each of its rows, and in each cell what stands there."""
        self.assertGreater(len(self.page), 5)
        self.assertEqual(rows[0], self.page[0])
        self.assertEqual(len(rows), len(self.page))
        for read, shown in zip(rows[1:], self.page[1:]):
            # The last column is in words, which the page shows as a label.
            self.assertEqual([str(cell or "") if cell != 0 else "0" for cell in read[:-1]], shown[:-1])

    def test_csv_is_read_by_python(self):
        text = self.lars.file("csv").decode("utf-8-sig")
        self.agree(list(csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)))

    def test_openpyxl_reads_the_workbook(self):
        book = openpyxl.load_workbook(io.BytesIO(self.lars.file("xlsx")))
        [sheet] = book.worksheets
        self.assertEqual(sheet.title, "Lager")
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        self.agree(rows)
        kinds = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row}
        self.assertEqual(kinds - {"n", "s"}, set(), "numbers and texts, and no formula")
        self.assertTrue(all(isinstance(row[2], int) for row in rows[1:]), "copies are numbers")


if __name__ == "__main__":
    unittest.main()
