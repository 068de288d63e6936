# Completion of the command homeport for bash: source <(homeport completion bash)
_homeport() {
  local line cur="${COMP_WORDS[COMP_CWORD]}"
  local words=("${COMP_WORDS[@]:1:COMP_CWORD}")
  if declare -F _get_comp_words_by_ref >/dev/null; then
    # A colon belongs to a name (samson:0), although bash splits words there.
    local all index
    _get_comp_words_by_ref -n : -w all -i index -c cur 2>/dev/null && words=("${all[@]:1:index}")
  fi
  COMPREPLY=()
  while IFS= read -r line; do
    [ -n "$line" ] && COMPREPLY+=("$(printf '%q' "$line")")
  done < <("${COMP_WORDS[0]}" __complete -- "${words[@]}" 2>/dev/null)
  if [ "${#COMPREPLY[@]}" -eq 0 ]; then
    COMPREPLY=($(compgen -f -- "$cur"))
  elif declare -F __ltrim_colon_completions >/dev/null; then
    __ltrim_colon_completions "$cur"
  fi
}
complete -F _homeport homeport ./homeport
