"""Dumps of news: millions of articles, of which perhaps one in twenty reports aid."""
