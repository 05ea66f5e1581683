"""Reading what the site answers."""

from bs4 import BeautifulSoup, Tag


def soup(response) -> BeautifulSoup:
    """Give the answer's document; it has to be an answer that went well. A part is itself."""
    if isinstance(response, Tag):
        return response
    assert response.status_code == 200, response.status_code
    return BeautifulSoup(response.content, "html.parser")


def links(response) -> set[str]:
    """Give where all links of the document lead."""
    return {link["href"] for link in soup(response).select("a[href]")}
