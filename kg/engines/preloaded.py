"""What the process that workers are forked from loads once for all: importing this module loads the vocabulary."""

import gc

from kg.language.lexicon import load_lexicon

load_lexicon()
gc.collect()
gc.freeze()  # what is never looked at by the collector stays shared between the workers
