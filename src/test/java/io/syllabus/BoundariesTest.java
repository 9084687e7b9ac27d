package io.syllabus;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** What may know of what: the design's boundaries. */
class BoundariesTest {
  private static final JavaClasses SYLLABUS =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.syllabus");

  @Test
  void onlySparkAndJobKnowSpark() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.syllabus.spark", "io.syllabus.job")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "io.delta..")
        .check(SYLLABUS);
  }

  @Test
  void onlyNetworkAndSparkKnowDeeplearning4j() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.syllabus.network", "io.syllabus.spark")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..")
        .check(SYLLABUS);
  }

  @Test
  void theLoopKnowsInterfacesAndHandlesOnly() {
    classes()
        .that()
        .resideInAPackage("io.syllabus.cycle")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("io.syllabus", "io.syllabus.cycle", "io.syllabus.select", "java..")
        .check(SYLLABUS);
  }

  @Test
  void algorithmsKnowNoFilesAndNoClock() {
    noClasses()
        .that()
        .resideInAnyPackage("io.syllabus.select", "io.syllabus.augment", "io.syllabus.evaluate")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio..", "java.time..", "org.apache.hadoop..")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .because("the same input and seed give the same output")
        .check(SYLLABUS);
  }
}
