"""Prints feedparser's own reading of every file of its test corpus, a line of JSON each. Argument: the corpus folder."""

import calendar
import json
import pathlib
import sys

import feedparser


def field(entry, name):
    value = entry[name]
    return calendar.timegm(value) if name.endswith("_parsed") else value


for path in sorted(pathlib.Path(sys.argv[1]).rglob("*.xml")):
    feed = feedparser.parse(path.read_bytes())
    names = ("id", "title", "link", "published_parsed", "updated_parsed")
    items = [{name: field(entry, name) for name in names if entry.get(name)} for entry in feed.entries]
    print(json.dumps({"file": str(path), "wellFormed": not feed.bozo, "items": items}))
