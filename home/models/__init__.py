from ..centre import CentreSettings
from .articles import ArticleIndexPage, ArticlePage, ArticleTopic
from .pages import HomePage, StandardPage
from .signup import SignupPage

__all__ = [
    "ArticleIndexPage",
    "ArticlePage",
    "ArticleTopic",
    "CentreSettings",
    "HomePage",
    "SignupPage",
    "StandardPage",
]
