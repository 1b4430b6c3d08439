"""The curated, cited knowledge and the code that loads, checks and looks it up. A leaf: imports nothing of ours."""
