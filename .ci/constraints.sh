#!/bin/sh
# Writes constraints.txt anew, with the uv of a virtual environment: sh .ci/constraints.sh .venv TORCH_VERSION
#
# Left out is what torch alone brings for GPUs: its builds differ in that, and each pins its own.
set -eu
cd "$(dirname "$0")/.."
new=$(mktemp)
trap 'rm -f "$new"' EXIT

echo "torch==$2" | "$1/bin/uv" pip compile - pyproject.toml --extra test --python-version 3.11 --quiet \
    --no-header --no-annotate > "$new"
{
    echo "# The versions with which \`make test\` passed; \`make\` installs with them. They cover every extra but comparison."
    echo "# Written by \`make constraints\`. What torch brings for GPUs is left out: each of its builds pins its own."
    sed 's/+.*//' "$new" | grep -Ev '^(cuda|nvidia|triton)'
} > constraints.txt
