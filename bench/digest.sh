#!/bin/sh
# Times the digest of windows of a SQLite database, on one core. Needs nothing but a JDK and Maven.
#   bench/digest.sh [READINGS] [RUNS]     default: 1000000 5
#   bench/digest.sh --jmh [JMH OPTIONS]   on the wall: wants a quiet machine
set -eu
cd "$(dirname "$0")/.."
mvn -B -q -Dquick -DskipTests -pl bench -am package
exec java -Xmx512m -cp "bench/target/classes:bench/target/jmh/*:cli/target/tributary.jar:cli/target/lib/*" \
  org.tributary.bench.DigestBenchmark "$@"
