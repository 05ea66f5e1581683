from ..centre import CentreSettings
from .articles import ArticleIndexPage, ArticlePage, ArticleTopic
from .pages import HomePage, StandardPage
from .signup import SignupPage
from .words import PageWords
