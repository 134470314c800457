#!/bin/sh
# Times central's REST interface and prints the figures. Needs nothing but a JDK and Maven.
#   bench/rest.sh [READINGS] [DATABASE-URL…]     default: 1000000, a SQLite file of its own
set -eu
cd "$(dirname "$0")/.."
mvn -B -q -Dquick -DskipTests -pl bench -am package
./tributary --version >&2 # makes the archive of classes that a user's start has
exec java -Xmx512m -cp "bench/target/classes:cli/target/tributary.jar:cli/target/lib/*" \
  org.tributary.bench.RestBenchmark "$@"
