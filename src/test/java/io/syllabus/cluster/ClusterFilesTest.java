package io.syllabus.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.syllabus.job.JobOptions;
import io.syllabus.job.JobRunner;
import io.syllabus.spark.session.PageGuard;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.internal.config.ConfigEntry$;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the files of {@code cluster/} name is there: classes, arguments, paths, keys. */
class ClusterFilesTest {
  private static final Path CLUSTER = Path.of("cluster");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "Namespace", Namespace.class,
          "ServiceAccount", ServiceAccount.class,
          "Role", Role.class,
          "RoleBinding", RoleBinding.class,
          "Pod", Pod.class,
          "Job", Job.class,
          "CronJob", CronJob.class);

  // What Spark builds from a name of the user's, and so has no entry for.
  private static final Pattern RESOURCE =
      Pattern.compile(
          "spark\\.(executor|task|worker)\\.resource\\.gpu\\.(amount|discoveryScript|vendor)");
  private static final Pattern IN_ARCHIVE = Pattern.compile("lib/|spark/");
  private static final String GUARD = "spark." + PageGuard.class.getName() + ".param.";
  private static final String HADOOP = "spark.hadoop.";

  @BeforeAll
  static void loadSparksKeys() throws ReflectiveOperationException {
    for (String keys :
        List.of(
            "internal.config.package$",
            "internal.config.UI$",
            "internal.config.Network$",
            "internal.config.Worker$",
            "internal.config.Deploy$",
            "deploy.k8s.Config$",
            "deploy.yarn.config.package$")) {
      Class.forName("org.apache.spark." + keys).getField("MODULE$").get(null);
    }
  }

  static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(CLUSTER)) {
      return all.filter(Files::isRegularFile).toList().stream();
    }
  }

  static Stream<Path> manifests() throws IOException {
    return files().filter(file -> file.toString().endsWith(".yaml"));
  }

  @ParameterizedTest
  @MethodSource("files")
  void namesKeysThatSparkAndHadoopKnow(Path file) throws IOException {
    // At the begin of a line, commented out or not, or after --conf.
    Set<String> keys =
        matches(file, "(?:^#? ?|--conf |- )(spark\\.[A-Za-z0-9_.-]*[A-Za-z0-9])(?=[ =])");
    for (String key : keys) {
      boolean known =
          RESOURCE.matcher(key).matches()
              || Set.of(GUARD + "user", GUARD + "password").contains(key)
              || (key.startsWith(HADOOP)
                  ? HadoopKeys.ALL.contains(key.substring(HADOOP.length()))
                  : ConfigEntry$.MODULE$.findEntry(key) != null);
      assertThat(known).as("%s in %s", key, file).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void namesClassesThatThereAre(Path file) throws Exception {
    for (String name :
        matches(file, "\\b((?:io\\.syllabus|org\\.apache\\.spark)(?:\\.[a-z0-9]+)*\\.[A-Z]\\w+)")) {
      assertThat(Class.forName(name, false, getClass().getClassLoader())).isNotNull();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void namesFilesThatThereAre(Path file) throws IOException {
    for (String named :
        matches(
            file,
            "(?:^|[^\\w./-]|/opt/syllabus/|\\$home/|\\$PWD/)"
                + "((?:jobs|cluster|conf|lib|spark)/[\\w./-]*\\w)")) {
      assertThat(Files.exists(Path.of(named)) || IN_ARCHIVE.matcher(named).lookingAt())
          .as("%s in %s", named, file)
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void manifestsHaveOnlyWhatKubernetesKnows(Path file) throws IOException {
    for (JsonNode manifest : manifests(file)) {
      Class<?> kind = KINDS.get(manifest.get("kind").asText());
      assertThat(kind).as(manifest.get("kind").asText()).isNotNull();
      assertKnown(manifest, YAML.constructType(kind), file + ": " + kind.getSimpleName());
    }
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void manifestsGiveTheLaunchersOptionsThatTheyHave(Path file) throws Exception {
    for (JsonNode manifest : manifests(file)) {
      for (JsonNode container : manifest.findValues("containers")) {
        JsonNode arguments = container.get(0).path("args");
        for (JsonNode argument : arguments) {
          String text = argument.asText();
          if (text.startsWith("--")) {
            assertThat(submitOptions().contains(text) || JobOptions.ofSelfTrain().contains(text))
                .as("%s in %s", text, file)
                .isTrue();
          }
        }
      }
    }
  }

  @Test
  void launchersKnowOnlyOptionsOfSparkSubmit() throws Exception {
    String launch = Files.readString(Path.of("jobs/launch"));
    String listed = launch.substring(launch.indexOf("--master |"), launch.indexOf("options+="));
    Set<String> options =
        Pattern.compile("--[a-z-]+")
            .matcher(listed)
            .results()
            .map(MatchResult::group)
            .collect(Collectors.toSet());

    assertThat(options).hasSizeGreaterThan(10).isSubsetOf(submitOptions());
    assertThat(options).doesNotContainAnyElementsOf(JobOptions.ofSelfTrain());
  }

  @Test
  void theEntrypointReadsWhatSparkGivesAnExecutor() throws Exception {
    Path entrypoint = CLUSTER.resolve("kubernetes/entrypoint");
    Set<String> given = new TreeSet<>();
    Object constants =
        Class.forName("org.apache.spark.deploy.k8s.Constants$").getField("MODULE$").get(null);
    for (Method method : constants.getClass().getMethods()) {
      if (method.getName().startsWith("ENV_") && method.getParameterCount() == 0) {
        given.add(String.valueOf(method.invoke(constants)));
      }
    }
    assertThat(matches(entrypoint, "(SPARK_[A-Z_]*[A-Z]_?)")).isSubsetOf(given);

    String backend = "org/apache/spark/scheduler/cluster/k8s/KubernetesExecutorBackend.class";
    String base = "org/apache/spark/scheduler/cluster/k8s/KubernetesExecutorBackend$.class";
    String code = code(backend) + code(base);
    for (String option : matches(entrypoint, "^  (--[A-Za-z-]+)")) {
      assertThat(code).as("%s of %s", option, backend).contains(option);
    }
  }

  @Test
  void theEntrypointStartsAnExecutorOrAJob(@TempDir Path folder) throws Exception {
    Path java = Files.writeString(folder.resolve("java"), "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
    assertThat(java.toFile().setExecutable(true)).isTrue();
    Map<String, String> environment = new HashMap<>();
    environment.put("PATH", folder + ":" + System.getenv("PATH"));
    environment.put("SPARK_JAVA_OPT_0", "-Da=b c");
    environment.put("SPARK_JAVA_OPT_10", "-Dlast");
    environment.put("SPARK_JAVA_OPT_2", "-Dmiddle");
    for (String name :
        List.of(
            "EXECUTOR_MEMORY",
            "DRIVER_URL",
            "EXECUTOR_ID",
            "EXECUTOR_CORES",
            "APPLICATION_ID",
            "EXECUTOR_POD_IP",
            "RESOURCE_PROFILE_ID",
            "EXECUTOR_POD_NAME")) {
      environment.put("SPARK_" + name, name);
    }

    assertThat(entrypoint(environment, "executor"))
        .startsWith("-Da=b c", "-Dmiddle", "-Dlast", "-XmsEXECUTOR_MEMORY")
        .containsSequence("--driver-url", "DRIVER_URL", "--executor-id", "EXECUTOR_ID")
        .containsSequence("--podName", "EXECUTOR_POD_NAME");
    assertThat(entrypoint(Map.of(), "echo", "jobs/self-train", "--once"))
        .containsExactly("jobs/self-train --once");
  }

  private static List<String> entrypoint(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("cluster/kubernetes/entrypoint"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    JobRunner.End end = JobRunner.End.of(builder);
    assertThat(end.exitCode()).as(end.said()).isZero();
    return end.said().lines().toList();
  }

  private static String code(String resource) throws IOException {
    ClassLoader loader = ClusterFilesTest.class.getClassLoader();
    try (InputStream in = loader.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private static List<JsonNode> manifests(Path file) throws IOException {
    try (MappingIterator<JsonNode> all = YAML.readerFor(JsonNode.class).readValues(file.toFile())) {
      return all.readAll();
    }
  }

  private static void assertKnown(JsonNode node, JavaType type, String where) {
    if (node.isArray()) {
      node.forEach(element -> assertKnown(element, type.getContentType(), where));
    } else if (node.isObject() && !type.isMapLikeType()) {
      BeanDescription bean = YAML.getDeserializationConfig().introspect(type);
      Iterator<Map.Entry<String, JsonNode>> fields = node.fields();
      while (fields.hasNext()) {
        Map.Entry<String, JsonNode> field = fields.next();
        String key = where + "." + field.getKey();
        Optional<BeanPropertyDefinition> property =
            bean.findProperties().stream()
                .filter(found -> found.getName().equals(field.getKey()))
                .findFirst();
        assertThat(property).as(key).isPresent();
        assertKnown(field.getValue(), property.orElseThrow().getPrimaryType(), key);
      }
    }
  }

  private static Set<String> submitOptions() throws ReflectiveOperationException {
    Class<?> parser = Class.forName("org.apache.spark.launcher.SparkSubmitOptionParser");
    Constructor<?> constructor = parser.getDeclaredConstructor();
    constructor.setAccessible(true);
    Object made = constructor.newInstance();
    Set<String> options = new TreeSet<>();
    for (Field field : parser.getDeclaredFields()) {
      if (field.getType() == String.class) {
        field.setAccessible(true);
        options.add(String.valueOf(field.get(made)));
      }
    }
    return options;
  }

  private static Set<String> matches(Path file, String pattern) throws IOException {
    return Pattern.compile(pattern, Pattern.MULTILINE)
        .matcher(Files.readString(file))
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
