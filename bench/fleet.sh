#!/bin/sh
# Lets a thousand gateways come to one central at once and prints how it fares. Needs nothing but a JDK and Maven.
#   bench/fleet.sh [GATEWAYS] [HOURS] [DATABASE-URL]     default: 1000, 6, a SQLite file of its own
set -eu
cd "$(dirname "$0")/.."
mvn -B -q -Dquick -DskipTests -pl bench -am package
./tributary --version >&2 # makes the archive of classes that a user's start has
exec java -Xmx2g -Xss512k -cp "bench/target/classes:cli/target/tributary.jar:cli/target/lib/*" \
  org.tributary.bench.FleetBenchmark "$@"
