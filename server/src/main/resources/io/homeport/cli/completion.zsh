#compdef homeport
# Completion of the command homeport for zsh: source <(homeport completion zsh)
_homeport() {
  local -a found
  found=("${(@f)$("${words[1]}" __complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)}")
  found=("${(@)found:#}")
  if (( ${#found} )); then
    compadd -Q -- "${(@q)found}"
  else
    _files
  fi
}
compdef _homeport homeport ./homeport
