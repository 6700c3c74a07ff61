"""`byline completion`: a script by which a shell completes commands and flags."""

import argparse

SHELLS = ("bash", "zsh")


def add_flags(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS, metavar="{bash,zsh}", help="the shell that is to complete")


def run_completion(options: argparse.Namespace) -> int:
    import shtab

    from ui.cli import build_parser

    print(shtab.complete(build_parser(), options.shell))
    return 0
