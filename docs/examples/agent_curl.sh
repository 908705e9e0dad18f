#!/bin/sh
# An agent in shell, with curl and jq: it asks the model once, and answers with what the model says.
#
#   scripts/bridge optimize … --agent-command "sh docs/examples/agent_curl.sh"
#
# The input is on standard input; what is printed is the output, and is graded. Whatever goes wrong must end with a
# status other than 0, so that no failure is taken for an answer.
set -eu
input=$(cat)
request=$(jq -n --arg system "${LIGHTNING_BRIDGE_SYSTEM_PROMPT:-}" --arg input "$input" \
  '{model: "auto", messages: [{role: "system", content: $system}, {role: "user", content: $input}]}')
answer=$(printf '%s' "$request" | curl -sS --fail-with-body --data-binary @- \
  -H "Authorization: Bearer $OPENAI_API_KEY" -H 'Content-Type: application/json' \
  "$OPENAI_BASE_URL/chat/completions") || { printf '%s\n' "$answer" >&2; exit 1; }
printf '%s' "$answer" | jq -er '.choices[0].message.content'
