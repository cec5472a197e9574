"""Words and number formats, in English and Italian."""
