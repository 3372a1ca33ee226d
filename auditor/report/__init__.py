"""A report as one HTML file and as JSON; both hold the same."""
