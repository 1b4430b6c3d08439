"""Graph components that Rasa runs, when it trains and when it serves. Rasa environment only.

None of these modules imports TensorFlow or Rasa's recipe (which does), so a served model needs neither and starts in
seconds. `registration` makes the components known to the recipe for training; config.yml names them through it.
"""
