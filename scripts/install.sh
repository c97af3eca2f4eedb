#!/bin/sh
# Make a virtual environment and put the locked packages into it: with uv where there is one, else with venv and pip.
# Usage: scripts/install.sh VENV REQUIREMENTS
set -eu
venv=$1
requirements=$2

python=${PYTHON:-}
if [ -z "$python" ]; then
  for candidate in python3.11 python3 python3.12 python3.13; do
    if command -v "$candidate" >/dev/null 2>&1 &&
      "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
      python=$candidate
      break
    fi
  done
fi
if [ -z "$python" ]; then
  echo "Python 3.11 or later is needed and was not found. On Debian 12: apt install python3 python3-venv" >&2
  exit 1
fi

if command -v uv >/dev/null 2>&1; then
  [ -x "$venv/bin/python" ] || uv venv -q --python "$("$python" -c 'import sys; print(sys.executable)')" "$venv"
  uv pip install -q --python "$venv/bin/python" --require-hashes --no-deps -r "$requirements"
else
  if [ ! -x "$venv/bin/pip" ]; then
    rm -rf "$venv"
    if ! "$python" -m venv "$venv"; then
      rm -rf "$venv"
      echo "Python cannot make a virtual environment. On Debian 12: apt install python3-venv" >&2
      exit 1
    fi
  fi
  "$venv/bin/pip" install -q --disable-pip-version-check --require-hashes --no-deps -r "$requirements"
fi
