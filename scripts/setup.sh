# Sourced by the scripts here: a virtual environment in .venv with the project and the wanted extras, made when needed.
# After `use_venv EXTRAS MODULES...`, $python is its interpreter. What is there already is used as it is.

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
python=$root/.venv/bin/python

find_python() {
    for name in python3.14 python3.13 python3.12 python3.11 python3 python; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
    echo "error: Python 3.11 or newer is needed and none was found" >&2
    return 1
}

use_venv() {
    extras=$1
    shift
    if [ ! -x "$python" ]; then
        found=$(find_python)
        echo "Making $root/.venv with $found" >&2
        "$found" -m venv "$root/.venv"
    fi
    modules=$(printf ', %s' auditor.cli "$@")
    if ! (cd / && "$python" -c "import ${modules#, }") >/dev/null 2>&1; then
        echo "Installing the project into $root/.venv" >&2
        "$python" -m pip install --quiet --editable "$root$extras"
    fi
}
