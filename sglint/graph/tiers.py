"""The tiers in the order of the picture."""

from sglint.model.attachments import Tier

TIERS = (Tier.EDGE, Tier.COMPUTE, Tier.DATA, Tier.ENDPOINT)
"""From the world inward."""
