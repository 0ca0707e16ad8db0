"""Lists that machines read: the Atom feed, the sitemap, robots.txt, the OpenSearch description."""

import unittest
import urllib.robotparser
from datetime import datetime
from xml.etree import ElementTree

import feedparser
from portal import BASE, SCHEMAS, addresses, fetch, run, text

LANGUAGES = ["", "/en"]


class Feed(unittest.TestCase):
    def test_feedparser_reads_it_without_complaint(self):
        for prefix in LANGUAGES:
            body, headers = fetch(f"{prefix}/publikationer/atom.xml")
            self.assertEqual(headers.get_content_type(), "application/atom+xml")
            feed = feedparser.parse(body, response_headers={"content-type": headers["content-type"]})
            self.assertFalse(feed.bozo, feed.get("bozo_exception"))
            self.assertEqual(feed.version, "atom10")
            self.assertGreater(len(feed.entries), 10)
            self.assertEqual(feed.feed.language, "en" if prefix else "sv")
            self.assertEqual(len({entry.id for entry in feed.entries}), len(feed.entries), "ids are unique")
            updated = [entry.updated_parsed for entry in feed.entries]
            self.assertTrue(all(updated))
            self.assertGreaterEqual(feed.feed.updated_parsed, max(updated))
            for entry in feed.entries:
                self.assertTrue(entry.title and entry.summary)
                self.assertEqual(fetch(entry.link)[1].get_content_type(), "text/html")

    def test_it_follows_the_grammar_of_rfc_4287(self):
        for prefix in LANGUAGES:
            code, said = run("jing", "-c", str(SCHEMAS / "atom.rnc"), document=fetch(f"{prefix}/publikationer/atom.xml")[0])
            self.assertEqual(code, 0, said)

    def test_the_grammar_finds_faults(self):
        body = fetch("/publikationer/atom.xml")[0]
        for good, bad in [(b"<updated>", b"<updated>x"), (b'rel="self"', b'rel="self" href="y"'), (b"</feed>", b"<entry/></feed>")]:
            self.assertNotEqual(run("jing", "-c", str(SCHEMAS / "atom.rnc"), document=body.replace(good, bad, 1))[0], 0, bad)


class Sitemap(unittest.TestCase):
    def test_it_follows_the_schema(self):
        code, said = run("xmllint", "--nonet", "--noout", "--schema", str(SCHEMAS / "sitemap.xsd"), document=fetch("/sitemap.xml")[0])
        self.assertEqual(code, 0, said)

    def test_every_address_opens_once_and_is_its_own(self):
        self.assertGreater(len(addresses()), 200)
        self.assertEqual(len(set(addresses())), len(addresses()))
        for address in addresses():
            html = text(address)
            self.assertIn(f'<link rel="canonical" href="{address}"', html)
            self.assertNotIn('content="noindex"', html)

    def test_each_language_names_the_other(self):
        spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
        tree = ElementTree.fromstring(fetch("/sitemap.xml")[0])
        named = {
            url.findtext("s:loc", namespaces=spaces): {link.get("hreflang"): link.get("href") for link in url.findall("x:link", spaces)}
            for url in tree.findall("s:url", spaces)
        }
        for address, others in named.items():
            self.assertEqual(set(others), {"sv", "en"}, address)
            self.assertIn(address, others.values())
            for other in others.values():
                self.assertEqual(named[other], others, f"{address} and {other} disagree")


class Robots(unittest.TestCase):
    def test_it_keeps_robots_out_of_what_is_private_only(self):
        robots = urllib.robotparser.RobotFileParser()
        robots.parse(text("/robots.txt").splitlines())
        self.assertEqual(robots.site_maps(), [f"{BASE}/sitemap.xml"])
        self.assertTrue(all(robots.can_fetch("*", address) for address in addresses()))
        for prefix in LANGUAGES:
            for path in ["/kundkorg", "/kassa/leverans", "/bestallning/x", "/demo/post"]:
                self.assertFalse(robots.can_fetch("*", f"{BASE}{prefix}{path}"), path)


class OpenSearch(unittest.TestCase):
    SPACE = "{http://a9.com/-/spec/opensearch/1.1/}"

    def test_it_is_as_the_specification_says(self):
        body, headers = fetch("/opensearch.xml")
        self.assertEqual(headers.get_content_type(), "application/opensearchdescription+xml")
        self.assertEqual(run("xmllint", "--nonet", "--noout", document=body)[0], 0)
        tree = ElementTree.fromstring(body)
        self.assertEqual(tree.tag, f"{self.SPACE}OpenSearchDescription")
        # Lengths of the OpenSearch 1.1 specification.
        for name, most in [("ShortName", 16), ("Description", 1024)]:
            self.assertLessEqual(len(tree.findtext(self.SPACE + name)), most)
        [template] = [url.get("template") for url in tree.findall(f"{self.SPACE}Url") if url.get("type") == "text/html"]
        self.assertIn("Umeå växer tryggt och säkert", text(template.replace("{searchTerms}", "Ume%C3%A5")))


class Times(unittest.TestCase):
    def test_no_entry_comes_from_the_future(self):
        now = datetime.now().astimezone()
        for entry in feedparser.parse(fetch("/publikationer/atom.xml")[0]).entries:
            self.assertLessEqual(datetime.fromisoformat(entry.updated), now)


if __name__ == "__main__":
    unittest.main()
