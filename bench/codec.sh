#!/bin/sh
# Measures the batch codec: bytes a reading, and readings a second that one core encodes and decodes.
# Needs nothing but a JDK and Maven.
#   bench/codec.sh [JMH OPTIONS]     e.g. bench/codec.sh -prof gc
set -eu
cd "$(dirname "$0")/.."
mvn -B -q -Dquick -DskipTests -pl bench -am package
exec java -cp "bench/target/classes:bench/target/jmh/*:cli/target/tributary.jar:cli/target/lib/*" \
  org.tributary.bench.CodecBenchmark "$@"
