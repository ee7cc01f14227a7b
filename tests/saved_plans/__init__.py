"""Plans saved, reviewed and applied later: exactly what was approved, once, or nothing."""
