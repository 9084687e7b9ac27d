package io.syllabus.natives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.syllabus.config.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class UnpackFolderTest {
  private static final String SET =
      "Set the environment variable SYLLABUS_NATIVES to a folder that can be written, where programs"
          + " may run, with 600 MB free";

  @TempDir private Path folder;

  @Test
  void isTheFirstThatCanBeWritten() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    Path good = folder.resolve("a/folder");

    assertThat(UnpackFolder.find(List.of(file.resolve("below"), good, folder), true))
        .isEqualTo(good.toRealPath())
        .isEmptyDirectory();
  }

  @Test
  void saysWhyNoneWillDo() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThatThrownBy(() -> UnpackFolder.find(List.of(file, file.resolve("below")), true))
        .isInstanceOf(SettingsException.class)
        .hasMessageStartingWith(
            "Native libraries have nowhere to be unpacked: %s cannot be written (", file)
        .hasMessageContaining("; %s cannot be written (", file.resolve("below"))
        .hasMessageEndingWith(". " + SET);
  }

  /** In a folder that anybody may write, such as the temporary one, another may have been first. */
  @Test
  void belongsToAnotherOnlyWhereItIsNamed() throws IOException {
    Path others = Files.createDirectory(folder.resolve("others"));
    UserPrincipal nobody =
        folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
    try {
      Files.setOwner(others, nobody);
    } catch (IOException e) {
      assumeTrue(false, "only root gives a folder away");
    }

    assertThatThrownBy(() -> UnpackFolder.find(List.of(others), false))
        .hasMessageContaining("%s belongs to nobody. ", others);
    assertThat(UnpackFolder.find(List.of(others), true)).isEqualTo(others.toRealPath());
  }

  @Test
  void isNoneOnAFileSystemThatRunsNothing() throws IOException {
    Path good = folder.resolve("good");
    try (Mounted tmpfs = Mounted.at(folder.resolve("noexec"), "noexec")) {
      Path mounted = tmpfs.folder();

      assertThat(UnpackFolder.find(List.of(mounted, good), false)).isEqualTo(good.toRealPath());
      assertThatThrownBy(() -> UnpackFolder.find(List.of(mounted), true))
          .hasMessage(
              "Native libraries have nowhere to be unpacked: %s is on a file system mounted noexec,"
                  + " where no library can be loaded. %s",
              mounted, SET);
    }
  }
}
