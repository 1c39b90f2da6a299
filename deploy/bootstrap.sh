#!/bin/sh
# `make setup`: finds Python, finds or installs uv, and brings .venv to what uv.lock says. Quick when nothing changed.
set -eu
cd "$(dirname "$0")/.."

fail() {
    printf '%s\n' "$1" >&2
    exit 1
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1
}

find_python() {
    for candidate in ${SUUNTA_PYTHON:-python3.13 python3.12 python3.14 python3 python \
        "${PYENV_ROOT:-${HOME:-/root}/.pyenv}"/versions/3.13*/bin/python3 \
        "${PYENV_ROOT:-${HOME:-/root}/.pyenv}"/versions/3.1[2-9]*/bin/python3}; do
        if is_new_enough "$candidate"; then
            command -v "$candidate"
            return
        fi
    done
    fail "Suunta needs Python 3.12 or newer, found: $(python3 --version 2>&1 | tail -n 1). Install one, or name one with SUUNTA_PYTHON=/path/to/python3."
}

# What a failed command said, on one line: its error and the last cause, or that the disk is full.
reason_of() {
    full=$(printf '%s\n' "$1" | grep -m 1 -i 'no space left' || true)
    error=$(printf '%s\n' "$1" | grep -m 1 -i 'error' || true)
    printf '%s\n' "${full:-$error $(printf '%s\n' "$1" | tail -n 1)}" | tr -s ' '
}

find_uv() {
    for candidate in uv .suunta/uv/bin/uv; do
        if "$candidate" --version >/dev/null 2>&1; then
            printf '%s\n' "$candidate"
            return
        fi
    done
    printf 'Installing uv ...\n' >&2
    said=$("$1" -m venv --clear .suunta/uv 2>&1) ||
        fail "uv cannot be installed: $1 cannot make a virtual environment (Debian: apt install python3-venv, or install uv): $(reason_of "$said")"
    said=$(.suunta/uv/bin/python -m pip install --quiet --disable-pip-version-check uv 2>&1) ||
        fail "uv cannot be installed: $(reason_of "$said")"
    printf '%s\n' .suunta/uv/bin/uv
}

stamp=.venv/suunta-stamp
wanted=$(cat uv.lock pyproject.toml deploy/bootstrap.sh | cksum)
if [ ! -x .venv/bin/python ] || [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
    python=$(find_python)
    mkdir -p -m 700 .suunta || fail "The folder $PWD cannot be written to"
    uv=$(find_uv "$python")
    printf 'Installing dependencies for %s ...\n' "$("$python" --version)"
    [ -w "${HOME:-/nonexistent}" ] || export UV_CACHE_DIR="$PWD/.suunta/uv-cache"
    said=$(UV_PYTHON_DOWNLOADS=never "$uv" sync --locked --python "$python" 2>&1) ||
        fail "The dependencies cannot be installed: $(reason_of "$said")"
    printf 'Laying dictionaries ready ...\n'
    .venv/bin/python -m casework.letters.base_forms
    printf '%s' "$wanted" >"$stamp" || fail "The folder $PWD/.venv cannot be written to"
fi
.venv/bin/python -m deploy.translations
