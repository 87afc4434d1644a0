"""The error of the seeds floor."""

from .. import ModelKinError

__all__ = ["SeedError"]


class SeedError(ModelKinError):
    """The curated data of the package is missing or contradicts itself."""
