#!/bin/sh
# Times pushes straight into MariaDB through an SSH tunnel, without and with time added to each round
# trip, and prints the figures. Needs nothing but a JDK and Maven.
#   bench/direct.sh [READINGS] [MILLISECONDS] [HEAP] [ROWS A BATCH]     default: 1100000 100 256m 100000
set -eu
cd "$(dirname "$0")/.."
mvn -B -q -Dquick -DskipTests -pl bench -am package
./tributary --version >&2 # makes the archive of classes that a user's start has
exec java -Xmx512m -cp "bench/target/classes:$(cat bench/target/classpath)" \
  org.tributary.bench.DirectBenchmark "$@"
