"""Who answers when verification is measured: the engines of the product, its parts alone, and simple baselines."""
