"""From the figures of trials to effects with standard errors."""
