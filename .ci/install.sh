#!/bin/sh
# Installs Recoupe and its libraries into a virtual environment that has uv: sh .ci/install.sh .venv [EXTRA]
#
# Versions are those of constraints.txt. torch goes first and by itself, since its build matters: the one that a resolver
# takes on Linux brings several gigabytes of CUDA, whether there is a GPU or not. Of three ways the first that is open is
# taken, and said: the build that suits this machine, from the index that uv knows for torch; a wheel in a folder that
# UV_FIND_LINKS or pip's find-links name; the plain one. UV_TORCH_BACKEND=cpu (or cu130, ...) asks for one build.
set -euf
cd "$(dirname "$0")/.."
python=$1/bin/python
uv=$1/bin/uv
recoupe=.${2:+"[$2]"}

say() {
    echo "Recoupe: $*" >&2
}

install() {
    "$uv" pip install --python "$python" --constraints constraints.txt "$@"
}

has_torch() (
    export UV_FIND_LINKS=
    install --quiet --dry-run --no-index --no-deps torch 2> /dev/null
)

# Whether its own index has torch for this machine. It is not waited for long: where it cannot be reached, others can.
offers_torch() (
    export UV_HTTP_CONNECT_TIMEOUT=5 UV_HTTP_TIMEOUT=15 UV_HTTP_RETRIES=0
    install --dry-run --torch-backend="$1" torch 2>&1
)

install_torch() {
    if has_torch; then
        return
    fi
    # The build for an old driver may lack this version; the one for CPUs has it.
    for backend in $backends; do
        if told=$(offers_torch "$backend"); then
            say "torch in the build that suits this machine (--torch-backend=$backend)"
            install --torch-backend="$backend" torch
            return
        fi
    done
    say "no torch from its own index: $(echo "$told" | tail -n 1 | sed 's/^[^a-zA-Z]*//; s/^cause: //')"
    if [ -n "$UV_FIND_LINKS" ] && install --quiet --no-index --no-deps torch 2> /dev/null; then
        say "torch from a local wheel (UV_FIND_LINKS=$UV_FIND_LINKS)"
        return
    fi
    say "torch in its plain build"
    if [ "$(uname -s)" = Linux ]; then
        say "on Linux that is several gigabytes, for GPUs. To have less, stop here, and name in UV_FIND_LINKS a folder" \
            "that holds a wheel of torch for CPUs"
    fi
    install torch
}

# uv reads none of pip's settings: who led pip to a mirror or a folder of wheels need not say it again.
pip_says() {
    "$python" -m pip config list | sed -n "s/^[a-z:]*\.$1='\(.*\)'\$/\1/p" | head -n 1 | sed 's/^\\n//; s/\\n/ /g'
}
export UV_DEFAULT_INDEX="${UV_DEFAULT_INDEX:-$(pip_says index-url)}"
export UV_FIND_LINKS="${UV_FIND_LINKS:-$(pip_says find-links | tr ' ' ',')}"
if [ -z "${SSL_CERT_FILE:-}" ]; then
    cert=$(pip_says cert)
    [ -z "$cert" ] || export SSL_CERT_FILE="$cert"
fi

backends=${UV_TORCH_BACKEND:-auto cpu}
unset UV_TORCH_BACKEND # the libraries after torch come from where everything comes from
install_torch
install --editable "$recoupe"
