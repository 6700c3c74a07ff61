"""`byline completion`: a script by which a shell completes commands."""

import argparse

from ui.commands import Commands


def add_to(commands: Commands) -> None:
    completion = commands.add(
        "completion", _completion, "print a script by which a shell completes commands", collection=False
    )
    completion.add_argument(
        "shell", choices=["bash", "zsh"], metavar="{bash,zsh}", help="the shell that is to complete"
    )


def _completion(options: argparse.Namespace) -> int:
    import shtab

    print(shtab.complete(options.parser, options.shell))
    return 0
