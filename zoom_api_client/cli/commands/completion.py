"""`zoom-api completion`: scripts for shells, which ask the command itself what may come next."""

from __future__ import annotations

from typing import Literal

from cyclopts import App

command = App(name="completion")

_BASH = r"""
_zoom_api() {
    local words
    words=$(printf '%s\037' "${COMP_WORDS[@]:1:COMP_CWORD}")
    local IFS=$'\n'
    COMPREPLY=($(CYCLOPTS_COMPLETION_WORDS="$words" zoom-api __complete 2>/dev/null |
        sed -e '1,/^\x1fbegin/d' -e '/^\x1f/d' -e 's/\t.*//'))
    [ ${#COMPREPLY[@]} -gt 0 ] || compopt -o default
}
complete -F _zoom_api zoom-api
"""
_ZSH = r"""
#compdef zoom-api
_zoom_api() {
    local -a found
    local line
    while IFS= read -r line; do
        [[ $line == $'\x1f'* || -z $line ]] && continue
        found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done < <(CYCLOPTS_COMPLETION_WORDS="${(pj:\x1f:)words[2,CURRENT]}"$'\x1f' zoom-api __complete 2>/dev/null)
    if (( $#found )); then _describe 'zoom-api' found; else _files; fi
}
compdef _zoom_api zoom-api
"""
_FISH = r"""
function __zoom_api_complete
    set -l words (commandline -opc) (commandline -ct)
    CYCLOPTS_COMPLETION_WORDS=(string join \x1f -- $words[2..] "") zoom-api __complete 2>/dev/null |
        string match -v -r '^(\x1f|$)'
end
complete -c zoom-api -a '(__zoom_api_complete)'
"""
_SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


@command.default
def completion(shell: Literal["bash", "zsh", "fish"], /) -> None:
    """Print the completion script of a shell.

    bash: eval "$(zoom-api completion bash)" in ~/.bashrc; zsh: the same in ~/.zshrc, after compinit; fish:
    zoom-api completion fish > ~/.config/fish/completions/zoom-api.fish
    """
    print(_SCRIPTS[shell].strip())
