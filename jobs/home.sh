# Where Syllabus' parts are, for the scripts of jobs/ and cluster/ to source. An unpacked archive has them all; beside
# the sources they are built when they are missing or older than the sources.
#
# Exit code 2, with a sentence, where one of them cannot be. Names of files are read as UTF-8, whatever the locale.
#
#   home     the folder of jobs/, cluster/ and conf/
#   java     the command, of Java 17
#   job_jar  Syllabus and all that Spark does not bring, in one file
#   spark    a Spark distribution: the user's, or a folder with nothing but its jars

fail() {
  echo "$1" >&2
  exit 2
}

# Java reads and writes names of files in the locale's encoding, and cannot be told another: in a locale of ASCII, which
# is cron's, too, it would not find a file whose name has more than that.
set_locale() {
  local candidate
  [[ $(locale charmap 2>/dev/null) != UTF-8 ]] || return 0
  for candidate in C.UTF-8 en_US.UTF-8 $(locale -a 2>/dev/null | grep -i 'utf-\?8$'); do
    if [[ $(env "LC_ALL=$candidate" locale charmap 2>/dev/null) == UTF-8 ]]; then
      export LC_ALL=$candidate
      return
    fi
  done
  # Where nobody can be asked what there is, this one is most likely.
  export LC_ALL=C.UTF-8
}

require_java_17() {
  local said='' version
  [[ -n $(type -P "$java") ]] || fail "There is no Java at $java: install Java 17, and name its folder with JAVA_HOME"
  said=$("$java" -version 2>&1) || true
  [[ $said =~ version\ \"([0-9]+) ]] && version=${BASH_REMATCH[1]} || version=none
  [[ $version == 17 ]] || fail "Java 17 is needed, found $version at $(type -P "$java"): name the folder of a Java 17 with JAVA_HOME"
}

require_spark_home() {
  [[ -z ${SPARK_HOME:-} ]] || compgen -G "$SPARK_HOME/jars/spark-core_2.12-3.5.*" >/dev/null ||
    fail "SPARK_HOME has no Spark 3.5 for Scala 2.12, found: $SPARK_HOME; without it, the Spark that Syllabus brings is taken"
}

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
set_locale
job_jar=$home/lib/syllabus-job.jar
spark=${SPARK_HOME:-$home/spark}

has_sources() {
  [[ -f $home/pom.xml ]]
}

# build PRODUCT COMMAND ...: runs Maven unless the product is newer than the sources.
build() {
  local product=$1
  shift
  local sources=("$home/pom.xml" "$home/src/main" "$home/conf/reference.conf")
  [[ $* == *test-classes* ]] && sources+=("$home/src/test")
  if [[ ! -s $product || -n $(find "${sources[@]}" -newer "$product" -print -quit) ]]; then
    echo "Building Syllabus; the first time this downloads about 500 MB" >&2
    (cd "$home" && mvn -q -B -Dstyle.color=never "$@") >&2
  fi
}

build_job_jar() {
  if has_sources; then
    job_jar=$home/target/syllabus-job.jar
    build "$job_jar" package -Dmaven.test.skip=true -Dassembly.skipAssembly=true
  fi
}

build_spark() {
  require_spark_home
  if [[ -z ${SPARK_HOME:-} ]] && has_sources; then
    local list=$home/target/spark.classpath
    spark=$home/target/spark
    build "$list" process-classes
    if [[ ! -d $spark/jars || $list -nt $spark/jars ]]; then
      rm -rf "$spark/jars"
      mkdir -p "$spark/jars"
      tr : '\n' <"$list" | xargs ln -s -t "$spark/jars"
    fi
  fi
}
