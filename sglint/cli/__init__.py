"""The command line: arguments, files, the terminal and the exit status. The only room that prints."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from sglint import __version__


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--version"]:
        print(f"sglint {__version__}")
        return 0
    from sglint.cli.plain import plain

    options = plain(given)
    if options is None:
        from sglint.cli.arguments import parse

        options = parse(given)
    from sglint.cli.commands import COMMANDS, UNREADABLE, USAGE
    from sglint.cli.terminal import say
    from sglint.model.usage import UsageError

    try:
        status = COMMANDS[options.command](options)
    except UsageError as error:
        for line in str(error).split("\n"):
            say(line)
        return USAGE
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("SGLINT_DEBUG"):
            raise
        from sglint.model.failure import REPORT, described

        say(f"failed: {described(error)}; {REPORT}, with SGLINT_DEBUG=1 set")
        return UNREADABLE
    return status
