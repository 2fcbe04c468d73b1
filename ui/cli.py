"""Which commands has `recoupe`, and how does each of them end? The door that the console script opens.

Each command is one library call and one print. Whatever loads numpy, torch or gradio is imported inside the command
that needs it, so that `--help` answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import Any

import click

from ui.terminal.asking import ask_command, chat_command, search_command
from ui.terminal.comparing import compare_command
from ui.terminal.evaluating import evaluate_command
from ui.terminal.gold import gold_commands
from ui.terminal.indexing import add_command, build_command, info_command, remove_command, verify_command
from ui.terminal.moving import copy_command
from ui.terminal.serving import password_command, serve_command

_INTERRUPTED = 130
_CLOSED_PIPE = 141


class _Commands(click.Group):
    """The group that ends every command the same way: one sentence on stderr for an error, quiet on Ctrl-C."""

    def invoke(self, ctx: click.Context) -> Any:
        from index.records import CorpusError

        try:
            return super().invoke(ctx)
        except CorpusError as error:
            raise click.ClickException(str(error)) from error
        except (KeyboardInterrupt, click.Abort):
            click.echo(err=True)
            ctx.exit(_INTERRUPTED)
        except BrokenPipeError:
            # Whoever read the output has left; what Python still holds for it goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(_CLOSED_PIPE)
        except OSError as error:  # a full disk, a folder that may not be written
            raise click.ClickException(f"{error.filename or 'the system'}: {error.strerror or error}") from error

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order in which they are met, not in that of the alphabet."""
        return list(self.commands)


def main() -> None:
    """Run the command line, in UTF-8 whatever the locale."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    cli(prog_name="recoupe")


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="recoupe", prog_name="recoupe")
def cli() -> None:
    """Show what each source says about a question, word for word, with citations.

    \b
    First steps:
      recoupe build articles          read a folder of articles into .recoupe
      recoupe ask "combien de morts ?"
      recoupe serve                   the same in the browser

    Without an index of its own, a command builds one from the five articles in the box.
    """


for command in (
    build_command,
    ask_command,
    search_command,
    chat_command,
    compare_command,
    serve_command,
    password_command,
    add_command,
    remove_command,
    info_command,
    verify_command,
    copy_command,
    evaluate_command,
    gold_commands,
):
    cli.add_command(command)


if __name__ == "__main__":
    main()
