package io.syllabus;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BoundaryTest {
  private static JavaClasses code;

  @BeforeAll
  static void readTheCompiledCode() {
    code =
        new ClassFileImporter()
            .importUrl(Seeds.class.getProtectionDomain().getCodeSource().getLocation());
    assertThat(code.contain(Seeds.class)).isTrue();
  }

  @Test
  void onlyTheSparkSideAndTheJobsKnowSpark() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.syllabus.spark..", "io.syllabus.job..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
        .check(code);
  }

  @Test
  void onlyNetworkAndSparkKnowDeeplearning4j() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.syllabus.network..", "io.syllabus.spark..", "org.nd4j.nativeblas")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.deeplearning4j..", "org.nd4j..")
        .check(code);
  }

  @Test
  void onlyOnePackageKnowsTheApiOfOneDnn() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.syllabus.network.onednn..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.bytedeco.dnnl..")
        .check(code);
  }

  @Test
  void theCycleKnowsNoEngine() {
    classes()
        .that()
        .resideInAPackage("io.syllabus.cycle..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                "io.syllabus", "io.syllabus.cycle..", "io.syllabus.select..", "java.."))
        .check(code);
  }

  @Test
  void algorithmsTouchNoFilesAndNoEngine() {
    classes()
        .that()
        .resideInAnyPackage("io.syllabus.augment..", "io.syllabus.select..", "io.syllabus.cycle..")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage(
                    "io.syllabus",
                    "io.syllabus.config..",
                    "io.syllabus.augment..",
                    "io.syllabus.select..",
                    "io.syllabus.cycle..",
                    "java.lang..",
                    "java.util..")
                .or(type(Serializable.class)))
        .check(code);
  }

  @Test
  void thingsCommonToAllKnowNoPackage() {
    classes()
        .that()
        .resideInAPackage("io.syllabus")
        .should()
        .onlyDependOnClassesThat(
            resideInAnyPackage("io.syllabus", "java..", "com.google.errorprone.annotations"))
        .check(code);
  }

  // The driver must not grow with the pool: what it collects is a count or a network for each
  // worker, of the published labels and what people said a line a version or class, what people
  // are asked about, and the first files of a table that are damaged.
  @Test
  void onlyResultsOfWorkersAreCollected() {
    noClasses()
        .that()
        .haveSimpleNameNotStartingWith("AveragingMaster")
        .and()
        .haveSimpleNameNotStartingWith("SlicedSum")
        .and()
        .haveSimpleNameNotStartingWith("TrainingSet")
        .and()
        .haveSimpleNameNotStartingWith("PublishedLabels")
        .and()
        .haveSimpleNameNotStartingWith("Commit")
        .and()
        .haveSimpleNameNotStartingWith("StoredTable")
        .and()
        .haveSimpleNameNotStartingWith("Annotations")
        .and()
        .haveSimpleNameNotStartingWith("Review")
        .should()
        .callMethodWhere(
            name(
                "collect",
                "collectAsList",
                "collectAsMap",
                "collectPartitions",
                "runJob",
                "toLocalIterator",
                "take",
                "takeAsList"))
        .check(code);
  }

  // Numbers and names have other digits and letters in other countries.
  @Test
  void noTextDependsOnTheLocale() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Text.class.getName())
        .should()
        .callCodeUnitWhere(withoutLocale())
        .check(code);
  }

  private static DescribedPredicate<JavaCall<?>> withoutLocale() {
    Set<String> names =
        Set.of(
            "java.lang.String.format",
            "java.lang.String.formatted",
            "java.lang.String.toLowerCase",
            "java.lang.String.toUpperCase",
            "java.io.PrintStream.printf",
            "java.io.PrintStream.format",
            "java.io.PrintWriter.printf",
            "java.io.PrintWriter.format",
            "java.time.format.DateTimeFormatter.ofPattern",
            "java.text.SimpleDateFormat.<init>",
            "java.text.DecimalFormat.<init>",
            "java.text.NumberFormat.getInstance",
            "java.text.NumberFormat.getIntegerInstance",
            "java.text.NumberFormat.getNumberInstance",
            "java.text.NumberFormat.getPercentInstance",
            "java.util.Formatter.<init>",
            "java.util.Scanner.<init>");
    return DescribedPredicate.describe(
        "that format or read text without a locale",
        call ->
            names.contains(call.getTargetOwner().getName() + "." + call.getName())
                && call.getTarget().getRawParameterTypes().stream()
                    .noneMatch(type -> type.isEquivalentTo(Locale.class)));
  }

  private static DescribedPredicate<JavaMethodCall> name(String... names) {
    return DescribedPredicate.describe(
        "a Spark data set's " + String.join(", ", names),
        call ->
            List.of(names).contains(call.getName())
                && call.getTargetOwner().getName().startsWith("org.apache.spark"));
  }

  // One that is made elsewhere lacks what spark-submit and the settings say of the storage.
  @Test
  void onlySessionsMakeHadoopsConfiguration() {
    noClasses()
        .that()
        .doNotHaveSimpleName("Sessions")
        .should()
        .callConstructor(Configuration.class)
        .check(code);
  }

  @Test
  void packagesHaveNoCycles() {
    slices().matching("io.syllabus.(*)..").should().beFreeOfCycles().check(code);
  }

  @Test
  void theStagesOnSparkHaveNoCyclesAndDoNotKnowWhoRunsThem() {
    slices().matching("io.syllabus.spark.(*)..").should().beFreeOfCycles().check(code);
    noClasses()
        .that()
        .resideInAPackage("io.syllabus.spark.*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.syllabus.spark")
        .check(code);
  }
}
