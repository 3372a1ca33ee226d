"""What analysts own as words: wordings, cues and drug names, read from `policies/` and compiled to one matcher."""

from auditor.vocabulary.load import Vocabulary, load_vocabulary

__all__ = ["Vocabulary", "load_vocabulary"]
