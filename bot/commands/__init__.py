"""The groups of the `amparo` command; thin: each calls what does the work."""
