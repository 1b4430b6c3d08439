"""What is told to a consulate: anonymous counts of its links, and its events as a calendar."""
