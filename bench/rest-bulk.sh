#!/bin/sh
# Times bulk uploads through the REST interface and prints the figures.
#   bench/rest-bulk.sh [DATABASE] [READINGS] [RUNS]     default: sqlite 1000000 3
# DATABASE is "sqlite" or the URL of an empty database, for example postgresql://me@localhost/bench;
# with a URL there is one run, because the database is empty only once.
set -eu
cd "$(dirname "$0")/.."
mvn -B -q -Dquick -DskipTests -pl bench -am package
./tributary --version >&2 # makes the archive of classes that a user's start has
exec java -Xmx512m -cp "bench/target/classes:cli/target/tributary.jar:cli/target/lib/*" \
  org.tributary.bench.RestBulkBenchmark "$@"
