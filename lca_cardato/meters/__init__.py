"""Files that a mill has of its meters and lots: bills, quarter-hour files, lot sheets."""
