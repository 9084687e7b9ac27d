# Where Syllabus' parts are, for the scripts of jobs/ and cluster/ to source. An unpacked archive has them all; beside
# the sources they are built when they are missing or older than the sources.
#
#   home     the folder of jobs/, cluster/ and conf/
#   java     the command
#   job_jar  Syllabus and all that Spark does not bring, in one file
#   spark    a Spark distribution: the user's, or a folder with nothing but its jars

home=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
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
