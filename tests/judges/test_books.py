"""Numbers and references of publications: isbnlib knows every ISBN, and programs for references read ours."""

import html
import json
import re
import unittest
from pathlib import Path

import bibtexparser
import isbnlib
import rispy
from portal import fetch, publications, text, words

DEMO = Path(__file__).parents[2] / "demo/publications.json"
ISBN = re.compile(r"(?<![\w-])97[89][\d-]{10,14}(?![\w-])")


def isbns(page):
    """The ISBNs that a page shows, without those inside addresses."""
    return set(ISBN.findall(words(page)))


def made_up(page):
    """Those that are marked as examples."""
    return set(re.findall(rf"({ISBN.pattern}) \(?exempel", words(page)))


class Isbns(unittest.TestCase):
    def test_isbnlib_agrees_with_every_isbn(self):
        seen = set()
        for address in publications():
            for isbn in isbns(text(address)):
                self.assertTrue(isbnlib.is_isbn13(isbn), f"{isbn} on {address}: the check digit")
                self.assertEqual(isbnlib.mask(isbnlib.canonical(isbn)), isbn, f"{isbn} on {address}: the hyphens")
                seen.add(isbn)
        in_file = [isbn for work in json.loads(DEMO.read_text()) for isbn in work.get("isbn", [])]
        self.assertEqual(seen, {isbnlib.mask(isbnlib.to_isbn13(isbn)) for isbn in in_file})


class References(unittest.TestCase):
    """Each publication's reference in three formats, beside what its page says."""

    def each(self, ending, media_type):
        self.assertGreater(len(publications()), 100)
        for address in publications():
            body, headers = fetch(f"{address}/citera.{ending}")
            self.assertEqual(headers.get_content_type(), media_type)
            page = text(address)
            yield address, page, body.decode()

    def agree(self, address, page, title, year, isbn):
        heading = html.unescape(re.search(r"<title>(.*?) – Brå</title>", page)[1])
        self.assertEqual(" ".join(title.split()), heading, address)
        # The year of a publication's address; the few without one say so.
        said = re.match(r".*/publikationer/(\d{4})/", address)
        self.assertEqual(str(year or ""), said[1] if said else "", address)
        # A made-up number stands on the page, marked as an example, but goes into nobody's list of references.
        given_out = isbns(page) - made_up(page)
        if isbn:
            self.assertIn(isbnlib.mask(isbnlib.canonical(isbn)), given_out, address)
        else:
            self.assertFalse(given_out, f"{address}: the reference leaves out the ISBN")

    def test_bibtexparser_reads_bibtex(self):
        keys = set()
        for address, page, body in self.each("bib", "application/x-bibtex"):
            library = bibtexparser.parse_string(body)
            self.assertEqual(library.failed_blocks, [], address)
            [entry] = library.entries
            fields = {name: field.value.strip("{}") for name, field in entry.fields_dict.items()}
            self.agree(address, page, fields["title"], fields.get("year"), fields.get("isbn"))
            self.assertEqual(fields["url"], address)
            self.assertNotIn(entry.key, keys)
            keys.add(entry.key)

    def test_rispy_reads_ris(self):
        for address, page, body in self.each("ris", "application/x-research-info-systems"):
            [entry] = rispy.loads(body)
            title = entry.get("title") or entry["primary_title"]
            number = entry.get("issn")
            self.agree(address, page, title, entry.get("year"), number if number and len(isbnlib.canonical(number)) > 8 else None)
            self.assertEqual(entry["urls"], [address])

    def test_csl_json_is_as_its_schema_says(self):
        for address, page, body in self.each("json", "application/vnd.citationstyles.csl+json"):
            [item] = json.loads(body)
            year = item.get("issued", {}).get("date-parts", [[None]])[0][0]
            self.agree(address, page, item["title"], year, item.get("ISBN"))
            self.assertEqual(item["URL"], address)
            self.assertTrue({"id", "type"} <= set(item))
            for name in item.get("author", []):
                self.assertTrue("literal" in name or {"family"} <= set(name), f"{address}: {name}")


if __name__ == "__main__":
    unittest.main()
