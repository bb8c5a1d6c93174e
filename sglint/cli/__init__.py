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
    from sglint.cli.arguments import parser, with_command

    options = parser().parse_args(with_command(given))
    from sglint.cli.commands import CLEAN, COMMANDS, UNREADABLE, USAGE
    from sglint.cli.planning import UsageError
    from sglint.cli.terminal import discard_output

    try:
        status = COMMANDS[options.command](options)
        sys.stdout.flush()
    except UsageError as error:
        for line in str(error).splitlines():
            print(f"sglint: {line}", file=sys.stderr)
        return USAGE
    except BrokenPipeError:
        discard_output()  # Whoever read the report has seen enough.
        return CLEAN
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        if os.environ.get("SGLINT_DEBUG"):
            raise
        print(
            f"sglint: failed: {type(error).__name__}: {error}; please report this, with SGLINT_DEBUG=1 set",
            file=sys.stderr,
        )
        return UNREADABLE
    return status
