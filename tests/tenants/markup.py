"""Reading drawn HTML in tests: a small part of CSS selectors (tag, #id, .class, [attribute], [attribute=value])."""

import re

from lxml import html

PART = re.compile(r"#(?P<id>[\w-]+)|\.(?P<cls>[\w-]+)|\[(?P<name>[\w-]+)(?:=(?P<value>[^\]]+))?\]|(?P<tag>[\w*]+)")


def select(element: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """Find the descendants that match, in the order of the page; a comma means or, a space means inside."""
    paths = ["." + "".join(f"//{_step(step)}" for step in one.split()) for one in selector.split(",")]
    found: list[html.HtmlElement] = element.xpath("|".join(paths))
    return found


def words(element: html.HtmlElement) -> str:
    """Read the text of an element with its white space made plain."""
    return " ".join(element.text_content().split())


def _step(step: str) -> str:
    tag, conditions = "*", ""
    for part in PART.finditer(step):
        if part["tag"]:
            tag = part["tag"]
        elif part["cls"]:
            conditions += f'[contains(concat(" ", normalize-space(@class), " "), " {part["cls"]} ")]'
        elif part["id"]:
            conditions += f'[@id="{part["id"]}"]'
        else:
            conditions += f"[@{part['name']}]" if part["value"] is None else f'[@{part["name"]}="{part["value"]}"]'
    return tag + conditions
