"""``python -m gouji.reports`` is the ``gouji`` command."""

from .cli import main

main()
