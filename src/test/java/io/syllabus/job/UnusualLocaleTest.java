package io.syllabus.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs of users whose language has other digits, or another small I. */
class UnusualLocaleTest {
  @TempDir private Path folder;

  @Test
  void namesAndFiguresHaveTheSameDigitsEverywhere() throws Exception {
    JobRunner jobs = new JobRunner(folder.resolve("store"));
    for (String locale :
        List.of("-Duser.language=ar -Duser.country=EG", "-Duser.language=tr -Duser.country=TR")) {
      String run = locale.substring(locale.length() - 2);
      JobProcess process =
          JobProcess.submit(
              List.of(),
              Map.of(
                  "SYLLABUS_JAVA_OPTIONS",
                  "-Xmx1g " + JobProcess.QUICK + " " + locale,
                  "LC_ALL",
                  "C"),
              jobs,
              run);
      assertThat(process.await()).as(process.said()).isZero();
      assertThat(process.said()).matches("\\p{ASCII}*").contains("Labels: published as version ");
    }
    assertThat(jobs.labels("EG")).isEqualTo(jobs.labels("TR"));
    try (Stream<Path> all = Files.walk(jobs.store())) {
      assertThat(all.map(Path::toString)).allMatch(name -> name.matches("\\p{ASCII}*"));
    }
  }
}
