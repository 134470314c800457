#!/bin/sh
# Counts the bytes that comparing and mending take. Needs nothing but a JDK and Maven.
#   bench/repair.sh [READINGS]     default: 1000000
#   bench/repair.sh --year         verifies a year of one house, some 9 million readings
set -eu
cd "$(dirname "$0")/.."
./tributary --version >&2 # builds
mvn -B -q -Dquick -DskipTests -pl bench -am package
exec java -Xmx1g -cp "bench/target/classes:cli/target/tributary.jar:cli/target/lib/*" \
  org.tributary.bench.RepairBenchmark "$@"
