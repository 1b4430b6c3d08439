"""What is remembered: a minimal profile under a keyed hash, anonymous daily counts, the ids of handled updates."""
