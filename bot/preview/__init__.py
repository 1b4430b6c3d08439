"""The editors' local page: each answer as a phone shows it, its sources, its problems, the board."""
