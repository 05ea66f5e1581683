"""Reading the site's responses."""

from bs4 import BeautifulSoup, Tag


def soup(response) -> BeautifulSoup:
    """Return the parsed document of a successful response; a part of one is returned as it is."""
    if isinstance(response, Tag):
        return response
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def links(response) -> set[str]:
    """Return the targets of all links of the document."""
    return {link["href"] for link in soup(response).select("a[href]")}
