#!/bin/sh
# Times whole pushes, SQLite to SQLite, and prints the figures. Needs nothing but a JDK and Maven.
#   bench/push.sh [READINGS] [RUNS] [HEAP]     default: 1000000 3 64m
set -eu
cd "$(dirname "$0")/.."
mvn -B -q -Dquick -DskipTests -pl bench -am package
./tributary --version >&2 # makes the archive of classes that a user's start has
exec java -Xmx512m -cp "bench/target/classes:cli/target/tributary.jar:cli/target/lib/*" \
  org.tributary.bench.PushBenchmark "$@"
