"""What a model says of a claim and a sentence read together, and how far it is believed.

A high probability of support stands in for words that the sentence puts otherwise, while every number, date and
name must still agree; a low one takes support away from a sentence that only shares the claim's words. A contradiction
counts only where the model finds it twice: in claim and sentence, and in the two exchanged.
"""

from __future__ import annotations

from dataclasses import dataclass

_ON_TOPIC = 0.5


@dataclass(frozen=True, slots=True)
class Entailment:
    """Probabilities that a sentence supports a claim, contradicts it or leaves it open; zeros where none was asked.

    `exchanged` is the probability that the claim contradicts the sentence, read the other way round.
    """

    supported: float = 0.0
    contradicted: float = 0.0
    open: float = 0.0
    exchanged: float = 0.0

    @property
    def asked(self) -> bool:
        return self.supported + self.contradicted + self.open > 0

    @property
    def decided(self) -> float:
        """How surely the sentence decides the claim at all."""
        return 1 - self.open if self.asked else 0.0

    @property
    def on_topic(self) -> bool:
        """Whether the sentence more likely than not decides the claim, so that a number in it is the claim's own."""
        return self.decided > _ON_TOPIC

    @property
    def says_so(self) -> bool:
        """Whether the model finds the claim said, however surely."""
        return self.supported > _ON_TOPIC


UNREAD = Entailment()
