#!/bin/sh
# How long central's pages take for a fleet whose books are made up, over HTTP.
#   bench/pages.sh [GATEWAYS] [DAYS]     default: 1000 60
set -eu
cd "$(dirname "$0")/.."
mvn -B -q -Dquick -DskipTests -pl bench -am package
exec java -cp "bench/target/classes:$(cat bench/target/classpath)" \
  org.tributary.bench.PagesBenchmark "$@"
