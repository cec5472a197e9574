"""Scenarios that are drawn, with the files beside them: the page and the command calculate them both."""
