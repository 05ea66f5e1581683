"""Wagtail's picture tag, which leaves a picture out instead of taking its page down."""

import logging

from django import template
from wagtail.images.templatetags import wagtailimages_tags

register = template.Library()
logger = logging.getLogger(__name__)


class PictureNode(template.Node):
    def __init__(self, node):
        self.node = node

    def render(self, context):
        try:
            return self.node.render(context)
        except Exception:  # A full disk, a file that is none: the text is worth more.
            logger.exception("A picture cannot be made")
            return ""


@register.tag
def picture(parser, token):
    """Return the node of Wagtail's `{% picture %}`, with the same arguments."""
    return PictureNode(wagtailimages_tags.image(parser, token))
