"""`annotate completion`: print what makes a shell complete the commands and their options.

The script is made once, from the commands' own options, and costs nothing when the program starts.
"""

import argparse
import importlib
import re

FORMAT_OPTION = "--format"
_OPTION = re.compile(r"--[a-z-]+")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """For which shell."""
    parser.add_argument(
        "shell", choices=("bash", "zsh"), help='to be run by it: eval "$(annotate completion bash)"'
    )


def run(options: argparse.Namespace) -> int:
    """Print the script."""
    from annotations.formats.registry import FORMATS
    from tui.cli import COMMANDS

    cases = "\n".join(f'    {name}) words="{" ".join(_options(name))}" ;;' for name in sorted(COMMANDS))
    if options.shell == "zsh":
        print("autoload -U +X bashcompinit && bashcompinit")
    print(
        _SCRIPT.format(
            formats=" ".join(entry.name for entry in FORMATS),
            commands=" ".join(sorted(COMMANDS)),
            cases=cases,
            format=FORMAT_OPTION,
        )
    )
    return 0


def _options(command: str) -> list[str]:
    module = importlib.import_module(f"tui.commands.{command.replace('import', 'import_')}")
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    return sorted(set(_OPTION.findall(parser.format_usage())))


_SCRIPT = """_annotate() {{
  local words="" word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}"
  if [ "$before" = "{format}" ]; then
    COMPREPLY=($(compgen -W "{formats}" -- "$word")); return
  fi
  if [ "$COMP_CWORD" -eq 1 ]; then
    words="{commands}"
  else case "${{COMP_WORDS[1]}}" in
{cases}
  esac; fi
  case "$word" in
    -*) COMPREPLY=($(compgen -W "$words" -- "$word")) ;;
    *) COMPREPLY=($(compgen -f -- "$word"))
       [ "$COMP_CWORD" -eq 1 ] && COMPREPLY+=($(compgen -W "$words" -- "$word")) ;;
  esac
}}
complete -o filenames -F _annotate annotate"""
