"""checker: every claim of a draft article, held against primary sources, with the sources' exact words."""

__version__ = "0.1.0"
