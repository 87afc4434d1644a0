"""``python -m modelkin.cli``."""

from . import main

main()
