"""The classifier: training data, Rasa components, the parse server and the client the bot talks to it with.

Two environments meet in this folder and no module belongs to both:

* Rasa environment (`nlu/pyproject.toml`): `rasa_components/`, `server`, `training`, `benchmark`, `pictures`.
* bot environment (the root `pyproject.toml`): everything else. `text_folding` is standard library and used by both.
"""
