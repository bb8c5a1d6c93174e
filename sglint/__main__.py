"""`python -m sglint`."""

from sglint.cli import main

raise SystemExit(main())
