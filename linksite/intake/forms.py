"""The forms staff fill in, on the page of an application and on the pages beside it."""
