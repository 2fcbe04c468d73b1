"""`recoupe serve` and `password`: how is the page put onto the network, and who may come in?"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import click

from ui.terminal.options import INDEX_ARGUMENT, MODEL, Command, build_index, open_index

_UNITS = {"": 1, "b": 1, "kb": 10**3, "mb": 10**6, "gb": 10**9}


class Size(click.ParamType[int]):
    """A number of bytes, written "500 KB", "20MB" or "2000000"."""

    name = "size"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        if isinstance(value, int):
            return value
        parts = re.fullmatch(r"(\d{1,12})\s*([kmg]?b?)", str(value).strip().lower())
        if parts is None or parts[2] not in _UNITS or int(parts[1]) == 0:
            self.fail(f"{value!r} is not a size such as 500KB, 20MB or 1GB", param, ctx)
        return int(parts[1]) * _UNITS[parts[2]]


def _rooted(ctx: click.Context, param: click.Parameter, value: str) -> str:
    """Return where a proxy shows the page, without a slash at its end."""
    if value and not re.fullmatch(r"(?:https?://[^/\s?#]+)?(?:/[\w.~-]+)*/?", value):
        raise click.BadParameter("give a path such as /recoupe, or a whole address.")
    return value.rstrip("/")


_FILE = click.Path(dir_okay=False, path_type=Path)
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)

_OPTIONS = (
    click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 lets other machines in."),
    click.option("--port", type=click.IntRange(0, 65535), default=7860, show_default=True, help="0: any free one."),
    click.option(
        "--workers",
        type=click.IntRange(1, 64),
        help="Answer in so many processes; by default one for each two cores.",
    ),
    click.option("--auth-file", type=_FILE, help="Let in only who logs in; `recoupe password` writes this file."),
    click.option("--allow-uploads", "uploads", is_flag=True, help="Let visitors add articles and remove them."),
    click.option("--max-upload", type=Size(), default="20MB", show_default=True, help="The largest file taken."),
    click.option("--watch", type=_FOLDER, help="Serve what this folder holds, as it changes."),
    click.option("--root-path", default="", callback=_rooted, help="Where a proxy shows the page: /recoupe."),
    click.option("--mcp", is_flag=True, help="Offer the endpoints to language models too, as MCP tools."),
    click.option("--candidates", type=_FILE, help="Write what visitors mark as right or wrong to this file."),
)


def add_hosting_options(command: Command) -> Command:
    """Give a command the options of a server, in this order."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.command("serve")
@INDEX_ARGUMENT
@add_hosting_options
@MODEL
@click.pass_context
def serve_command(
    ctx: click.Context,
    index: Path,
    host: str,
    port: int,
    workers: int | None,
    auth_file: Path | None,
    uploads: bool,
    max_upload: int,
    watch: Path | None,
    root_path: str,
    mcp: bool,
    candidates: Path | None,
    model: str | None,
) -> None:
    """Serve the chat page over INDEX, and its endpoints for programs.

    Prints the address, and serves until Ctrl-C. A port that you name must be free; where the usual one is in use, the
    next free one is taken.

    \b
    Examples:
      recoupe serve my-index --port 8000
      recoupe serve my-index --host 0.0.0.0 --auth-file accounts
      recoupe serve my-index --watch articles
    """
    chosen = ctx.get_parameter_source("port") is not click.core.ParameterSource.DEFAULT
    if watch and uploads:
        raise click.UsageError("--watch serves what its folder holds: put articles there instead of --allow-uploads.")
    corpus = build_index(watch, index, model) if watch else open_index(index, model)
    from ui.answering.workers import choose_number
    from ui.server.hosting import Hosting
    from ui.server.serving import serve_corpus

    hosting = Hosting(
        host=host,
        port=port,
        tries=1 if chosen else 100,
        workers=workers or choose_number(),
        auth_file=auth_file,
        uploads=uploads,
        max_upload=max_upload,
        watch=watch,
        root_path=root_path,
        mcp=mcp,
        candidates=candidates,
        model=model,
    )
    serve_corpus(corpus, hosting)


@click.command("password")
@click.argument("name")
@click.option("--auth-file", type=_FILE, help="Put the account into this file, in place of one of the same name.")
def password_command(name: str, auth_file: Path | None) -> None:
    """Make an account for `recoupe serve --auth-file`.

    Asks for a password (or reads it from a pipe) and prints the line NAME:HASH. The password itself is kept nowhere.

    \b
    Example:
      recoupe password camille --auth-file accounts
    """
    from ui.server.accounts import ACCOUNT_NAME, hash_password, write_account

    if not ACCOUNT_NAME.fullmatch(name):
        raise click.BadParameter("a name has letters, digits and . @ + - _, at most 64.", param_hint="NAME")
    if sys.stdin.isatty():
        secret = str(click.prompt("Password", hide_input=True, confirmation_prompt=True))
    else:
        secret = sys.stdin.readline().rstrip("\r\n")
    if auth_file is None:
        click.echo(f"{name}:{hash_password(secret)}")
    else:
        write_account(auth_file, name, secret)
        click.echo(f"{name} may log in; a server that runs already learns it when it is started again.")
