# What building and running needs, and how to get it. Sourced by run, test and bench/run.

need_dotnet() {
    if ! command -v dotnet >/dev/null || ! dotnet --list-sdks | grep -q '^10\.'; then
        echo "The .NET 10 SDK is needed and was not found: https://dotnet.microsoft.com/download" >&2
        exit 1
    fi
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
}

# Installs a package of Debian, or says what stands in the way.
apt_install() {
    if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$1" >/dev/null; }; then
        echo "$1 could not be installed; apt-get has said why above. Install it by hand, then run this again." >&2
        exit 1
    fi
}

# The tests run the stand-alone verifier of draws.
need_python() {
    if command -v python3 >/dev/null; then
        return
    fi
    if ! command -v apt-get >/dev/null || [ "$(id -u)" -ne 0 ]; then
        echo "Python 3 is needed for the tests and was not found. Install it with your package manager (package python3)." >&2
        exit 1
    fi
    echo "Installing Python 3 …" >&2
    apt_install python3
}

has_postgres() {
    command -v postgres >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null \
        || compgen -G '/usr/pgsql-*/bin/postgres' >/dev/null || compgen -G '/opt/homebrew/opt/postgresql*/bin/postgres' >/dev/null
}

# The silo runs its own PostgreSQL unless it is given one.
need_postgres() {
    if has_postgres || [ -n "${ConnectionStrings__Supervision:-}" ] || grep -Eiq -- '--ConnectionStrings:Supervision[= ]' <<<"$* "; then
        return
    fi
    if ! command -v apt-get >/dev/null; then
        echo "PostgreSQL (its server programs) is needed and was not found. Install it with your package manager," >&2
        echo "or name a server of your own: ./run --ConnectionStrings:Supervision='Host=…;Database=…;Username=…;Password=…'" >&2
        exit 1
    fi
    if [ "$(id -u)" -ne 0 ]; then
        echo "PostgreSQL is needed and was not found. Install it: sudo apt-get install postgresql" >&2
        exit 1
    fi
    echo "Installing PostgreSQL …" >&2
    # The cluster that the package would make of its own is not needed.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.conf
    apt_install postgresql
}
