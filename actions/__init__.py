"""What to do about a message. Not a Rasa action server (Rasa's default name for one): pure functions, no I/O, no clock."""
