#!/bin/sh
# Times the digest of windows of a SQLite database, on one core. Needs nothing but a JDK and Maven.
#   bench/digest.sh [READINGS] [RUNS]     default: 1000000 5
set -eu
cd "$(dirname "$0")/.."
mvn -B -q -Dquick -DskipTests -pl bench -am package
exec java -Xmx512m -cp "bench/target/classes:cli/target/tributary.jar:cli/target/lib/*" \
  org.tributary.bench.DigestBenchmark "$@"
