"""Make our components known to Rasa's recipe; config.yml names each as `nlu.rasa_components.registration.<Class>`.

Kept apart from the components themselves, because importing the recipe imports TensorFlow, which serving does without:
a model remembers where a component is defined, not where it was registered.
"""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe

from nlu.rasa_components.gazetteer_extractor import GazetteerExtractor
from nlu.rasa_components.intent_names import IntentNames
from nlu.rasa_components.language_recogniser import LanguageRecogniser
from nlu.rasa_components.mending_tokenizer import MendingTokenizer
from nlu.rasa_components.ngram_featurizer import NgramFeaturizer
from nlu.rasa_components.sentence_featurizer import SentenceFeaturizer
from nlu.rasa_components.spelling_variants import SpellingVariants
from nlu.rasa_components.topic_classifier import TopicClassifier

__all__ = [
    "GazetteerExtractor",
    "IntentNames",
    "LanguageRecogniser",
    "MendingTokenizer",
    "NgramFeaturizer",
    "SentenceFeaturizer",
    "SpellingVariants",
    "TopicClassifier",
]

_TYPES = DefaultV1Recipe.ComponentType

DefaultV1Recipe.register(_TYPES.MESSAGE_FEATURIZER, is_trainable=False)(IntentNames)
DefaultV1Recipe.register(_TYPES.MESSAGE_FEATURIZER, is_trainable=False)(SpellingVariants)
DefaultV1Recipe.register(_TYPES.MESSAGE_TOKENIZER, is_trainable=True)(MendingTokenizer)
DefaultV1Recipe.register(_TYPES.MESSAGE_FEATURIZER, is_trainable=False)(SentenceFeaturizer)
DefaultV1Recipe.register(_TYPES.MESSAGE_FEATURIZER, is_trainable=True)(NgramFeaturizer)
DefaultV1Recipe.register(_TYPES.INTENT_CLASSIFIER, is_trainable=True)(TopicClassifier)
DefaultV1Recipe.register(_TYPES.ENTITY_EXTRACTOR, is_trainable=True)(GazetteerExtractor)
DefaultV1Recipe.register(_TYPES.ENTITY_EXTRACTOR, is_trainable=False)(LanguageRecogniser)
