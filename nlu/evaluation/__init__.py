"""How good the classifier is: held-out questions, measures, report. Bot environment only."""
