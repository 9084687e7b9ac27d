package io.syllabus.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.syllabus.data.BadDataException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReviewSheetTest {
  private static final String HEAD =
      "id,label,image,model_label,confidence,runner_up,reasons,model_version,role\n";

  @Test
  void writesARowATask() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ReviewSheet.Tasks sheet = new ReviewSheet.Tasks(out)) {
      sheet.add(
          new ReviewTask(
              "a,\"b\".jpg",
              "unlabeled",
              "images/1.jpg",
              "cat",
              0.25f,
              "dog",
              List.of("audit", "x"),
              "run 01"));
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            HEAD + "\"a,\"\"b\"\".jpg\",,images/1.jpg,cat,0.25,dog,\"audit,x\",run 01,unlabeled\n");
  }

  @Test
  void readsTheRowsThatHaveALabel() {
    assertThat(
            read(
                HEAD
                    + "\"a,\"\"b\"\".jpg\",cat,i,dog,0.5,cat,\"audit,uncertain\",run 01,test\n"
                    + "b.jpg,,i,dog,0.5,cat,audit,run 01,unlabeled\n"
                    + "c.jpg,dog,i,dog,0.5,cat,uncertain,run 01,\n"))
        .containsExactly(
            new Annotation(
                2,
                "a,\"b\".jpg",
                Optional.of("test"),
                "cat",
                true,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Annotation.Shown("dog", "run"))),
            new Annotation(
                4,
                "c.jpg",
                Optional.empty(),
                "dog",
                false,
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Annotation.Shown("dog", "run"))));
  }

  @Test
  void takesASheetOfTwoColumnsAndOneThatSaysWhoAnswered() {
    assertThat(read("label,id\r\ncat,a.jpg\r\n")).containsExactly(Annotation.of(2, "a.jpg", "cat"));
    assertThat(read("label,id,annotator\ncat,a.jpg,ada\n"))
        .singleElement()
        .satisfies(answer -> assertThat(answer.annotator()).hasValue("ada"));
    assertThat(read("")).isEmpty();
  }

  @Test
  void saysWhichColumnIsMissing() {
    assertThatExceptionOfType(BadDataException.class)
        .isThrownBy(() -> read("id,class\na,cat\n"))
        .withMessage("The sheet has no column \"label\" in its first line");
  }

  @Test
  void saysWhichLineHasALabelForNoImage() {
    assertThatExceptionOfType(BadDataException.class)
        .isThrownBy(() -> read("id,label\na.jpg,cat\n,dog\n"))
        .withMessage("Line 3 has a label and no id");
  }

  @Test
  void refusesASheetOfAMillionColumnsAndAQuoteThatDoesNotEnd() {
    for (String sheet :
        List.of(
            "id,label" + ",x".repeat(1_000_000) + "\na,cat\n",
            "id,label\n\"" + "a".repeat(1_000_000))) {
      assertThatExceptionOfType(BadDataException.class)
          .isThrownBy(() -> read(sheet))
          .withMessageMatching(
              "Line [12] is no CSV of at most 512 columns with 65536 characters each");
    }
  }

  private static List<Annotation> read(String csv) {
    return ReviewSheet.read(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
  }
}
