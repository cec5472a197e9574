"""What a user writes: models, loading, starting files, schema reference."""
