#!/bin/sh
# What push costs a gateway on an ordinary day: bytes to the card and over the link, processor time,
# memory. Needs Linux, a JDK and Maven.
#   bench/quiet-day.sh [CYCLES]     default: 30 of each kind, three seconds each
set -eu
cd "$(dirname "$0")/.."
./tributary --version >&2 # builds
mvn -B -q -Dquick -DskipTests -pl bench -am package
exec java -Xmx256m -cp "bench/target/classes:cli/target/tributary.jar:cli/target/lib/*" \
  org.tributary.bench.QuietDayBenchmark "$@"
