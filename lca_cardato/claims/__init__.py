"""Rule packs (data) and their evaluation."""
