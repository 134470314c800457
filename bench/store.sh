#!/bin/sh
# Measures how many readings a second one core stores in SQLite, new ones and known ones.
# Needs nothing but a JDK and Maven.
#   bench/store.sh [JMH OPTIONS]     e.g. bench/store.sh -prof gc
set -eu
cd "$(dirname "$0")/.."
mvn -B -q -Dquick -DskipTests -pl bench -am package
exec java -cp "bench/target/classes:bench/target/jmh/*:cli/target/tributary.jar:cli/target/lib/*" \
  org.openjdk.jmh.Main StoreBenchmark "$@"
