package io.syllabus.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RemoteIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalListingTest {
  @TempDir private Path folder;
  private org.apache.hadoop.fs.Path place;

  @BeforeEach
  void qualify() {
    place = new org.apache.hadoop.fs.Path(folder.toUri());
  }

  @Test
  void findsWhatHadoopsOwnListingFinds() throws IOException {
    Files.createDirectory(folder.resolve("airplane"));
    Files.writeString(folder.resolve("2026-01-01T10:00:00.jpg"), "twelve bytes");
    Files.writeString(folder.resolve("a photo of 100 %.jpg"), "");
    Files.createSymbolicLink(folder.resolve("gone.jpg"), folder.resolve("nothing"));
    Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("airplane"));

    List<String> expected =
        Arrays.stream(place.getFileSystem(new Configuration()).listStatus(place))
            .map(LocalListingTest::described)
            .toList();

    assertThat(expected).hasSize(4);
    assertThat(described(new LocalListing(place))).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void findsNothingInAnEmptyFolder() throws IOException {
    LocalListing listing = new LocalListing(place);
    assertThat(listing.hasNext()).isFalse();
    assertThat(listing.hasNext()).isFalse();
    assertThatThrownBy(listing::next).isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    org.apache.hadoop.fs.Path missing = new org.apache.hadoop.fs.Path(place, "missing");
    assertThatThrownBy(() -> new LocalListing(missing))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining("missing does not exist");
  }

  private static List<String> described(RemoteIterator<FileStatus> listing) throws IOException {
    List<String> found = new ArrayList<>();
    while (listing.hasNext()) {
      found.add(described(listing.next()));
    }
    return found;
  }

  private static String described(FileStatus found) {
    return String.format(
        "%s %s", found.getPath(), found.isDirectory() ? "folder" : found.getLen() + " bytes");
  }
}
