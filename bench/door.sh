#!/bin/sh
# What signing in and TLS cost central: the same requests and uploads to three centrals in turn.
#   bench/door.sh [ROUNDS]     default: 9
set -eu
cd "$(dirname "$0")/.."
mvn -B -q -Dquick -DskipTests -pl bench -am package
exec java -Xmx1g -cp "bench/target/classes:$(cat bench/target/classpath)" \
  org.tributary.bench.DoorBenchmark "$@"
