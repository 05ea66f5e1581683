from ..nb.formats import *  # noqa: F403
